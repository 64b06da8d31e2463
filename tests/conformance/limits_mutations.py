"""The broken copies of samples/good for limits.mjs; mutations.py says what a row is. Each goes one step too far."""

DELIVERY = ".github/workflows/delivery.yml"
ROOT = ".gitlab-ci.yml"
IMAGES = ".gitlab/ci/images.yml"
JOB = "  {0}:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: 'true'\n"
TRY = "try-app:\n  stage: test\n"
MINUTES = "    timeout-minutes: 15\n"


def inputs(count):
    return "".join(f"      F{n}: {{ type: string, default: x }}\n" for n in range(count))


def handed_on(count, length=2):
    names = [f"V{n:0{length}}" for n in range(count)]
    return "  script:\n    - printf '%s\\n' " + " ".join(f'"{name}=${name}"' for name in names) + "\n"


LIMITS = [
    ("a workflow of more than 500 KB", DELIVERY, "defaults:\n", f"# {'x' * 500_000}\ndefaults:\n", "bytes of the workflow"),
    ("257 jobs", DELIVERY, "jobs:\n", "jobs:\n" + "".join(JOB.format(f"more-{n}") for n in range(257)), "jobs of the workflow"),
    ("26 inputs", DELIVERY, "on:\n", "on:\n  workflow_dispatch:\n    inputs:\n"
     + "".join(f"      f{n}: {{ type: string }}\n" for n in range(26)), "inputs of the form: 26"),
    ("choices of more than 65535 characters", DELIVERY, "on:\n",
     f"on:\n  workflow_dispatch:\n    inputs:\n      f: {{ type: choice, options: [{'x' * 65_535}] }}\n", "characters of the form's choices"),
    ("a condition of more than 21000 characters", DELIVERY, "    if: github.event_name == 'push'\n",
     f"    if: github.event_name == 'push' || github.ref == '{'x' * 21_000}'\n", "characters of its condition"),
    ("an expression of more than 21000 characters", DELIVERY, "${{ matrix.suite }}", "${{ matrix.suite || '" + "x" * 21_000 + "' }}",
     "characters of ${{ matrix.suite"),
    ("a job of seven hours", DELIVERY, MINUTES, "    timeout-minutes: 420\n", "minutes: 420"),
    ("a job without an end", DELIVERY, MINUTES, "", "minutes: Infinity"),
    ("a variable that no process takes", DELIVERY, MINUTES, f"{MINUTES}    env:\n      BIG: {'x' * 131_072}\n", "bytes of BIG"),
    ("variables that no process takes together", DELIVERY, MINUTES,
     MINUTES + "    env:\n" + "".join(f"      BIG{n}: {'x' * 130_000}\n" for n in range(9)), "bytes of its variables"),
    ("a file of GitLab's of more than 2 MiB", IMAGES, TRY, f"# {'x' * 2_097_152}\n{TRY}", "bytes of the file"),
    ("a file that is too deep", IMAGES, "    SUITE: unit\n", f"    SUITE: {'[' * 100}{']' * 100}\n", "depth of the file"),
    ("21 inputs", ROOT, "    ACTION:\n", inputs(20).replace("      F", "    F") + "    ACTION:\n", "inputs of the form: 24"),
    ("a choice of more than 1 KB", ROOT, "options: [aws]", f"options: [aws, {'x' * 1025}]", "bytes of a choice of CLOUD"),
    ("151 includes", ROOT, "include:\n", "include:\n" + "  - local: /.gitlab/ci/images.yml\n" * 149, "included files: 151"),
    ("51 needs", IMAGES, f"{TRY}  needs: []\n", f"{TRY}  needs:\n" + "".join(f"    - {{ job: check-form, artifacts: false }} # {n}\n" for n in range(51)),
     "jobs that it needs: 51"),
    ("21 variables handed on", IMAGES, "  script:\n    - ci/build.sh\n", handed_on(21), "variables that it hands on: 21"),
    ("more than 5 KiB handed on", IMAGES, "  script:\n    - ci/build.sh\n", handed_on(20, 190), "bytes that it hands on"),
    ("a name of 256 characters", IMAGES, "try-app:\n", "x" * 256 + ":\n", "characters of its name: 256"),
    ("501 deployments", IMAGES, TRY, "".join(f"d{n}: {{ stage: test, needs: [], timeout: 5 minutes, environment: {{ name: dev }}, script: ['true'] }}\n"
                                             for n in range(501)) + TRY, "deployments of the pipeline"),
    ("a variable of GitLab's that no process takes", IMAGES, "    SUITE: unit\n", f"    SUITE: {'x' * 131_072}\n", "bytes of SUITE"),
]

"""catches.py PROGRAM: differential.mjs and answers.mjs take pipelines/fargate-microservice as it is, and reject every
broken copy of it, every broken answer, and a simulate that says something else."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DELIVERY = ".github/workflows/delivery.yml"
INFRASTRUCTURE = ".github/workflows/infrastructure.yml"
OPERATIONS = ".github/workflows/operations.yml"
OURS = "github.repository == 'acme/simple-time-service' && "

# (what, file, old, new, what has to be said)
TREES = [
    ("a push to another branch that starts the delivery", DELIVERY, "branches: [main]", 'branches: [main, "*"]', "is started"),
    ("tags that start the delivery", DELIVERY, "branches: [main]", 'branches: [main]\n    tags: ["**"]', "is started"),
    ("no change requests", INFRASTRUCTURE, "  pull_request:", "  merge_group:", "is not started"),
    ("an identity in a fork", DELIVERY, OURS, "", "GitHub says success, simulate says skipped"),
    ("a plan for a fork's change request", INFRASTRUCTURE,
     "github.event.pull_request.head.repo.full_name == github.repository",
     "github.event.pull_request.head.repo.full_name != ''", "plan-dev-aws"),
    ("a need that is gone", DELIVERY, "needs: [scan-source, build-app, scan-image-app, plan-dev-aws]",
     "needs: [build-app, scan-image-app, plan-dev-aws]", "apply-dev-aws: GitHub says success, simulate says skipped"),
    ("a job in no need of the last", DELIVERY, "needs: [deploy-dev-aws, plan-prod-aws, apply-prod-aws, guard-prod]",
     "needs: [deploy-dev-aws, plan-prod-aws, apply-prod-aws]", "deploy-prod-aws"),
    ("a guard that nobody waits for", DELIVERY, " && needs.guard-prod.result == 'success'", "", "deploy-prod-aws"),
    ("a release after a failed apply", DELIVERY,
     "(needs.apply-prod-aws.result == 'success' || needs.apply-prod-aws.result == 'skipped')",
     "always()", "deploy-prod-aws: GitHub says success"),
    ("a job that asks no reviewer", DELIVERY, "    environment: prod\n", "", "simulate says so"),
    ("another action of the form", OPERATIONS, "inputs.action == 'rollback'", "inputs.action == 'deploy'", "rollback-dev-aws"),
    ("another environment of the form", OPERATIONS, "inputs.environment == 'prod'", "inputs.environment == 'dev'", "prod-aws"),
    ("a form that destroys production", OPERATIONS, '"actions": ["infra", "deploy", "rollback"],',
     '"actions": ["infra", "deploy", "rollback", "destroy"],', "check-form: GitHub says success"),
    ("a form for every branch", OPERATIONS, '"refs": ["refs/heads/main"]', '"refs": ["refs/heads/*"]', "check-form"),
    ("a rule for another branch", ".gitlab/ci/images.yml", '$CI_COMMIT_BRANCH == "main"', '$CI_COMMIT_BRANCH == "other"',
     "deploy-dev-aws needs build-app, which is not there"),
    ("a pipeline for another branch", ".gitlab-ci.yml", '$CI_COMMIT_BRANCH == "main"', '$CI_COMMIT_BRANCH == "MAIN"', "a pipeline is not made"),
    ("a release that waits for nobody", ".gitlab/ci/deploy-prod.yml", "      when: manual\n", "", "it starts by itself"),
    ("a token for the guard", DELIVERY, "    permissions:\n      contents: read\n      actions: read",
     "    permissions:\n      contents: read\n      id-token: write\n      actions: read", "guard-prod has a token"),
    ("a job that a person starts", ".gitlab/ci/deploy-dev.yml", '&& $FORM_ACTION == "deploy" && $FORM_ENVIRONMENT == "dev" && $FORM_CLOUD == "aws"\n',
     '&& $FORM_ACTION == "deploy" && $FORM_ENVIRONMENT == "dev" && $FORM_CLOUD == "aws"\n      when: manual\n', "a person has to start it"),
    ("a need of the pipeline that is gone", ".gitlab/ci/deploy-prod.yml", "    - { job: guard-prod, artifacts: false }\n", "", "release-prod: GitLab says success"),
    ("a need that may not be absent", ".gitlab/ci/deploy-prod.yml", "{ job: check-form, optional: true", "{ job: check-form", "which is not there"),
    ("another audience", ".gitlab/ci/deploy-prod.yml", "/pipewright/gated", "/pipewright/open", "simulate says https://gitlab.com/pipewright/gated"),
    ("a role that trusts another environment", "infra/aws/prod/bootstrap/main.tf", "repo:acme/simple-time-service:environment:prod",
     "repo:acme/simple-time-service:environment:dev", "deploy-prod-aws runs, and what is generated for its role"),
    ("a role that trusts another audience", "infra/aws/dev/bootstrap/main.tf", "https://gitlab.com/pipewright/open",
     "https://gitlab.com/pipewright/gated", "deploy-dev-aws runs, and what is generated for its role"),
    ("a plan for a fork's merge request", ".gitlab/ci/infrastructure.yml",
     ' && $CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH', "", "plan-dev-aws is in the pipeline"),
    ("a form of GitLab's for every branch", ".gitlab/ci/operations.yml", '"refs": ["refs/heads/main"]', '"refs": ["refs/heads/*"]', "check-form"),
]


def run(*words):
    result = subprocess.run([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode == 77:
        print(result.stdout, end="")
        sys.exit(77)
    return result.returncode, result.stdout


def main():
    program = sys.argv[1]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        trees = [folder / f"{number:02}" for number in range(len(TREES))]
        for tree, (what, file, old, new, _) in zip(trees, TREES):
            shutil.copytree(ROOT / "pipelines/fargate-microservice", tree)
            shutil.copy(ROOT / "examples/fargate-microservice/pipewright.yaml", tree)
            path = tree / file
            text = path.read_text()
            if old not in text:
                failures.append(f"{what}: {file} doesn't contain {old!r}")
            path.write_text(text.replace(old, new))
        status, output = run("node", HERE / "differential.mjs", "--narrow", program, *trees)
        if status not in (0, 1):
            sys.exit(f"differential.mjs ended with {status}:\n{output}")
        for tree, (what, _, _, _, expected) in zip(trees, TREES):
            said = [line for line in output.splitlines() if line.startswith(f"{tree}/")]
            if not any(expected in line for line in said):
                failures.append(f"{what}: nothing says {expected!r}, but\n  " + "\n  ".join(said[:5]))

        # Answers that are wrong, each in one field.
        written = folder / "answers"
        shutil.copytree(HERE / "answers", written)
        other = {"runs": "skipped", "skipped": "runs", "waits": "skipped", "fails": "runs", "absent": "runs", None: "runs"}
        answers = 0
        counts = {}
        for file in sorted(written.iterdir()):
            wrong = json.loads(file.read_text())
            for one in wrong:
                if "outcome" in one["says"]:
                    one["says"]["outcome"] = other[one["says"]["outcome"]]
                else:
                    one["says"]["started"] = not one["says"]["started"]
            counts[file.stem] = len(wrong)
            file.write_text(json.dumps(wrong))
        status, output = run("node", HERE / "answers.mjs", program, ROOT / "pipelines", written)
        for name, count in counts.items():
            if not (ROOT / "pipelines" / name).is_dir():
                continue
            answers += count
            for number in range(count):
                if f"{name}: answer {number + 1} (" not in output:
                    failures.append(f"answer {number + 1} about {name} can be anything")
        if status != 1:
            failures.append(f"answers.mjs ends with {status} where every answer is wrong")

        # A simulate that forgets who is asked.
        liar = folder / "liar"
        liar.write_text(f"#!/bin/sh\nexec '{program}' \"$@\" | sed -e 's/\"outcome\":\"waits\"/\"outcome\":\"skipped\"/g'\n")
        liar.chmod(0o755)
        tree = folder / "liar-tree"
        shutil.copytree(ROOT / "pipelines/fargate-microservice", tree)
        shutil.copy(ROOT / "examples/fargate-microservice/pipewright.yaml", tree)
        status, output = run("node", HERE / "differential.mjs", "--narrow", liar, tree)
        if status != 1 or "simulate says skipped" not in output:
            failures.append(f"a simulate that lies is believed:\n{output}")
    for failure in failures:
        print(f"FAILED: {failure}")
    print(f"{len(TREES)} broken trees, {answers} wrong answers, {len(failures)} not caught as they should be")
    sys.exit(1 if failures else 0)


main()

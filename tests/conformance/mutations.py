"""The broken copies of samples/good that each checker must reject.

A row: what is broken, the file, the text, what stands there instead (or a number, a new file mode), and what the
checker's output must contain. The text must occur, so that a changed sample doesn't empty a test.
"""

from gitlab_mutations import GITLAB
from limits_mutations import LIMITS

DELIVERY = ".github/workflows/delivery.yml"
INFRASTRUCTURE = ".github/workflows/infrastructure.yml"
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"

# What both the parser and actionlint know of the host's language.
GITHUB = [
    ("a needed job is gone", DELIVERY, "  build-app:\n", "  bild-app:\n", "build-app"),
    ("needs go round", DELIVERY, "    needs: build-app\n", "    needs: [build-app, deploy-dev-aws]\n", "deploy-dev-aws"),
    ("an unknown key of a job", DELIVERY, "    timeout-minutes: 15\n", "    timeout-minuts: 15\n", "timeout-minuts"),
    ("an unknown key of a step", DELIVERY, "        id: build\n", "        idd: build\n", "idd"),
    ("an unknown key at the top", DELIVERY, "defaults:\n", "default:\n", "default"),
    ("the same key twice", DELIVERY, "    name: Build app\n", "    name: Build app\n    name: Again\n", "name"),
    ("an expression that doesn't close", DELIVERY, "${{ matrix.suite }}", "${{ matrix.suite ", "expression"),
    ("an expression without an operand", DELIVERY, "github.event_name == 'push'", "github.event_name == ", ""),
    ("an unknown function", DELIVERY, "github.event_name == 'push'", "is_push(github.event_name)", "is_push"),
    ("an output of a step that isn't there", DELIVERY, "steps.build.outputs", "steps.bild.outputs", "bild"),
    ("an output that the needed job doesn't have", DELIVERY, "needs.build-app.outputs.digest",
     "needs.build-app.outputs.diggest", "diggest"),
    ("an output of a job that isn't needed", DELIVERY, "needs: [build-app, infrastructure]", "needs: [infrastructure]",
     "build-app"),
    ("a matrix value that isn't there", DELIVERY, "matrix.suite }}", "matrix.sweet }}", "sweet"),
    ("a context that isn't allowed there", DELIVERY, "    if: github.event_name == 'push'\n",
     "    if: secrets.TOKEN == 'push'\n", "secrets"),
    ("a condition that is always true", DELIVERY, "    if: github.event_name == 'push'\n",
     "    if: ${{ github.event_name == 'push' }} && true\n", "always"),
    ("an unknown permission", DELIVERY, "      id-token: write # OIDC to AWS\n    outputs:\n",
     "      id-tokens: write\n    outputs:\n", "id-tokens"),
    ("an unknown level of a permission", DELIVERY, "      contents: read\n    strategy:\n",
     "      contents: reads\n    strategy:\n", "reads"),
    ("an unknown event", DELIVERY, "  pull_request:\n", "  pull_requests:\n", "pull_requests"),
    ("an unknown filter of an event", DELIVERY, "    branches: [main]\n", "    branch: [main]\n", "branch"),
    ("a schedule that isn't one", INFRASTRUCTURE, '"17 4 * * 1"', '"17 25 * * 1"', ""),
]

# Between two workflows: the parser, and actionlint as a program.
CALLED = [
    ("an input of the called workflow that isn't there", DELIVERY, "      environment: dev\n", "      environmint: dev\n",
     "environmint"),
    ("an output of the called workflow that isn't there", DELIVERY, "needs.infrastructure.outputs.empty",
     "needs.infrastructure.outputs.emtpy", "emtpy"),
    ("a called workflow that isn't there", DELIVERY, "infrastructure.yml #", "infra.yml #", "reusable workflow"),
]

MUTATIONS = {
    "github-parser.mjs": GITHUB + CALLED + [
        ("an input of an action that isn't there", DELIVERY, "allowed-account-ids", "allowed-acount-ids",
         "allowed-acount-ids"),
        ("a missing input of an action", DELIVERY, "          aws-region: eu-west-1\n", "", "aws-region"),
        ("a value that these events don't have", DELIVERY, "github.event.pull_request.title", "github.event.issue.title",
         "issue"),
    ],
    "actionlint.mjs": GITHUB + [
        ("an input of an action that isn't there", DELIVERY, CHECKOUT + "\n        with:\n          persist-credentials",
         "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n        with:\n          persist-credential",
         "persist-credential"),
        ("text of a contributor in a script", DELIVERY, '$SUITE: $TITLE"', '$SUITE: ${{ github.head_ref }}"',
         "head_ref"),
        ("an unknown runner", DELIVERY, "ubuntu-24.04", "ubuntu-24.10", "ubuntu-24.10"),
        ("filters that exclude each other", DELIVERY, "    branches: [main]\n",
         "    branches: [main]\n    branches-ignore: [dev]\n", "branches-ignore"),
        ("an action that is too old for the runners", DELIVERY, CHECKOUT, "actions/checkout@v2", "too old"),
        ("no steps", INFRASTRUCTURE, "    steps:\n", "    stps:\n", "steps"),
    ],
    # What only the program finds: see actionlint.mjs.
    "actionlint.mjs program": CALLED + [
        ("an unquoted variable in a step", DELIVERY, 'echo "testing $SUITE: $TITLE"', "echo testing $SUITE: $TITLE",
         "SC2086"),
    ],
    "zizmor.sh": [
        ("an action that isn't pinned", DELIVERY, CHECKOUT, "actions/checkout@v7", "unpinned-uses"),
        ("a reference to a branch", DELIVERY, CHECKOUT, "actions/checkout@main", "unpinned-uses"),
        ("text of a contributor in a script", DELIVERY, '$SUITE: $TITLE"', '$SUITE: ${{ github.head_ref }}"',
         "template-injection"),
        ("an expression in a script", DELIVERY, '$SUITE: $TITLE"', '${{ matrix.suite }}"', "template-injection"),
        ("no permissions at the top", DELIVERY, "permissions: {}\n", "", "excessive-permissions"),
        ("every permission", DELIVERY, "permissions: {}\n", "permissions: write-all\n", "excessive-permissions"),
        ("a permission without its reason", DELIVERY, "      id-token: write # OIDC to AWS\n    outputs:\n",
         "      id-token: write\n    outputs:\n", "undocumented-permissions"),
        ("credentials left in the checkout", DELIVERY, "          persist-credentials: false\n",
         "          fetch-depth: 1\n", "artipacked"),
        ("an event that runs with secrets", DELIVERY, "  pull_request:\n", "  pull_request_target:\n",
         "dangerous-triggers"),
        ("no name", DELIVERY, "    name: Build app\n", "", "anonymous-definition"),
        ("no concurrency", INFRASTRUCTURE,
         "concurrency:\n  group: infrastructure-${{ github.ref }}\n  cancel-in-progress: false\n\n", "",
         "concurrency-limits"),
        ("all secrets handed on", DELIVERY, "    with:\n      environment: dev\n",
         "    secrets: inherit\n    with:\n      environment: dev\n", "secrets-inherit"),
        ("an image without a digest", DELIVERY, "    strategy:\n", "    container: node:22\n    strategy:\n",
         "unpinned-images"),
        ("packages without versions", DELIVERY, "          ci/test.sh\n", "          npm install left-pad\n",
         "adhoc-packages"),
        ("a finding silenced without a reason", DELIVERY, "ignore[self-repository] actionlint 1.7 refuses $/",
         "ignore[self-repository]", "without a reason"),
    ],
    "scripts.sh": [
        ("an unquoted variable", "ci/build.sh", '"$service"', "$service", "SC2086"),
        ("a syntax error", "ci/deploy.sh", "fi\n", "", "syntax error"),
        ("a variable that is never used", "ci/plan.sh", "$environment", "it", "SC2034"),
        ("a variable that is never set", "ci/plan.sh", "$environment", "$enviroment", "SC2154"),
        ("not strict", "ci/test.sh", "set -euo pipefail\n", "set -e\n", "set -euo pipefail"),
        ("another shell", "ci/test.sh", "#!/usr/bin/env bash\n", "#!/bin/sh\n", "#!/usr/bin/env bash"),
        ("a syntax error in a library", "ci/lib/digest.sh", "}\n", "", "syntax error"),
        ("an unquoted variable in a library", "ci/lib/digest.sh", '"$2" >&2', "$2 >&2", "SC2086"),
        ("a library that isn't there", "ci/deploy.sh", "ci/lib/digest.sh\n", "ci/lib/digests.sh\n", "SC1091"),
        ("a library that is chosen and isn't there", "ci/deploy.sh", "\ndigest=", '\nhere=ci\n# shellcheck source=/dev/null\n'
         '. "$here/lib/digest-$CLOUD.sh"\ndigest=', "there is no library ci/lib/digest-*.sh"),
        ("not executable", "ci/test.sh", "", 0o644, "644"),
        ("a matter of style", "ci/build.sh", "digest=$(printf '%s' \"$service\" | sha256sum | cut -d ' ' -f 1)",
         "digest=`sha256sum \"$service\"`", "SC2006"),
    ],
    "limits.mjs": LIMITS,
    **GITLAB,
}

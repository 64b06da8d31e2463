"""The broken copies of samples/good for the checkers of GitLab's pipelines; mutations.py says what a row is."""

ROOT = ".gitlab-ci.yml"
IMAGES = ".gitlab/ci/images.yml"
ENVIRONMENTS = ".gitlab/ci/environments.yml"
OWN = '$CI_PROJECT_PATH == "acme/sample" && '
BUILD_BY_FORM = OWN + (
    '$CI_PIPELINE_SOURCE == "web" && $FORM_ACTION == "deploy" && $FORM_ENVIRONMENT == "dev" && $FORM_CLOUD == "aws"\n'
    "  services:"
)
PLAN_TOKEN = "  id_tokens:\n    AWS_ID_TOKEN:\n      aud: https://gitlab.com/pipewright/plan\n  variables:\n"
ROLLBACK_PROD = '$FORM_ACTION == "rollback" && $FORM_ENVIRONMENT == "prod"'
RELEASE_BY_TAG = (
    "    - { job: guard-prod, artifacts: false }\n  rules:\n    - if: " + OWN +
    '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_TAG =~ /^v[^\\/]*$/\n      when: manual\n      allow_failure: false\n'
)

FILES = [
    # GitLab's schema.
    ("an unknown key of a job", IMAGES, "  interruptible: true\n", "  interuptible: true\n", "interuptible"),
    ("an unknown key of artifacts", IMAGES, "      dotenv: outputs.env\n", "      dotnev: outputs.env\n", "dotnev"),
    ("an unknown key at the top", ROOT, "stages: [", "stage: [", "stage"),
    ("an unknown key of the header", ROOT, "      regex: ", "      regexp: ", "regexp"),
    ("a token without an audience", IMAGES, "      aud: https://gitlab.com/pipewright/open\n", "      audience: x\n", "aud"),
    ("an unknown action of an environment", ENVIRONMENTS, "    action: start\n", "    action: begin\n", "environment.action"),
    ("a line of a script that is a map", IMAGES, "    - ci/build.sh\n", "    - echo a: b\n", "script"),
    ("a need without its job", IMAGES, "{ job: check-form, optional: true, artifacts: false }", "{ optional: true }", "job"),
    ("an unknown value of auto_cancel", ROOT, "    on_new_commit: none\n", "    on_new_commit: never\n", "on_new_commit"),
    # YAML.
    ("the same key twice", IMAGES, "  timeout: 1 hour\n", "  timeout: 1 hour\n  timeout: 2 hours\n", "unique"),
    ("a third document", ROOT, "include:\n", "---\ninclude:\n", "more than a header"),
    # What belongs together.
    ("an included file that isn't there", ROOT, "ci/images.yml", "ci/image.yml", "isn't there"),
    ("a file that nothing includes", ROOT, "  - local: /.gitlab/ci/images.yml\n", "", "included by nothing"),
    ("a job that stands in two files", IMAGES, "try-app:\n", "guard-prod:\n", "mix them"),
    ("a needed job that isn't there", IMAGES, "check-form:\n", "chek-form:\n", "check-form, which is no job"),
    ("needs that go round", ENVIRONMENTS, "guard-prod:\n  stage: on prod\n  needs: []\n",
     "guard-prod:\n  stage: on prod\n  needs:\n    - { job: release-prod, artifacts: false }\n", "go round"),
    ("a needed job of a later stage", ROOT, "stages: [test, build, on dev, on prod]", "stages: [test, on dev, build, on prod]",
     "later stage"),
    ("a stage that isn't there", ROOT, "stages: [test, build, on dev, on prod]", "stages: [test, build, on prod]",
     "there is no stage on dev"),
    ("a job that says nothing about its needs", IMAGES, "  needs: []\n", "", "says nothing about what it needs"),
    ("variables of a job that hands none on", ENVIRONMENTS, "{ job: build-app, optional: true, artifacts: false }",
     "{ job: check-form, optional: true, artifacts: true }", "hands nothing on"),
    ("a timeout that isn't one", IMAGES, "timeout: 1 hour\n", "timeout: 10 parsecs\n", "parsecs"),
    ("a timeout that is missing", IMAGES, "  timeout: 1 hour\n", "", "timeout"),
    ("no rules", IMAGES, '  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n', "", "every pipeline"),
    ("a variable that GitLab doesn't have", IMAGES, "$CI_PIPELINE_SOURCE ==", "$CI_PIPELINE_SORCE ==", "CI_PIPELINE_SORCE"),
    ("a field that the form doesn't have", IMAGES, "$FORM_CLOUD", "$FORM_STACK", "FORM_STACK"),
    ("a rule that reads what the job sets", IMAGES, "    SUITE: unit\n", "    CI_PIPELINE_SOURCE: merge_request_event\n",
     "sets for itself"),
    ("a text that GitLab expands", IMAGES, "    PRICE:\n      value: $5\n      expand: false\n", "    PRICE: costs $FIVE\n",
     "expands"),
    ("a rule by hand that nothing waits for", ENVIRONMENTS, "      allow_failure: false\n", "", "nothing waits for"),
    ("an image without a tag", IMAGES, "docker:29.7.2-dind\n", "docker\n", "neither tag nor digest"),
    ("a script that isn't there", IMAGES, "    - ci/build.sh\n", "    - ci/bild.sh\n", "ci/bild.sh"),
    ("a script that can't be executed", "ci/build.sh", "", 0o644, "can't be executed"),
    ("a tool that isn't installed", ENVIRONMENTS, "    - ci/install-tools.sh jq\n", "    - ci/install-tools.sh curl\n", "calls jq"),
    # The form.
    ("a field without a value", ROOT, "      default: dev\n", "", "no default"),
    ("a value that is none of the options", ROOT, "      default: aws\n", "      default: gcp\n", "none of its options"),
    ("a value that doesn't match", ROOT, '      default: ""\n', '      default: "1"\n', "does not match"),
    ("a field that takes any text", ROOT, "      regex: ^[a-z]*$\n", "      regex: '[a-z]*'\n", "any text"),
    ("a field that is pasted without quotes", ROOT, '{ value: "$[[ inputs.CONFIRM ]]", expand: false }',
     "$[[ inputs.CONFIRM ]]", "between quotes"),
    ("a field that isn't there", ROOT, "$[[ inputs.CLOUD ]]", "$[[ inputs.STACK ]]", "no input STACK"),
    ("two pipelines for one push", ROOT, "  rules:\n", "  rulez:\n", "two"),
    # Tokens.
    ("a token that a fork could use", IMAGES, OWN, "", "a fork could run it"),
    ("a token for a fork's merge request", ENVIRONMENTS, " && $CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH", "",
     "fork's merge request"),
    ("a merge request that may write", ENVIRONMENTS, "pipewright/plan", "pipewright/open", "more than a plan's"),
    ("an audience that isn't ours", IMAGES, "https://gitlab.com/pipewright/open", "https://gitlab.com", "audience"),
    ("a token that a newer pipeline stops", IMAGES, "  timeout: 1 hour\n", "  timeout: 1 hour\n  interruptible: true\n",
     "stopped by a newer"),
    ("keys that no environment gives", ENVIRONMENTS, PLAN_TOKEN + "    AWS_ROLE_ARN: arn:aws:iam::111111111111:role/plan\n",
     '  variables:\n    AWS_STATIC_KEYS: "true"\n', "names no environment to be given them"),
    ("keys beside a token", ENVIRONMENTS, "    AWS_ROLE_ARN: arn:aws:iam::111111111111:role/plan\n",
     "    AWS_ROLE_ARN: arn:aws:iam::111111111111:role/plan\n    AWS_STATIC_KEYS: \"true\"\n  environment:\n    name: dev\n"
     "    action: access\n", "it holds keys and a token"),
    ("keys in a merge request", ENVIRONMENTS, PLAN_TOKEN + "    AWS_ROLE_ARN: arn:aws:iam::111111111111:role/plan\n",
     '  environment:\n    name: dev\n    action: access\n  variables:\n    AWS_STATIC_KEYS: "true"\n',
     "a merge request holds keys that can write"),
    ("a role without a token", IMAGES, "  id_tokens:\n    AWS_ID_TOKEN:\n      aud: https://gitlab.com/pipewright/open\n", "",
     "a role without a token"),
]

JOBS = [
    ("a job that the form lost", IMAGES, BUILD_BY_FORM, BUILD_BY_FORM.replace("deploy", "infra"), "there is no build-app"),
    ("a gate that nobody has to open", ENVIRONMENTS, RELEASE_BY_TAG, RELEASE_BY_TAG.replace("      when: manual\n", ""),
     "release-prod waits for nobody"),
    ("a way round the gate", ENVIRONMENTS, ROLLBACK_PROD, ROLLBACK_PROD.replace('"rollback"', '"destroy"'),
     "there is a rollback-prod-aws"),
    ("a need that is absent in some pipeline", ENVIRONMENTS, "{ job: plan-prod-aws, optional: true, artifacts: false }",
     "{ job: plan-prod-aws, artifacts: false }", "release-prod needs plan-prod-aws, which is not there"),
    ("an event that makes no pipeline", ROOT, " || $CI_COMMIT_TAG =~ /^v[^\\/]*$/", "", "no pipeline is made"),
    ("an event that makes an empty one", ROOT, '$CI_COMMIT_BRANCH == "main"', '$CI_COMMIT_BRANCH != "main"', "with nothing in it"),
    ("a condition that isn't one", IMAGES, '$CI_PIPELINE_SOURCE == "merge_request_event"', '$CI_PIPELINE_SOURCE = "push"',
     "can't make a pipeline"),
]

GITLAB = {"gitlab.mjs": FILES, "gitlab-jobs.mjs": JOBS}

"""The broken copies of samples/good that the checkers of Terraform must reject. In a copy the sample's link to the
modules has become the modules themselves.

A row: what is broken, the checker and its arguments (relative to the copy), the file, the text, what stands there
instead, and what the checker must say. The text must occur, so that a changed module doesn't empty a test; None in its
place writes a new file, and twice None removes one.
"""

ACCOUNT = "infra/accounts/111111111111"
BOOTSTRAP = "infra/aws/dev/bootstrap"
PLATFORM = "infra/aws/dev/platform"
MODULES = "infra/modules/aws"


def module(name, test=None, only="all"):
    """One test file shows it, or validate alone."""
    return ["terraform-modules.py", "--only", only, *(["--test", test] if test else []), f"{MODULES}/{name}"]


class Planned(list):
    """A checker that has to plan, which is only done with the stand-ins of a mirror."""


def root(place):
    """The backend shows it, or validate."""
    return ["terraform-roots.py", "--only", place, "."]


def plan(place):
    return Planned(root(place))


FMT = ["terraform-fmt.sh", "."]
KEPT = Planned(["terraform-kept.py", MODULES])


def checkov(name):
    return ["terraform-checkov.py", f"{MODULES}/{name}"]


EXTRA = 'variable "extra" {\n  description = "More."\n  type        = string\n  default     = null\n}\n'

MUTATIONS = [
    # Layout.
    ("a line that is indented too deep", FMT, f"{MODULES}/state/main.tf", "  bucket = var.bucket\n",
     "    bucket = var.bucket\n", "state/main.tf"),
    ("an unaligned equals sign in a root", FMT, f"{BOOTSTRAP}/main.tf", "  pull_from    =", "  pull_from =",
     "bootstrap/main.tf"),
    ("an unaligned backend.hcl", FMT, f"{PLATFORM}/backend.hcl", "key                 =", "key =",
     "platform/backend.hcl"),
    ("a test that isn't laid out", FMT, f"{MODULES}/state/tests/bucket.tftest.hcl", "  command = plan\n",
     "   command = plan\n", "bucket.tftest.hcl"),

    # Modules: what validate sees.
    ("a wrong argument name", module("registry"), f"{MODULES}/registry/main.tf", "image_tag_mutability",
     "image_tag_mutabilty", "image_tag_mutabilty"),
    ("a missing argument", module("registry"), f"{MODULES}/registry/main.tf", "  repository = each.value.name\n", "",
     '"repository" is required'),
    ("an unknown reference", module("account"), f"{MODULES}/account/outputs.tf", "provider.arn }", "provider.arm }",
     "arm"),
    ("a deprecated argument", module("state"), f"{MODULES}/state/main.tf", "  force_destroy = false\n",
     '  force_destroy = false\n  acl = "private"\n', "warning: Argument is deprecated"),
    ("an argument newer than the oldest provider",
     ["terraform-modules.py", "--test", "repositories", f"{MODULES}/registry"], f"{MODULES}/registry/main.tf",
     "  force_delete = false\n", '  force_delete = false\n  region       = "eu-west-1"\n', "(all, aws 5.100.0)"),
    ("a feature that something else refers to", module("registry", only="none"), f"{MODULES}/registry/outputs.tf",
     "repository.arn }", "coalesce(try(aws_ecr_repository_policy.pull[name].policy, null), repository.arn) }",
     "(none)"),
    ("a feature without a test", module("account"), f"{MODULES}/account/extra.tf", None, EXTRA,
     "tests/extra.tftest.hcl"),
    ("a feature that has to be given", module("account"), f"{MODULES}/account/extra.tf", None,
     EXTRA.replace("  default     = null\n", ""), "No value for required variable"),
    ("a module without versions", module("account"), f"{MODULES}/account/versions.tf", None, None,
     "there is no versions.tf"),
    ("an output that nobody describes", module("account"), f"{MODULES}/account/outputs.tf", "  description = ", "  # ",
     "has no description"),
    ("a module that reads another root's state", module("registry"), f"{MODULES}/registry/state.tf", None,
     'data "terraform_remote_state" "other" {\n  backend = "s3"\n}\n', "reads another root's state"),
    ("a module that takes any provider", module("registry"), f"{MODULES}/registry/versions.tf", ", < 7.0.0", "",
     "versions.tf: it doesn't say"),

    # Modules: what their tests see.
    ("tags that can be moved", module("registry", "repositories"), f"{MODULES}/registry/main.tf", '= "IMMUTABLE"',
     '= "MUTABLE"', "Tags are immutable"),
    ("a lifecycle that doesn't spare what passed", module("registry", "repositories"), f"{MODULES}/registry/main.tf",
     'tagPrefixList = ["passed_"]', 'tagPrefixList = ["passed"]', "The first rule selects what passed"),
    ("a lifecycle that expires whatever is old", module("registry", "repositories"), f"{MODULES}/registry/main.tf",
     '= "untagged"', '= "any"', "Only keys and what has no tag expire"),
    ("a whole account that may pull", module("registry", "pull"), f"{MODULES}/registry/pull.tf",
     '        Condition = { ArnLike = { "aws:PrincipalArn" = one.principals } }\n', "", "only the named roles"),
    ("a bucket that can be made public", module("state", "bucket"), f"{MODULES}/state/main.tf",
     "block_public_policy     = true", "block_public_policy     = false", "Nothing in it can be made public"),
    ("a bucket that answers without TLS", module("state", "bucket"), f"{MODULES}/state/main.tf",
     '"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"', "answers through TLS alone"),
    ("a bucket without versions", module("state", "bucket"), f"{MODULES}/state/main.tf", 'status = "Enabled"\n  }\n}',
     'status = "Suspended"\n  }\n}', "Old states are kept"),
    ("states that expire as soon as leases", module("state", "bucket"), f"{MODULES}/state/main.tf",
     "= var.version_days", "= 1", "Old versions stay for a year"),
    ("a role that trusts whatever comes from a host", module("identity", "refused_trust"),
     f"{MODULES}/identity/main.tf", 'contains(concat(keys(one.equals), keys(one.like)), "${one.claims}sub")', "true",
     '"refuses_no_subject"... fail'),
    ("a trust without its exceptions", module("identity", "roles"), f"{MODULES}/identity/main.tf",
     "StringNotLike = one.not_like", "", "with exactly its conditions"),
    ("a private subnet that leads to the internet gateway", module("network", "layout"), f"{MODULES}/network/main.tf",
     "  nat_gateway_id         = aws_nat_gateway.this[each.value].id", "  gateway_id = aws_internet_gateway.this.id",
     "The private tables' routes name no internet gateway"),

    # What must be kept.
    ("a bucket of states that can be removed", KEPT, f"{MODULES}/state/main.tf", "prevent_destroy = true",
     "prevent_destroy = false", "aws_s3_bucket.this can be destroyed"),
    ("a provider that can be removed", KEPT, f"{MODULES}/account/main.tf", "prevent_destroy = true",
     "prevent_destroy = false", "aws_iam_openid_connect_provider.this"),

    # Roots: what Terraform sees.
    ("a wrong argument name in a call", root(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", "  repositories =", "  repositorys =",
     "repositorys"),
    ("a missing argument of a call", root(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", '  repositories = ["shop/dev/aws/web"]\n',
     "", '"repositories" is required'),
    ("a wrong argument name in a root", root(PLATFORM), f"{PLATFORM}/main.tf", "    value = ", "    valeu = ", "valeu"),
    ("an output that the module doesn't have", root(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", "identity.role_arns",
     "identity.roles", "roles"),
    ("a module that isn't there", root(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", "modules/aws/registry",
     "modules/aws/registri", "registri"),
    ("a provider that no version satisfies", root(PLATFORM), f"{PLATFORM}/main.tf", ">= 5.100.0, < 7.0.0", ">= 7.0.0",
     ">= 7.0.0"),
    ("a value that the module refuses", plan(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", '"222222222222"', '"*"',
     "never a wildcard"),
    ("a trust without a subject", plan(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", "githubusercontent.com:sub",
     "githubusercontent.com:sup", "needs HOST:sub"),
    ("a subject of all repositories", plan(BOOTSTRAP), f"{BOOTSTRAP}/main.tf", "repo:acme/shop:ref:refs/heads/main",
     "repo:acme:ref:refs/heads/main", "whole name of one repository"),
    ("a variable without a value", root(PLATFORM), f"{PLATFORM}/more.tf", None,
     EXTRA.replace("  default     = null\n", ""), '"extra" is required'),
    ("a deprecated argument in a root", root(PLATFORM), f"{PLATFORM}/more.tf", None,
     'resource "aws_s3_bucket" "more" {\n  bucket = "more"\n  acl    = "private"\n}\n', "Argument is deprecated"),
    ("a test that fails", plan(PLATFORM), f"{PLATFORM}/tests/name.tftest.hcl", None,
     'run "name" {\n  command = plan\n\n  assert {\n    condition     = output.cluster == "other"\n'
     '    error_message = "It has another name."\n  }\n}\n', "It has another name"),

    # Roots: whose state, whose account.
    ("the state of another target", root(PLATFORM), f"{PLATFORM}/backend.hcl", "shop/aws/dev/platform",
     "shop/aws/prod/platform", "the key is shop/aws/prod/platform"),
    ("the state of another root", root(PLATFORM), f"{PLATFORM}/backend.hcl", "dev/platform", "dev/bootstrap",
     "its state is that of"),
    ("the state of another project", root(PLATFORM), f"{PLATFORM}/backend.hcl", "shop/aws/dev", "shep/aws/dev",
     "different projects"),
    ("the bucket of another account", root(PLATFORM), f"{PLATFORM}/backend.hcl", "tfstate-111111111111",
     "tfstate-222222222222", "the bucket is that of account 222222222222"),
    ("the bucket of another region", root(PLATFORM), f"{PLATFORM}/backend.hcl", '-eu-west-1"', '-eu-west-2"',
     "the bucket is in eu-west-2"),
    ("another bucket than its neighbour's", root(PLATFORM), f"{PLATFORM}/backend.hcl", "shop-tfstate", "more-tfstate",
     "the roots of aws/dev name different places"),
    ("the state of another account's root", root(ACCOUNT), f"{ACCOUNT}/backend.hcl", '["111111111111"]',
     '["222222222222"]', "this is the root of 111111111111"),
    ("a state without a lock", root(PLATFORM), f"{PLATFORM}/backend.hcl", "use_lockfile        = true",
     "use_lockfile        = false", "the state is to be locked"),
    ("a state that isn't encrypted", root(PLATFORM), f"{PLATFORM}/backend.hcl", "encrypt             = true\n", "",
     "encrypt is true"),
    ("a setting that the backend doesn't know", root(PLATFORM), f"{PLATFORM}/backend.hcl",
     "use_lockfile        = true\n", 'use_lockfile        = true\nuse_lockfiles       = true\n',
     "use_lockfiles is not expected there"),
    ("a backend without an account", root(PLATFORM), f"{PLATFORM}/backend.hcl",
     'allowed_account_ids = ["111111111111"]\n', "", "there is no allowed_account_ids"),
    ("a backend in the source", root(PLATFORM), f"{PLATFORM}/main.tf", 'backend "s3" {}',
     'backend "s3" {\n    key = "shop"\n  }', "it is empty"),
    ("a module with a backend", root(PLATFORM), f"{MODULES}/state/versions.tf", "terraform {\n",
     'terraform {\n  backend "s3" {}\n\n', "a module has a backend"),
    ("a provider in another region", plan(PLATFORM), f"{PLATFORM}/main.tf", '= "eu-west-1"', '= "eu-west-2"',
     "the region is eu-west-2"),
    ("a provider that reaches another account", plan(PLATFORM), f"{PLATFORM}/main.tf", '["111111111111"]',
     '["222222222222"]', "allowed_account_ids is ['222222222222']"),
    ("a second provider that reaches any account", plan(ACCOUNT), f"{ACCOUNT}/main.tf",
     '  region              = "us-east-1"\n  allowed_account_ids = ["111111111111"]\n', '  region = "us-east-1"\n',
     "provider aws.us_east_1: allowed_account_ids is None"),
    ("resources without their environment", plan(PLATFORM), f"{PLATFORM}/main.tf", ', environment = "dev"', "",
     "lacks environment"),

    # checkov.
    ("a public bucket", checkov("state"), f"{MODULES}/state/main.tf", "block_public_acls       = true",
     "block_public_acls       = false", "CKV_AWS_53"),
    ("a registry whose tags can be moved", checkov("registry"), f"{MODULES}/registry/main.tf", '= "IMMUTABLE"',
     '= "MUTABLE"', "CKV_AWS_51"),
    ("a skip without a reason", checkov("state"), f"{MODULES}/state/main.tf",
     "#checkov:skip=CKV2_AWS_62:nothing follows from a changed state", "#checkov:skip=CKV2_AWS_62",
     "a skip without a reason"),
    ("a skip that silences nothing", checkov("state"), f"{MODULES}/state/main.tf", "#checkov:skip=CKV2_AWS_62:",
     "#checkov:skip=CKV_AWS_999:", "this silences nothing"),
    ("a file that can't be read", checkov("state"), f"{MODULES}/state/main.tf", "  bucket = var.bucket\n",
     "  bucket = = var.bucket\n", "checkov can't read it"),
]

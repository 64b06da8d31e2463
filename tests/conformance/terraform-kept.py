#!/usr/bin/env python3
"""terraform-kept.py MODULES: what may never be removed isn't, whatever a plan asks for.

terraform test can't show that: it could not tear down what it applied. So each module gets a state in which that
resource exists, and a destroy is planned.
"""

import json
import pathlib
import shutil
import sys

import terraform_common as common

# Module, the variables of the call, the resource and its key.
KEPT = [
    ("state", {"bucket": "shop-tfstate"}, "aws_s3_bucket", "this", None),
    ("state", {"bucket": "shop-tfstate", "table": "shop-tfstate"}, "aws_dynamodb_table", "lock", "shop-tfstate"),
    ("account", {"oidc_providers": {"gitlab": {"url": "https://gitlab.com", "audiences": ["some"]}}},
     "aws_iam_openid_connect_provider", "this", "gitlab"),
]


def state_of(kind, name, key):
    instance = {"schema_version": 0, "attributes": {"id": "there"}}
    if key is not None:
        instance["index_key"] = key
    return {
        "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "kept", "outputs": {}, "resources": [{
            "mode": "managed", "type": kind, "name": name, "instances": [instance],
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        }],
    }


def check(terraform, modules, number, case):
    """What is wrong, in one line, or nothing."""
    module, variables, kind, name, key = case
    folder = terraform.folder / str(number)
    shutil.copytree(modules / module, folder, ignore=shutil.ignore_patterns("tests", ".terraform*"))
    (folder / "terraform.tfstate").write_text(json.dumps(state_of(kind, name, key)))
    (folder / "terraform.tfvars.json").write_text(json.dumps(variables))
    (folder / "provider.tf").write_text('provider "aws" {\n  region = "eu-west-1"\n}\n')
    said = terraform.init(folder)
    if said:
        return said
    status, output = terraform.run(folder, "plan", "-destroy", "-refresh=false", "-lock=false", "-input=false", "-no-color")
    address = f"{kind}.{name}" + ("" if key is None else f'["{key}"]')
    said = " ".join(output.split())
    if status == 1 and f"Resource {address} has lifecycle.prevent_destroy set" in said:
        return ""
    return f"{module}: {address} can be destroyed; terraform ended with {status}:\n{output}"


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: terraform-kept.py MODULES")
    modules = pathlib.Path(sys.argv[1])

    def all_cases(terraform):
        if not common.MIRROR:
            common.skip("planning needs the mirror (PIPEWRIGHT_TERRAFORM_MIRROR), because there are no credentials")
        wrong = [check(terraform, modules, number, case) for number, case in enumerate(KEPT)]
        wrong = [line for line in wrong if line]
        print("\n".join(wrong + [f"{len(KEPT)} resources, {len(wrong)} not kept"]))
        return len(wrong)

    common.main(all_cases)


main()

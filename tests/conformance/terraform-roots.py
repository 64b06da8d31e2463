#!/usr/bin/env python3
"""terraform-roots.py [--only PLACE] TREE...: the Terraform roots of generated trees (infra/**/backend.hcl).

Terraform itself initialises and plans them, with the provider's stand-in and without credentials, and runs the tests that
they have. The backend, the provider and the folder of each have to name the same target, and no two roots the same state.
--only names the roots that Terraform is run over, where one is enough: the end of the path.
"""

import argparse
import json
import pathlib
import re
import shutil

import terraform_common as common

BACKEND = {"bucket": str, "key": str, "region": str, "allowed_account_ids": list}
LOCKS = {"use_lockfile": bool, "dynamodb_table": str}
OTHERS = {"encrypt"}
REGION = re.compile(r"\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov)?-[a-z]+-[0-9]\b")
EMPTY_BACKEND = re.compile(r'^\s*backend "s3" \{\s*\}', re.M)
# What this check of the module account compares with is made up by the stand-in.
EXPECTED = 'check "existing_providers_know_the_audiences"'
ANY_BACKEND = re.compile(r'^\s*backend "', re.M)


def read_backend(path):
    """backend.hcl as a map, and what is wrong with it. It holds nothing but strings, booleans and lists of strings."""
    values, wrong = {}, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r'([a-z_]+)\s*=\s*("[^"\\$%]*"|true|false|\[("[^"\\$%]*"(, "[^"\\$%]*")*)?\])', line)
        if not match:
            wrong.append(f"backend.hcl:{number}: this is no setting of a backend: {line}")
        else:
            values[match[1]] = json.loads(match[2])
    for key, kind in BACKEND.items():
        if not isinstance(values.get(key), kind) or not values[key]:
            wrong.append(f"backend.hcl: there is no {key}")
    locks = [key for key, kind in LOCKS.items() if isinstance(values.get(key), kind) and values[key]]
    if len(locks) != 1:
        wrong.append("backend.hcl: the state is to be locked by use_lockfile = true or by a dynamodb_table")
    if values.get("encrypt") is not True:
        wrong.append("backend.hcl: encrypt is true, so that the state is encrypted whatever the bucket says")
    wrong += [f"backend.hcl: {key} is not expected there" for key in values.keys() - BACKEND.keys() - LOCKS.keys() - OTHERS]
    return values, wrong


def place_of(root):
    """The end of a root's path, of which its state's key is made: accounts/ACCOUNT or STACK/ENVIRONMENT/ROOT."""
    parts = root.parts
    return "/".join(parts[-2:] if parts[-2] == "accounts" else parts[-3:])


def check_backend(root, values):
    """Whether the backend is that of this root, and no other target's."""
    wrong = []
    place, account = place_of(root), values["allowed_account_ids"][0]
    if len(values["allowed_account_ids"]) != 1 or not re.fullmatch(r"[0-9]{12}", account):
        wrong.append("backend.hcl: allowed_account_ids is one account of twelve digits")
    if not re.fullmatch(rf"[a-z][a-z0-9-]*/{re.escape(place)}", values["key"]):
        wrong.append(f"backend.hcl: the key is {values['key']}, and this is PROJECT/{place}")
    if root.parts[-2] == "accounts" and root.parts[-1] != account:
        wrong.append(f"backend.hcl: the account is {account}, and this is the root of {root.parts[-1]}")
    # A bucket's name says where it is, unless the project brought one of its own.
    for number in re.findall(r"(?<![0-9])[0-9]{12}(?![0-9])", values["bucket"]):
        if number != account:
            wrong.append(f"backend.hcl: the bucket is that of account {number}, and allowed is {account}")
    for region in REGION.findall(values["bucket"]):
        if region != values["region"]:
            wrong.append(f"backend.hcl: the bucket is in {region}, and region is {values['region']}")
    return wrong


def check_providers(root, providers, values):
    """What the plan says of a root's providers: they reach the backend's account alone, and tag everything."""
    wrong = [] if "aws" in providers else ["there is no provider aws"]
    for key, provider in providers.items():
        expressions = provider.get("expressions", {})
        constants = {name: value.get("constant_value") for name, value in expressions.items() if isinstance(value, dict)}
        if constants.get("allowed_account_ids") != values["allowed_account_ids"]:
            wrong.append(f"provider {key}: allowed_account_ids is {constants.get('allowed_account_ids')}, "
                         f"and the backend's {values['allowed_account_ids']}")
        if not constants.get("region"):
            wrong.append(f"provider {key}: there is no region")
        if key == "aws" and constants.get("region") != values["region"]:
            wrong.append(f"provider {key}: the region is {constants.get('region')}, and the backend's {values['region']}")
        tags = [block.get("tags", {}).get("constant_value") or {} for block in expressions.get("default_tags", [])]
        wanted = {"project", "managed-by"} | (set() if root.parts[-2] == "accounts" else {"environment"})
        missing = wanted - set().union(*tags)
        if missing:
            wrong.append(f"provider {key}: default_tags lacks {', '.join(sorted(missing))}")
    return wrong


def check_settings(terraform, root):
    """What is wrong with the backend of one root, and what it says."""
    sources = "".join(path.read_text() for path in sorted(root.glob("*.tf")))
    wrong = []
    if len(ANY_BACKEND.findall(sources)) != 1 or not EMPTY_BACKEND.search(sources):
        wrong.append('the source has one backend, and it is empty: backend "s3" {}')
    values, said = read_backend(root / "backend.hcl")
    if said:
        return wrong + said, None
    wrong += check_backend(root, values)
    # Terraform reads the settings before it looks for credentials, of which there are none.
    status, output = terraform.run(root, "init", "-input=false", "-no-color", "-backend-config=backend.hcl")
    if status == 0 or "No valid credential sources found" not in output:
        wrong.append(f"terraform init -backend-config=backend.hcl:\n{output}")
    return wrong, values


def plan_together(terraform, folder, roots):
    """What Terraform says about the roots, and its plan as JSON. Starting it takes longer than planning, so all roots of a
    tree are planned at once: as modules r0, r1 and so on of a root that is there for nothing else. A variable without a
    value is then a missing argument. Their backends are taken out, as no module may have one.
    """
    for number, root in enumerate(roots):
        for path in root.glob("*.tf"):
            path.write_text(EMPTY_BACKEND.sub("", path.read_text()))
    (folder / "main.tf").write_text("".join(
        f'module "r{number}" {{\n  source = "./{root.relative_to(folder)}"\n}}\n' for number, root in enumerate(roots)
    ))
    said = terraform.init(folder)
    if said:
        return [f"terraform init:\n{said}"], None
    if not common.MIRROR:
        return terraform.validate(folder), None
    status, output = terraform.run(folder, "plan", "-input=false", "-no-color", "-lock=false", "-out=all.plan")
    # Behind the plan itself stands what Terraform found.
    found = [part for part in re.split(r"^(?=[^\w\n]*(?:Warning|Error): )", output, flags=re.M)[1:] if EXPECTED not in part]
    if status != 0 or found:
        return [f"terraform plan:\n{''.join(found) or output}"], None
    status, output = terraform.run(folder, "show", "-json", "all.plan")
    return ([], json.loads(output)) if status == 0 else ([f"terraform show:\n{output}"], None)


def check_roots(terraform, folder, roots):
    """What is wrong with the roots of one tree, in a copy of it, and how many resources each would make."""
    wrong, settings, made = [], {}, {}
    for root in roots:
        said, settings[root] = check_settings(terraform, root)
        wrong += [f"{root.relative_to(folder)}: {line}" for line in said]
    said, plan = plan_together(terraform, folder, roots)
    wrong += said
    if plan is None:
        return wrong, made
    for number, root in enumerate(roots):
        name, address = root.relative_to(folder), f"module.r{number}"
        providers = {
            key.removeprefix(f"{address}:"): provider for key, provider in plan["configuration"]["provider_config"].items()
            if provider["name"] == "aws" and provider.get("module_address") == address
        }
        if settings[root] is not None:
            wrong += [f"{name}: {line}" for line in check_providers(root, providers, settings[root])]
        made[root] = sum(
            1 for change in plan.get("resource_changes", [])
            if change["address"].startswith(f"{address}.") and change["change"]["actions"] == ["create"]
        )
        if made[root] == 0:
            wrong.append(f"{name}: a first plan would make nothing")
        if any(root.glob("tests/*.tftest.hcl")):
            said = terraform.init(root)
            runs, said = (0, said) if said else terraform.test(root)
            if said or runs == 0:
                wrong.append(f"{name}: terraform test:\n{said or 'there is no run'}")
    return wrong, made


def check_tree(tree, roots):
    """What only all roots of a tree together show."""
    wrong, states, places = [], {}, {}
    for root in roots:
        values, said = read_backend(root / "backend.hcl")
        if said:
            continue
        state = (values["bucket"], values["key"])
        if state in states:
            wrong.append(f"{root.relative_to(tree)}: its state is that of {states[state]}, too")
        states[state] = root.relative_to(tree)
        if root.parts[-2] != "accounts":
            target = "/".join(root.parts[-3:-1])
            place = (values["bucket"], values["region"], *values["allowed_account_ids"])
            if places.setdefault(target, place) != place:
                wrong.append(f"{root.relative_to(tree)}: the roots of {target} name different places")
    if len({values.split("/")[0] for _, values in states}) > 1:
        wrong.append("the keys of the states begin with different projects")
    if any(ANY_BACKEND.search(path.read_text()) for path in tree.glob("*/modules/**/*.tf")):
        wrong.append("a module has a backend")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("trees", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    trees = [tree.resolve() for tree in arguments.trees]

    def one_tree(terraform, number, tree):
        """The number of failures in a tree, and the report on it."""
        roots = sorted(path.parent for path in tree.rglob("backend.hcl"))
        chosen = [root for root in roots if root.as_posix().endswith(arguments.only)]
        if not chosen:
            return 1, f"{tree}: there is no root (infra/**/backend.hcl) {arguments.only}"
        wrong = check_tree(tree, roots)
        folder = terraform.folder / str(number)
        for base in sorted({root.relative_to(tree).parts[0] for root in roots}):
            shutil.copytree(tree / base, folder / base, ignore=shutil.ignore_patterns(".terraform*"))
        said, made = check_roots(terraform, folder, [folder / root.relative_to(tree) for root in chosen])
        wrong += said
        would = "".join(f"\n  {root.relative_to(folder)}: {count} resources" for root, count in made.items())
        if not common.MIRROR:
            would = " were validated; planning needs the mirror"
        return len(wrong), "".join(f"{tree}: {line}\n" for line in wrong) + f"{tree}: {len(chosen)} roots{would}"

    def all_trees(terraform):
        results = common.in_parallel(lambda item: one_tree(terraform, *item), list(enumerate(trees)))
        print("\n".join(report for _, report in results))
        return sum(failures for failures, _ in results)

    common.main(all_trees)


main()

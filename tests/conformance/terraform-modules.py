#!/usr/bin/env python3
"""terraform-modules.py [--only NAME] [--test FILE] FOLDER...: each folder is a module, or holds modules.

Terraform itself validates and tests each of them with all its feature files, with none, and with each alone; with the
newest provider that its constraint allows, and with the oldest.

A feature is every .tf file but main.tf, variables.tf, outputs.tf and versions.tf. A test file tests/FEATURE.tftest.hcl
(or tests/FEATURE+FEATURE.tftest.hcl) comes along with its features; every other one has to pass in all combinations.
--only takes one combination, all, none, or the name of a feature, and the newest provider; --test one test file.
"""

import argparse
import pathlib
import re
import shutil
import sys

import terraform_common as common

ALWAYS = ("main", "variables", "outputs", "versions")
LOOK_UP_ONLY = ("existing-network", "default-network")
VERSIONS = ('required_version = ">= 1.11.0, < 2.0.0"', 'source  = "hashicorp/aws"', ', < 7.0.0"')


def modules_in(folder):
    if (folder / "variables.tf").is_file():
        return [folder]
    return sorted(path.parent for path in folder.rglob("variables.tf"))


def features_of(module):
    return sorted(path.stem for path in module.glob("*.tf") if path.stem not in ALWAYS)


def combinations_of(features):
    """(name, features) for all, none and each alone; what comes out the same is there once."""
    result = {}
    for name, chosen in [("all", features), ("none", []), *((feature, [feature]) for feature in features)]:
        result.setdefault(tuple(chosen), name)
    return [(name, list(chosen)) for chosen, name in result.items()]


def needs(test, features):
    """The features that a test file is named after; none where any of its names isn't one."""
    names = test.name.removesuffix(".tftest.hcl").split("+")
    return names if all(name in features for name in names) else []


def copy(module, target, features, chosen):
    """The module as a project would get it that wants only these features, with the tests that are about it."""
    shutil.copytree(module, target, ignore=shutil.ignore_patterns(".terraform*"))
    for feature in features:
        if feature not in chosen:
            (target / f"{feature}.tf").unlink()
    for test in target.glob("tests/*.tftest.hcl"):
        if not set(needs(test, features)) <= set(chosen):
            test.unlink()


def shape(module, features):
    """What a module has to have, whatever Terraform says."""
    missing = [f"{name}.tf" for name in ALWAYS if not (module / f"{name}.tf").is_file()]
    tests = list(module.glob("tests/*.tftest.hcl"))
    tested = {feature for test in tests for feature in needs(test, features)}
    missing += [f"tests/{feature}.tftest.hcl" for feature in features if feature not in tested]
    if not any(not needs(test, features) for test in tests):
        missing.append("a test that passes without any feature")
    wrong = [f"there is no {name}" for name in missing]
    for file in sorted(module.glob("*.tf")):
        text = file.read_text()
        for kind, name, body in re.findall(r'^(variable|output) "([^"]+)" \{\n(.*?)^\}', text, re.M | re.S):
            wanted = ["description", "type"] if kind == "variable" else ["description"]
            wrong += [f"{file.name}: the {kind} {name} has no {key}" for key in wanted if not re.search(rf"^  {key} +=", body, re.M)]
        if module.name in LOOK_UP_ONLY and re.search(r"^resource ", text, re.M):
            wrong.append(f"{file.name}: it makes something, and is there to look up alone")
        if "terraform_remote_state" in text:
            wrong.append(f"{file.name}: it reads another root's state")
    versions = (module / "versions.tf").read_text() if (module / "versions.tf").is_file() else ""
    for constraint in VERSIONS:
        if constraint not in versions:
            wrong.append(f"versions.tf: it doesn't say {constraint}")
    return wrong


def check(terraform, module, only=None, test=None):
    """What is wrong with the module, and how many test runs passed."""
    features = features_of(module)
    combinations = [(name, chosen) for name, chosen in combinations_of(features) if only in (None, name)]
    if not combinations:
        sys.exit(f"{module} has no combination {only}")
    wrong, passed = shape(module, features), 0
    for name, chosen in combinations:
        for oldest in (False, True) if only is None else (False,):
            what = f"{name}, aws {common.OLDEST_AWS}" if oldest else name
            target = terraform.folder / f"{module.name}.{name}.{oldest}"
            copy(module, target, features, chosen)
            if oldest:
                common.pin_provider(target)
            said = terraform.init(target)
            if said:
                wrong.append(f"({what}) terraform init:\n{said}")
                continue
            found = terraform.validate(target)
            wrong += [f"({what}) {line}" for line in found]
            # Tests take most of the time; the old provider is asked once, with everything.
            if not found and (not oldest or name == "all"):
                runs, said = terraform.test(target, *([f"-filter=tests/{test}.tftest.hcl"] if test else []))
                passed += runs
                if said or runs == 0:
                    wrong.append(f"({what}) terraform test:\n{said or 'there is no run'}")
    return wrong, passed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only")
    parser.add_argument("--test")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    modules = [module for folder in arguments.folders for module in modules_in(folder)]
    if not modules:
        sys.exit(f"there is no module in {', '.join(map(str, arguments.folders))}")

    def all_modules(terraform):
        failures = 0
        for module in modules:
            wrong, passed = check(terraform, module, arguments.only, arguments.test)
            failures += len(wrong)
            print("".join(f"{module}: {line}\n" for line in wrong) + f"{module}: {passed} test runs passed", flush=True)
        return failures

    common.main(all_modules)


main()

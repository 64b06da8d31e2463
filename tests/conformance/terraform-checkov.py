#!/usr/bin/env python3
"""terraform-checkov.py FOLDER...: checkov has nothing to say about the Terraform in each folder.

A finding may be silenced only where it arises, by a comment that says why: #checkov:skip=CKV_AWS_1:reason. A comment
that silences nothing in any of the folders is a finding, too.
"""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import terraform_common as common

TOOLS = pathlib.Path(__file__).resolve().parents[1] / "tools"
COMMENT = re.compile(r"#\s*checkov:skip=([A-Z0-9_]*):?(.*)")


def program():
    own = TOOLS / "venv-checkov" / "bin" / "checkov"
    found = str(own) if own.is_file() else shutil.which("checkov")
    return found or common.skip("checkov isn't installed; ./dev test does that (tests/tools/venv-checkov)")


def comments_in(folder):
    """Every skip comment: (file, line, check, reason)."""
    for base, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != ".terraform"]
        for name in sorted(name for name in names if name.endswith(".tf")):
            path = pathlib.Path(base) / name
            for number, line in enumerate(path.read_text().splitlines(), 1):
                match = COMMENT.search(line)
                if match:
                    yield path, number, match[1], match[2].strip()


def scan(checkov, folder, home):
    """checkov's results for everything in a folder. The network is not asked, and no configuration is read."""
    result = subprocess.run(
        [checkov, "--directory", str(folder), "--framework", "terraform", "--skip-download", "--output", "json"],
        env=common.environment(home) | {"LOG_LEVEL": "ERROR"}, cwd=home,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    try:
        return json.loads(result.stdout)["results"]
    except (ValueError, KeyError, TypeError):
        sys.exit(f"checkov ended with {result.returncode}, and found no Terraform or failed:\n{result.stdout}{result.stderr}")


def copies_of(folders, home):
    """Copies of the folders, by number, in as many heaps as are scanned at a time: checkov takes seconds to start. It
    doesn't follow links, so there are none in a copy."""
    heaps = [pathlib.Path(home) / f"heap{number}" for number in range(min(2, len(folders)))]
    for number, folder in enumerate(folders):
        shutil.copytree(folder, heaps[number % len(heaps)] / str(number), ignore=lambda base, names: [
            name for name in names
            if name == ".terraform" or not (pathlib.Path(base) / name).is_dir() and not name.endswith(".tf")
        ])
    return heaps


def main():
    folders = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
    if not folders:
        sys.exit("usage: terraform-checkov.py FOLDER...")
    checkov = program()
    failures, silenced, passed = 0, set(), collections.Counter()
    with tempfile.TemporaryDirectory() as home:
        def place(path):
            """The file that a copy's path stands for, and the number of its folder."""
            number, *rest = pathlib.Path(path).resolve().relative_to(pathlib.Path(home).resolve()).parts[1:]
            return int(number), folders[int(number)].joinpath(*rest)

        for results in common.in_parallel(lambda heap: scan(checkov, heap, home), copies_of(folders, home)):
            passed.update(place(check["file_abs_path"])[0] for check in results["passed_checks"])
            silenced.update(
                (path.name, path.parent.name, check["check_id"]) for check in results["skipped_checks"]
                for path in [place(check["file_abs_path"])[1]]
            )
            for check in results["failed_checks"]:
                failures += 1
                print(f"{place(check['file_abs_path'])[1]}:{check['file_line_range'][0]}: {check['check_id']}: "
                      f"{check['check_name']} ({check['resource']})")
            for path in results["parsing_errors"]:
                failures += 1
                print(f"{place(path)[1]}: checkov can't read it")
    for number, folder in enumerate(folders):
        print(f"{folder}: {passed[number]} checks passed")
        failures += passed[number] == 0
        for path, line, check, reason in comments_in(folder):
            if not check or len(reason) < 8:
                failures += 1
                print(f"{path}:{line}: a skip without a reason")
            elif (path.name, path.parent.name, check) not in silenced:
                failures += 1
                print(f"{path}:{line}: this silences nothing: {check}")
    sys.exit(1 if failures else 0)


main()

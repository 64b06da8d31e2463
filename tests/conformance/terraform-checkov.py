#!/usr/bin/env python3
"""terraform-checkov.py FOLDER...: checkov has nothing to say about the Terraform in each folder. A finding may be silenced
only where it arises, by a comment that says why: #checkov:skip=CKV_AWS_1:reason. A comment that silences nothing in any
of the folders is a finding, too.
"""

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
    """checkov's report on a folder, as JSON. The network is not asked, and no configuration is read."""
    result = subprocess.run(
        [checkov, "--directory", str(folder), "--framework", "terraform", "--skip-download", "--output", "json"],
        env=common.environment(home) | {"LOG_LEVEL": "ERROR"}, cwd=home,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    try:
        report = json.loads(result.stdout)
    except ValueError:
        sys.exit(f"checkov ended with {result.returncode} over {folder}:\n{result.stdout}{result.stderr}")
    if "results" not in report:
        sys.exit(f"checkov found no Terraform in {folder}:\n{result.stdout}")
    return report


def main():
    folders = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
    if not folders:
        sys.exit("usage: terraform-checkov.py FOLDER...")
    checkov = program()
    failures, silenced, comments = 0, set(), {}
    with tempfile.TemporaryDirectory() as home:
        # checkov doesn't follow links, and names files as it likes: each folder is scanned as a copy at a known place.
        copies = []
        for number, folder in enumerate(folders):
            copy = pathlib.Path(home) / str(number)
            shutil.copytree(folder, copy, ignore=lambda base, names: [
                name for name in names
                if not (pathlib.Path(base) / name).is_dir() and not name.endswith(".tf") or name == ".terraform"
            ])
            copies.append(copy)
        reports = common.in_parallel(lambda copy: scan(checkov, copy, home), copies)
        for folder, copy, report in zip(folders, copies, reports):
            def place(check):
                return folder / pathlib.Path(check["file_abs_path"]).relative_to(copy)

            for check in report["results"]["failed_checks"]:
                failures += 1
                print(f"{place(check)}:{check['file_line_range'][0]}: {check['check_id']}: {check['check_name']} "
                      f"({check['resource']})")
            for error in report["results"]["parsing_errors"]:
                failures += 1
                print(f"{error}: checkov can't read it")
            for check in report["results"]["skipped_checks"]:
                silenced.add((place(check).name, place(check).parent.name, check["check_id"]))
            summary = report["summary"]
            if summary["passed"] == 0:
                failures += 1
            print(f"{folder}: {summary['passed']} checks passed, {summary['failed']} failed, {summary['skipped']} skipped")
            for path, number, check, reason in comments_in(folder):
                comments[path, number] = (check, reason)
    for (path, number), (check, reason) in comments.items():
        if not check or len(reason) < 8:
            failures += 1
            print(f"{path}:{number}: a skip without a reason")
        elif (path.name, path.parent.name, check) not in silenced:
            failures += 1
            print(f"{path}:{number}: this silences nothing: {check}")
    sys.exit(1 if failures else 0)


main()

#!/usr/bin/env python3
"""terraform-catches.py [WORD...]: the checkers of Terraform accept samples/good and reject every broken copy of it that
terraform_mutations.py names; without a mirror those that nothing but a plan shows are left out. With words only those
copies that are described by one of them.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import terraform_common as common
from terraform_mutations import FMT, MUTATIONS, Planned

HERE = pathlib.Path(__file__).resolve().parent


def run(checker, tree):
    """The exit code, and what the checker printed."""
    result = subprocess.run(
        [str(HERE / checker[0]), *checker[1:]], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return result.returncode, result.stdout


def mutate(tree, file, old, new):
    path = tree / file
    if old is None and new is None:
        path.unlink()
    elif old is None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(new)
    else:
        text = path.read_text()
        if old not in text:
            return f"terraform_mutations.py: {file} doesn't contain {old!r}"
        path.write_text(text.replace(old, new))
    return ""


def main():
    mutations = [row for row in MUTATIONS if not sys.argv[1:] or any(word in row[0] for word in sys.argv[1:])]
    if not mutations:
        sys.exit("no broken copy is described so")
    if not common.MIRROR:
        mutations = [row for row in mutations if not isinstance(row[1], Planned)]
    with tempfile.TemporaryDirectory() as folder:
        def copy(name):
            tree = pathlib.Path(folder) / name / "tree"
            shutil.copytree(HERE / "samples/good/infra", tree / "infra", ignore=shutil.ignore_patterns(".terraform*"))
            return tree

        def attempt(item):
            number, (what, checker, file, old, new, expected) = item
            tree = copy(f"{number:02}")
            said = mutate(tree, file, old, new)
            if said:
                return f"FAILED: {said}"
            status, output = run(checker, tree)
            if status == common.SKIP:
                return output.strip().splitlines()[-1]
            # Terraform breaks its lines where it likes.
            if status != 1 or " ".join(expected.split()) not in " ".join(output.split()):
                return f"FAILED: {checker[0]} must reject {what} and say {expected!r}; it ended with {status}:\n{output}"
            return ""

        for checker in (FMT, ["terraform-roots.py", "."]):
            status, output = run(checker, copy(f"good.{checker[0]}"))
            if status == common.SKIP:
                common.skip(output.strip().splitlines()[-1].removeprefix("skip: "))
            if status != 0:
                sys.exit(f"FAILED: {checker[0]} rejects the good sample\n{output}")
        said = common.in_parallel(attempt, list(enumerate(mutations)))
    skipped = sorted({line for line in said if line.startswith("skip: ")})
    failed = [line for line in said if line and line not in skipped]
    print("\n".join(failed + [f"{len(mutations)} broken copies, {len(failed)} not caught as they should be"] + skipped))
    sys.exit(1 if failed else common.SKIP if skipped else 0)


main()

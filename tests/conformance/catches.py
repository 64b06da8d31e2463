"""catches.py CHECKER: the checker accepts samples/good and rejects every broken copy of it that mutations.py names."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from mutations import MUTATIONS

HERE = pathlib.Path(__file__).resolve().parent


def run(checker, tree):
    command = ["node"] if checker.endswith(".mjs") else []
    result = subprocess.run(
        [*command, str(HERE / checker), str(tree)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode == 77:
        print(result.stdout, end="")
        sys.exit(77)
    return result.returncode, result.stdout


def mutate(tree, file, old, new):
    path = tree / file
    if isinstance(new, int):
        os.chmod(path, new)
        return
    text = path.read_text()
    if old not in text:
        sys.exit(f"mutations.py: {file} doesn't contain {old!r}")
    path.write_text(text.replace(old, new))


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in MUTATIONS:
        sys.exit(f"usage: catches.py {'|'.join(MUTATIONS)}")
    checker = sys.argv[1]
    if checker.endswith(".mjs") and shutil.which("node") is None:
        print("skip: node isn't installed")
        sys.exit(77)
    failures = 0
    mutations = MUTATIONS[checker]
    status, output = run(checker, HERE / "samples/good")
    if f"{checker} program" in MUTATIONS and "of PATH" in output:
        mutations = mutations + MUTATIONS[f"{checker} program"]
    if status != 0:
        failures += 1
        print(f"FAILED: {checker} rejects the good sample\n{output}")
    for what, file, old, new, expected in mutations:
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder) / "tree"
            shutil.copytree(HERE / "samples/good", tree)
            mutate(tree, file, old, new)
            status, output = run(checker, tree)
        if status == 0 or expected not in output:
            failures += 1
            print(f"FAILED: {checker} must reject {what} and say {expected!r}; it ended with {status}:\n{output}")
    print(f"{checker}: {len(mutations)} broken copies, {failures} not caught as they should be")
    sys.exit(1 if failures else 0)


main()

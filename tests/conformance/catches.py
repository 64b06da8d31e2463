"""catches.py CHECKER: the checker accepts samples/good and rejects every broken copy of it that mutations.py names."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from mutations import MUTATIONS

HERE = pathlib.Path(__file__).resolve().parent


def run(checker, trees):
    command = ["node"] if checker.endswith(".mjs") else []
    result = subprocess.run(
        [*command, str(HERE / checker), *map(str, trees)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode == 77:
        print(result.stdout, end="")
        sys.exit(77)
    return result.returncode, result.stdout


def verdicts(checker, trees):
    """The exit code and the output for each tree.

    The programs for Node begin every finding with its file, and take long to start: one run reads all trees.
    """
    if not checker.endswith(".mjs"):
        return [run(checker, [tree]) for tree in trees]
    status, output = run(checker, trees)
    if status not in (0, 1):
        sys.exit(f"{checker} ended with {status}:\n{output}")
    found = [[line for line in output.splitlines() if line.startswith(f"{tree}/")] for tree in trees]
    return [(1 if lines else 0, "\n".join(lines)) for lines in found]


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
    status, output = run(checker, [HERE / "samples/good"])
    if f"{checker} program" in MUTATIONS and "of PATH" in output:
        mutations = mutations + MUTATIONS[f"{checker} program"]
    if status != 0:
        failures += 1
        print(f"FAILED: {checker} rejects the good sample\n{output}")
    with tempfile.TemporaryDirectory() as folder:
        trees = [pathlib.Path(folder) / f"{number:02}" for number in range(len(mutations))]
        for tree, (_, file, old, new, _) in zip(trees, mutations):
            shutil.copytree(HERE / "samples/good", tree)
            mutate(tree, file, old, new)
        results = verdicts(checker, trees)
    for (status, output), (what, _, _, _, expected) in zip(results, mutations):
        if status == 0 or expected not in output:
            failures += 1
            print(f"FAILED: {checker} must reject {what} and say {expected!r}; it ended with {status}:\n{output}")
    print(f"{checker}: {len(mutations)} broken copies, {failures} not caught as they should be")
    sys.exit(1 if failures else 0)


main()

"""What scripts call in the cloud, from two sides: the "calls:" lines beside the code, of which the generated roles are
made, and the table of docs/scripts.md, which the stand-ins of the scenes enforce.

  calls.py SCRIPTS DOCS     fails unless both say the same of every script in SCRIPTS (templates/scripts/ci)
"""

import pathlib
import re
import sys

# What stands after "on"; docs/scripts.md says which ARNs each means.
KINDS = {"*", "repositories", "source-repositories", "lease", "state", "state-lock", "state-bucket", "state-table", "record", "platform",
         "services", "task-definitions", "tasks", "task-roles", "balancer-names", "rest-apis", "command-document", "instances", "group", "secrets", "secret-keys",
         "record-bucket", "groups", "autoscalers", "migrations", "templates", "subnetworks", "service-accounts", "address"}
# Run by people with what they are signed in as, by no role.
PERSONS = {"bootstrap.sh"}


def directives(path, script, verb="calls"):
    """The (action, kind, condition) triples that one file declares for a script."""
    found = set()
    action = r"(?:[a-z0-9-]+:[A-Za-z]+|[a-z]+\.[A-Za-z]+\.[A-Za-z]+)"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith(f"# {verb}:"):
            continue
        match = re.fullmatch(rf"# {verb}: ({action}(?:, {action})*) on ([a-z*-]+(?:, [a-z*-]+)*)((?:(?: if | and )\S+=\S+)*)"
                             r"(?: in ([a-z-]+\.sh(?:, [a-z-]+\.sh)*))?", line)
        if not match:
            sys.exit(f"{path}:{number}: this is no directive: {line}")
        if match[4] and script not in match[4].split(", "):
            continue
        condition = match[3].removeprefix(" if ")
        for kind in match[2].split(", "):
            if kind not in KINDS:
                sys.exit(f"{path}:{number}: there are no resources called {kind}")
            found |= {(action, kind, condition) for action in match[1].split(", ")}
    return found


def declared(folder, words=None):
    """Of every script: what it and all libraries that it sources declare; those for the words of one target (CLOUD,
    REGISTRY, RUNTIME), or for all that there are. What runs on machines of a target says what their role has to have."""
    result = {script.name: directives(script, script.name, "runs") for script in (pathlib.Path(folder).parent / "host").glob("*.sh")}
    for script in sorted(pathlib.Path(folder).glob("*.sh")):
        if script.name in PERSONS:
            continue
        result[script.name] = directives(script, script.name)
        for name in re.findall(r'^ *\. "\$here/(lib/\S+)"$', script.read_text(encoding="utf-8"), re.MULTILINE):
            if words is not None:
                name = re.sub(r"\$([A-Z]+)", lambda match: words[match[1]], name)
            for file in script.parent.glob(re.sub(r"\$[A-Z]+", "*", name)):
                result[script.name] |= directives(file, script.name)
    return result


def documented(path):
    """The same from the table."""
    result = {}
    for line in open(path, encoding="utf-8"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 4 or not re.fullmatch(r"`[a-z0-9-]+[:.][A-Za-z.]+`", cells[1]):
            continue
        kind, _, condition = cells[2].partition(" if ")
        row = (cells[1].strip("`"), kind.strip("`"), condition.strip("`"))
        if row in result.setdefault(cells[0], set()):
            sys.exit(f"{path} has two rows for {cells[0]}: {row}")
        result[cells[0]].add(row)
    return result


def main():
    said, written = declared(sys.argv[1]), documented(sys.argv[2])
    wrong = []
    for script in sorted(set(said) | set(written)):
        for row in sorted(said.get(script, set()) - written.get(script, set())):
            wrong.append(f"{script} declares what {sys.argv[2]} does not list: {row}")
        for row in sorted(written.get(script, set()) - said.get(script, set())):
            wrong.append(f"{sys.argv[2]} lists what {script} does not declare: {row}")
    if wrong or not any(said.values()):
        sys.exit("\n".join(wrong) or "no script declares anything")
    print(f"{sum(len(rows) for rows in said.values())} calls, declared and listed")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""check.py [--catches]: the Dockerfiles that init offers, read by hadolint and held against what init promises of them.

With --catches every promise is broken once in a copy, and each copy must be refused.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "templates/dockerfiles"
EXACT = re.compile(r"^[a-z0-9./-]+:(\d+\.\d+\.\d+([._]\d+)*|trixie-\d{8})(-[a-z0-9.-]+)?$")


def instructions(text):
    """The instructions with their words; continuation lines joined, comments left out."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [line.split(None, 1) for line in joined.split("\n") if line.strip()]


def broken_promises(path):
    complaints = []
    steps = instructions(path.read_text())
    arguments = dict(rest.split("=", 1) for name, rest in steps if name == "ARG" and "=" in rest)
    stages, last = [], {}
    for name, rest in steps:
        if name == "FROM":
            image = re.sub(r"\$\{(\w+)\}", lambda found: arguments.get(found[1], "?"), rest.split()[0])
            stages.append(image)
            last = {}
            if not EXACT.match(image):
                complaints.append(f"{image} is not pinned to an exact version")
        last.setdefault(name, []).append(rest)
    if len(stages) < 2 and path.name != "site.Dockerfile":
        complaints.append("has one stage alone")
    unprivileged = "nginx-unprivileged" in (stages or [""])[-1]
    user = last.get("USER", [""])[-1]
    if not unprivileged and (not user.isdigit() or user == "0"):
        complaints.append("does not end as a user who is known not to be root")
    if unprivileged and "USER" in last:
        complaints.append("changes the user of an image that has one")
    for wanted in ("EXPOSE", "HEALTHCHECK"):
        if len(last.get(wanted, [])) != 1:
            complaints.append(f"has not exactly one {wanted}")
    for name, rest in steps:
        if name == "ADD":
            complaints.append("uses ADD")
        if name == "RUN" and re.search(r"\b(sudo|curl[^|]*\|)\b", rest):
            complaints.append("runs what it fetches")
    if not unprivileged and "CMD" not in last:
        complaints.append("starts nothing")
    return complaints


def check(folder):
    hadolint = shutil.which("hadolint")
    if hadolint is None:
        print("skip: hadolint is not installed")
        sys.exit(77)
    files = sorted(folder.glob("*.Dockerfile"))
    complaints = [f"{path.name} {words}" for path in files for words in broken_promises(path)]
    lint = subprocess.run([hadolint, "--no-color", "--failure-threshold", "style", *files], capture_output=True, text=True)
    if lint.returncode:
        complaints += (lint.stdout + lint.stderr).strip().split("\n")
    for path in files:
        ignored = folder / f"{path.name.split('-')[0].split('.')[0]}.dockerignore"
        if not ignored.exists() or not {".git", ".*"} & set(ignored.read_text().split("\n")):
            complaints.append(f"{path.name} has no .dockerignore that keeps .git out")
    return files, complaints


# What is changed in a copy, and a word of the complaint.
MUTATIONS = [
    ("go.Dockerfile", "alpine:3.24.2", "alpine:latest", "exact"),
    ("go.Dockerfile", "alpine:3.24.2", "alpine:3", "exact"),
    ("node-npm.Dockerfile", "24.21.0", "24", "exact"),
    ("rust.Dockerfile", "USER 10001", "USER 0", "root"),
    ("java-maven.Dockerfile", "USER 10001\n", "", "root"),
    ("python-uv.Dockerfile", "USER 10001", "USER app", "root"),
    ("ruby.Dockerfile", "EXPOSE ${PORT}\n", "", "EXPOSE"),
    ("site.Dockerfile", "HEALTHCHECK", "# HEALTHCHECK", "HEALTHCHECK"),
    ("java-gradle.Dockerfile", "COPY . .", "ADD . .", "DL3020"),
    ("go.Dockerfile", "WORKDIR /tmp", "WORKDIR tmp", "DL3000"),
    ("python-poetry.Dockerfile", "poetry==2.4.1", "poetry", "DL3013"),
    ("node-corepack.Dockerfile", "corepack@0.36.0", "corepack", "DL3016"),
    ("ruby.Dockerfile", "--no-install-recommends ", "", "DL3015"),
    ("node-npm.Dockerfile", "package-lock.json ]; then", "package-lock.json ] then", "SC1"),
    ("go.Dockerfile", "FROM alpine", "FRUM alpine", ""),
]


def catches():
    missed = 0
    for name, old, new, word in MUTATIONS:
        with tempfile.TemporaryDirectory() as place:
            copy = pathlib.Path(place) / "dockerfiles"
            shutil.copytree(FOLDER, copy)
            text = (copy / name).read_text()
            if old not in text:
                print(f"{name} no longer holds {old!r}")
                missed += 1
                continue
            (copy / name).write_text(text.replace(old, new))
            complaints = [one for one in check(copy)[1] if word in one and name in one]
            if not complaints:
                print(f"not caught: {name} with {new!r} for {old!r}")
                missed += 1
    print(f"{len(MUTATIONS) - missed} of {len(MUTATIONS)} broken copies were caught")
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--catches"]:
        sys.exit(catches())
    read, found = check(FOLDER)
    print("\n".join(found) or f"{len(read)} Dockerfiles are as they should be")
    sys.exit(1 if found or not read else 0)

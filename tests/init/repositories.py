#!/usr/bin/env python3
"""repositories.py PIPEWRIGHT: init as a user runs it, in repositories of all kinds, and in some of people who mean no good.

Each is made with git in a temporary folder. What init writes must be valid, what generate makes of it must be there, and no
run may take long or much memory, whatever the files are.
"""
import os
import pathlib
import pty
import resource
import select
import subprocess
import sys
import tempfile

PIPEWRIGHT = str(pathlib.Path(sys.argv[1]).resolve())
FACTS = ["--region", "eu-west-1", "--account", "dev=111111111111", "--account", "prod=222222222222"]
GITHUB = "git@github.com:acme/shop.git"
NODE = '{"name": "shop", "scripts": {"start": "node server.js", "test": "node --test"}, "engines": {"node": ">=20"}}'
VITE = '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^6"}}'
GO_COMPOSE = """services:
  api:
    build: .
    ports: ["8080:8080"]
    environment: { DATABASE_URL: "postgres://u:hunter2@postgres/orders", REDIS_HOST: redis, JWT_SECRET: hunter2 }
  worker: { build: ., command: /worker, environment: { DATABASE_URL: "postgres://u:hunter2@postgres/orders" } }
  postgres: { image: "postgres:16-alpine" }
  redis: { image: "redis:7" }
"""

# name: (remote, files, lines that the manifest must hold)
REPOSITORIES = {
    "node": (GITHUB, {"package.json": NODE, "package-lock.json": "{}", "server.js": 'app.get("/healthz")',
                      "Dockerfile": "FROM node:22-slim\nEXPOSE 3000\n"},
             ["repository: acme/shop", "port: 3000 # Dockerfile: EXPOSE on line 2", "health: /healthz", "image: node:22.",
              "run: [npm ci, npm test]"]),
    "node without a Dockerfile": (GITHUB, {"package.json": NODE, "pnpm-lock.yaml": ""},
                                  ["init wrote its Dockerfile", "pnpm install --frozen-lockfile"]),
    "python with uv": ("https://github.com/acme/mono.git",
                       {"pyproject.toml": '[project]\nname = "mono"\nrequires-python = ">=3.12"\ndependencies = ["fastapi", "uvicorn"]\n',
                        "uv.lock": "", "app/__init__.py": "", "tests/test_app.py": "",
                        "app/main.py": 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/health")\n'},
                       ["project: mono", "port: 8000", "health: /health", "uv run --frozen pytest -q"]),
    "python with poetry": ("git@gitlab.com:group/sub/site.git",
                           {"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.11"\ngunicorn = "*"\n', "poetry.lock": "",
                            "manage.py": "", "shop/wsgi.py": "application = get_wsgi_application()", "shop/tests.py": ""},
                           ["repository: group/sub/site", "poetry run python manage.py test"]),
    "python with requirements": (GITHUB, {"requirements.txt": "flask\ngunicorn\n", "app.py": "app = Flask(__name__)\n"},
                                 ["port: 8000"]),
    "go with a Compose file": ("ssh://git@gitlab.example.com:2222/platform/orders.git",
                               {"go.mod": "module x\ngo 1.23\n", "main.go": "package main\nfunc main() {}\n", "main_test.go": "",
                                "Dockerfile": "FROM golang:1.26\nEXPOSE 8080\n", "docker-compose.yml": GO_COMPOSE},
                               ['url: "https://gitlab.example.com"', "same_image_as: api", "DATABASE_URL: database.url",
                                "REDIS_HOST: cache.host", 'database: { engine: postgres, version: "16" }', "cache: { engine: redis }",
                                "image: golang:1.26.", "JWT_SECRET"]),
    "static site": (GITHUB, {"index.html": "<p>"}, ["port: 8080"]),
    "java": (GITHUB, {"pom.xml": "<java.version>17</java.version>spring-boot-maven-plugin spring-boot-starter-actuator",
                      "src/test/java/AppTest.java": ""}, ["health: /actuator/health", "maven:3.9.16-eclipse-temurin-17"]),
    "monorepo": (GITHUB, {"services/api/Dockerfile": "FROM a\nEXPOSE 3000\n", "services/web/Dockerfile": "FROM nginx:1.29\n",
                          "services/worker/Dockerfile": "FROM a\nCMD [\"w\"]\n"},
                 ["path: services/api", "routes: [/api/*]", "routes: [/*]", "port: 80 #", "No port was seen"]),
    "two applications": (GITHUB, {"backend/requirements.txt": "flask\ngunicorn\n", "backend/app.py": "app = Flask(__name__)\n",
                                  "frontend/package.json": VITE}, ["routes: [/api/*]", "path: frontend"]),
}

# What may not be read to its end, or at all: made on a real disk, since only that has them.
HOSTILE = {
    "a pipe for a Dockerfile": "mkfifo Dockerfile compose.yaml package.json",
    "a pipe for git's config": "rm .git/config; mkfifo .git/config",
    "an endless HEAD": "rm .git/HEAD .git/config; ln -s /dev/zero .git/HEAD; ln -s /dev/zero .git/config",
    "an endless .git": "rm -r .git; ln -s /dev/zero .git",
    ".git that names itself": "rm -r .git; echo 'gitdir: .git' >.git",
    "20 GB of package.json": "truncate -s 20G package.json; printf 'FROM a\\n' >Dockerfile",
    "sources of 3 GB": "echo '{}' >package.json; for i in 1 2 3; do truncate -s 3G $i.js; done",
    "links in circles": "ln -s . self; ln -s b a; ln -s a b; ln -s Dockerfile Dockerfile; mkdir d; ln -s ../d d/d",
    "links that lead out": "ln -s /etc/passwd package.json; ln -s /dev/zero go.mod; ln -s /dev/zero docker-compose.yml",
    "folders for files": "mkdir Dockerfile package.json compose.yaml pipewright.schema.json",
    "20000 files": "mkdir d; cd d; seq 1 20000 | xargs touch",
    "names that no shell likes": "mkdir -p 'a\nb' 'q\"x' 'sp ace' './--flag' '#c' 'a: b' '$(id)' '${{ x }}';"
                                 "for d in */; do printf 'FROM a\\nEXPOSE 80\\n' >\"$d/Dockerfile\"; done",
    "random bytes": "for f in Dockerfile package.json pyproject.toml compose.yaml go.mod Gemfile pom.xml;"
                    "do head -c 300000 /dev/urandom >$f; done",
    "names in package.json": "printf '%s' '{\"name\":\"x\\\\n\\\"RUN evil\",\"scripts\":{\"start\":\"node \\\\\"; evil\\\\n\","
                             "\"test\":\"jest \\\\n${{ evil }}\"},\"engines\":{\"node\":\"20\\\\nRUN evil\"}}' >package.json",
    "nested JSON": "head -c 900000 /dev/zero | tr '\\0' '[' >package.json",
    "a billion laughs": "{ echo 'a0: &a0 [x, x]'; for i in $(seq 1 30); do p=$((i-1)); echo \"a$i: &a$i [*a$p, *a$p, *a$p, *a$p]\"; done;"
                        "echo 'services: { a: { build: ., ports: *a30 } }'; } >compose.yaml",
}

complaints = []


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def run(folder, *words):
    # No stack of folders above is asked for a .git but the one that is made here.
    return subprocess.run([PIPEWRIGHT, *words], cwd=folder, text=True, errors="replace", capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=10, preexec_fn=limits)


def repository(place, remote=None, files=None):
    folder = pathlib.Path(tempfile.mkdtemp(dir=place))
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    if remote:
        subprocess.run(["git", "remote", "add", "origin", remote], cwd=folder, check=True)
    for path, text in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def expect(holds, name, what, *shown):
    if not holds:
        complaints.append(f"{name}: {what}\n" + "\n".join(shown))


def good(place):
    for name, (remote, files, wanted) in REPOSITORIES.items():
        folder = repository(place, remote, files)
        made = run(folder, "init", *FACTS)
        manifest = folder / "pipewright.yaml"
        text = manifest.read_text() if manifest.exists() else ""
        expect(made.returncode == 0, name, "init fails", made.stderr)
        for line in wanted:
            expect(line in text, name, f"the manifest lacks {line!r}", text)
        expect("hunter2" not in text, name, "a password got into the manifest", text)
        valid = run(folder, "validate")
        expect(valid.returncode == 0 and "error" not in valid.stderr, name, "what init wrote is wrong", valid.stderr)
        tree = pathlib.Path(tempfile.mkdtemp(dir=place))
        built = run(folder, "generate", "--root", str(tree))
        expect(built.returncode == 0 and (tree / "ci").is_dir(), name, "generate fails", built.stderr)
        again = run(folder, "init", *FACTS)
        expect(again.returncode == 1 and "PW0605" in again.stderr and manifest.read_text() == text, name, "init wrote twice")


def hostile(place):
    for name, script in HOSTILE.items():
        folder = repository(place)
        subprocess.run(["bash", "-ec", script], cwd=folder, check=True)
        try:
            made = run(folder, "init", "--host", "github", "--repository", "acme/shop", *FACTS, "--yes")
        except subprocess.TimeoutExpired:
            expect(False, name, "init hangs")
            continue
        expect(made.returncode == 0, name, f"init ends with {made.returncode}", made.stderr[-2000:])
        if made.returncode:
            continue
        text = (folder / "pipewright.yaml").read_text()
        errors = [line for line in run(folder, "validate").stderr.split("\n") if " error: " in line and "port" not in line]
        expect(not errors, name, "what init wrote is wrong", *errors, text)
        dockerfile = folder / "Dockerfile"
        ours = "Dockerfile" in made.stdout and dockerfile.is_file()
        expect(not ours or "evil" not in dockerfile.read_text(), name, "text of a file got into the Dockerfile")
        expect("\x1b" not in made.stderr + text, name, "an escape sequence got through")


def at_a_terminal(place):
    """A person who answers on a real terminal: wrong once, then right."""
    folder = repository(place, "git@gitlab.com:g/mono.git", {"package.json": NODE})
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(PIPEWRIGHT, ["pipewright", "init"])
    said = ""
    for answer in ["", "", "", "", "Nowhere!", "eu-west-1", "111111111111", "", "", None]:
        while select.select([terminal], [], [], 10)[0]:
            try:
                part = os.read(terminal, 4096).decode(errors="replace")
            except OSError:
                break
            said += part
            if said.rstrip(" ").endswith(":") and said.endswith(": "):
                break
        if answer is not None:
            said += "\n"
            os.write(terminal, (answer + "\n").encode())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    expect(status == 0, "terminal", f"init ends with {status}", said)
    expect("'Nowhere!' is not the name of a region" in said, "terminal", "a wrong answer is taken", said)
    expect("Write Dockerfile? [yes]: " in said, "terminal", "no Dockerfile is offered", said)
    expect(0 < said.find("create  pipewright.yaml") < said.find("What to do next"), "terminal", "the order is wrong", said)
    text = (folder / "pipewright.yaml").read_text()
    expect("{ account: FILL ME IN, region: eu-west-1" in text, "terminal", "the open account isn't marked", text)


with tempfile.TemporaryDirectory() as where:
    good(where)
    hostile(where)
    at_a_terminal(where)
print("\n".join(complaints) or f"{len(REPOSITORIES) + len(HOSTILE) + 1} repositories got a manifest")
sys.exit(1 if complaints else 0)

#!/usr/bin/env python3
"""build.py PIPEWRIGHT: what init writes for a Node.js project, built by buildah and run; and every .dockerignore.

The images below it can't be pulled here. This machine's own node, npm and busybox stand in for node:VERSION under its very
name, so every instruction is carried out, but not on Debian. The .dockerignore files need no image: each keeps files out of
a copy into nothing, and once without one of its lines, to see that this is noticed.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile

TEMPLATES = pathlib.Path(__file__).resolve().parents[2] / "templates/dockerfiles"
PIPEWRIGHT = str(pathlib.Path(sys.argv[1]).resolve())
SERVER = """const http = require('http');
process.on('SIGTERM', () => process.exit(7));
http.createServer((q, r) => { r.statusCode = q.url === '/healthz' ? 200 : 500; r.end(); }).listen(process.env.PORT);
"""
# Files that no image may hold, and files that every image of the language needs.
NEVER = [".git/HEAD", ".env", ".env.local", ".github/workflows/a.yml", "Dockerfile", "compose.yaml", "docker-compose.yml",
         "pipewright.yaml", "DELIVERY.md", "debug.log", "infra/terraform.tfstate"]
ALWAYS = {
    "go": (["go.mod", "main.go", "internal/a.go"], ["main_test.go"]),
    "java": (["pom.xml", "src/main/java/A.java", "gradlew"], ["target/a.jar", "build/a.jar"]),
    "node": (["package.json", "src/a.js", ".npmrc", ".env.production"], ["node_modules/a/index.js", "web/node_modules/b.js"]),
    "python": (["pyproject.toml", "app/a.py"], [".venv/bin/python", "app/__pycache__/a.pyc", "app/.env"]),
    "ruby": (["Gemfile", "config/application.rb"], ["config/master.key", "log/a.txt", "vendor/bundle/x"]),
    "rust": (["Cargo.toml", "src/main.rs"], ["target/a"]),
    "site": (["index.html", "css/a.css", ".well-known/security.txt"], ["ci/lib.sh", "infra/main.tf", ".gitlab-ci.yml"]),
}
complaints = []


def skip(why):
    print(f"skip: {why}")
    sys.exit(77)


def expect(holds, what, *shown):
    if not holds:
        complaints.append("\n".join((what, *shown)))


def buildah(*words, check=True):
    place = pathlib.Path(os.environ.get("TMPDIR", "/tmp"))
    done = subprocess.run(["buildah", "--storage-driver", "vfs", "--root", place / "storage", "--runroot", place / "run", *words],
                          text=True, capture_output=True, timeout=240)
    if check and done.returncode:
        raise RuntimeError(f"buildah {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done


def build(folder, tag):
    return buildah("build", "--format", "docker", "--pull-never", "--isolation", "chroot", "--network", "host", "-t", tag, folder)


def put(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def files_kept(folder, ignore):
    """What of a folder gets into an image."""
    (folder / ".dockerignore").write_text(ignore)
    recipe = folder.parent / "Containerfile"
    recipe.write_text("FROM scratch\nCOPY . /\n")
    out = folder.parent / "out.tar"
    out.unlink(missing_ok=True)
    buildah("build", "--isolation", "chroot", "--file", recipe, "--output", f"type=tar,dest={out}", folder)
    with tarfile.open(out) as tar:
        return {one.name.removeprefix("./") for one in tar if one.isfile()}


def ignore_files(place):
    for ignored in sorted(TEMPLATES.glob("*.dockerignore")):
        language = ignored.name.split(".")[0]
        wanted, unwanted = ALWAYS[language]
        folder = pathlib.Path(tempfile.mkdtemp(dir=place)) / "context"
        put(folder, {path: "x" for path in [*NEVER, *wanted, *unwanted]})
        text = ignored.read_text()
        kept = files_kept(folder, text)
        for path in [*NEVER, *unwanted, ".dockerignore"]:
            expect(path not in kept, f"{ignored.name} lets {path} into an image")
        for path in wanted:
            expect(path in kept, f"{ignored.name} keeps {path} out of an image")
        without = text.replace(".*\n" if language == "site" else ".git\n", "", 1)
        expect(".git/HEAD" in files_kept(folder, without), f"{ignored.name} without the line for .git is not noticed")
    expect(set(ALWAYS) == {one.name.split(".")[0] for one in TEMPLATES.glob("*.dockerignore")}, "a .dockerignore isn't tested")


def answer(*words):
    return subprocess.run(words, text=True, capture_output=True, check=True).stdout.strip()


def libraries(program):
    listed = subprocess.run(["ldd", program], text=True, capture_output=True).stdout
    return re.findall(r"(/\S+) \(0x", listed)


def stand_in(place, image):
    """This machine's node and npm over busybox, under the name of the image."""
    root = place / "node"
    for folder in ("bin", "usr/bin", "etc", "tmp", "root"):
        (root / folder).mkdir(parents=True)
    busybox = shutil.which("busybox")
    shutil.copy(busybox, root / "bin/busybox")
    for applet in answer(busybox, "--list").split():
        if applet != "busybox":
            (root / "bin" / applet).symlink_to("busybox")
    # What is called node and npm may be a script that starts them from elsewhere.
    node = pathlib.Path(answer("node", "-p", "process.execPath")).resolve()
    for source in [str(node), *libraries(node)]:
        target = root / source.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    npm = pathlib.Path(answer("npm", "root", "-g")) / "npm"
    if not (npm / "bin/npm-cli.js").exists():
        npm = pathlib.Path(shutil.which("npm")).resolve().parents[1]
    npm = npm.resolve()
    package = npm.parent if npm.parent.name == "nodejs" else npm  # Debian spreads npm over its neighbours
    shutil.copytree(package, root / str(package).lstrip("/"), symlinks=True, ignore_dangling_symlinks=True)
    for name, target in (("node", node), ("npm", npm / "bin/npm-cli.js")):
        if not (root / "usr/bin" / name).exists():
            (root / "usr/bin" / name).symlink_to(target)
    if not (root / "usr/bin/env").exists():
        (root / "usr/bin/env").symlink_to("/bin/busybox")
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\n")
    (root / "tmp").chmod(0o1777)
    container = buildah("from", "scratch").stdout.strip()
    buildah("copy", container, root, "/")
    buildah("config", "--env", "PATH=/usr/bin:/bin", container)
    buildah("commit", container, f"docker.io/library/{image}")
    works = buildah("run", "--isolation", "chroot", container, "npm", "--version", check=False)
    if works.returncode:
        skip("this machine's npm doesn't run outside of its place: " + (works.stderr.strip().split("\n") or [""])[-1])


def project(place):
    folder = place / "project"
    put(folder, {"package.json": json.dumps({"name": "shop", "version": "1.0.0",
                                             "scripts": {"start": "node server.js", "build": "node -e \"fs.writeFileSync('made', '')\""}}),
                 "package-lock.json": json.dumps({"name": "shop", "version": "1.0.0", "lockfileVersion": 3,
                                                  "packages": {"": {"name": "shop", "version": "1.0.0"}}}),
                 "server.js": SERVER, ".env": "TOKEN=1", "node_modules/junk/index.js": ""})
    subprocess.run([PIPEWRIGHT, "init", "--yes", "--root", folder, folder], check=True, capture_output=True)
    return folder


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def node(place):
    folder = project(place)
    image = re.search(r"NODE_VERSION=(\S+)", (folder / "Dockerfile").read_text())[1]
    stand_in(place, f"node:{image}-bookworm-slim")
    build(folder, "app")
    config = json.loads(buildah("inspect", "--type", "image", "app").stdout)["Docker"]["config"]
    expect(config["User"] == "1000", f"it runs as {config['User']!r}")
    expect(list(config["ExposedPorts"]) == ["3000/tcp"], f"it exposes {config['ExposedPorts']}")
    kind, *health = config["Healthcheck"]["Test"]
    expect(kind == "CMD", f"the health check is a {kind}")
    container = buildah("from", "--pull-never", "app").stdout.strip()

    def inside(script, *words):
        done = buildah("run", "--isolation", "chroot", "--network", "host", "--env", f"PORT={free_port()}", container, "--",
                       "sh", "-c", script, "sh", *words, check=False)
        return done.stdout + done.stderr, done.returncode

    listed, _ = inside("id -u; ls -a /app; touch /app/new 2>/dev/null && echo written")
    expect(listed.split()[0] == "1000" and "written" not in listed, "it runs as root, or can change itself", listed)
    expect("made" in listed and "server.js" in listed, "the build was not run", listed)
    expect(".env" not in listed and "junk" not in inside("ls /app/node_modules")[0], "what is to be ignored was copied", listed)
    # The server as the image starts it, asked as the image asks it; then the same for a path that it fails on.
    start = config["Cmd"]
    ask = 'i=0; while [ $i -lt 50 ]; do "$@" && break; i=$((i+1)); sleep 0.1; done; "$@"; echo "asked $?"'
    serve = " ".join("'" + word.replace("'", "'\\''") + "'" for word in start) + " & server=$!; "
    said, _ = inside(serve + ask + '; kill $server; wait $server; echo "ended $?"', *health)
    expect("asked 0" in said, "a healthy server is said to be ill", said)
    expect("ended 7" in said, "the program doesn't get the signal to stop", said)
    said, _ = inside("export HEALTH_PATH=/broken; " + serve + "sleep 1; " + '"$@"; echo "asked $?"; kill $server', *health)
    expect("asked 1" in said, "an ill server is said to be healthy", said)
    said, _ = inside('"$@"; echo "asked $?"', *health)
    expect("asked 1" in said, "a server that isn't there is said to be healthy", said)


for tool in ("buildah", "busybox", "node", "npm"):
    if shutil.which(tool) is None:
        skip(f"{tool} is not installed")
with tempfile.TemporaryDirectory() as where:
    if os.geteuid() != 0:
        skip("building an image here needs root")
    ignore_files(pathlib.Path(where))
    node(pathlib.Path(where))
print("\n".join(complaints) or "the image is built, runs and tells its health; nothing got in that is to stay out")
sys.exit(1 if complaints else 0)

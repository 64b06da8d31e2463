"""Running an image for real: its layers in a folder, its command in a chroot there."""

import io
import json
import os
import signal
import socket
import subprocess
import tarfile
import tempfile
import threading
import time

PORT = 8000
addresses = iter(range(1, 250))


class CannotPull(Exception):
    pass


def pull(registry, image, folder):
    """Unpacks ACCOUNT.dkr…/REPOSITORY@DIGEST into a folder; gives the image's configuration."""
    name, _, digest = image.partition("@")
    account, repository = name.split(".", 1)[0], name.partition("/")[2]
    data, _ = registry.manifest(account, repository, digest) if digest else (None, None)
    if data is None:
        raise CannotPull(f"CannotPullContainerError: {image}: not found")
    manifest = json.loads(data)
    if "manifests" in manifest:
        child = next(m["digest"] for m in manifest["manifests"] if m["platform"] == {"architecture": "amd64", "os": "linux"})
        manifest = json.loads(registry.manifest(account, repository, child)[0])

    def blob(which):
        return registry.backend(account, "GET", f"/v2/{repository}/blobs/{which['digest']}")[2]

    for layer in manifest["layers"]:
        with tarfile.open(fileobj=io.BytesIO(blob(layer))) as archive:
            archive.extractall(folder, filter="tar")
    return json.loads(blob(manifest["config"]))["config"]


class Task:
    """One started container."""

    def __init__(self, registry, image, command=None, environment=None, address=None, output=None):
        self.image = image
        self.folder = tempfile.mkdtemp(prefix="task.")
        self.address = address or f"127.0.2.{next(addresses)}"
        self.process = None
        self.reason = None
        self.stopped = False
        try:
            config = pull(registry, image, self.folder)
        except CannotPull as error:
            self.reason = str(error)
            return
        arguments = (config.get("Entrypoint") or []) + (command or config.get("Cmd") or [])
        variables = dict(entry.split("=", 1) for entry in config.get("Env") or [])
        variables.update(environment or {})
        self.process = subprocess.Popen(["chroot", self.folder, *arguments], start_new_session=True, stdin=subprocess.DEVNULL,
                                        stdout=output, stderr=output,
                                        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **variables, "ADDRESS": self.address})

    def exit_code(self):
        return self.process.poll() if self.process else None

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def healthy(self, path):
        """What the load balancer's health check would say; a container without one is well when it runs."""
        if not self.runs():
            return False
        if path is None:
            return True
        try:
            return self.ask(path)[0] == 200
        except OSError:
            return False

    def ask(self, path):
        with socket.create_connection((self.address, PORT), timeout=2) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
            answer = b""
            while part := connection.recv(65536):
                answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body

    def stop(self):
        self.stopped = True
        if self.runs():
            os.killpg(self.process.pid, signal.SIGTERM)
            threading.Thread(target=self.reap, daemon=True).start()

    def reap(self):
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


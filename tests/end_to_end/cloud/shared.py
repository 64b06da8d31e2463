"""Registries that all environments share, opened by a user and a token: GHCR, GitLab's and Docker Hub, whose tags move with
every push and whose repositories appear with the first one. The images lie in the first account's docker-registry."""

import base64
import re

from registry import Registry

HOSTS = {"ghcr.io": "ghcr", "registry.gitlab.com": "gitlab", "registry-1.docker.io": "docker"}
USER, TOKEN = "octo", "registry-token-of-the-job"


class Shared:
    def __init__(self, registry):
        self.registry = registry
        self.moved = []  # tags that a push took from another image

    def open(self, account):
        """The registries are there once the first account's docker-registry is; each has its own repositories."""
        for kind in HOSTS.values():
            self.registry.backends[kind] = self.registry.backends[account]
            self.registry.repositories.setdefault(kind, set())

    def answer(self, request, host):
        kind = HOSTS[host]
        header = request.header("Authorization") or ""
        user, _, password = (base64.b64decode(header[6:]).decode() if header.startswith("Basic ") else "").partition(":")
        if (user, password) != (USER, TOKEN):
            request.answer(401, {"Www-Authenticate": f'Basic realm="https://{host}/"'}, b'{"errors":[{"code":"UNAUTHORIZED"}]}')
            return
        if request.path in ("/v2/", "/v2"):
            request.answer(200, {"Docker-Distribution-Api-Version": "registry/2.0"}, b"")
            return
        match = re.match(r"^/v2/(.+?)/(manifests|blobs|tags)/(uploads/)?([^?]*)", request.path)
        if not match:
            Registry.say(request, 404, "UNSUPPORTED", "no such call")
            return
        repository, what, _, reference = match.groups()
        known = self.registry.repositories[kind]
        if repository not in known and what in ("manifests", "tags") and request.method in ("GET", "HEAD"):
            # GHCR and Docker Hub say the same of what there isn't and of what is not for you.
            Registry.say(request, 403, "DENIED", "requested access to the resource is denied")
            return
        if what == "manifests" and request.method == "PUT":
            known.add(repository)
            before = self.registry.manifest(kind, repository, reference)[1]
            self.registry.log.append(f"{kind}/{repository}:{reference}")
        passed = {name: request.header(name) for name in ("Content-Type", "Content-Range", "Accept", "Range") if request.header(name)}
        status, headers, data = self.registry.backend(kind, request.method, request.raw_path, request.body, passed)
        if what == "manifests" and request.method == "PUT" and before not in (None, headers.get("Docker-Content-Digest")):
            self.moved.append(f"{kind}/{repository}:{reference}")
        kept = {name: value for name, value in headers.items()
                if name in ("Content-Type", "Location", "Docker-Content-Digest", "Docker-Upload-Uuid", "Range", "Content-Length",
                            "Docker-Distribution-Api-Version", "Link")}
        request.answer(status, kept, data)

"""Artifact Registry: a docker-registry behind what Google's is stricter about: tokens fetched for a scope, permissions by
repository, repositories that exist before a push, and tags that nobody can move."""

import base64
import http.client
import json
import re
import secrets
from urllib.parse import parse_qs, urlsplit

from gcp.discovery import Wrong
from gcp.identities import PROJECT, PROJECTS, REGION
from registry import KINDS

HOST = f"{REGION}-docker.pkg.dev"
UPLOADS = {"POST", "PATCH", "PUT"}


class ArtifactRegistry:
    def __init__(self, identities):
        self.identities = identities
        self.place = None  # (host, port, password) of the docker-registry
        self.tokens = {}
        self.repositories = {f"{project}/{PROJECT}" for project in PROJECTS.values()}
        self.log = []

    def backend(self, _, method, path, body=b"", headers=None):
        host, port, password = self.place
        connection = http.client.HTTPConnection(host, port, timeout=30)
        login = base64.b64encode(f"AWS:{password}".encode()).decode()
        connection.request(method, path, body=body, headers={"Authorization": f"Basic {login}", **(headers or {})})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), data

    def manifest(self, _, repository, reference):
        """The manifest's bytes, or nothing; as the other registry's, for Task."""
        status, headers, data = self.backend(_, "GET", f"/v2/{repository}/manifests/{reference}", headers={"Accept": KINDS})
        return (data, headers.get("Docker-Content-Digest")) if status == 200 else (None, None)

    def tags(self):
        found = {}
        for repository in sorted(self.repositories):
            status, _, data = self.backend(None, "GET", f"/v2/{repository}/app/tags/list")
            for tag in (json.loads(data)["tags"] or []) if status == 200 else []:
                found[f"{HOST}/{repository}/app:{tag}"] = self.manifest(None, f"{repository}/app", tag)[1]
        return found

    def image(self, session, call):
        """dockerImages.get of one digest."""
        match = re.fullmatch(r"projects/([^/]+)/locations/([^/]+)/repositories/([^/]+)/dockerImages/(.+)@(sha256:[0-9a-f]{64})", call.values["name"])
        if not match or match[2] != REGION:
            raise Wrong(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
        project, _, repository, image, digest = match.groups()
        self.identities.allow(session, "artifactregistry.dockerimages.get", f"projects/{project}/locations/{REGION}/repositories/{repository}")
        if self.manifest(None, f"{project}/{repository}/{image}", digest)[0] is None:
            raise Wrong(404, "NOT_FOUND", "Requested entity was not found.")
        prefix = f"{HOST}/{project}/{repository}/{image}:"
        return {"name": call.values["name"], "uri": f"{prefix[:-1]}@{digest}",
                "tags": [tag[len(prefix):] for tag, where in self.tags().items() if tag.startswith(prefix) and where == digest]}

    @staticmethod
    def say(request, status, code, message, headers=None):
        request.answer(status, {"Content-Type": "application/json", **(headers or {})},
                       json.dumps({"errors": [{"code": code, "message": message}]}).encode())

    def answer(self, request):
        header = request.header("Authorization") or ""
        if request.path == "/v2/token":
            user, _, password = (base64.b64decode(header[6:]).decode() if header.startswith("Basic ") else "").partition(":")
            try:
                if user != "oauth2accesstoken" or parse_qs(urlsplit(request.raw_path).query).get("service") != [HOST]:
                    raise Wrong(401, "UNAUTHENTICATED", "")
                token = secrets.token_urlsafe(60)
                self.tokens[token] = self.identities.session(password)
                request.answer(200, {"Content-Type": "application/json"}, json.dumps({"token": token, "expires_in": 3600}).encode())
            except Wrong:
                self.say(request, 401, "UNAUTHORIZED", "authentication failed")
            return
        session = self.tokens.get(header.removeprefix("Bearer "))
        if session is None:
            self.say(request, 401, "UNAUTHORIZED", "unauthorized", {"Www-Authenticate": f'Bearer realm="https://{HOST}/v2/token",service="{HOST}"'})
            return
        if request.path in ("/v2/", "/v2"):
            request.answer(200, {"Docker-Distribution-Api-Version": "registry/2.0"}, b"")
            return
        match = re.match(r"^/v2/([^/]+)/([^/]+)/(.+?)/(manifests|blobs)/(uploads/)?([^?]*)", request.path)
        if not match:
            self.say(request, 404, "UNSUPPORTED", "no such call")
            return
        project, name, image, kind, _, reference = match.groups()
        repository = f"{project}/{name}/{image}"
        if f"{project}/{name}" not in self.repositories:
            self.say(request, 404, "NAME_UNKNOWN", f"Repository \"{name}\" not found")
            return
        try:
            self.identities.allow(session, f"artifactregistry.repositories.{'upload' if request.method in UPLOADS else 'download'}Artifacts",
                                  f"projects/{project}/locations/{REGION}/repositories/{name}")
            if request.method == "PUT" and kind == "manifests" and not reference.startswith("sha256:"):
                self.identities.allow(session, "artifactregistry.tags.create", f"projects/{project}/locations/{REGION}/repositories/{name}")
        except Wrong as wrong:
            self.say(request, 403, "DENIED", wrong.message)
            return
        if request.method == "PUT" and kind == "manifests":
            if not reference.startswith("sha256:") and self.manifest(None, repository, reference)[0] is not None:
                self.say(request, 400, "MANIFEST_INVALID", f"cannot update tag {reference}. The repository has enabled tag immutability")
                return
            self.log.append(f"{HOST}/{repository}:{reference}")
        passed = {key: request.header(key) for key in ("Content-Type", "Content-Range", "Accept", "Range") if request.header(key)}
        status, headers, data = self.backend(None, request.method, request.raw_path, request.body, passed)
        kept = {key: value for key, value in headers.items()
                if key in ("Content-Type", "Location", "Docker-Content-Digest", "Docker-Upload-Uuid", "Range", "Content-Length",
                           "Docker-Distribution-Api-Version")}
        request.answer(status, kept, data)

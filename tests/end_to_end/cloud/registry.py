"""ECR: passwords, and registries that are docker-registry behind what ECR is stricter about.

Every account has a docker-registry of its own with a password of its own. In front of it stands what ECR adds: the
password belongs to a role, repositories exist before a push, tags are immutable, and a role of another account is let
in only where the repository's policy says so.
"""

import base64
import http.client
import json
import re
import secrets

from errors import Refused
from policy import ACCOUNTS, PROJECT, REGION

KINDS = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, " \
    "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json"
ACTIONS = {
    ("GET", "manifests"): ["ecr:BatchGetImage"], ("HEAD", "manifests"): ["ecr:BatchGetImage"],
    ("GET", "blobs"): ["ecr:GetDownloadUrlForLayer"], ("HEAD", "blobs"): ["ecr:BatchCheckLayerAvailability"],
    ("POST", "blobs"): ["ecr:InitiateLayerUpload"], ("PATCH", "blobs"): ["ecr:UploadLayerPart"],
    ("PUT", "blobs"): ["ecr:UploadLayerPart", "ecr:CompleteLayerUpload"], ("GET", "uploads"): ["ecr:UploadLayerPart"],
    ("PUT", "manifests"): ["ecr:PutImage"],
}
PULLS = {"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"}


class Registry:
    def __init__(self, identities, backends):
        self.identities = identities
        self.backends = backends  # account -> (host, port, password)
        self.passwords = {}
        self.repositories = {account: {f"{PROJECT}/{environment}/aws/{name}" for name in ("app", "site")}
                             for environment, account in ACCOUNTS.items()}
        # What the next environment's account may pull from the first one.
        self.readers = {ACCOUNTS["dev"]: {ACCOUNTS["prod"]}, ACCOUNTS["prod"]: set()}
        self.log = []

    def get_password(self, session):
        self.identities.allow(session, "ecr:GetAuthorizationToken", "*")
        password = secrets.token_urlsafe(60)
        self.passwords[password] = session
        return {"authorizationData": [{"authorizationToken": base64.b64encode(f"AWS:{password}".encode()).decode(),
                                       "expiresAt": 2000000000,
                                       "proxyEndpoint": f"https://{session['account']}.dkr.ecr.{REGION}.amazonaws.com"}]}

    def describe(self, session, body):
        """DescribeImages of one digest."""
        account, name = body.get("registryId", session["account"]), body["repositoryName"]
        self.identities.allow(session, "ecr:DescribeImages", f"arn:aws:ecr:{REGION}:{account}:repository/{name}")
        digest = body["imageIds"][0]["imageDigest"]
        if self.manifest(account, name, digest)[0] is None:
            raise Refused("ImageNotFoundException", f"The image with imageId {{imageDigest:'{digest}'}} does not exist within the repository")
        prefix = f"{account}/{name}:"
        tags = [tag[len(prefix):] for tag, where in self.tags().items() if tag.startswith(prefix) and where == digest]
        return {"imageDetails": [{"registryId": account, "repositoryName": name, "imageDigest": digest, "imageTags": tags}]}

    def backend(self, account, method, path, body=b"", headers=None):
        """One request to the account's docker-registry."""
        host, port, password = self.backends[account]
        connection = http.client.HTTPConnection(host, port, timeout=30)
        login = base64.b64encode(f"AWS:{password}".encode()).decode()
        connection.request(method, path, body=body, headers={"Authorization": f"Basic {login}", **(headers or {})})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), data

    def manifest(self, account, repository, reference):
        """The manifest's bytes, or nothing."""
        status, headers, data = self.backend(account, "GET", f"/v2/{repository}/manifests/{reference}", headers={"Accept": KINDS})
        return (data, headers.get("Docker-Content-Digest")) if status == 200 else (None, None)

    def tags(self):
        found = {}
        for account, names in self.repositories.items():
            for name in sorted(names):
                status, _, data = self.backend(account, "GET", f"/v2/{name}/tags/list")
                for tag in (json.loads(data)["tags"] or []) if status == 200 else []:
                    found[f"{account}/{name}:{tag}"] = self.manifest(account, name, tag)[1]
        return found

    @staticmethod
    def say(request, status, code, message):
        request.answer(status, {"Content-Type": "application/json", "Docker-Distribution-Api-Version": "registry/2.0"},
                       json.dumps({"errors": [{"code": code, "message": message}]}).encode())

    def answer(self, request, account):
        header = request.header("Authorization") or ""
        user, _, password = (base64.b64decode(header[6:]).decode() if header.startswith("Basic ") else "").partition(":")
        session = self.passwords.get(password)
        if user != "AWS" or session is None:
            request.answer(401, {"Www-Authenticate": f'Basic realm="https://{account}.dkr.ecr.{REGION}.amazonaws.com/",'
                                 'service="ecr.amazonaws.com"'}, b"Not Authorized\n")
            return
        if request.path in ("/v2/", "/v2"):
            request.answer(200, {"Docker-Distribution-Api-Version": "registry/2.0"}, b"")
            return
        match = re.match(r"^/v2/(.+?)/(manifests|blobs)/(uploads/)?([^?]*)", request.path)
        if not match:
            self.say(request, 404, "UNSUPPORTED", "no such call")
            return
        repository, kind, upload, reference = match.groups()
        if repository not in self.repositories[account]:
            self.say(request, 404, "NAME_UNKNOWN", f"The repository with name '{repository}' does not exist in the registry "
                     f"with id '{account}'")
            return
        try:
            for action in ACTIONS[(request.method, "uploads" if request.method == "GET" and upload else kind)]:
                self.identities.allow(session, action, f"arn:aws:ecr:{REGION}:{account}:repository/{repository}")
                if session["account"] != account and not session.get("admin") and (
                        action not in PULLS or session["account"] not in self.readers[account]):
                    raise Refused("AccessDenied", f"the policy of {repository} does not let {session['arn']} {action}", 403)
        except Refused as refused:
            self.say(request, 403, "DENIED", refused.message)
            return
        if request.method == "PUT" and kind == "manifests":
            if not reference.startswith("sha256:") and self.manifest(account, repository, reference)[0] is not None:
                self.say(request, 400, "TAG_INVALID", f"The image tag '{reference}' already exists in the '{repository}' "
                         "repository and cannot be overwritten because the repository is immutable.")
                return
            self.log.append(f"{account}/{repository}:{reference}")
        passed = {name: request.header(name) for name in ("Content-Type", "Content-Range", "Accept", "Range") if request.header(name)}
        status, headers, data = self.backend(account, request.method, request.raw_path, request.body, passed)
        kept = {name: value for name, value in headers.items()
                if name in ("Content-Type", "Location", "Docker-Content-Digest", "Docker-Upload-Uuid", "Range", "Content-Length",
                            "Docker-Distribution-Api-Version")}
        request.answer(status, kept, data)

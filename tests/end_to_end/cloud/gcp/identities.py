"""Who may do what on Google Cloud: a workload identity provider that checks signature, issuer, audience and its condition,
service accounts that let in one subject each, and permissions that are exactly those of docs/scripts.md."""

import fnmatch
import json
import pathlib
import secrets
import threading
import time
from urllib.parse import parse_qsl

from calls import declared, documented
from gcp.discovery import Wrong, check
from sts import ISSUER

PROJECT = "simple-time"
REPOSITORY = "acme/simple-time-service"
REGION = "europe-west1"
ZONES = [f"{REGION}-{letter}" for letter in "bcd"]
PROJECTS = {"dev": "simple-time-dev", "prod": "simple-time-prod"}
NUMBERS = {"dev": "111111111111", "prod": "222222222222"}
# What the provider's attribute condition asks of a token beside its signature, issuer and audience.
CONDITION = {"repository_id": "4711", "repository_owner_id": "17"}
ADMIN = "ya29.admin"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


def provider(environment):
    return f"projects/{NUMBERS[environment]}/locations/global/workloadIdentityPools/simple-time/providers/github"


def patterns(kind, environment):
    """The resources that a word in docs/scripts.md stands for, in one target."""
    project, name = PROJECTS[environment], f"{PROJECT}-{environment}-gcp"
    state, own = f"buckets/{project}-tfstate", f"buckets/{project}-record"
    target = f"{PROJECT}/{environment}/gcp"
    images = f"projects/{project}/locations/{REGION}/repositories"
    return {
        "*": ["*"],
        "repositories": [f"{images}/{PROJECT}"], "source-repositories": [f"projects/{PROJECTS['dev']}/locations/{REGION}/repositories/{PROJECT}"],
        "lease": [f"{state}/objects/{PROJECT}/gcp/{environment}/lease.json"], "state-bucket": [state],
        "state": [f"{state}/objects/{PROJECT}/gcp/{environment}/platform/default.tfstate"],
        "state-lock": [f"{state}/objects/{PROJECT}/gcp/{environment}/platform/default.tflock"],
        "record-bucket": [own], "record": [f"{own}/objects/{target}/record/*"], "platform": [f"{own}/objects/{target}/platform.json"],
        "groups": [f"projects/{project}/regions/{REGION}/instanceGroupManagers/{name}-*"],
        "autoscalers": [f"projects/{project}/regions/{REGION}/autoscalers/{name}-*"],
        "instances": [f"projects/{project}/zones/{zone}/instances/{name}-*" for zone in ZONES],
        "migrations": [f"projects/{project}/zones/{zone}/{what}/migrate-{name}-*" for zone in ZONES for what in ("instances", "disks")],
        "templates": [f"projects/{project}/global/instanceTemplates/{name}-*"],
        "subnetworks": [f"projects/{project}/regions/{REGION}/subnetworks/{name}"],
        "service-accounts": [f"projects/{project}/serviceAccounts/{name}-*"],
        "address": [f"projects/{project}/global/addresses/{name}"],
    }[kind]


class Identities:
    def __init__(self, docs, tokens):
        self.tokens = tokens
        self.lock = threading.Lock()
        self.federated = {}  # token -> {"principal", "environment", "expires"}
        self.sessions = {}   # token -> {"account", "expires"}
        self.used = set()
        self.accounts = {}   # e-mail -> {"member", "allowed", "environment"}
        self.seconds = 3600
        documents = documented(docs)
        words = {"CLOUD": "gcp", "REGISTRY": "artifact-registry", "RUNTIME": "compute-mig"}
        for script, rows in declared(pathlib.Path(docs).parent.parent / "templates/scripts/ci", words).items():
            documents[script] = documents.get(script, set()) & rows
        branch, gated = f"repo:{REPOSITORY}:ref:refs/heads/main", f"repo:{REPOSITORY}:environment:prod"
        self.add(documents, "dev", "build", ["build.sh", "scan-image.sh"], branch)
        # Whose images are promoted to another cloud; the job that copies them is one of prod's.
        self.add(documents, "dev", "pull", ["pull.sh"], gated)
        for environment, subject in (("dev", branch), ("prod", gated)):
            self.add(documents, environment, "plan", ["terraform-plan.sh", "terraform-drift.sh"], branch)
            self.add(documents, environment, "infra", ["terraform-apply.sh", "terraform-destroy.sh"], subject)
            self.add(documents, environment, "deploy", ["deploy.sh", "rollback.sh"], subject)

    def add(self, documents, environment, kind, scripts, subject):
        """A service account; the binding of roles/iam.workloadIdentityUser names one subject of the pool."""
        pool = provider(environment).partition("/providers/")[0]
        self.accounts[f"{PROJECT}-{environment}-{kind}@{PROJECTS[environment]}.iam.gserviceaccount.com"] = {
            "environment": environment, "member": f"principal://iam.googleapis.com/{pool}/subject/{subject}",
            "allowed": [(permission, pattern) for script in scripts for permission, resources, _ in documents[script]
                        for pattern in patterns(resources, environment)]}

    # ---- tokens

    def exchange(self, headers, raw):
        """sts.token, as JSON or as OAuth's form, which Google's libraries send."""
        if headers.get("Authorization"):
            raise Wrong(400, "invalid_request", "this call carries no credentials")
        if headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            form = dict(parse_qsl(raw.decode()))
            body = {"".join(part.title() if number else part for number, part in enumerate(name.split("_"))): value for name, value in form.items()}
        else:
            body = json.loads(raw)
        check("sts", body, {"$ref": "GoogleIdentityStsV1ExchangeTokenRequest"}, "", sent=True)
        environment = next((name for name in PROJECTS if body.get("audience") == f"//iam.googleapis.com/{provider(name)}"), None)
        if environment is None:
            raise Wrong(400, "invalid_target", f"The target service indicated by the \"audience\" parameters is invalid: {body.get('audience')}")
        for name, wanted in (("grantType", "urn:ietf:params:oauth:grant-type:token-exchange"),
                             ("requestedTokenType", "urn:ietf:params:oauth:token-type:access_token"),
                             ("subjectTokenType", "urn:ietf:params:oauth:token-type:jwt"), ("scope", SCOPE)):
            if body.get(name) != wanted:
                raise Wrong(400, "invalid_request", f"{name} should be {wanted}")
        try:
            claims = self.tokens.claims(body.get("subjectToken", ""))
        except Exception as error:
            raise Wrong(400, "invalid_grant", "Error connecting to the given credential's issuer, or an invalid signature") from error
        if claims["iss"] != ISSUER or claims["exp"] < time.time():
            raise Wrong(400, "invalid_grant", "ID Token issued by another issuer, or stale to sign-in")
        if claims["aud"] != f"https://iam.googleapis.com/{provider(environment)}":
            raise Wrong(400, "invalid_grant", f"The audience in ID Token [{claims['aud']}] does not match the expected audience")
        if any(claims.get(name) != value for name, value in CONDITION.items()):
            raise Wrong(401, "unauthorized_client", "The given credential is rejected by the attribute condition.")
        token = "ya29.d." + secrets.token_urlsafe(40)
        pool = provider(environment).partition("/providers/")[0]
        self.federated[token] = {"principal": f"principal://iam.googleapis.com/{pool}/subject/{claims['sub']}", "expires": time.time() + 3600}
        return {"access_token": token, "issued_token_type": body["requestedTokenType"], "token_type": "Bearer", "expires_in": 3599}

    def impersonate(self, headers, call):
        found = self.federated.get(headers.get("Authorization", "").removeprefix("Bearer "))
        if found is None or found["expires"] < time.time():
            raise Wrong(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        account = call.values["name"].removeprefix("projects/-/serviceAccounts/")
        if account not in self.accounts or self.accounts[account]["member"] != found["principal"]:
            raise Wrong(403, "PERMISSION_DENIED", "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).")
        if SCOPE not in call.body.get("scope", []) or call.body.get("lifetime", "3600s") != "3600s":
            raise Wrong(400, "INVALID_ARGUMENT", f"Request contains an invalid argument: {call.body}")
        token = "ya29.c." + secrets.token_urlsafe(60)
        self.sessions[token] = {"account": account, "expires": time.time() + self.seconds}
        return {"accessToken": token, "expireTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + self.seconds))}

    def session(self, token):
        if token == ADMIN:
            return {"account": "admin", "admin": True}
        found = self.sessions.get(token)
        if found is None or found["expires"] < time.time():
            raise Wrong(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token.")
        return found

    def may(self, session, permission, resource):
        return session.get("admin") or any(allowed == permission and fnmatch.fnmatchcase(resource, pattern)
                                           for allowed, pattern in self.accounts[session["account"]]["allowed"])

    def allow(self, session, permission, resource):
        """Stops with 403 unless the account may do that to that resource."""
        if not self.may(session, permission, resource):
            raise Wrong(403, "forbidden", f"Required '{permission}' permission for '{resource}'")
        with self.lock:
            self.used.add((session["account"].partition("@")[0], permission))

"""Identities: what the generated roles trust and may do.

What a role may do is read from the table of docs/scripts.md, which says what the "calls:" lines say of which the roles'
policies are made (calls.py), as far as the libraries of the role's own target declare it: both are proved by every scene, as
an action that a script calls and the table doesn't name is denied here.
"""

import fnmatch
import pathlib
import secrets
import threading
import time

from calls import declared, documented
from errors import Refused

PROJECT = "simple-time"
REPOSITORY = "acme/simple-time-service"
REGION = "eu-west-1"
ACCOUNTS = {"dev": "888888888888", "prod": "999999999999"}
ADMIN = "AKIAADMIN"
# Long-lived keys of a user in each account, who may do what all roles of the target may.
KEYS = {"AKIAKEYSOFDEV": "dev", "AKIAKEYSOFPROD": "prod"}


def patterns(kind, environment):
    """The ARNs that a resource's name in docs/scripts.md stands for, in one target."""
    account = ACCOUNTS[environment]
    source = ACCOUNTS["dev"]
    name = f"{PROJECT}-{environment}-aws"
    bucket = f"arn:aws:s3:::{PROJECT}-tfstate-{account}-{REGION}"
    target = f"{PROJECT}/{environment}/aws"
    state = f"{bucket}/{PROJECT}/aws/{environment}/platform"
    return {
        "*": ["*"],
        "repositories": [f"arn:aws:ecr:{REGION}:{account}:repository/{target}/*"],
        "source-repositories": [f"arn:aws:ecr:{REGION}:{source}:repository/{PROJECT}/dev/aws/*"],
        "lease": [f"{bucket}/{PROJECT}/aws/{environment}/lease.json"],
        "state-bucket": [bucket], "state": [state], "state-lock": [f"{state}.tflock"],
        "state-table": [f"arn:aws:dynamodb:{REGION}:{account}:table/{PROJECT}-tfstate"],
        "record": [f"arn:aws:ssm:{REGION}:{account}:parameter/{target}/record"],
        "platform": [f"arn:aws:ssm:{REGION}:{account}:parameter/{target}/platform"],
        "command-document": [f"arn:aws:ssm:{REGION}::document/AWS-RunShellScript"],
        # Those with the tag of this target's group: the fleet (fleet.py) gives them ids by which they are told apart.
        "instances": [f"arn:aws:ec2:{REGION}:{account}:instance/i-{'d0' if environment == 'dev' else 'a0'}*"],
        "secrets": [f"arn:aws:secretsmanager:{REGION}:{account}:secret:{PROJECT}-{environment}-*-??????"],
        "secret-keys": [f"arn:aws:kms:{REGION}:{account}:key/*"],
        "balancer-names": ["*"],
        "rest-apis": [f"arn:aws:apigateway:{REGION}::/restapis"],
        "services": [f"arn:aws:ecs:{REGION}:{account}:service/{name}/*"],
        "task-definitions": [f"arn:aws:ecs:{REGION}:{account}:task-definition/{name}-*"],
        "tasks": [f"arn:aws:ecs:{REGION}:{account}:task/{name}/*"],
        "task-roles": [f"arn:aws:iam::{account}:role/{name}-*-task", f"arn:aws:iam::{account}:role/{name}-*-exec"],
    }[kind]


class Identities:
    def __init__(self, docs, registry, runtime):
        self.lock = threading.Lock()
        self.sessions = {}
        self.used = set()
        self.roles = {}
        documents = documented(docs)
        scripts = pathlib.Path(docs).parent.parent / "templates/scripts/ci"
        for script, rows in declared(scripts, {"CLOUD": "aws", "REGISTRY": registry, "RUNTIME": runtime}).items():
            documents[script] = documents.get(script, set()) & rows
        branch = f"repo:{REPOSITORY}:ref:refs/heads/main"
        gated = {"dev": branch, "prod": f"repo:{REPOSITORY}:environment:prod"}
        self.add(documents, "dev", "build", ["build.sh", "resolve.sh", "scan-image.sh"], {branch})
        # Whose images are promoted to another cloud; the job that copies them is one of prod's.
        self.add(documents, "dev", "pull", ["pull.sh"], {gated["prod"]})
        for environment, subject in gated.items():
            self.add(documents, environment, "plan", ["terraform-plan.sh", "terraform-drift.sh"], {branch, f"repo:{REPOSITORY}:pull_request"})
            self.add(documents, environment, "infra", ["terraform-apply.sh", "terraform-destroy.sh"], {subject})
            self.add(documents, environment, "deploy", ["deploy.sh", "rollback.sh", "extend-deploy.sh"], {subject})
            self.add(documents, environment, "instance", ["compose-host.sh"], set())

        for key, environment in KEYS.items():
            account = ACCOUNTS[environment]
            arn = f"arn:aws:iam::{account}:user/deliverer"
            own = [role for name, role in self.roles.items() if name.split(":role/")[-1].startswith(f"{PROJECT}-{environment}-")]
            self.roles[arn] = {"account": account, "subjects": set(), "arn": arn, "allowed": sum((role["allowed"] for role in own), [])}
            self.sessions[key] = {"role": arn, "arn": arn, "account": account, "token": None, "expires": time.time() + 86400}

    def add(self, documents, environment, kind, scripts, subjects):
        account = ACCOUNTS[environment]
        allowed = [(action, arn) for script in scripts for action, resources, _ in documents[script]
                   for arn in patterns(resources, environment)]
        arn = f"arn:aws:iam::{account}:role/{PROJECT}-{environment}-aws-{kind}"
        self.roles[arn] = {"account": account, "subjects": subjects, "allowed": allowed, "arn": arn}

    def open(self, role, name):
        """Credentials of a role for a machine of the cloud itself: key and token."""
        key, token = "ASIA" + secrets.token_hex(8).upper(), secrets.token_urlsafe(40)
        self.sessions[key] = {"role": role, "account": self.roles[role]["account"], "token": token, "expires": time.time() + 3600,
                              "arn": f"{role.replace(':role/', ':assumed-role/')}/{name}"}
        return key, token

    def session(self, key, token):
        """Who an access key and its session token are."""
        if key == ADMIN:
            return {"account": ACCOUNTS["dev"], "arn": f"arn:aws:iam::{ACCOUNTS['dev']}:user/admin", "admin": True}
        found = self.sessions.get(key)
        if found is None or found["token"] != token:
            raise Refused("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
        if found["expires"] < time.time():
            raise Refused("ExpiredToken", "The security token included in the request is expired", 403)
        return found

    def allow(self, session, action, resource):
        """Stops with AccessDenied unless the session's role may do that to that resource."""
        if session.get("admin"):
            return
        role = self.roles[session["role"]]
        for allowed, pattern in role["allowed"]:
            if allowed == action and fnmatch.fnmatchcase(resource, pattern):
                with self.lock:
                    self.used.add((session["role"].rsplit("/", 1)[1], action))
                return
        raise Refused("AccessDeniedException", f"User: {session['arn']} is not authorized to perform: {action} "
                      f"on resource: {resource}", 403)

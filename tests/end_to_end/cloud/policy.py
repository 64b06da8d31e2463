"""Identities: what the generated roles trust and may do.

What a role may do is read from the table of docs/scripts.md, so that the documentation, which the roles' policies are
made of, is proved by every scene: an action that a script calls and the table doesn't name is denied here.
"""

import fnmatch
import re
import threading
import time

from errors import Refused

PROJECT = "simple-time"
REPOSITORY = "acme/simple-time-service"
REGION = "eu-west-1"
ACCOUNTS = {"dev": "888888888888", "prod": "999999999999"}
ADMIN = "AKIAADMIN"


def documented(path, script):
    """The (action, resource) pairs that docs/scripts.md lists for a script."""
    pairs = []
    for line in open(path, encoding="utf-8"):
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0] == script and re.fullmatch(r"[a-z0-9]+:[A-Za-z]+", cells[1]):
            pairs.append((cells[1], cells[2]))
    if not pairs:
        raise SystemExit(f"{path} lists no actions of {script}")
    return pairs


def patterns(resource, environment):
    """The ARNs that a resource's name in docs/scripts.md stands for, in one target."""
    account = ACCOUNTS[environment]
    source = ACCOUNTS["dev"]
    name = f"{PROJECT}-{environment}-aws"
    return {
        "*": ["*"],
        "the target's repositories": [f"arn:aws:ecr:{REGION}:{account}:repository/{PROJECT}/{environment}/aws/*"],
        "the source's repositories": [f"arn:aws:ecr:{REGION}:{source}:repository/{PROJECT}/dev/aws/*"],
        "the lease": [f"arn:aws:s3:::{PROJECT}-tfstate-{account}-{REGION}/{PROJECT}/aws/{environment}/lease.json"],
        "the record": [f"arn:aws:ssm:{REGION}:{account}:parameter/{PROJECT}/{environment}/aws/record"],
        "the target's services": [f"arn:aws:ecs:{REGION}:{account}:service/{name}/*"],
        "the target's task definitions": [f"arn:aws:ecs:{REGION}:{account}:task-definition/{name}-*"],
        "the target's tasks": [f"arn:aws:ecs:{REGION}:{account}:task/{name}/*"],
        "the target's task and execution roles": [f"arn:aws:iam::{account}:role/{name}-*-task",
                                                  f"arn:aws:iam::{account}:role/{name}-execution"],
    }[resource]


class Identities:
    def __init__(self, docs):
        self.lock = threading.Lock()
        self.sessions = {}
        self.used = set()
        self.roles = {}
        branch = f"repo:{REPOSITORY}:ref:refs/heads/main"
        self.add(docs, "dev", "build", ["build.sh", "scan-image.sh"], branch)
        self.add(docs, "dev", "deploy", ["deploy.sh"], branch)
        self.add(docs, "prod", "deploy", ["deploy.sh"], f"repo:{REPOSITORY}:environment:prod")

    def add(self, docs, environment, kind, scripts, subject):
        account = ACCOUNTS[environment]
        allowed = [(action, arn) for script in scripts for action, resource in documented(docs, script)
                   for arn in patterns(resource, environment)]
        arn = f"arn:aws:iam::{account}:role/{PROJECT}-{environment}-aws-{kind}"
        self.roles[arn] = {"account": account, "subject": subject, "allowed": allowed, "arn": arn}

    def session(self, key, token):
        """Who an access key and its session token are."""
        if key == ADMIN:
            return {"account": ACCOUNTS["dev"], "arn": "arn:aws:iam::admin", "admin": True}
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

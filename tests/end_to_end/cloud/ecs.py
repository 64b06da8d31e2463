"""ECS with services whose deployments really come up or fail: IN_PROGRESS until the tasks of a revision are healthy,
then COMPLETED; FAILED after two tasks that did not, and then, where the service has a circuit breaker, back to what was
COMPLETED before, as ECS does it."""

import itertools
import re
import threading
import time
import uuid

from errors import Refused
from policy import ACCOUNTS, PROJECT, REGION
from tasks import Task

READ_ONLY = {"revision": 1, "status": "ACTIVE", "requiresAttributes": [{"name": "ecs.capability.task-eni"}],
             "compatibilities": ["EC2", "FARGATE"], "registeredAt": 1700000000.0, "registeredBy": "arn:aws:iam::x"}
INPUT = {"family", "containerDefinitions", "taskRoleArn", "executionRoleArn", "networkMode", "requiresCompatibilities", "cpu",
         "memory", "runtimePlatform", "tags", "volumes", "ephemeralStorage"}


class Ecs:
    def __init__(self, identities, registry):
        self.identities = identities
        self.registry = registry
        self.lock = threading.RLock()
        self.definitions = {}  # family -> list of {definition, tags}
        self.services = {}     # (cluster, name) -> service
        self.tasks = {}        # arn -> {cluster, startedBy, task, ...}
        self.delay = 0.3       # how long a healthy deployment takes at least
        self.slow = []         # services whose deployments take for ever
        self.updates = []
        self.resized = []
        self.numbers = itertools.count(1)
        for environment, account in ACCOUNTS.items():
            for name in ("app", "worker"):
                self.first_apply(environment, account, name)

    def first_apply(self, environment, account, name):
        """What Terraform leaves: an image that does not exist, and no task."""
        cluster = f"{PROJECT}-{environment}-aws"
        role = f"arn:aws:iam::{account}:role/{cluster}"
        self.register({"family": f"{cluster}-{name}", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
                       "memory": "512", "taskRoleArn": f"{role}-{name}-task", "executionRoleArn": f"{role}-{name}-exec",
                       "containerDefinitions": [{"name": name, "essential": True, "image": f"{account}.dkr.ecr.{REGION}.amazonaws.com/"
                                                 f"{PROJECT}/{environment}/aws/app:none", "environment": [{"name": "STAGE", "value": environment}]}]},
                      account, [{"key": "project", "value": PROJECT}])
        arn = self.definitions[f"{cluster}-{name}"][0]["definition"]["taskDefinitionArn"]
        deployment = {"id": f"ecs-svc/{next(self.numbers)}", "status": "PRIMARY", "taskDefinition": arn, "rolloutState": "COMPLETED",
                      "desiredCount": 0, "runningCount": 0}
        self.services[(cluster, name)] = {
            "serviceName": name, "serviceArn": f"arn:aws:ecs:{REGION}:{account}:service/{cluster}/{name}", "status": "ACTIVE",
            "desiredCount": 0, "taskDefinition": arn, "deployments": [deployment], "events": [], "account": account, "breaker": True,
            "health": "/health" if name == "app" else None, "running": [],
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}}}

    # ---- task definitions

    def register(self, definition, account, tags):
        family = definition["family"]
        with self.lock:
            revisions = self.definitions.setdefault(family, [])
            number = len(revisions) + 1
            arn = f"arn:aws:ecs:{REGION}:{account}:task-definition/{family}:{number}"
            full = {**definition, **READ_ONLY, "revision": number, "taskDefinitionArn": arn}
            full.pop("tags", None)
            revisions.append({"definition": full, "tags": tags})
        return full

    def find_definition(self, name):
        short = name.rsplit("/", 1)[-1]
        family, _, number = short.partition(":")
        revisions = self.definitions.get(family, [])
        if not revisions or (number and not 0 < int(number) <= len(revisions)):
            raise Refused("ClientException", "Unable to describe task definition.")
        return revisions[int(number) - 1 if number else -1]

    def image_of(self, arn):
        definition = self.find_definition(arn)["definition"]
        return definition["containerDefinitions"][0]["image"]

    # ---- services

    def view(self, service):
        with self.lock:
            # json.dumps drops nothing by itself: what is ours alone is left out here.
            return {key: value for key, value in service.items() if key not in ("account", "breaker", "health", "running")}

    def deploy(self, service, arn, desired):
        """A new PRIMARY deployment; a thread brings it up."""
        with self.lock:
            for other in service["deployments"]:
                if other["status"] == "PRIMARY":
                    other["status"] = "ACTIVE"
            deployment = {"id": f"ecs-svc/{next(self.numbers)}", "status": "PRIMARY", "taskDefinition": arn, "rolloutState": "IN_PROGRESS",
                          "desiredCount": desired, "runningCount": 0, "rolloutStateReason": "ECS deployment in progress."}
            service["deployments"].insert(0, deployment)
            service["taskDefinition"] = arn
            service["desiredCount"] = desired
        threading.Thread(target=self.bring_up, args=(service, deployment), daemon=True).start()
        return deployment

    def bring_up(self, service, deployment):
        started = time.time()
        tasks = []
        failures = 0
        while deployment["status"] == "PRIMARY" and len(tasks) < deployment["desiredCount"] and failures < 2:
            task = Task(self.registry, self.image_of(deployment["taskDefinition"]))
            begun = time.time()
            while not task.healthy(service["health"]) and time.time() - begun < 2 and (task.runs() or time.time() - begun < 0.2):
                time.sleep(0.1)
            if not task.reason and not service["health"]:
                time.sleep(0.4)
            if task.healthy(service["health"]):
                tasks.append(task)
                deployment["runningCount"] = len(tasks)
                continue
            failures += 1
            self.remember(service, task)
            self.event(service, f"(service {service['serviceName']}) (task stopped) {task.reason or 'failed its health check'}")
            task.stop()
        while deployment["status"] == "PRIMARY" and failures < 2 and (time.time() - started < self.delay
                                                                      or service["serviceName"] in self.slow):
            time.sleep(0.05)
        with self.lock:
            if deployment["status"] != "PRIMARY":
                for task in tasks:
                    task.stop()
                return
            if failures >= 2:
                deployment.update(rolloutState="FAILED", rolloutStateReason="ECS deployment circuit breaker: tasks failed to start.")
                before = [d for d in service["deployments"] if d["status"] == "ACTIVE" and d["rolloutState"] == "COMPLETED"]
                if service["breaker"] and before:
                    self.event(service, f"rolling back to {before[0]['id']}")
                    deployment["rollback"] = True
                    self.deploy(service, before[0]["taskDefinition"], before[0]["desiredCount"])
                return
            for task in service["running"]:
                task.stop()
            service["running"] = tasks
            deployment.update(rolloutState="COMPLETED", rolloutStateReason="ECS deployment completed.")
            for other in service["deployments"]:
                if other is not deployment:
                    other["status"] = "INACTIVE"
            service["deployments"] = [deployment] + [d for d in service["deployments"] if d["rolloutState"] == "FAILED"][:1]
        self.event(service, f"(service {service['serviceName']}) has reached a steady state.")

    def resize(self, service, desired):
        """Another number of tasks: no new deployment, and the one that there is stays as it is."""
        self.resized.append(f"{service['serviceArn'].split('/', 1)[1]} {desired}")
        with self.lock:
            service["desiredCount"] = desired
            deployment = service["deployments"][0]
            deployment["desiredCount"] = desired
        threading.Thread(target=self.reach, args=(service, deployment), daemon=True).start()

    def reach(self, service, deployment):
        time.sleep(self.delay)
        while deployment["status"] == "PRIMARY" and deployment["rolloutState"] == "COMPLETED" and len(service["running"]) != service["desiredCount"]:
            if len(service["running"]) > service["desiredCount"]:
                service["running"].pop().stop()
            else:
                service["running"].append(Task(self.registry, self.image_of(deployment["taskDefinition"])))
            deployment["runningCount"] = len(service["running"])

    @staticmethod
    def event(service, message):
        service["events"].insert(0, {"id": str(uuid.uuid4()), "createdAt": time.time(), "message": message})

    def remember(self, service, task):
        cluster = service["serviceArn"].split("/")[1]
        arn = f"arn:aws:ecs:{REGION}:{service['account']}:task/{cluster}/{uuid.uuid4().hex}"
        self.tasks[arn] = {"cluster": cluster, "service": service["serviceName"], "task": task, "name": service["serviceName"], "startedBy": ""}
        return arn

    def task_view(self, arn):
        entry = self.tasks[arn]
        task = entry["task"]
        container = {"name": entry["name"], "lastStatus": "RUNNING" if task.runs() else "STOPPED"}
        if task.exit_code() is not None:
            container["exitCode"] = task.exit_code() if task.exit_code() >= 0 else 128 - task.exit_code()
        view = {"taskArn": arn, "lastStatus": container["lastStatus"], "containers": [container], "startedBy": entry["startedBy"]}
        if not task.runs():
            view["stoppedReason"] = task.reason or "Essential container in task exited"
        return view

    # ---- the calls

    def call(self, session, operation, body):
        account = session["account"]
        cluster = body.get("cluster", "")

        def allow(action, kind, name):
            self.identities.allow(session, f"ecs:{action}", f"arn:aws:ecs:{REGION}:{account}:{kind}/{name}")

        if operation == "DescribeServices":
            if not 0 < len(body["services"]) <= 10:
                raise Refused("InvalidParameterException", "1 to 10 services")
            for name in body["services"]:
                allow(operation, "service", f"{cluster}/{name}")
            found = [self.services[(cluster, name)] for name in body["services"] if (cluster, name) in self.services]
            return {"services": [self.view(service) for service in found],
                    "failures": [{"arn": name, "reason": "MISSING"} for name in body["services"] if (cluster, name) not in self.services]}
        if operation == "UpdateService":
            allow(operation, "service", f"{cluster}/{body['service']}")
            service = self.services[(cluster, body["service"])]
            if "taskDefinition" not in body and not body.get("forceNewDeployment"):
                self.resize(service, body["desiredCount"])
                return {"service": self.view(service)}
            definition = self.find_definition(body["taskDefinition"])["definition"]
            self.updates.append(f"{cluster}/{body['service']} {definition['taskDefinitionArn'].rsplit('/', 1)[1]}")
            desired = body.get("desiredCount", service["desiredCount"])
            if desired == 0:
                for task in service["running"]:
                    task.stop()
            self.deploy(service, definition["taskDefinitionArn"], desired)
            return {"service": self.view(service)}
        if operation == "DescribeTaskDefinition":
            self.identities.allow(session, f"ecs:{operation}", "*")
            found = self.find_definition(body["taskDefinition"])
            return {"taskDefinition": found["definition"], **({"tags": found["tags"]} if "TAGS" in body.get("include", []) else {})}
        if operation == "RegisterTaskDefinition":
            if set(body) - INPUT:
                raise Refused("ClientException", f"unknown {set(body) - INPUT}")
            self.identities.allow(session, f"ecs:{operation}", f"arn:aws:ecs:{REGION}:{account}:task-definition/{body['family']}:*")
            for role in (body["taskRoleArn"], body["executionRoleArn"]):
                self.identities.allow(session, "iam:PassRole", role)
            if body.get("tags"):
                allow("TagResource", "task-definition", f"{body['family']}:*")
            if body["family"] not in self.definitions:
                raise Refused("ClientException", "no such family here")
            return {"taskDefinition": self.register(body, account, body.get("tags", [])), "tags": body.get("tags", [])}
        if operation == "RunTask":
            found = self.find_definition(body["taskDefinition"])["definition"]
            self.identities.allow(session, "ecs:RunTask", found["taskDefinitionArn"])
            for role in (found["taskRoleArn"], found["executionRoleArn"]):
                self.identities.allow(session, "iam:PassRole", role)
            if body.get("launchType") != "FARGATE" or "awsvpcConfiguration" not in body.get("networkConfiguration", {}):
                raise Refused("InvalidParameterException", "Network Configuration must be provided")
            if not re.fullmatch(r"[a-zA-Z0-9_/-]{1,128}", body["startedBy"]):
                raise Refused("InvalidParameterException", "startedBy")
            override = body["overrides"]["containerOverrides"][0]
            task = Task(self.registry, found["containerDefinitions"][0]["image"], override["command"])
            service = next(s for (c, _), s in self.services.items() if c == cluster)
            arn = self.remember(service, task)
            self.tasks[arn].update(name=override["name"], startedBy=body["startedBy"], service=None)
            return {"tasks": [self.task_view(arn)], "failures": []}
        if operation in ("DescribeTasks", "StopTask"):
            arns = body.get("tasks") or [body["task"]]
            for arn in arns:
                self.identities.allow(session, f"ecs:{operation}", arn)
                if operation == "StopTask":
                    self.tasks[arn]["task"].stop()
            views = [self.task_view(arn) for arn in arns if arn in self.tasks]
            return {"tasks": views, "failures": []} if operation == "DescribeTasks" else {"task": views[0]}
        if operation == "ListTasks":
            self.identities.allow(session, "ecs:ListTasks", "*")
            if "startedBy" in body and "serviceName" in body:
                raise Refused("InvalidParameterException", "startedBy is the only filter")
            running = body.get("desiredStatus", "RUNNING") == "RUNNING"
            return {"taskArns": [arn for arn, entry in self.tasks.items() if entry["cluster"] == cluster
                                 and entry["task"].runs() == running
                                 and ("startedBy" not in body or entry["startedBy"] == body["startedBy"])
                                 and ("serviceName" not in body or entry["service"] == body["serviceName"])]}
        raise Refused("InvalidAction", f"no {operation} here")

    def state(self):
        """What a scene wants to know of every service."""
        with self.lock:
            return {f"{cluster}/{name}": {
                "desired": service["desiredCount"], "running": [task.image for task in service["running"] if task.runs()],
                "deployments": [{k: d[k] for k in ("id", "status", "rolloutState", "taskDefinition")} for d in service["deployments"]]}
                for (cluster, name), service in self.services.items()}

    def ask(self, environment, path):
        """What the environment's load balancer answers."""
        tasks = [task for task in self.services[(f"{PROJECT}-{environment}-aws", "app")]["running"] if task.runs()]
        if not tasks:
            return 503, b"no healthy target\n"
        return tasks[0].ask(path)

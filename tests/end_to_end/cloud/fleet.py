"""Auto Scaling groups of instances that SSM reaches and a load balancer asks. On every instance runs the real host program
(templates/scripts/host), in a namespace of its own, as what it is there: /opt/pipewright/compose-host, with an instance's
role, and the docker of engine.py."""

import itertools
import json
import os
import secrets
import shutil
import subprocess
import threading
import time
import uuid

from engine import Engine
from errors import Refused
from policy import ACCOUNTS, PROJECT, REGION

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "../../../templates/scripts/host")
ORDINALS = {"dev": "d0", "prod": "a0"}


class Instance:
    def __init__(self, fleet, environment, number, settings):
        self.fleet, self.environment = fleet, environment
        self.id = f"i-{ORDINALS[environment]}{number:015x}"
        self.address = f"127.0.3.{number}"
        self.folder = os.path.join(os.environ["INSTANCES"], self.id)
        self.state = "Pending"
        self.ready = time.time() + fleet.agent_delay
        home = os.path.join(self.folder, "opt/pipewright")
        os.makedirs(home)
        os.makedirs(os.path.join(self.folder, "run"))
        os.makedirs(os.path.join(self.folder, "logs"))
        self.engine = Engine(fleet.registry, self.address, os.path.join(self.folder, "logs"))
        settings = json.loads(json.dumps(settings).replace("ADDRESS", self.address))
        for name, value in (("host.json", settings["host"]), ("compose.json", settings["compose"])):
            with open(os.path.join(home, name), "w", encoding="utf-8") as file:
                json.dump(value, file)
        shutil.copy(os.path.join(PROGRAM, "images.sh"), home)
        shutil.copy(os.path.join(PROGRAM, "compose-host.sh"), os.path.join(home, "compose-host"))
        os.chmod(os.path.join(home, "compose-host"), 0o755)
        self.boot()

    def boot(self):
        """What systemd does when the machine starts; it begins again where the host program fails."""
        def keep():
            while self.state != "Terminated" and self.run("exec /opt/pipewright/compose-host boot", 3600)[0] != 0:
                time.sleep(1)
        threading.Thread(target=keep, daemon=True).start()
        threading.Timer(self.fleet.agent_delay, self.arrive).start()

    def arrive(self):
        if self.state == "Pending":
            self.state = "InService"

    def reboot(self):
        """Memory is lost, and docker starts what it is told to keep running."""
        shutil.rmtree(os.path.join(self.folder, "run"))
        os.makedirs(os.path.join(self.folder, "run"))
        self.boot()

    def run(self, command, seconds):
        """A shell command on the instance: (exit code, output, errors)."""
        role = f"arn:aws:iam::{ACCOUNTS[self.environment]}:role/{PROJECT}-{self.environment}-aws-instance"
        key, token = self.fleet.identities.open(role, self.id)
        program = 'mount --bind "$0/opt" /opt && mount --bind "$0/run" /run && exec sh -c "$1"'
        variables = {"PATH": f"{os.environ['HOST_BIN']}:{os.environ['PATH']}", "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": "x",
                     "AWS_SESSION_TOKEN": token, "AWS_CA_BUNDLE": os.environ["BUNDLE"], "AWS_SOCKET": os.environ["AWS_SOCKET"],
                     "INSTANCE": self.id, "HOME": "/", "TMPDIR": "/run"}
        process = subprocess.Popen(["unshare", "--mount", "sh", "-c", program, self.folder, command], env=variables, cwd="/",
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            out, err = process.communicate()
        self.fleet.log.append(f"{self.id} {command[:60]}: {process.returncode}")
        return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def healthy(self):
        one = self.engine.answering()
        return one is not None and one.task.healthy("/health")


class Fleet:
    def __init__(self, identities, registry):
        self.identities, self.registry = identities, registry
        self.instances = {environment: [] for environment in ACCOUNTS}
        self.numbers = itertools.count(1)
        self.commands = {}
        self.settings = {}
        self.secrets = {}
        self.agent_delay = 0.2
        self.undeliverable = []
        self.log = []
        self.asked = set()
        self.lost = {environment: 0 for environment in ACCOUNTS}  # requests that no instance answered, while they are counted

    def launch(self, environment):
        instance = Instance(self, environment, next(self.numbers), self.settings[environment])
        self.instances[environment].append(instance)

    def find(self, identity):
        return next((one for all_ in self.instances.values() for one in all_ if one.id == identity and one.state != "Terminated"), None)

    def terminate(self, identity):
        instance = self.find(identity)
        instance.state = "Terminated"
        instance.engine.stop()

    @staticmethod
    def target_group(environment):
        return f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNTS[environment]}:targetgroup/abcde-1/{environment}0123456789"

    # ---- the calls

    def groups(self, session, form):
        """DescribeAutoScalingGroups of one name."""
        self.identities.allow(session, "autoscaling:DescribeAutoScalingGroups", "*")
        name = form["AutoScalingGroupNames.member.1"][0]
        found = [environment for environment, account in ACCOUNTS.items()
                 if name == f"{PROJECT}-{environment}-aws" and account == session["account"] and environment in self.settings]
        members = "".join(
            f"<member><AutoScalingGroupName>{name}</AutoScalingGroupName><TargetGroupARNs><member>{self.target_group(environment)}</member>"
            "</TargetGroupARNs><Instances>" + "".join(
                f"<member><InstanceId>{one.id}</InstanceId><LifecycleState>{one.state}</LifecycleState><HealthStatus>Healthy</HealthStatus></member>"
                for one in self.instances[environment]) + "</Instances></member>" for environment in found)
        return ('<DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeAutoScalingGroupsResult>'
                f"<AutoScalingGroups>{members}</AutoScalingGroups></DescribeAutoScalingGroupsResult><ResponseMetadata><RequestId>1</RequestId>"
                "</ResponseMetadata></DescribeAutoScalingGroupsResponse>")

    def target_health(self, session, form):
        self.identities.allow(session, "elasticloadbalancing:DescribeTargetHealth", "*")
        environment = next(name for name in ACCOUNTS if self.target_group(name) == form["TargetGroupArn"][0])
        members = "".join(
            f"<member><Target><Id>{one.id}</Id><Port>8000</Port></Target><TargetHealth><State>{'healthy' if one.healthy() else 'unhealthy'}"
            "</State></TargetHealth></member>" for one in self.instances[environment] if one.state == "InService")
        return ('<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetHealthResult>'
                f"<TargetHealthDescriptions>{members}</TargetHealthDescriptions></DescribeTargetHealthResult><ResponseMetadata><RequestId>1"
                "</RequestId></ResponseMetadata></DescribeTargetHealthResponse>")

    def ssm(self, session, operation, body):
        if operation == "GetCommandInvocation":
            self.identities.allow(session, "ssm:GetCommandInvocation", "*")
            key = (body["CommandId"], body["InstanceId"])
            # As in SSM, the first question comes too early.
            if key not in self.commands or key not in self.asked:
                self.asked.add(key)
                raise Refused("InvocationDoesNotExist", "")
            return self.commands[key]
        self.identities.allow(session, "ssm:SendCommand", f"arn:aws:ssm:{REGION}::document/{body['DocumentName']}")
        (identity,) = body["InstanceIds"]
        self.identities.allow(session, "ssm:SendCommand", f"arn:aws:ec2:{REGION}:{session['account']}:instance/{identity}")
        if set(body) - {"DocumentName", "InstanceIds", "Parameters", "TimeoutSeconds", "Comment"} or set(body["Parameters"]) != {
                "commands", "executionTimeout"} or body["TimeoutSeconds"] < 30 or len(body["Comment"]) > 100:
            raise Refused("InvalidParameters", f"{sorted(body)} {sorted(body['Parameters'])}")
        (command,), (seconds,) = body["Parameters"]["commands"], body["Parameters"]["executionTimeout"]
        if "{{" in command or len(command) > 20000:
            raise Refused("InvalidParameters", "SSM would replace something in this command")
        instance = self.find(identity)
        if instance is None or time.time() < instance.ready:
            raise Refused("InvalidInstanceId", "Instances not in a valid state for account")
        number = str(uuid.uuid4())
        key = (number, identity)
        self.commands[key] = {"CommandId": number, "InstanceId": identity, "Status": "InProgress", "StatusDetails": "In Progress",
                              "ResponseCode": -1, "StandardOutputContent": "", "StandardErrorContent": ""}
        if identity in self.undeliverable:
            self.commands[key].update(Status="Failed", StatusDetails="Undeliverable")
        else:
            threading.Thread(target=self.carry_out, args=(key, instance, command, int(seconds)), daemon=True).start()
        return {"Command": {"CommandId": number}}

    def carry_out(self, key, instance, command, seconds):
        code, out, err = instance.run(command, seconds)
        if instance.state == "Terminated":
            self.commands[key] = {**self.commands[key], "Status": "TimedOut", "StatusDetails": "Execution Timed Out"}
            return
        status = "Success" if code == 0 else "Failed"
        self.commands[key] = {**self.commands[key], "Status": status, "StatusDetails": status, "ResponseCode": code,
                              "StandardOutputContent": out[:24000], "StandardErrorContent": err[:8000]}

    def secret(self, session, body):
        account = session["account"]
        self.identities.allow(session, "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{account}:secret:{body['SecretId']}-abcdef")
        if body["SecretId"] not in self.secrets:
            raise Refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
        text = self.secrets[body["SecretId"]]
        # A password of ECR, as a pull secret of another registry would hold one.
        if text == "ECR":
            text = json.dumps({"username": "AWS", "password": self.password(session)})
        return {"Name": body["SecretId"], "SecretString": text}

    def password(self, session):
        password = secrets.token_urlsafe(60)
        self.registry.passwords[password] = session
        return password

    # ---- what scenes see and change

    def ask(self, environment, path):
        """What the environment's load balancer answers: any of the instances that are well."""
        for one in self.instances[environment]:
            if one.state == "InService" and one.healthy():
                try:
                    return one.engine.answering().task.ask(path)
                except (OSError, AttributeError):
                    continue
        self.lost[environment] += 1
        return 503, b"no healthy target\n"

    def view(self):
        return {one.id: {"environment": environment, "state": one.state, "made": one.engine.made, "images": sorted(one.engine.images),
                         "runs": {each.service: each.description["image"].partition("@")[2] for each in list(one.engine.containers)
                                  if each.task.runs() and not each.once},
                         "variables": {each.service: each.description.get("environment", {}) for each in list(one.engine.containers)}}
                for environment, all_ in self.instances.items() for one in all_ if one.state != "Terminated"}

    def change(self, wish):
        self.settings.update(wish.get("fleet", {}))
        self.secrets.update(wish.get("secrets", {}))
        self.agent_delay = wish.get("agent_delay", self.agent_delay)
        self.undeliverable = wish.get("undeliverable", self.undeliverable)
        for environment in wish.get("launch", []):
            self.launch(environment)
        for identity in wish.get("terminate", []):
            self.terminate(identity)
        for identity in wish.get("reboot", []):
            self.find(identity).reboot()

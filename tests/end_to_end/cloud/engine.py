"""docker and docker compose on one instance, as far as the host program uses them: images pulled with the credentials of
its configuration, containers that really run (tasks.py) and that are started again where they end. What it doesn't know
it refuses."""

import base64
import itertools
import json
import os
import re
import threading
import time
import uuid

from tasks import Task, addresses


class Engine:
    def __init__(self, registry, address, folder):
        self.registry = registry
        self.address = address  # where services that publish a port listen
        self.folder = folder
        self.lock = threading.RLock()
        self.images = set()
        self.containers = []
        self.numbers = itertools.count(1)
        self.made = 0  # how many containers there were in all

    def call(self, arguments, config, environment):
        """(exit code, output, errors) of docker with these arguments."""
        try:
            return 0, self.run(arguments, config, environment) or "", ""
        except Failure as failure:
            return failure.code, "", f"{failure}\n"

    def run(self, arguments, config, environment):
        match arguments:
            case ["info"]:
                return "Server Version: 28\n"
            case ["image", "inspect", image] if image in self.images:
                return "[]\n"
            case ["image", "inspect", image]:
                raise Failure(f"No such image: {image}")
            case ["image", "ls", "--digests", "--no-trunc", "--format", "{{.Repository}}@{{.Digest}}"]:
                return "".join(f"{image}\n" for image in sorted(self.images))
            case ["image", "rm", "--", image]:
                self.images.discard(image)
            case ["pull", "--quiet", image]:
                self.pull(image, config)
            case ["ps", "--all", "--quiet", "--no-trunc", "--filter", "label=com.docker.compose.project=pipewright", "--filter",
                  "label=com.docker.compose.oneoff=False"]:
                return "".join(f"{one.id}\n" for one in self.containers if not one.once)
            case ["inspect", *ids]:
                return json.dumps([one.view() for one in self.containers if one.id in ids])
            case ["container", "inspect", name]:
                return json.dumps([self.find(name).view()])
            case ["logs", "--tail", "15", which]:
                with open(self.find(which).log, encoding="utf-8", errors="replace") as log:
                    return "".join(log.readlines()[-15:])
            case ["wait", which]:
                return f"{self.find(which).wait()}\n"
            case ["rm", "--force", which]:
                self.remove(self.find(which))
            case ["compose", "--project-name", "pipewright", "--file", _, "up", "--detach", "--remove-orphans", "--"]:
                self.up(read(environment["COMPOSE"]), [], True)
            case ["compose", "--project-name", "pipewright", "--file", _, "up", "--detach", "--no-deps", "--force-recreate", "--", *names]:
                self.up(read(environment["COMPOSE"]), names, False)
            case ["compose", "--project-name", "pipewright", "--file", _, "run", "--detach", "--no-deps", "--name", name, service]:
                if any(one.name == name for one in self.containers):
                    raise Failure(f"the container name {name} is already in use")
                self.add(name, service, read(environment["COMPOSE"])[service], once=True)
                return f"{name}\n"
            case ["compose", "--project-name", "pipewright", "down", "--remove-orphans"]:
                for one in [one for one in self.containers if not one.once]:
                    self.remove(one)
            case _:
                raise Failure(f"this docker does not know: {arguments}", 125)

    def pull(self, image, config):
        """Only a registry's own credentials open it, and only a digest is asked for."""
        match = re.fullmatch(r"(\d{12})\.(dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com)/([a-z0-9./_-]+)@(sha256:[0-9a-f]{64})", image)
        if not match:
            raise Failure(f"invalid reference: {image}")
        entry = config.get("auths", {}).get(f"{match[1]}.{match[2]}", {}).get("auth", "")
        user, _, password = base64.b64decode(entry).decode().partition(":")
        session = self.registry.passwords.get(password)
        if user != "AWS" or session is None:
            raise Failure(f"Error response from daemon: pull access denied for {image}: no basic auth credentials")
        for action in ("BatchGetImage", "GetDownloadUrlForLayer"):
            self.registry.identities.allow(session, f"ecr:{action}", f"arn:aws:ecr:eu-west-1:{match[1]}:repository/{match[3]}")
        if self.registry.manifest(match[1], match[3], match[4])[0] is None:
            raise Failure(f"manifest for {image} not found: manifest unknown")
        self.images.add(image)

    def find(self, which):
        for one in self.containers:
            if which in (one.id, one.name):
                return one
        raise Failure(f"No such container: {which}")

    def remove(self, container):
        with self.lock:
            self.containers.remove(container)
        container.stop()

    def add(self, name, service, description, once=False):
        if description["image"] not in self.images:
            raise Failure(f"{service}: there is no image {description['image']} here")
        container = Container(self, name, service, description, once)
        with self.lock:
            self.made += 1
            self.containers.append(container)
        return container

    def up(self, services, only, orphans):
        """What compose does: containers whose description changed are replaced, those that nobody asks for are removed."""
        there = {one.service: one for one in self.containers if not one.once}
        for service in sorted(set(there) - set(services)) if orphans else []:
            self.remove(there[service])
        for service, description in sorted(services.items()):
            if only and service not in only:
                continue
            if service in there:
                if not only and there[service].description == description:
                    continue
                self.remove(there[service])
            self.add(f"pipewright-{service}-{next(self.numbers)}", service, description)

    def answering(self):
        """The container that listens at the instance's address."""
        return next((one for one in self.containers if one.description.get("ports") and not one.once and one.task.runs()), None)

    def stop(self):
        for one in list(self.containers):
            self.remove(one)


def read(text):
    """The services of a compose file. A $ that is not doubled would be replaced by compose."""
    def literal(value):
        if isinstance(value, str):
            if "$" in value.replace("$$", ""):
                raise Failure(f"invalid interpolation format: {value}")
            return value.replace("$$", "$")
        if isinstance(value, dict):
            return {key: literal(entry) for key, entry in value.items()}
        return [literal(entry) for entry in value] if isinstance(value, list) else value
    document = json.loads(text)
    services = literal(document["services"])
    if not services:
        raise Failure("no service selected")
    known = {"image", "environment", "ports", "restart", "command"}
    for name, service in services.items():
        if set(service) - known or "image" not in service:
            raise Failure(f"services.{name}: additional properties {set(service) - known} not allowed, or no image")
        if not all(isinstance(value, (str, int)) for value in service.get("environment", {}).values()):
            raise Failure(f"services.{name}.environment must be texts")
    return services


class Failure(Exception):
    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


class Container:
    def __init__(self, engine, name, service, description, once):
        self.engine, self.name, self.service, self.description, self.once = engine, name, service, description, once
        self.id = uuid.uuid4().hex * 2
        self.restarts = 0
        self.removed = self.ended = False
        self.address = engine.address if description.get("ports") else f"127.0.2.{next(addresses)}"
        self.log = os.path.join(engine.folder, f"{self.id}.log")
        self.start()
        threading.Thread(target=self.watch, daemon=True).start()

    def start(self):
        with open(self.log, "ab") as log:
            self.task = Task(self.engine.registry, self.description["image"], self.description.get("command"),
                             {key: str(value) for key, value in self.description.get("environment", {}).items()}, self.address, log)

    def watch(self):
        while not self.removed:
            if not self.task.runs() and not self.ended:
                if self.description.get("restart", "no") != "unless-stopped":
                    self.ended = True
                    return
                self.restarts += 1
                time.sleep(min(0.1 * 2 ** self.restarts, 5))
                if not self.removed:
                    self.start()
            time.sleep(0.05)
        self.task.stop()

    def wait(self):
        while not self.ended and not self.removed:
            time.sleep(0.05)
        if self.removed:
            return 137
        code = self.task.exit_code()
        return code if code >= 0 else 128 - code

    def stop(self):
        self.removed = True
        self.task.stop()
        # The next container wants the same address.
        if self.task.process:
            self.task.reap()

    def view(self):
        return {"Id": self.id, "Name": f"/{self.name}", "RestartCount": self.restarts,
                "Config": {"Image": self.description["image"], "Labels": {"com.docker.compose.service": self.service}},
                "State": {"Status": "running" if self.task.runs() else "exited" if self.ended else "restarting"}}

"""Instances that really run an image, and managed groups of them that replace, heal and count their instances by
themselves: new ones first where the update policy says so, each verified before an old one goes."""

import json
import secrets
import threading
import time

from tasks import Task

TICK = 0.05


def start_program(registry, metadata):
    """What an instance does at boot, as docs/scripts.md asks it to; gives (task or None, a function that tells the state)."""
    image, release = metadata.get("pipewright-image"), metadata.get("pipewright-release")
    if not image or not release:
        return None, lambda: None
    command = json.loads(metadata["pipewright-migrate"]) if "pipewright-migrate" in metadata else None
    task = Task(registry, image, command, {"STAGE": metadata.get("stage", "")})
    begun = time.time()

    def state():
        if task.reason:
            return f"failed {release} {task.reason}"
        if task.runs():
            return f"running {release}" if not command and time.time() - begun > 0.4 else None
        code = task.exit_code() if task.exit_code() >= 0 else 128 - task.exit_code()
        return f"exited {release} {code}" if command else f"failed {release} exit code {code}"
    return task, state


class Instance:
    def __init__(self, registry, name, zone, metadata):
        self.name, self.zone, self.metadata = name, zone, dict(metadata)
        self.registry = registry
        self.action, self.ill, self.removed = "CREATING", False, False
        self.verified = False
        self.boot()

    def boot(self):
        self.born = time.time()
        self.task, self.told = start_program(self.registry, self.metadata)

    def state(self):
        return self.told()

    def well(self, path):
        return self.task is None or self.task.healthy(path)

    def stop(self):
        self.removed = True
        if self.task:
            self.task.stop()


class Group:
    """A regional managed instance group, its template, and its autoscaler where it has one."""

    def __init__(self, registry, name, zones, template, health, autoscaler):
        self.registry, self.name, self.zones = registry, name, zones
        self.template = template      # metadata of the template
        self.health = health          # what the autohealing check asks for
        self.autoscaler = autoscaler  # {"mode", "min", "max"} or None
        self.size = 0
        self.configuration = {}
        self.policy = {"type": "PROACTIVE", "minimalAction": "REPLACE", "replacementMethod": "SUBSTITUTE",
                       "maxSurge": {"fixed": len(zones), "calculated": len(zones)}, "maxUnavailable": {"fixed": 0, "calculated": 0}}
        self.instances, self.errors = [], []
        self.lock = threading.RLock()
        self.delay = 0.2              # how long an instance takes at least until it is verified
        self.patience = 1.5           # when autohealing gives up
        self.least = 0                # the fewest well instances since the group was last raised or changed
        threading.Thread(target=self.work, daemon=True).start()

    def metadata(self):
        return {**self.template, **self.configuration}

    def outdated(self):
        wanted = self.metadata()
        return [instance for instance in self.instances if instance.metadata != wanted]

    def available(self):
        return [instance for instance in self.instances if instance.verified and instance.action == "NONE" and instance.well(self.health)]

    def count(self):
        """How many there should be: the autoscaler corrects what was asked for."""
        if self.autoscaler and self.autoscaler["mode"] == "ON":
            self.size = max(self.autoscaler["min"], min(self.autoscaler["max"], self.size))
        return self.size

    def stable(self):
        with self.lock:
            return not self.outdated() and len(self.instances) == self.count() and all(i.action == "NONE" for i in self.instances)

    def work(self):
        while True:
            time.sleep(TICK)
            with self.lock:
                for instance in list(self.instances):
                    self.look(instance)
                self.step()
                self.least = min(self.least, len(self.available()))

    def look(self, instance):
        """Verifies a new instance, and makes an ill one anew."""
        age = time.time() - instance.born
        instance.ill = self.health is not None and not instance.well(self.health)
        if instance.action in ("CREATING", "VERIFYING"):
            instance.action = "VERIFYING"
            if age > self.delay and not instance.ill:
                instance.action, instance.verified = "NONE", True
            elif age > self.delay + self.patience and instance.ill:
                self.heal(instance)
        elif instance.action == "NONE" and instance.ill and age > self.delay + self.patience:
            self.heal(instance)
        elif instance.action == "RECREATING" and time.time() - instance.healing > 2:
            instance.metadata = self.metadata()
            instance.boot()
            instance.action = "VERIFYING"

    def heal(self, instance):
        self.errors.append({"error": {"code": "HEALTH_CHECK_FAILED", "message": f"{instance.name} did not become healthy"},
                            "instanceActionDetails": {"action": "RECREATING"}})
        instance.action, instance.healing = "RECREATING", time.time()
        if instance.task:
            instance.task.stop()

    def step(self):
        """One thing at a time: an instance more, or one less."""
        count, outdated = self.count(), self.outdated()
        current = [instance for instance in self.instances if instance not in outdated]
        surge = self.policy["maxSurge"]["calculated"] if outdated else 0
        if len(current) > count:
            self.remove(current[-1])
        elif len(current) < count and len(self.instances) < count + surge:
            number = len(self.instances) % len(self.zones)
            self.instances.append(Instance(self.registry, f"{self.name}-{secrets.token_hex(2)}", self.zones[number], self.metadata()))
        elif outdated and len(self.available()) - (outdated[0] in self.available()) >= count - self.policy["maxUnavailable"]["calculated"]:
            self.remove(outdated[0])
        elif outdated and outdated[0] not in self.available():
            self.remove(outdated[0])

    def remove(self, instance):
        self.instances.remove(instance)
        instance.stop()

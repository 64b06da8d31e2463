"""Compute Engine: regional groups, their autoscalers, single instances made from a template, guest attributes, operations."""

import itertools
import threading
import time

from gcp.discovery import Wrong
from gcp.groups import Group, Instance
from gcp.identities import PROJECT, PROJECTS, REGION, ZONES

SITE = "https://www.googleapis.com/compute/v1"


def merge(old, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge(result.get(name), value)
    return result


class Compute:
    def __init__(self, identities, registry):
        self.identities, self.registry = identities, registry
        self.lock = threading.RLock()
        self.groups, self.single, self.operations, self.requests = {}, {}, {}, {}
        self.numbers = itertools.count(1)
        self.changes, self.addresses = [], {}
        for number, (environment, project) in enumerate(PROJECTS.items(), 1):
            name = f"{PROJECT}-{environment}-gcp"
            self.addresses[f"{project}/{name}"] = f"127.0.3.{number}"
            for service, health, autoscaler in (("app", "/health", {"mode": "OFF", "min": 2, "max": 4}), ("worker", None, None)):
                self.groups[f"{project}/{name}-{service}"] = Group(
                    registry, f"{name}-{service}", ZONES, {"enable-guest-attributes": "TRUE", "stage": environment}, health, autoscaler)

    # ---- what Google tells

    def group_view(self, project, group):
        base = f"{SITE}/projects/{project}/regions/{REGION}"
        with group.lock:
            view = {"kind": "compute#instanceGroupManager", "name": group.name, "region": base, "targetSize": group.count(),
                    "baseInstanceName": group.name, "instanceTemplate": f"{SITE}/projects/{project}/global/instanceTemplates/{group.name}",
                    "distributionPolicy": {"zones": [{"zone": f"{SITE}/projects/{project}/zones/{zone}"} for zone in group.zones]},
                    "updatePolicy": group.policy, "status": {
                        "isStable": group.stable(), "versionTarget": {"isReached": True},
                        "allInstancesConfig": {"effective": not group.outdated(), "currentRevision": "2026-01-01T00:00:00Z"}}}
            if group.configuration:
                view["allInstancesConfig"] = {"properties": {"metadata": dict(group.configuration)}}
            if group.autoscaler:
                view["status"]["autoscaler"] = f"{base}/autoscalers/{group.name}"
        return view

    @staticmethod
    def autoscaler_view(group):
        return {"kind": "compute#autoscaler", "name": group.name, "autoscalingPolicy": {
            "mode": group.autoscaler["mode"], "minNumReplicas": group.autoscaler["min"], "maxNumReplicas": group.autoscaler["max"]}}

    def managed_view(self, project, group, instance):
        view = {"instance": f"{SITE}/projects/{project}/zones/{instance.zone}/instances/{instance.name}", "name": instance.name,
                "currentAction": instance.action, "instanceStatus": "RUNNING"}
        if group.health:
            view["instanceHealth"] = [{"detailedHealthState": "UNHEALTHY" if instance.ill else "HEALTHY"}]
        return view

    def operation(self, call, place, work):
        """Does it once, however often it is asked for, and gives an operation that takes a moment."""
        key = call.values.get("requestId")
        with self.lock:
            if key is None:
                raise Wrong(400, "required", "the stand-in wants a requestId with every change")
            if key not in self.requests:
                work()
                name = f"operation-{next(self.numbers)}"
                self.requests[key] = name
                self.operations[f"{place}/{name}"] = time.time()
            return self.operation_view(call.values["project"], place, self.requests[key])

    def operation_view(self, project, place, name):
        kind, _, where = place.partition("/")
        done = time.time() - self.operations[f"{place}/{name}"] > 0.1
        return {"kind": "compute#operation", "name": name, kind[:-1]: f"{SITE}/projects/{project}/{kind}/{where}",
                "status": "DONE" if done else "RUNNING", "progress": 100 if done else 0}

    # ---- the calls

    def answer(self, session, call):
        values, project = call.values, call.values["project"]

        def allow(permission, resource):
            self.identities.allow(session, f"compute.{permission}", f"projects/{project}/{resource}")

        kind, action = call.name.split(".")[1:]
        if kind == "regionInstanceGroupManagers":
            allow("instanceGroupManagers." + ("update" if action in ("patch", "resize") else "get"),
                  f"regions/{values['region']}/instanceGroupManagers/{values['instanceGroupManager']}")
            return self.on_group(call, action, self.found(self.groups, f"{project}/{values['instanceGroupManager']}", values["region"] == REGION))
        if kind == "regionAutoscalers":
            allow("autoscalers." + ("update" if action == "patch" else "get"), f"regions/{values['region']}/autoscalers/{values.get('autoscaler')}")
            group = self.found(self.groups, f"{project}/{values.get('autoscaler')}", values["region"] == REGION)
            if group.autoscaler is None:
                raise Wrong(404, "notFound", "The resource was not found")
            if action == "get":
                return self.autoscaler_view(group)
            if set(call.body) != {"autoscalingPolicy"} or set(call.body["autoscalingPolicy"]) != {"mode"}:
                raise Wrong(400, "invalid", "the rest of an autoscaler is Terraform's")
            return self.operation(call, f"regions/{REGION}", lambda: group.autoscaler.update(call.body["autoscalingPolicy"]))
        if kind in ("regionOperations", "zoneOperations"):
            place = f"regions/{values['region']}" if "region" in values else f"zones/{values['zone']}"
            allow(f"{kind}.get", f"{place}/operations/{values['operation']}")
            self.found(self.operations, f"{place}/{values['operation']}")
            return self.operation_view(project, place, values["operation"])
        if kind == "globalAddresses":
            allow("globalAddresses.get", f"global/addresses/{values['address']}")
            return {"name": values["address"], "address": self.found(self.addresses, f"{project}/{values['address']}"), "addressType": "EXTERNAL"}
        if kind == "instanceTemplates":
            allow("instanceTemplates.get", f"global/instanceTemplates/{values['instanceTemplate']}")
            group = self.found(self.groups, f"{project}/{values['instanceTemplate']}")
            return {"name": group.name, "properties": {"metadata": {"items": [{"key": k, "value": v} for k, v in group.template.items()]},
                                                       "labels": {"project": PROJECT}, "scheduling": {"provisioningModel": "SPOT", "preemptible": True}}}
        return self.on_instance(session, call, action, allow)

    @staticmethod
    def found(table, key, right=True):
        if not right or key not in table:
            raise Wrong(404, "notFound", f"The resource '{key}' was not found")
        return table[key]

    def on_group(self, call, action, group):
        project = call.values["project"]
        if action == "get":
            return self.group_view(project, group)
        if action == "listErrors":
            return {"items": group.errors[-5:]}
        if action == "listManagedInstances":
            with group.lock:
                # Pages of two, so that whoever doesn't turn the page is found out.
                first = int(call.values.get("pageToken", 0))
                page = {"managedInstances": [self.managed_view(project, group, i) for i in group.instances[first:first + 2]]}
                if len(group.instances) > first + 2:
                    page["nextPageToken"] = str(first + 2)
            return page

        def patch():
            with group.lock:
                old = {"allInstancesConfig": {"properties": {"metadata": group.configuration}}}
                group.configuration = merge(old, call.body)["allInstancesConfig"]["properties"]["metadata"]
                group.least = len(group.available())
                self.changes.append(f"{group.name} {group.configuration.get('pipewright-image', 'nothing')}")

        def resize():
            with group.lock:
                group.size = int(call.values["size"])
                self.changes.append(f"{group.name} size {group.size}")

        if action == "patch" and (set(call.body) != {"allInstancesConfig"} or set(call.body["allInstancesConfig"]) != {"properties"}
                                  or set(call.body["allInstancesConfig"]["properties"]) != {"metadata"}
                                  or set(call.body["allInstancesConfig"]["properties"]["metadata"]) != {"pipewright-image", "pipewright-release"}):
            raise Wrong(400, "invalid", "the rest of a group is Terraform's")
        if action == "resize" and int(call.values["size"]) < 0:
            raise Wrong(400, "invalid", "Invalid value for field 'size'")
        return self.operation(call, f"regions/{REGION}", patch if action == "patch" else resize)

    def on_instance(self, session, call, action, allow):
        values, project = call.values, call.values["project"]
        zone = values["zone"]
        if action == "insert":
            return self.insert(session, call, allow)
        allow(f"instances.{action}", f"zones/{zone}/instances/{values['instance']}")
        instance = self.single.get(f"{project}/{zone}/{values['instance']}")
        if instance is None:
            instance = next((i for key, group in self.groups.items() if key.startswith(project + "/")
                             for i in group.instances if i.name == values["instance"] and i.zone == zone), None)
        if instance is None:
            raise Wrong(404, "notFound", f"The resource 'projects/{project}/zones/{zone}/instances/{values['instance']}' was not found")
        if action == "get":
            if values.get("fields", "status") != "status":
                raise Wrong(400, "invalidParameter", "Invalid field selection")
            return {"status": "RUNNING"} if values.get("fields") else {"name": instance.name, "status": "RUNNING"}
        if action == "getGuestAttributes":
            if instance.metadata.get("enable-guest-attributes") != "TRUE":
                raise Wrong(412, "conditionNotMet", "Guest attributes endpoint access is disabled.")
            said = instance.state()
            if values.get("queryPath") != "pipewright/state" or said is None:
                raise Wrong(404, "notFound", "The resource 'hostAttributes' of type 'Guest Attribute' was not found.")
            return {"queryPath": "pipewright/state", "queryValue": {"items": [{"namespace": "pipewright", "key": "state", "value": said}]}}

        def delete():
            instance.stop()
            del self.single[f"{project}/{zone}/{instance.name}"]
        return self.operation(call, f"zones/{zone}", delete)

    def insert(self, session, call, allow):
        """An instance of its own from a template: needs all that such an instance is made of."""
        values, project, body = call.values, call.values["project"], call.body
        where = f"zones/{values['zone']}"
        environment = next(name for name, there in PROJECTS.items() if there == project)
        for permission in ("instances.create", "instances.setMetadata", "instances.setLabels", "instances.setTags", "instances.setServiceAccount"):
            allow(permission, f"{where}/instances/{body['name']}")
        for permission in ("disks.create", "disks.setLabels"):
            allow(permission, f"{where}/disks/{body['name']}")
        template = values.get("sourceInstanceTemplate", "")
        if not template.startswith(f"projects/{project}/global/instanceTemplates/"):
            raise Wrong(400, "invalid", f"Invalid value for sourceInstanceTemplate: {template}")
        allow("instanceTemplates.useReadOnly", template.partition(f"projects/{project}/")[2])
        allow("subnetworks.use", f"regions/{REGION}/subnetworks/{PROJECT}-{environment}-gcp")
        self.identities.allow(session, "iam.serviceAccounts.actAs", f"projects/{project}/serviceAccounts/{template.rsplit('/', 1)[1]}")
        key = f"{project}/{values['zone']}/{body['name']}"
        plan = body.get("scheduling", {})
        if plan.get("provisioningModel") != "STANDARD" or plan.get("preemptible") is not False:
            raise Wrong(400, "invalid", "this template's instances are spot ones unless the call says otherwise")
        if plan.get("instanceTerminationAction") != "DELETE" or not 30 <= int(plan.get("maxRunDuration", {}).get("seconds", 0)) <= 10368000:
            raise Wrong(400, "invalid", "nobody would remove this instance")
        # What the call says of metadata stands in place of the template's.
        metadata = {item["key"]: item["value"] for item in body["metadata"]["items"]}

        def make():
            if key in self.single:
                raise Wrong(409, "alreadyExists", f"The resource '{key}' already exists")
            self.single[key] = Instance(self.registry, body["name"], values["zone"], metadata)
        return self.operation(call, where, make)

    # ---- for scenes

    def ask(self, environment, path):
        """What the environment's load balancer answers."""
        group = self.groups[f"{PROJECTS[environment]}/{PROJECT}-{environment}-gcp-app"]
        well = group.available()
        return well[0].task.ask(path) if well and well[0].task else (503, b"no healthy backend\n")

    def state(self):
        result = {}
        for key, group in self.groups.items():
            with group.lock:
                result[key.partition("/")[2]] = {
                    "size": group.size, "running": sorted(i.task.image for i in group.available() if i.task and i.task.runs()),
                    "configuration": dict(group.configuration), "autoscaler": group.autoscaler, "least": group.least,
                    "instances": sorted(i.name for i in group.instances)}
        return result

    def set(self, wish):
        for key, group in self.groups.items():
            group.delay = wish.get("gcp_delay", group.delay)
            if group.name.rsplit("-", 1)[1] in wish.get("gcp_slow", []):
                group.delay = 3600
            group.policy = merge(group.policy, wish.get("gcp_policy", {}))
            if key.partition("/")[2] in wish.get("gcp_autoscaled", {}):
                group.size = wish["gcp_autoscaled"][key.partition("/")[2]]

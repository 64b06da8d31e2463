"""Cloud Storage: objects with generations, and writes under a condition."""

import itertools
import threading
import time

from gcp.discovery import Wrong
from gcp.identities import PROJECT, PROJECTS


class Storage:
    def __init__(self, identities):
        self.identities = identities
        self.lock = threading.RLock()
        self.generations = itertools.count(1760000000000001)
        self.buckets = {f"{project}-{kind}": {} for project in PROJECTS.values() for kind in ("tfstate", "record")}
        self.faults = 0  # how many calls fail that could be made again

    def view(self, bucket, name):
        found = self.buckets[bucket][name]
        return {"kind": "storage#object", "id": f"{bucket}/{name}/{found['generation']}", "name": name, "bucket": bucket,
                "generation": str(found["generation"]), "metageneration": "1", "contentType": found["type"], "size": str(len(found["data"])),
                "timeCreated": found["time"], "updated": found["time"]}

    def answer(self, session, call):
        """The answer as an object, or (bytes, headers) for an object's content."""
        bucket = call.values["bucket"]
        objects = self.buckets.get(bucket)

        def allow(action, name=None):
            self.identities.allow(session, f"storage.objects.{action}", f"buckets/{bucket}" + (f"/objects/{name}" if name else ""))

        with self.lock:
            if call.name == "storage.objects.list":
                allow("list")
            elif call.name == "storage.objects.insert":
                allow("create", call.values["name"])
            else:
                allow(call.name.rsplit(".", 1)[1], call.values["object"])
            if objects is None:
                raise Wrong(404, "notFound", "The specified bucket does not exist.")
            if self.faults > 0:
                self.faults -= 1
                raise Wrong(503, "backendError", "a fault that the scene asked for")
            if call.name == "storage.objects.list":
                return self.listed(bucket, objects, call.values)
            name = call.values.get("object", call.values.get("name"))
            there = objects[name]["generation"] if name in objects else 0
            wanted = call.values.get("ifGenerationMatch")
            if call.name == "storage.objects.insert":
                if wanted is not None and int(wanted) != there:
                    raise Wrong(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.")
                # Whoever writes over an object removes it.
                if there:
                    allow("delete", name)
                if wanted is None and name.endswith("/lease.json") and not session.get("admin"):
                    raise Wrong(403, "forbidden", "a lease is never written without a condition")
                if call.values.get("uploadType") not in ("media", "multipart"):
                    raise Wrong(400, "invalid", "the stand-in takes simple uploads")
                self.put(bucket, name, call.raw.decode())
                return self.view(bucket, name)
            if not there and not self.identities.may(session, "storage.objects.list", f"buckets/{bucket}"):
                raise Wrong(403, "forbidden", f"{session['account']} does not have {call.name} access (or it may not exist).")
            if not there:
                raise Wrong(404, "notFound", f"No such object: {bucket}/{name}")
            if wanted is not None and int(wanted) != there:
                raise Wrong(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.")
            if call.name == "storage.objects.delete":
                del objects[name]
                return None
            if call.values.get("alt") == "media":
                return objects[name]["data"], {"Content-Type": objects[name]["type"], "X-Goog-Generation": str(there), "X-Goog-Metageneration": "1",
                                               "Last-Modified": time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())}
            return self.view(bucket, name)

    def listed(self, bucket, objects, values):
        """A page of names in their order; at most five, so that whoever doesn't turn the page is found out."""
        names = sorted(name for name in objects if name.startswith(values.get("prefix", "")) and name > values.get("pageToken", ""))
        page = names[:min(int(values.get("maxResults", 5)), 5)]
        answer = {"kind": "storage#objects", "items": [self.view(bucket, name) for name in page]}
        if len(names) > len(page):
            answer["nextPageToken"] = page[-1]
        fields = values.get("fields", "")
        if fields:
            if fields not in ("nextPageToken,items(name,timeCreated)", "items(name,timeCreated)"):
                raise Wrong(400, "invalidParameter", f"Invalid field selection {fields}")
            answer = {"items": [{key: item[key] for key in ("name", "timeCreated")} for item in answer["items"]],
                      **{key: answer[key] for key in ("nextPageToken",) if key in answer}}
            if not answer["items"]:
                del answer["items"]
        return answer

    def put(self, bucket, name, text):
        self.buckets[bucket][name] = {"generation": next(self.generations), "data": text.encode(), "type": "application/json",
                                      "time": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())}

    def text(self, bucket, name):
        found = self.buckets[bucket].get(name)
        return found["data"].decode() if found else None

    def state(self):
        return {f"gs://{bucket}/{name}": self.text(bucket, name) for bucket, objects in self.buckets.items() for name in sorted(objects)
                if name.startswith(PROJECT)}

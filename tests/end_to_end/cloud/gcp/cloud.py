"""Google Cloud's side of the scenes: finds who asks, what for, and which stand-in answers."""

import json
import sys

from gcp.compute import Compute
from gcp.discovery import Call, Wrong
from gcp.identities import Identities
from gcp.registry import HOST, ArtifactRegistry
from gcp.storage import Storage


class Google:
    def __init__(self, docs, tokens):
        self.identities = Identities(docs, tokens)
        self.storage = Storage(self.identities)
        self.registry = ArtifactRegistry(self.identities)
        self.compute = Compute(self.identities, self.registry)
        self.calls = []

    @staticmethod
    def serves(host):
        return host.endswith(".googleapis.com") or host == HOST

    def answer(self, request, host):
        if host == HOST:
            self.registry.answer(request)
            return
        try:
            call = Call(request.method, host, request.raw_path, request.headers, request.body)
            self.calls.append(call.name)
            answer = self.result(request, call)
            if isinstance(answer, tuple):
                request.answer(200, answer[1], answer[0])
            elif answer is None:
                request.answer(204, {}, b"")
            else:
                request.answer(200, {"Content-Type": "application/json; charset=UTF-8"}, json.dumps(call.answered(answer)).encode())
        except Wrong as wrong:
            if wrong.status == 400:
                print(f"google: {wrong.message}", file=sys.stderr, flush=True)
            if host == "sts.googleapis.com":
                body = {"error": wrong.reason, "error_description": wrong.message}
            else:
                body = {"error": {"code": wrong.status, "message": wrong.message, "errors": [{"reason": wrong.reason, "message": wrong.message}]}}
            request.answer(wrong.status, {"Content-Type": "application/json; charset=UTF-8"}, json.dumps(body).encode())

    def result(self, request, call):
        if call.name == "sts.token":
            return self.identities.exchange(request.headers, call.raw)
        if call.api == "iamcredentials":
            return self.identities.impersonate(request.headers, call)
        session = self.identities.session((request.header("Authorization") or "").removeprefix("Bearer "))
        if call.api == "storage":
            return self.storage.answer(session, call)
        if call.api == "compute":
            return self.compute.answer(session, call)
        return self.registry.image(session, call)

    def state(self):
        return {"groups": self.compute.state(), "objects": self.storage.state(), "changes": self.compute.changes, "tags": self.registry.tags(),
                "migrations": sorted(self.compute.single), "calls": {name: self.calls.count(name) for name in sorted(set(self.calls))},
                "used": sorted(" ".join(pair) for pair in self.identities.used)}

    def set(self, wish):
        self.compute.set(wish)
        self.storage.faults = wish.get("gcp_faults", self.storage.faults)
        self.identities.seconds = wish.get("gcp_session_seconds", self.identities.seconds)
        for name, text in wish.get("gcp_objects", {}).items():
            bucket, _, key = name.removeprefix("gs://").partition("/")
            self.storage.put(bucket, key, text)

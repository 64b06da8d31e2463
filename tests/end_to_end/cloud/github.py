"""A small GitHub: the environments and rulesets of one repository, as its API describes them."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "github-token-of-the-job"
REPOSITORY = "/repos/acme/simple-time-service"
# Of a ruleset a list shows no more than this.
LISTED = ("id", "name", "target", "source_type", "source", "enforcement", "node_id", "created_at", "updated_at")


class GitHub:
    def __init__(self):
        self.environments = {}  # name -> {"environment": …, "refs": …, "status": …}
        self.rulesets = []
        self.rulesets_status = 200  # of the list
        self.ruleset_status = 200  # of one
        self.rulesets_text = None  # instead of the list

    def set(self, wish):
        self.environments.update(wish.get("environments", {}))
        for name in wish.get("forget_environments", []):
            self.environments.pop(name, None)
        if "rulesets" in wish:
            self.rulesets = wish["rulesets"]
            self.rulesets_status = wish.get("rulesets_status", 200)
            self.ruleset_status = wish.get("ruleset_status", 200)
            self.rulesets_text = wish.get("rulesets_text")

    def answer(self, request):
        if request.header("Authorization") != f"Bearer {TOKEN}":
            self.say(request, 401, {"message": "Bad credentials"})
            return
        match = re.fullmatch(REPOSITORY + r"/rulesets(?:/([0-9]+))?", request.path)
        if match:
            self.answer_rulesets(request, match[1])
            return
        match = re.fullmatch(REPOSITORY + r"/environments/([^/?]+)(/deployment-branch-policies)?", request.path)
        found = self.environments.get(unquote(match[1])) if match else None
        if found is None:
            self.say(request, 404, {"message": "Not Found"})
        else:
            self.say(request, found.get("status", 200), found["refs"] if match[2] else found["environment"])

    def answer_rulesets(self, request, one):
        if one is not None:
            found = next((ruleset for ruleset in self.rulesets if ruleset["id"] == int(one)), None)
            status = self.ruleset_status if found else 404
            self.say(request, status, found if status == 200 else {"message": "Not Found"})
            return
        if self.rulesets_text is not None:
            request.answer(200, {"Content-Type": "application/json"}, self.rulesets_text.encode())
            return
        if self.rulesets_status != 200:
            self.say(request, self.rulesets_status, {"message": "Upgrade to GitHub Pro or make this repository public"})
            return
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.raw_path).query).items()}
        size = min(int(asked.get("per_page", 30)), 100)
        first = (int(asked.get("page", 1)) - 1) * size
        # Without the target being asked for, everything is listed; parents are listed unless they are refused.
        targets = asked.get("targets", "branch,tag,push").split(",")
        shown = [one for one in self.rulesets if one.get("target", "tag") in targets]
        self.say(request, 200, [{key: one[key] for key in LISTED if key in one} for one in shown[first:first + size]])

    @staticmethod
    def say(request, status, body):
        request.answer(status, {"Content-Type": "application/json"}, json.dumps(body).encode())

"""A small GitHub: the environments of one repository, as its API describes them."""

import json
import re
from urllib.parse import unquote

TOKEN = "github-token-of-the-job"


class GitHub:
    def __init__(self):
        self.environments = {}  # name -> {"environment": …, "refs": …, "status": …}

    def answer(self, request):
        if request.header("Authorization") != f"Bearer {TOKEN}":
            self.say(request, 401, {"message": "Bad credentials"})
            return
        match = re.fullmatch(r"/repos/acme/simple-time-service/environments/([^/?]+)(/deployment-branch-policies)?", request.path)
        found = self.environments.get(unquote(match[1])) if match else None
        if found is None:
            self.say(request, 404, {"message": "Not Found"})
        else:
            self.say(request, found.get("status", 200), found["refs"] if match[2] else found["environment"])

    @staticmethod
    def say(request, status, body):
        request.answer(status, {"Content-Type": "application/json"}, json.dumps(body).encode())

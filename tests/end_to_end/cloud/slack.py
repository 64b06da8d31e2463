"""A small Slack: one incoming webhook ("Sending messages using incoming webhooks"), whose messages are kept."""

import json

PATH = "/services/T000/B000/the-secret-of-the-webhook"


class Slack:
    def __init__(self):
        self.messages = []
        self.status = 200

    def answer(self, request):
        status, said = self.status, "ok"
        try:
            message = json.loads(request.body)
        except ValueError:
            message = None
        if request.method != "POST" or request.raw_path != PATH:
            status, said = 404, "no_service"
        elif not isinstance(message, dict) or not isinstance(message.get("text"), str) or request.header("Content-Type") != "application/json":
            status, said = 400, "invalid_payload"
        elif status == 200:
            self.messages.append(message["text"])
        else:
            said = "action_prohibited"
        request.answer(status, {"Content-Type": "text/html"}, said.encode())

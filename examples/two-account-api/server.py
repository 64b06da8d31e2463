"""Scores a text: POST /score with {"text": "…"}. /health, /docs and /openapi.json need no key at the gateway."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8000
OPENAPI = {
    "openapi": "3.1.0",
    "info": {"title": "scoring-api", "version": "1"},
    "paths": {
        "/score": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["text"]}}}},
                "responses": {"200": {"description": "the score"}, "400": {"description": "no text was given"}},
            }
        }
    },
}


def score(text):
    """The share of letters among the characters, from 0 to 1."""
    return round(sum(one.isalpha() for one in text) / len(text), 3) if text else 0.0


class Handler(BaseHTTPRequestHandler):
    server_version = "scoring-api"
    sys_version = ""

    def do_GET(self):
        path = self.path.split("?", 1)[0]
        if path == "/health":
            self.answer(200, {"status": "ok", "stage": os.environ.get("API_STAGE", "")})
        elif path == "/openapi.json":
            self.answer(200, OPENAPI)
        elif path == "/docs":
            self.answer(200, {"see": "/openapi.json"})
        else:
            self.answer(404, {"error": "there is no such path"})

    def do_POST(self):
        if self.path.split("?", 1)[0] != "/score":
            return self.answer(404, {"error": "there is no such path"})
        try:
            length = min(int(self.headers.get("Content-Length", "0")), 1 << 20)
            text = json.loads(self.rfile.read(length))["text"]
            return self.answer(200, {"score": score(text)})
        except (ValueError, KeyError, TypeError, AttributeError):
            return self.answer(400, {"error": 'send {"text": "…"}'})

    def answer(self, status, content):
        body = json.dumps(content).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    # ECS stops a task with SIGTERM and waits; without this it would be killed in the middle of an answer.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", PORT), Handler).serve_forever()


if __name__ == "__main__":
    main()

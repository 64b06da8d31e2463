"""The API: POST /api/tasks/NAME hands a task to the worker, GET /api/health says that the service is up."""

import json
import logging
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kombu.exceptions import OperationalError

from app.worker import archive

PORT = 8000
PREFIX = "/api/tasks/"


class Handler(BaseHTTPRequestHandler):
    server_version = "taskboard"
    sys_version = ""

    def do_GET(self):
        if self.path.split("?", 1)[0] == "/api/health":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "there is no such path"})

    def do_POST(self):
        name = self.path.split("?", 1)[0].removeprefix(PREFIX)
        if not self.path.startswith(PREFIX) or not name or "/" in name:
            return self.answer(404, {"error": "there is no such path"})
        try:
            archive.apply_async((name,), retry=False)
            return self.answer(202, {"accepted": name})
        except OperationalError:
            logging.exception("the queue can't be reached")
            return self.answer(503, {"error": "the queue can't be reached"})

    def answer(self, status, content):
        body = json.dumps(content).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "info").upper())
    # docker stops a container with SIGTERM and waits; without this it would be killed in the middle of an answer.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", PORT), Handler).serve_forever()


if __name__ == "__main__":
    main()

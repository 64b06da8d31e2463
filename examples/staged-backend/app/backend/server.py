"""Says where its database is: GET / answers with host and name out of DATABASE_URL, GET /health that the service is up."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PORT = 80


def database(url):
    """Host, port and name of a database's address; never its password."""
    parts = urlsplit(url)
    return {"host": parts.hostname or "", "port": parts.port or 5432, "name": parts.path.lstrip("/")}


class Handler(BaseHTTPRequestHandler):
    server_version = "prop"
    sys_version = ""

    def do_GET(self):
        path = self.path.split("?", 1)[0]
        if path == "/health":
            self.answer(200, {"status": "ok"})
        elif path == "/":
            self.answer(200, {"database": database(os.environ.get("DATABASE_URL", ""))})
        else:
            self.answer(404, {"error": "there is only / and /health"})

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

"""The goods of the shop: GET /api/goods lists them, GET /api/health says that the service is up."""

import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8000
GOODS = [{"name": "tea", "cents": 450}, {"name": "cups", "cents": 1200}]


def route(path):
    """Status and content for a path."""
    path = path.split("?", 1)[0]
    if path == "/api/health":
        return 200, {"status": "ok"}
    if path == "/api/goods":
        return 200, GOODS
    return 404, {"error": "there is no such path"}


class Handler(BaseHTTPRequestHandler):
    server_version = "storefront"
    sys_version = ""

    def do_GET(self):
        status, content = route(self.path)
        body = json.dumps(content).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    # A container is stopped with SIGTERM; without this it would be killed in the middle of an answer.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", PORT), Handler).serve_forever()


if __name__ == "__main__":
    main()

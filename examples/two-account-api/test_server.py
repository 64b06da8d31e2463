import json
import threading
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer

import server


def ask(path, data=None):
    web = ThreadingHTTPServer(("127.0.0.1", 0), server.Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    body = None if data is None else json.dumps(data).encode()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{web.server_port}{path}", body, timeout=5) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())
    finally:
        web.shutdown()


def test_score():
    assert server.score("abc1") == 0.75
    assert server.score("") == 0.0


def test_paths():
    assert ask("/health")[0] == 200
    assert ask("/openapi.json")[1]["info"]["title"] == "scoring-api"
    assert ask("/nothing")[0] == 404


def test_requests():
    assert ask("/score", {"text": "ab12"}) == (200, {"score": 0.5})
    assert ask("/score", {"words": "ab"})[0] == 400
    assert ask("/score", ["text"])[0] == 400

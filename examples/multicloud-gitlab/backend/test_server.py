import server


def test_routes():
    assert server.route("/api/health") == (200, {"status": "ok"})
    assert server.route("/api/goods?page=1")[1][0]["name"] == "tea"
    assert server.route("/api/nothing")[0] == 404

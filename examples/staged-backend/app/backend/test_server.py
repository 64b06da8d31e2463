import os
import socket

import server


def test_database():
    assert server.database("postgres://app:secret@db.internal:5433/prop") == {
        "host": "db.internal",
        "port": 5433,
        "name": "prop",
    }
    assert "secret" not in str(server.database("postgres://app:secret@db.internal/prop"))
    assert server.database("")["host"] == ""


def test_the_database_beside_the_tests_listens():
    if "CI" not in os.environ:
        return  # only there does a side container called postgres run
    socket.create_connection(("postgres", 5432), timeout=30).close()

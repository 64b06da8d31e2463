#include "generator/init/dockerfile.h"

#include <doctest/doctest.h>

using namespace pipewright::init;

namespace {

std::string ports(std::string_view text, std::string_view stage = {}) {
    std::string result;
    for (const std::int64_t port : read_dockerfile(text, stage).ports) result += std::to_string(port) + " ";
    return result;
}

}  // namespace

TEST_CASE("EXPOSE in its forms") {
    CHECK(ports("FROM a\nEXPOSE 8080\n") == "8080 ");
    CHECK(ports("from a\nexpose 80/tcp 53/udp 443/TCP\n") == "80 443 ");
    CHECK(ports("FROM a\nEXPOSE 80 443\nEXPOSE 9090\n") == "80 443 9090 ");
    CHECK(ports("FROM a\nEXPOSE 9000-9010\n") == "9000 ");
    CHECK(ports("FROM a\nEXPOSE \"8080\"\n") == "8080 ");
    CHECK(ports("FROM a\nEXPOSE \\\n  8080 \\\n# why\n  8081\n") == "8080 8081 ");
    CHECK(ports("FROM a\r\nEXPOSE 8080\r\n") == "8080 ");
    CHECK(ports("FROM a\nEXPOSE 0 70000 x\n") == "");
    CHECK(ports("# EXPOSE 1\nFROM a\nRUN echo EXPOSE 2\n") == "");
    CHECK(ports("") == "");
    CHECK(ports("EXPOSE 80\n") == "");
}

TEST_CASE("variables in EXPOSE") {
    CHECK(ports("FROM a\nENV PORT=8000\nEXPOSE 80/tcp ${PORT}\n") == "80 8000 ");
    CHECK(ports("FROM a\nENV PORT 8000\nEXPOSE $PORT/tcp\n") == "8000 ");
    CHECK(ports("FROM a\nARG PORT=8000\nEXPOSE ${PORT}\n") == "8000 ");
    CHECK(ports("FROM a\nEXPOSE ${PORT:-8000}\n") == "8000 ");
    CHECK(ports("FROM a\nENV A=80 B=${A}80\nEXPOSE $B\n") == "8080 ");
    CHECK(ports("ARG PORT=8000\nFROM a\nARG PORT\nEXPOSE $PORT\n") == "8000 ");
    CHECK(ports("ARG PORT=8000\nFROM a\nEXPOSE $PORT\n") == "");
    const Dockerfile file = read_dockerfile("FROM a\nEXPOSE 80/tcp ${PORT}\n");
    CHECK(file.ports.size() == 1);
    REQUIRE(file.unclear.size() == 1);
    CHECK(file.unclear.front() == "${PORT}");
    CHECK(file.ports_where == "EXPOSE on line 2");
}

TEST_CASE("the last stage counts, with what it is built on") {
    CHECK(ports("FROM a AS base\nEXPOSE 1000\nFROM b\nEXPOSE 2000\n") == "2000 ");
    CHECK(ports("FROM a AS base\nEXPOSE 1000\nFROM Base AS last\n") == "1000 ");
    CHECK(ports("FROM a AS base\nENV PORT=1000\nFROM base\nEXPOSE $PORT\n") == "1000 ");
    CHECK(ports("FROM a AS one\nEXPOSE 1000\nFROM a AS two\nEXPOSE 2000\n", "one") == "1000 ");
    CHECK(ports("FROM a AS one\nEXPOSE 1000\nFROM a AS two\nEXPOSE 2000\n", "0") == "1000 ");
    CHECK(ports("ARG BASE=nginx\nFROM --platform=linux/amd64 ${BASE}:1.30\n") == "80 ");
    CHECK(ports("FROM nginxinc/nginx-unprivileged:1.30.5-alpine\n") == "8080 ");
    CHECK(ports("FROM nginx\nEXPOSE 3000\n") == "3000 ");
}

TEST_CASE("without EXPOSE a command or PORT tells") {
    CHECK(ports("FROM a\nCMD [\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"8000\"]\n") == "8000 ");
    CHECK(ports("FROM a\nCMD gunicorn --bind=0.0.0.0:5000 app:app\n") == "5000 ");
    CHECK(ports("FROM a\nENV PORT=3000\nCMD npm start\n") == "3000 ");
    CHECK(ports("FROM a\nENV PORT=3000\nCMD serve -p $PORT\n") == "3000 ");
    CHECK(ports("FROM a\nENTRYPOINT [\"run\", \"--port\", \"81\"]\nCMD [\"x\"]\n") == "81 ");
    CHECK(ports("FROM a\nCMD npm start\n") == "");
    CHECK(ports("FROM a\nENV PORT=3000\nCMD npm start\nEXPOSE 4000\n") == "4000 ");
}

TEST_CASE("here-documents, escapes and directives don't lead astray") {
    CHECK(ports("FROM a\nRUN <<EOF\nEXPOSE 1\nEOF\nEXPOSE 2\n") == "2 ");
    CHECK(ports("FROM a\nCOPY <<\"E1\" <<E2 /x/\nEXPOSE 1\nE1\nFROM b\nE2\nEXPOSE 2\n") == "2 ");
    CHECK(ports("# escape=`\nFROM a\nRUN dir c:\\\nEXPOSE 3\n") == "3 ");
    CHECK(ports("FROM a\nRUN <<EOF\nEXPOSE 1\n") == "");
    CHECK(ports("FROM\nEXPOSE 5\n") == "5 ");
    CHECK(ports(std::string("FROM a\nEXPOSE \x00\x01 80\n", 20)) == "80 ");
}

TEST_CASE("the path of a health check") {
    const auto health = [](const std::string& command) {
        return read_dockerfile("FROM a\nENV PORT=80\nHEALTHCHECK " + command + "\n").health;
    };
    CHECK(health("--interval=5s CMD curl -f http://localhost:8000/health || exit 1") == "/health");
    CHECK(health("CMD [\"wget\", \"-q\", \"http://127.0.0.1:${PORT}/api/healthz\"]") == "/api/healthz");
    CHECK(health("CMD curl http://localhost") == "/");
    CHECK(health("CMD curl http://localhost:$NOPE/ready?x=1") == "/ready?x=1");
    CHECK(health("CMD python -c \"import urllib.request as r; r.urlopen('http://[::1]:8000/up')\"") == "/up");
    CHECK(health("CMD curl http://example.com/health") == "");
    CHECK(health("NONE") == "");
    // What a program puts together is not the path "/".
    CHECK(health("CMD curl http://localhost:${PORT}") == "/");
    CHECK(health("CMD node -e \"fetch(`http://127.0.0.1:${process.env.PORT}${process.env.X}`)\"") == "");
    CHECK(health("CMD python -c \"r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + path)\"") == "");
    CHECK(read_dockerfile("FROM a\nENV HEALTH_PATH=/healthz\nHEALTHCHECK CMD ask \"http://127.0.0.1:\" + HEALTH_PATH\n")
              .health == "/healthz");
    CHECK(health("CMD curl 'http://localhost/a;rm${IFS}-rf'") == "/a");
    const Dockerfile file = read_dockerfile("FROM a\nHEALTHCHECK CMD curl http://localhost/x\nHEALTHCHECK NONE\n");
    CHECK(file.health.empty());
}

TEST_CASE("what is copied out of the build context") {
    const Dockerfile file = read_dockerfile(
        "FROM a AS b\nCOPY --chown=1:1 services/api/ shared /app/\nADD *.txt /\nFROM c\nCOPY --from=b /x /y\n");
    CHECK(file.copied == std::vector<std::string>{"services/api/", "shared"});
}

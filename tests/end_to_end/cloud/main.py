"""The cloud of the end-to-end scenes: AWS, GitHub's API and tokens, load balancers. All real host names, TLS, in memory.

  main.py CERTIFICATE KEY DOCS ACCOUNT=PORT:PASSWORD... [google=PORT:PASSWORD]

STS, ECS, ECR and the load balancers are this folder's; S3 and SSM are moto's; images lie in docker-registry. Google Cloud is
that of gcp/. http://127.0.1.1:8081/state (and /google) says what runs, POST http://127.0.1.1:8081/set changes how the cloud behaves.
"""

import json
import os
import re
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from moto.server import create_backend_app
from werkzeug.test import EnvironBuilder, run_wsgi_app

from ecs import Ecs
from errors import Refused
from gcp.cloud import Google
from fleet import Fleet
from gateway import Gateway
from github import GitHub
from policy import ACCOUNTS, PROJECT, REGION, Identities
from registry import Registry
from shared import HOSTS, Shared
from slack import Slack
from sts import Sts, Tokens

ADDRESS = "127.0.1.1"
identities = Identities(sys.argv[3], os.environ.get("REGISTRY_KIND", "ecr"), os.environ.get("RUNTIME_KIND", "ecs-fargate"))
tokens = Tokens()
sts = Sts(identities, tokens)
registry = Registry(identities, {})
shared = Shared(registry)
ecs = Ecs(identities, registry)
fleet = Fleet(identities, registry)
gateway = Gateway(ecs)
github = GitHub()
google = None  # only where the scene has Google's registry
slack = Slack()
moto = {"s3": create_backend_app("s3"), "ssm": create_backend_app("ssm")}
moto_lock = threading.Lock()
faults = {"s3": 0}


def through_moto(name, method, url, headers, body):
    """One request at a time, because a conditional write is one step in S3."""
    headers = {key: value for key, value in headers.items() if key.lower() not in ("transfer-encoding", "content-length", "host")}
    builder = EnvironBuilder(method=method, path=url, base_url=f"http://{name}.{REGION}.amazonaws.com/", headers=headers, data=body)
    with moto_lock:
        parts, status, answered = run_wsgi_app(moto[name], builder.get_environ(), buffered=True)
    return int(status.split()[0]), dict(answered), b"".join(parts)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def header(self, name):
        values = self.headers.get_all(name)
        return ", ".join(values) if values else None

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding") or self.command == "HEAD":
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(body)))
        elif not any(name.lower() == "content-length" for name in headers):
            self.send_header("Content-Length", "0")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def xml(self, body):
        self.answer(200, {"Content-Type": "text/xml"}, body.encode())

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def session(self, who):
        match = re.search(r"Credential=([^/]+)/", self.header("Authorization") or "")
        if not match:
            raise Refused("MissingAuthenticationToken", "Missing Authentication Token", 403)
        return who.session(match[1], self.header("X-Amz-Security-Token"))

    def handle_any(self):
        self.method = self.command
        self.raw_path = self.path
        self.path = urlsplit(self.raw_path).path
        self.body = self.read_body()
        host = (self.header("Host") or "").split(":")[0]
        service = host.split(".")[0]
        try:
            self.route(host, service)
        except Refused as refused:
            self.refuse(service, refused)
        except Exception as error:  # a defect of this stand-in: say so loudly, don't hang the client
            print(f"cloud: {type(error).__name__}: {error} in {self.method} {host}{self.raw_path}", file=sys.stderr, flush=True)
            import traceback
            traceback.print_exc()
            self.answer(500, {}, b"")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def refuse(self, service, refused):
        if service == "apigateway":
            self.answer(refused.status, {"x-amzn-ErrorType": refused.code}, json.dumps({"message": refused.message}).encode())
        elif service in ("sts", "elasticloadbalancing", "autoscaling"):
            self.answer(refused.status, {"Content-Type": "text/xml"}, f"<ErrorResponse><Error><Type>Sender</Type><Code>{refused.code}"
                        f"</Code><Message>{refused.message}</Message></Error><RequestId>1</RequestId></ErrorResponse>".encode())
        elif service in ("api", "ecs", "ssm", "secretsmanager"):
            self.answer(refused.status, {"Content-Type": "application/x-amz-json-1.1"},
                        json.dumps({"__type": refused.code, "message": refused.message}).encode())
        else:
            self.answer(refused.status, {"Content-Type": "application/xml"},
                        f"<Error><Code>{refused.code}</Code><Message>{refused.message}</Message></Error>".encode())

    def route(self, host, service):
        if self.server.server_port == 8081:
            self.control()
        elif google and google.serves(host):
            google.answer(self, host)
        elif google and host in google.compute.addresses.values():
            status, body = google.compute.ask("prod" if host.endswith(".2") else "dev", self.raw_path)
            self.answer(status, {}, body)
        elif host == "run-actions.githubusercontent.com":
            audience = parse_qs(urlsplit(self.raw_path).query)["audience"][0]
            key = re.sub("^bearer ", "", self.header("Authorization") or "", flags=re.IGNORECASE)
            self.answer(200, {}, json.dumps({"value": tokens.issue(key, audience)}).encode())
        elif host in ("github.com", "releases.hashicorp.com", "www.hashicorp.com", "get.opentofu.org"):
            self.release(host)
        elif host == "api.github.com":
            github.answer(self)
        elif host == "hooks.slack.com":
            slack.answer(self)
        elif host.endswith(".elb.amazonaws.com"):
            environment = service.split("-")[2]
            behind = fleet if fleet.instances[environment] else ecs
            self.answer(*(lambda status, body: (status, {}, body))(*behind.ask(environment, self.raw_path)))
        elif host in HOSTS:
            shared.answer(self, host)
        elif ".dkr.ecr." in host:
            registry.answer(self, service)
        elif service == "sts":
            sts.answer(self)
        elif service == "ecs" or host.startswith("api.ecr."):
            session = self.session(identities)
            operation = self.header("X-Amz-Target").rsplit(".", 1)[1]
            if service == "ecs":
                result = ecs.call(session, operation, json.loads(self.body))
            elif operation == "GetAuthorizationToken":
                result = registry.get_password(session)
            elif operation == "DescribeImages":
                result = registry.describe(session, json.loads(self.body))
            else:
                raise Refused("InvalidAction", f"no {operation} here")
            self.answer(200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(result).encode())
        elif service in ("autoscaling", "elasticloadbalancing") and b"Action=DescribeLoadBalancers" not in self.body:
            form = parse_qs(self.body.decode())
            call = {"DescribeAutoScalingGroups": fleet.groups, "DescribeTargetHealth": fleet.target_health}[form["Action"][0]]
            self.xml(call(self.session(identities), form))
        elif service == "elasticloadbalancing":
            identities.allow(self.session(identities), "elasticloadbalancing:DescribeLoadBalancers", "*")
            form = parse_qs(self.body.decode())
            name = form["Names.member.1"][0]
            self.xml('<DescribeLoadBalancersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">'
                     f"<DescribeLoadBalancersResult><LoadBalancers><member><DNSName>{name}-1.{REGION}.elb.amazonaws.com</DNSName>"
                     f"<LoadBalancerName>{name}</LoadBalancerName></member></LoadBalancers></DescribeLoadBalancersResult>"
                     "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeLoadBalancersResponse>")
        elif service == "secretsmanager":
            self.answer(200, {"Content-Type": "application/x-amz-json-1.1"},
                        json.dumps(fleet.secret(self.session(identities), json.loads(self.body))).encode())
        elif service == "apigateway":
            identities.allow(self.session(identities), "apigateway:GET", f"arn:aws:apigateway:{REGION}::{self.path}")
            self.answer(200, {"Content-Type": "application/json"}, json.dumps(gateway.page(self.raw_path)).encode())
        elif ".execute-api." in host:
            self.answer(*(lambda status, body: (status, {}, body))(*gateway.ask(service, self.raw_path)))
        elif service == "ssm":
            session = self.session(identities)
            operation = self.header("X-Amz-Target").rsplit(".", 1)[1]
            body = json.loads(self.body)
            if operation in ("SendCommand", "GetCommandInvocation"):
                self.answer(200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(fleet.ssm(session, operation, body)).encode())
                return
            identities.allow(session, f"ssm:{operation}", f"arn:aws:ssm:{REGION}:{session['account']}:parameter{body['Name']}")
            if (operation == "PutParameter" and body["Name"].endswith("/record") and body.get("Tier") != "Intelligent-Tiering"
                    and not session.get("admin")):
                raise Refused("ValidationException", "this record would stop at 4 KB")
            self.answer(*through_moto("ssm", self.method, self.raw_path, dict(self.headers), self.body))
        elif host == f"s3.{REGION}.amazonaws.com" or host.endswith(f".s3.{REGION}.amazonaws.com"):
            session = self.session(identities)
            url = self.raw_path if service == "s3" else f"/{service}{self.raw_path}"
            bucket, _, key = urlsplit(url).path[1:].partition("/")
            if key:
                action = {"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject", "DELETE": "s3:DeleteObject"}[self.method]
            else:
                action = {"GET": "s3:ListBucket", "HEAD": "s3:ListBucket", "PUT": "s3:CreateBucket"}[self.method]
            identities.allow(session, action, f"arn:aws:s3:::{bucket}/{key}" if key else f"arn:aws:s3:::{bucket}")
            if faults["s3"] > 0:
                faults["s3"] -= 1
                raise Refused("InternalError", "a fault that the scene asked for", 500)
            if (action == "s3:PutObject" and key.endswith("/lease.json") and not (self.header("If-Match") or self.header("If-None-Match"))
                    and not session.get("admin")):
                raise Refused("AccessDenied", "a lease is never written without a condition", 403)
            self.answer(*through_moto("s3", self.method, url, dict(self.headers), self.body))
        else:
            raise Refused("NoSuchHost", host, 404)

    def release(self, host):
        """What makers of tools publish: a file that the scene laid out, or something else under that name."""
        file = os.path.join(os.environ["RELEASES"], host, self.path.lstrip("/"))
        if os.path.isfile(file):
            self.answer(200, {}, open(file, "rb").read())
        else:
            self.answer(200, {}, b"this is no release")

    def control(self):
        if self.path == "/state":
            result = {"services": ecs.state(), "tags": registry.tags(), "pushed": registry.log, "moved": shared.moved, "updates": ecs.updates, "resized": ecs.resized,
                      "definitions": {family: [r["definition"]["containerDefinitions"][0]["image"] for r in revisions]
                                      for family, revisions in ecs.definitions.items()},
                      "tags_of_newest": {family: revisions[-1]["tags"] for family, revisions in ecs.definitions.items()},
                      "instances": fleet.view(), "fleet_log": fleet.log, "lost": fleet.lost,
                      "messages": slack.messages, "used": sorted(" ".join(pair) for pair in identities.used)}
        elif self.path == "/google":
            result = google.state()
        elif self.path == "/docker":
            question = json.loads(self.body)
            instance = fleet.find(question["instance"])
            code, out, err = instance.engine.call(question["arguments"], question["config"], {"COMPOSE": question["compose"]})
            result = {"code": code, "out": out, "err": err}
        else:
            wish = json.loads(self.body)
            fleet.change(wish)
            ecs.delay = wish.get("delay", ecs.delay)
            ecs.slow = wish.get("slow", ecs.slow)
            sts.seconds = wish.get("session_seconds", sts.seconds)
            faults.update({name: wish[name] for name in faults if name in wish})
            for service in ecs.services.values():
                service["breaker"] = wish.get("breaker", service["breaker"])
            if google:
                google.set(wish)
            gateway.apis = wish.get("rest_apis", gateway.apis)
            slack.status = wish.get("slack", slack.status)
            github.set(wish)
            result = {}
        self.answer(200, {"Content-Type": "application/json"}, json.dumps(result).encode())


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass  # clients that are killed in the middle are part of the scenes


def serve(port, context=None, address=ADDRESS):
    server = Server((address, port), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main():
    global google
    for pair in sys.argv[4:]:
        account, _, rest = pair.partition("=")
        port, _, password = rest.partition(":")
        if account == "google":
            google = Google(sys.argv[3], tokens)
            google.registry.place = ("127.0.0.1", int(port), password)
            for address in google.compute.addresses.values():
                serve(80, address=address)
            continue
        registry.backends[account] = ("127.0.0.1", int(port), password)
    shared.open(ACCOUNTS["dev"])
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=AKIAADMIN/20260101/x/s3/aws4_request"}
    for account in ACCOUNTS.values():
        through_moto("s3", "PUT", f"/{PROJECT}-tfstate-{account}-{REGION}", signed,
                     f"<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>".encode())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    serve(443, context)
    serve(80)
    serve(8081)
    print("ready", flush=True)
    threading.Event().wait()


main()

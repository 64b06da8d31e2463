"""Google's own description of its interfaces (discovery.json, of extract.py): which method a request calls, and whether all
that it sends, and all that the stand-ins answer, is what that method knows."""

import email.parser
import email.policy
import json
import pathlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

DOCUMENT = json.loads(pathlib.Path(__file__).with_name("discovery.json").read_text(encoding="utf-8"))
# Every method has these; the scripts and Google's own libraries use no others of them.
EVERYWHERE = {"alt": {"type": "string", "enum": ["json", "media"]}, "fields": {"type": "string"}, "prettyPrint": {"type": "boolean"},
              "uploadType": {"type": "string", "enum": ["media", "multipart"]}}


class Wrong(Exception):
    """A request that Google would refuse, or an answer that it would not give."""

    def __init__(self, status, reason, message):
        super().__init__(message)
        self.status, self.reason, self.message = status, reason, message


def pattern_of(path):
    """The method's path as a regular expression; {+name} takes slashes."""
    parts = re.split(r"\{(\+?\w+)\}", path)
    return re.compile("".join(re.escape(part) if number % 2 == 0 else f"(?P<{part.lstrip('+')}>{'.+' if part[0] == '+' else '[^/]+'})"
                              for number, part in enumerate(parts)))


PATTERNS = [(name, method, pattern_of(path)) for name, method in DOCUMENT["methods"].items()
            for path in {method["path"], method.get("upload", method["path"])}]


def fits(value, schema):
    """Whether a text can be a parameter of that type."""
    if "enum" in schema and value not in schema["enum"]:
        return False
    if schema["type"] == "integer" or schema.get("format") in ("int64", "uint32", "int32"):
        return re.fullmatch(r"-?[0-9]+", value) is not None
    if schema["type"] == "boolean":
        return value in ("true", "false")
    return True


class Call:
    """One request as its method sees it: `name`, `api`, `values` of all parameters, and the parsed `body`."""

    def __init__(self, method, host, url, headers, body):
        split = urlsplit(url)
        # Google's libraries, and so Terraform's backend, read an object's content at its plain address.
        plain = re.fullmatch(r"/(?!storage/|upload/)([^/]+)/(.+)", split.path)
        if plain and (method, host) == ("GET", "storage.googleapis.com"):
            split = split._replace(path=f"/storage/v1/b/{plain[1]}/o/{quote(unquote(plain[2]), safe='')}", query="alt=media")
        for self.name, self.description, pattern in PATTERNS:
            match = pattern.fullmatch(split.path)
            if match and (method, host) == (self.description["method"], self.description["host"]):
                break
        else:
            raise Wrong(404, "notFound", f"{method} https://{host}{url} is no method that the stand-ins know")
        self.api = self.name.partition(".")[0]
        self.values = {name: unquote(value) for name, value in match.groupdict().items()}
        known = {**EVERYWHERE, **self.description["parameters"]}
        for name, value in parse_qsl(split.query, keep_blank_values=True):
            if known.get(name, {}).get("location", "query") != "query" or name not in known:
                raise Wrong(400, "invalid", f"{self.name} has no parameter {name}")
            self.values[name] = value
        for name, schema in known.items():
            if schema.get("required") and name not in self.values:
                raise Wrong(400, "required", f"{self.name} needs {name}")
            if name in self.values and not fits(self.values[name], schema):
                raise Wrong(400, "invalid", f"Invalid value for {name}: {self.values[name]}")
            if name in self.values and schema.get("location") == "path" and not re.fullmatch(schema.get("pattern", ".*"), self.values[name]):
                raise Wrong(400, "invalid", f"Invalid value for {name}: {self.values[name]}")
        if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", self.values.get("requestId", "0" * 8 + "-0000" * 3 + "-" + "0" * 12)):
            raise Wrong(400, "invalid", "requestId must be a valid UUID")
        self.upload = split.path.startswith("/upload/")
        self.body = None
        if self.upload or self.name == "sts.token":
            self.raw = body
            if self.values.get("uploadType") == "multipart":
                self.take_apart(headers.get("Content-Type", ""))
        elif self.description["request"]:
            if headers.get("Content-Type", "").partition(";")[0] != "application/json":
                raise Wrong(400, "invalid", "the body should be JSON")
            try:
                self.body = json.loads(body)
            except ValueError as error:
                raise Wrong(400, "parseError", "Parse Error") from error
            check(self.api, self.body, {"$ref": self.description["request"]}, "", sent=True)
        elif body:
            raise Wrong(400, "invalid", f"{self.name} takes no body")

    def take_apart(self, kind):
        """An upload in two parts, as Google's libraries make it: what the object is, and what is in it."""
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + self.raw)
        about, content = message.iter_parts()
        about = json.loads(about.get_content())
        check(self.api, about, {"$ref": self.description["request"]}, "", sent=True)
        self.values["name"] = about["name"]
        self.raw = content.get_payload(decode=True)

    def answered(self, answer):
        """The answer, after it was found to be one that the method can give."""
        if self.description["response"]:
            check(self.api, answer, {"$ref": self.description["response"]}, "", sent=False)
        return answer


def check(api, value, schema, place, sent):
    """Stops at the first thing in a value that its schema doesn't know."""
    if "$ref" in schema:
        schema = DOCUMENT["schemas"][api][schema["$ref"]]
    kind = schema.get("type", "any")
    if value is None and sent:
        return  # in a JSON merge patch: remove it
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "any": object}
    if not isinstance(value, types[kind]) or (kind in ("integer", "number") and isinstance(value, bool)):
        raise Wrong(400, "invalid", f"Invalid value at '{place}' ({kind})")
    if kind == "object":
        for name, part in value.items():
            known = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if known is None:
                raise Wrong(400, "invalid", f"Invalid JSON payload received. Unknown name \"{name}\" at '{place}': Cannot find field.")
            if sent and known.get("readOnly"):
                raise Wrong(400, "invalid", f"'{place}.{name}' is for Google to fill in")
            check(api, part, known, f"{place}.{name}", sent)
    elif kind == "array":
        for number, part in enumerate(value):
            check(api, part, schema["items"], f"{place}[{number}]", sent)
    elif kind == "string" and "enum" in schema and value not in schema["enum"]:
        raise Wrong(400, "invalid", f"Invalid value at '{place}': \"{value}\"")
    elif kind == "string" and schema.get("format") in ("int64", "uint64") and not re.fullmatch(r"-?[0-9]+", value):
        raise Wrong(400, "invalid", f"Invalid value at '{place}': \"{value}\"")

"""Takes out of Google's own descriptions of its interfaces what the stand-ins need, without the prose: the methods that
the scripts and Terraform's backend call, and all schemas that these name. What came out lies beside this file as
discovery.json; it is made anew, after METHODS grew or for a newer release, with

  pip download --no-deps google-api-python-client==2.202.0 && python3 extract.py google_api_python_client-*.whl
"""

import json
import pathlib
import sys
import zipfile

METHODS = """
artifactregistry.projects.locations.repositories.dockerImages.get
compute.globalAddresses.get compute.instanceTemplates.get compute.instances.delete compute.instances.get
compute.instances.getGuestAttributes compute.instances.insert compute.regionAutoscalers.get compute.regionAutoscalers.patch
compute.regionInstanceGroupManagers.get compute.regionInstanceGroupManagers.listErrors
compute.regionInstanceGroupManagers.listManagedInstances compute.regionInstanceGroupManagers.patch
compute.regionInstanceGroupManagers.resize compute.regionOperations.get compute.zoneOperations.get
iamcredentials.projects.serviceAccounts.generateAccessToken
storage.buckets.get storage.objects.delete storage.objects.get storage.objects.insert storage.objects.list
sts.token
""".split()
PARAMETER = ("type", "format", "enum", "pattern", "location", "required", "repeated")
SCHEMA = ("type", "format", "enum", "$ref", "properties", "items", "additionalProperties", "readOnly")


def methods(node):
    for method in node.get("methods", {}).values():
        yield method
    for child in node.get("resources", {}).values():
        yield from methods(child)


def plain(schema):
    """One schema without its prose; what only Google fills in is marked."""
    result = {key: schema[key] for key in SCHEMA if key in schema}
    if "output only" in schema.get("description", "")[:20].lower():
        result["readOnly"] = True
    if "properties" in result:
        result["properties"] = {name: plain(value) for name, value in sorted(result["properties"].items())}
    for key in ("items", "additionalProperties"):
        if key in result:
            result[key] = plain(result[key])
    return result


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)


def main():
    archive = zipfile.ZipFile(sys.argv[1])
    result = {"source": pathlib.Path(sys.argv[1]).name, "methods": {}, "schemas": {}}
    for api in sorted({name.partition(".")[0] for name in METHODS}):
        document = json.loads(archive.read(f"googleapiclient/discovery_cache/documents/{api}.v1.json"))
        schemas = {}
        for method in methods(document):
            if method["id"] not in METHODS:
                continue
            media = method.get("mediaUpload", {}).get("protocols", {}).get("simple", {}).get("path")
            result["methods"][method["id"]] = {
                "method": method["httpMethod"], "host": document["rootUrl"].split("/")[2],
                "path": "/" + document.get("servicePath", "") + method["path"],
                "parameters": {name: {key: value[key] for key in PARAMETER if key in value}
                               for name, value in sorted(method.get("parameters", {}).items())},
                "request": method.get("request", {}).get("$ref"), "response": method.get("response", {}).get("$ref"),
                **({"upload": media} if media else {})}
            wanted = [ref for key in ("request", "response") for ref in [method.get(key, {}).get("$ref")] if ref]
            while wanted:
                name = wanted.pop()
                if name not in schemas:
                    schemas[name] = plain(document["schemas"][name])
                    wanted += references(schemas[name])
        result["schemas"][api] = dict(sorted(schemas.items()))
    missing = set(METHODS) - set(result["methods"])
    if missing:
        sys.exit(f"not there: {missing}")
    target = pathlib.Path(__file__).with_name("discovery.json")
    target.write_text(json.dumps(result, separators=(",", ":"), sort_keys=True).replace('},"', '},\n"') + "\n", encoding="utf-8")


main()

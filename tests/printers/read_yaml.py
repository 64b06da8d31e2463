"""read_yaml.py --libyaml|--python FOLDER: prints as JSON what PyYAML reads from the numbered .yaml files, with the C library
or with its own parser."""

import json
import pathlib
import sys

import yaml

LOADER = {"--libyaml": yaml.CSafeLoader, "--python": yaml.SafeLoader}[sys.argv[1]]


def value(node, loader):
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise SystemExit(f"{path}: a key stands twice")
        return {"m": [[value(key, loader), value(item, loader)] for key, item in node.value]}
    if isinstance(node, yaml.SequenceNode):
        return [value(item, loader) for item in node.value]
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if kind == "int":
        return {"i": str(loader.construct_yaml_int(node))}
    if kind == "bool":
        return loader.construct_yaml_bool(node)
    if kind == "null":
        return None
    return node.value if kind == "str" else {kind: node.value}


documents = []
folder = pathlib.Path(sys.argv[2])
while (path := folder / f"{len(documents)}.yaml").exists():
    loader = LOADER(path.read_bytes())
    roots = []
    try:
        while loader.check_node():
            roots.append(value(loader.get_node(), loader))
    except yaml.YAMLError as error:
        raise SystemExit(f"{path}: {error}") from None
    documents.append(roots)
print(json.dumps(documents))

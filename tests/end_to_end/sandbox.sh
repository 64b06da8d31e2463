# shellcheck shell=bash disable=SC2154 # `here` is that of run.sh
# The inside of the sandbox: names, certificates, a docker-registry for each account, and the cloud. Sourced by run.sh.
sandbox=${PIPEWRIGHT_SANDBOX:?}
region=eu-west-1
declare -A account=([dev]=888888888888 [prod]=999999999999)
# Where the scene's images are: in each account's own ECR, or in a registry that both share.
# shellcheck disable=SC2154 # of run.sh
case $scene in shared) export REGISTRY_KIND=ghcr ;; *) export REGISTRY_KIND=ecr ;; esac
case $scene in compose) export RUNTIME_KIND=ec2-compose ;; *) export RUNTIME_KIND=ecs-fargate ;; esac

ip link set lo up
names=("sts.$region.amazonaws.com" "ecs.$region.amazonaws.com" "api.ecr.$region.amazonaws.com" "ssm.$region.amazonaws.com"
  "s3.$region.amazonaws.com" "elasticloadbalancing.$region.amazonaws.com" "apigateway.$region.amazonaws.com"
  "autoscaling.$region.amazonaws.com" "secretsmanager.$region.amazonaws.com"
  "abc123.execute-api.$region.amazonaws.com" hooks.slack.com api.github.com github.com run-actions.githubusercontent.com
  releases.hashicorp.com www.hashicorp.com get.opentofu.org registry.example.com ghcr.io registry.gitlab.com registry-1.docker.io "acme-tfstate-${account[dev]}-$region.s3.$region.amazonaws.com")
for environment in dev prod; do
  names+=("${account[$environment]}.dkr.ecr.$region.amazonaws.com" "simple-time-tfstate-${account[$environment]}-$region.s3.$region.amazonaws.com"
    "simple-time-$environment-aws-1.$region.elb.amazonaws.com")
done
if [[ $scene == gcp* ]]; then
  names+=(sts.googleapis.com iamcredentials.googleapis.com storage.googleapis.com compute.googleapis.com
    artifactregistry.googleapis.com europe-west1-docker.pkg.dev)
fi
{
  echo "127.0.0.1 localhost"
  printf '127.0.1.1 %s\n' "${names[@]}"
} >"$sandbox/hosts"
mount --bind "$sandbox/hosts" /etc/hosts

# A throw-away authority beside the system's own.
(
  cd "$sandbox" || exit
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=throw-away" -keyout ca.key -out ca.pem
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=cloud" -keyout cloud.key -out cloud.csr
  printf 'subjectAltName=%s\n' "$(printf 'DNS:%s,' "${names[@]}" | sed 's/,$//')" >cloud.ext
  openssl x509 -req -in cloud.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile cloud.ext -out cloud.pem
) >"$sandbox/openssl.log" 2>&1
cat "$sandbox/ca.pem" /etc/ssl/certs/ca-certificates.crt >"$sandbox/bundle.pem"
mount --bind "$sandbox/bundle.pem" /etc/ssl/certs/ca-certificates.crt

# One docker-registry per account, and one for all of Google; nobody but the cloud knows its password.
backends=()
port=5001
registries=(dev prod)
[[ $scene != gcp* ]] || registries+=(google)
for environment in "${registries[@]}"; do
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  htpasswd -Bbc -C 4 "$sandbox/htpasswd.$environment" AWS "$password" 2>"$sandbox/htpasswd.log"
  cat >"$sandbox/registry.$environment.yml" <<YAML
version: 0.1
log: { level: error }
storage: { filesystem: { rootdirectory: "$sandbox/images.$environment" } }
http: { addr: "127.0.0.1:$port", relativeurls: true }
auth: { htpasswd: { realm: ecr, path: "$sandbox/htpasswd.$environment" } }
YAML
  docker-registry serve "$sandbox/registry.$environment.yml" >"$sandbox/registry.$environment.log" 2>&1 &
  backends+=("${account[$environment]:-$environment}=$port:$password")
  port=$((port + 1))
done
mkdir "$sandbox/tasks" "$sandbox/releases" "$sandbox/instances" "$sandbox/host-bin" "$sandbox/bin"
printf '#!/bin/sh\nexec %s -I -S "%s" "$@"\n' "$(command -v python3)" "$here/bin/docker-on-instance" >"$sandbox/host-bin/docker"
chmod 755 "$sandbox/host-bin/docker"
export AWS_SOCKET=$sandbox/aws.socket
RELEASES=$sandbox/releases INSTANCES=$sandbox/instances HOST_BIN=$sandbox/host-bin:$sandbox/bin BUNDLE=$sandbox/bundle.pem TMPDIR=$sandbox/tasks python3 -B "$here/cloud/main.py" "$sandbox/cloud.pem" "$sandbox/cloud.key" "$here/../../docs/scripts.md" \
  "${backends[@]}" >"$sandbox/cloud.ready" 2>"$sandbox/cloud.log" &
for _ in $(seq 600); do
  if grep -q ready "$sandbox/cloud.ready"; then break; fi
  sleep 0.1
done
grep -q ready "$sandbox/cloud.ready" || { cat "$sandbox/cloud.log"; exit 1; }

(cd / && exec env -i PATH="$PATH" HOME="$sandbox" AWS_CA_BUNDLE="$sandbox/bundle.pem" python3 "$here/bin/aws" --serve "$AWS_SOCKET") \
  >"$sandbox/aws.log" 2>&1 &
for _ in $(seq 600); do
  if [ -S "$AWS_SOCKET" ]; then break; fi
  sleep 0.1
done

# In front of the real tools: what was on their command lines is written down, to be searched for secrets.
: >"$sandbox/arguments"
for tool in curl skopeo git terraform buildah gpg; do
  command -v "$tool" >/dev/null 2>&1 || continue
  printf '#!/bin/sh\nprintf "%%s\\n" %s "$@" >>"%s/arguments"\nexec "%s" "$@"\n' "$tool" "$sandbox" "$(command -v "$tool")" >"$sandbox/bin/$tool"
done
# shellcheck disable=SC2016 # the script is to expand them
printf '#!/bin/sh\nprintf "%%s\\n" aws "$@" >>"%s/arguments"\nexec %s -I -S "%s" "$@"\n' "$sandbox" "$(command -v python3)" "$here/bin/aws" >"$sandbox/bin/aws"
cp "$here/bin/docker" "$here/bin/trivy" "$here/bin/cosign" "$sandbox/bin/"
chmod 755 "$sandbox"/bin/*

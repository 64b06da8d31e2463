#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The key of a service's content: the same files and build settings give the same key, whatever commit they stand in.
# The key is "k" and the first 40 hex digits of the SHA-256 over these records, each UTF-8 text that a NUL byte ends:
#
#   pipewright-key 1
#   tree ID                    the tree of content.path at the commit (of the whole commit where that is ".")
#   dockerfile ID              the blob of content.dockerfile, which is relative to content.path
#   arg NAME=VALUE             for each of content.args, sorted by name
#   target NAME                where content.target is given
#   platform NAME              for each of content.platforms, sorted, each once
#   salt TEXT                  where content.salt is given
#
# In place of "tree ID" stand, where content.inputs is given, "input ID PATH" for each of them, sorted, each once (the
# id of a file's blob or of a folder's tree); else, where content.exclude is given, "entry MODE TYPE ID<TAB>NAME" for
# each line of git ls-tree whose NAME matches none of content.exclude (names, in which * and ? are wildcards).
# Where content.image is given, a ready image, the records are "pipewright-key 1" and "image REFERENCE", as it is written.
#
# Only git objects of COMMIT are read, never the checked-out files: line endings, a dirty working tree and the depth of
# the clone make no difference. Variables: COMMIT, SERVICES, CONTENT_DIR (a clone that holds COMMIT; default: here).

content_git() { GIT_TERMINAL_PROMPT=0 git -C "${CONTENT_DIR:-.}" "$@"; }

# plain_path PATH: without ".", ".." and doubled slashes; nothing for the root. False where it leads out.
plain_path() {
  local part plain=
  local -a parts
  IFS=/ read -r -d '' -a parts <<<"$1/" || true
  for part in "${parts[@]}"; do
    part=${part%$'\n'}
    case $part in
      '' | .) ;;
      ..)
        [ -n "$plain" ] || return 1
        case $plain in */*) plain=${plain%/*} ;; *) plain= ;; esac
        ;;
      *) plain=${plain:+$plain/}$part ;;
    esac
  done
  printf '%s' "$plain"
}

# object_id PATH: the git id of a file or folder at COMMIT; the root's tree for an empty PATH.
object_id() {
  content_git rev-parse --verify --quiet "$COMMIT^{commit}:$1" ||
    fail "$COMMIT has no '$(one_line "$1")', or this clone does not hold it"
}

# content_path NAME, dockerfile_path NAME: the build context and the Dockerfile of a service, from the repository's root.
content_path() {
  plain_path "$(content_value "$1" '.path // "."')" || fail "the path of $1 leads out of the repository"
}
dockerfile_path() {
  plain_path "$(content_value "$1" '(.path // ".") + "/" + (.dockerfile // "Dockerfile")')" ||
    fail "the Dockerfile of $1 lies outside of the repository"
}

# is_excluded NAME PATTERN...: whether a name of the top level doesn't belong to the content.
is_excluded() {
  local name=$1 pattern
  shift
  for pattern in "$@"; do
    # shellcheck disable=SC2254 # the pattern is meant to be one
    case $name in $pattern) return 0 ;; esac
  done
  return 1
}

# content_records NAME: the records of which the key is the hash.
content_records() {
  local path dockerfile id line input image
  local -a exclude inputs
  image=$(content_value "$1" .image)
  if [ -n "$image" ]; then
    printf 'pipewright-key 1\0image %s\0' "$image"
    return 0
  fi
  content_git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
    fail "the clone in ${CONTENT_DIR:-$PWD} does not hold the commit $COMMIT, or git refuses to read it"
  path=$(content_path "$1") || return 1
  dockerfile=$(dockerfile_path "$1") || return 1
  mapfile -t exclude < <(content_value "$1" '.exclude // [] | .[]')
  mapfile -t inputs < <(content_value "$1" '.inputs // [] | unique | .[]')
  printf 'pipewright-key 1\0'
  if [ ${#inputs[@]} -gt 0 ]; then
    for input in "${inputs[@]}"; do
      input=$(plain_path "$input") || fail "the input '$(one_line "$input")' of $1 leads out of the repository"
      id=$(object_id "$input") || return 1
      printf 'input %s %s\0' "$id" "$input"
    done
  elif [ ${#exclude[@]} -gt 0 ]; then
    id=$(object_id "$path") || return 1
    content_git ls-tree --full-tree -z "$id" | while IFS= read -r -d '' line; do
      is_excluded "${line#*$'\t'}" "${exclude[@]}" || printf 'entry %s\0' "$line"
    done || return 1
  else
    id=$(object_id "$path") || return 1
    printf 'tree %s\0' "$id"
  fi
  id=$(object_id "$dockerfile") || return 1
  printf 'dockerfile %s\0' "$id"
  printf '%s' "$SERVICES" | jq -j --arg name "$1" '.[] | select(.name == $name) | .content
    | (.args // {} | to_entries | sort_by(.key) | .[] | "arg \(.key)=\(.value)\u0000"),
      (.target // "" | select(. != "") | "target \(.)\u0000"),
      (.platforms // [] | unique | .[] | "platform \(.)\u0000"),
      (.salt // "" | select(. != "") | "salt \(.)\u0000")'
}

# content_key NAME: prints the key of that service's content.
content_key() {
  local hash
  hash=$(content_records "$1" | sha256) || exit 1
  printf 'k%s\n' "${hash:0:40}"
}

# export_content NAME FOLDER: writes that service's build context, exactly what the key counts, into FOLDER: the files
# of COMMIT, not those that lie around here. With content.exclude, what is excluded is left out.
export_content() {
  local name=$1 folder=$2 path dockerfile index found
  local -a exclude
  path=$(content_path "$name") || exit 1
  dockerfile=$(dockerfile_path "$name") || exit 1
  mapfile -t exclude < <(content_value "$name" '.exclude // [] | .[]')
  temporary_folder index
  GIT_INDEX_FILE=$index/index content_git read-tree "$COMMIT^{commit}" || fail "can't read the files of $COMMIT"
  GIT_INDEX_FILE=$index/index content_git ls-files -z -- ":(top,literal)$path" ":(top,literal)$dockerfile" |
    (cd -- "$(content_git rev-parse --show-toplevel)" &&
      GIT_INDEX_FILE=$index/index GIT_TERMINAL_PROMPT=0 git checkout-index -q -z --stdin --prefix="$folder/") ||
    fail "can't write the files of $COMMIT"
  if [ ${#exclude[@]} -gt 0 ]; then
    while IFS= read -r -d '' found; do
      if is_excluded "${found##*/}" "${exclude[@]}"; then rm -rf -- "$found"; fi
    done < <(find "$folder/$path" -mindepth 1 -maxdepth 1 -print0)
  fi
}

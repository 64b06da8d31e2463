# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Releases by tags whose commits don't come one after the other: a hotfix of an older release. Which of two such commits is
# newer nobody can say, so what was released once is not released again by starting its run again.
new_project
first=$commit

# release TAG COMMIT: passes dev, then prod by the tag, in a run of its own, whose number is in `released`.
release() {
  new_run
  build "$2"
  succeeded "the build of $1"
  deploy dev "$2"
  succeeded "$1 on dev"
  new_run
  released=$run_number
  to_prod "$1" "$2"
}
to_prod() { deploy prod "$2" EXPECT_REF='refs/tags/v*' GITHUB_REF="refs/tags/$1"; }

# again RUN TAG COMMIT: that run, started again.
again() {
  local now=$run_number
  run_number=$1
  to_prod "$2" "$3"
  run_number=$now
}

step "two releases, one after the other"
release v1.0.0 "$first"
succeeded
change index two
second=$commit
release v1.1.0 "$second"
succeeded
run_of_second=$released
answers prod two

step "a hotfix of the first one, on a branch that left before the second"
git -C "$project" checkout -q -b hotfix "$first"
echo mended >"$project/app/www/index"
git -C "$project" commit -q -a -m "mend the first release"
git -C "$project" push -q origin HEAD:refs/heads/hotfix
hotfix=$(git -C "$project" rev-parse HEAD)
git -C "$project" checkout -q main
release v1.0.1 "$hotfix"
succeeded
run_of_hotfix=$released
answers prod mended
[ "$(record prod | jq -r '.[-1].commit')" = "$hotfix" ] || die "the record says $(record prod)"

step "the second release's run, started again, does not take the hotfix away"
again "$run_of_second" v1.1.0 "$second"
failed
says "this run has changed prod on aws already, and others changed it since"
answers prod mended
lease_is_free prod

step "a run of its own brings the second release back, as somebody asked for it"
new_run
to_prod v1.1.0 "$second"
succeeded
answers prod two

step "and then the hotfix's run does nothing any more"
again "$run_of_hotfix" v1.0.1 "$hotfix"
failed
says "this run has changed prod on aws already"
answers prod two

step "a tag that the pattern doesn't cover, and a branch, release nothing"
new_run
to_prod v1/2 "$second"
failed
says "prod is changed from refs/tags/v*, and this run is on refs/tags/v1/2"
deploy prod "$second" EXPECT_REF='refs/tags/v*'
failed
says "and this run is on refs/heads/main"

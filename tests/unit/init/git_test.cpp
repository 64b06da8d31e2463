#include "generator/init/git.h"

#include <doctest/doctest.h>

#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

namespace {

std::string shown(const std::optional<Address>& address) {
    return address ? address->server + " " + address->path : "-";
}

}  // namespace

TEST_CASE("addresses of remotes") {
    CHECK(shown(read_address("git@github.com:acme/shop.git")) == "github.com acme/shop");
    CHECK(shown(read_address("https://github.com/acme/shop")) == "github.com acme/shop");
    CHECK(shown(read_address("https://github.com/acme/shop.git/")) == "github.com acme/shop");
    CHECK(shown(read_address("ssh://git@gitlab.example.com:2222/group/sub/app.git")) ==
          "gitlab.example.com group/sub/app");
    CHECK(shown(read_address("https://gitlab.example.com:8443/group/app.git")) == "gitlab.example.com:8443 group/app");
    CHECK(shown(read_address("https://gitlab.example.com:443/group/app.git")) == "gitlab.example.com group/app");
    CHECK(shown(read_address("https://user:secret@GitHub.com/acme/shop.git")) == "github.com acme/shop");
    CHECK(shown(read_address("ssh://git@ssh.github.com:443/acme/shop.git")) == "github.com acme/shop");
    CHECK(shown(read_address("work:acme/shop.git")) == "work acme/shop");
    for (const char* none : {"/srv/git/shop.git", "../shop", "file:///srv/shop.git", "https://github.com",
                             "git@github.com:shop", "https://github.com/a b/c", "https://$(id)/a/b", "git@[::1]:a/b",
                             "", "https:///a/b", "https://github.com/${{ secrets.X }}/b", "./with:colon/x"}) {
        CAPTURE(none);
        CHECK(shown(read_address(none)) == "-");
    }
}

TEST_CASE("GitHub, GitLab, an instance of one's own, and neither") {
    scene::Repository repository;
    repository.disk.put_folder("/repo");
    repository.remote("origin", "git@github.com:acme/shop.git");
    Git git = look_at_git(repository.disk, "/repo", false);
    REQUIRE(git.on(Host::github) != nullptr);
    CHECK(git.on(Host::github)->path == "acme/shop");
    CHECK(git.on(Host::gitlab) == nullptr);

    repository.remote("mirror", "https://token:x@gitlab.example.com/group/sub/shop.git");
    git = look_at_git(repository.disk, "/repo", false);
    REQUIRE(git.on(Host::gitlab) != nullptr);
    CHECK(git.on(Host::gitlab)->url == "https://gitlab.example.com");
    CHECK(git.on(Host::gitlab)->path == "group/sub/shop");

    scene::Repository other;
    other.disk.put_folder("/repo");
    other.remote("origin", "git@git.example.com:group/shop.git");
    CHECK(look_at_git(other.disk, "/repo", false).on(Host::gitlab) == nullptr);
    REQUIRE(look_at_git(other.disk, "/repo", true).on(Host::gitlab) != nullptr);
    CHECK(look_at_git(other.disk, "/repo", true).on(Host::gitlab)->url == "https://git.example.com");

    scene::Repository enterprise;
    enterprise.disk.put_folder("/repo");
    enterprise.remote("origin", "git@github.example.com:acme/shop.git");
    CHECK_FALSE(look_at_git(enterprise.disk, "/repo", true).remotes.front().host.has_value());

    scene::Repository alias;
    alias.disk.put_folder("/repo");
    alias.remote("origin", "git@github-work:acme/shop.git");
    CHECK(look_at_git(alias.disk, "/repo", false).on(Host::github) != nullptr);
}

TEST_CASE("the remote called origin counts before others") {
    scene::Repository repository;
    repository.disk.put_folder("/repo");
    repository.remote("upstream", "git@github.com:big/shop.git").remote("origin", "git@github.com:acme/shop.git");
    CHECK(look_at_git(repository.disk, "/repo", false).on(Host::github)->path == "acme/shop");
}

TEST_CASE("quotes, comments and other sections of .git/config") {
    scene::Repository repository;
    repository.disk.put(
        "/repo/.git/config",
        "[core]\n\turl = nothing\n[Remote \"x\"]\n[remote \"origin\"] \n  URL = \"git@github.com:acme/a.git\" ; why\n"
        "\tpushurl = git@github.com:acme/other.git\n[branch \"main\"]\n\tremote = origin\n\turl = no\n"
        "[remote \"broken\n\turl = git@github.com:x/y.git\n");
    const Git git = look_at_git(repository.disk, "/repo", false);
    REQUIRE(git.remotes.size() == 1);
    CHECK(git.remotes.front().path == "acme/a");
}

TEST_CASE("the default branch: origin's HEAD, a usual name, then what is checked out") {
    scene::Repository repository;
    repository.disk.put_folder("/repo");
    repository.remote("origin", "git@github.com:acme/shop.git");
    repository.disk.put("/repo/.git/HEAD", "ref: refs/heads/feature/x\n");
    CHECK(look_at_git(repository.disk, "/repo", false).default_branch == "feature/x");
    repository.disk.put("/repo/.git/packed-refs", "# pack-refs\nabc refs/heads/master\n");
    CHECK(look_at_git(repository.disk, "/repo", false).default_branch == "master");
    repository.disk.put("/repo/.git/refs/heads/main", "abc\n");
    CHECK(look_at_git(repository.disk, "/repo", false).default_branch == "main");
    repository.disk.put("/repo/.git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/trunk\n");
    const Git git = look_at_git(repository.disk, "/repo", false);
    CHECK(git.default_branch == "trunk");
    CHECK(git.branch_where == "refs/remotes/origin/HEAD");
}

TEST_CASE("a detached HEAD, and a branch that no manifest may name, tell nothing") {
    scene::Repository repository;
    repository.disk.put_folder("/repo");
    repository.remote("origin", "git@github.com:acme/shop.git");
    repository.disk.put("/repo/.git/HEAD", "0123456789abcdef\n");
    CHECK(look_at_git(repository.disk, "/repo", false).default_branch.empty());
    repository.disk.put("/repo/.git/HEAD", "ref: refs/heads/$(id)\n");
    CHECK(look_at_git(repository.disk, "/repo", false).default_branch.empty());
}

TEST_CASE("a worktree keeps its config elsewhere") {
    scene::Repository repository;
    repository.disk.put("/repo/.git", "gitdir: /main/.git/worktrees/repo\n");
    repository.disk.put("/main/.git/worktrees/repo/commondir", "../..\n");
    repository.disk.put("/main/.git/worktrees/repo/HEAD", "ref: refs/heads/side\n");
    repository.disk.put("/main/.git/config", "[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n");
    const Git git = look_at_git(repository.disk, "/repo", false);
    CHECK(git.there);
    CHECK(git.default_branch == "side");
    REQUIRE(git.on(Host::github) != nullptr);
    repository.disk.put("/repo/.git", "nonsense");
    CHECK_FALSE(look_at_git(repository.disk, "/repo", false).there);
}

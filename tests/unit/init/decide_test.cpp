// Flags, questions and what stays open.
#include <doctest/doctest.h>

#include "scene.h"

using namespace pipewright;
using namespace pipewright::init;

namespace {

scene::Repository node() {
    scene::Repository repository({{"Dockerfile", "FROM node\nEXPOSE 3000\n"}, {"package.json", "{}"}});
    repository.remote("origin", "git@github.com:acme/shop.git");
    return repository;
}

std::string complaint(const Wishes& wishes) {
    scene::Repository repository;
    repository.disk.put("/repo/Dockerfile", "FROM a\nEXPOSE 1\n");
    repository.remote("origin", "git@github.com:acme/shop.git");
    const scene::Made made = scene::make(repository, wishes);
    CHECK_FALSE(made.decisions.has_value());
    std::string text;
    for (const Diagnostic& one : made.diagnostics.sorted()) {
        CHECK(one.code == Code::bad_call);
        text += one.message + " | " + one.help + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("without a terminal and without --yes missing facts are named as flags") {
    CHECK(complaint({}) ==
          "there is no terminal to ask at, and some facts can't be seen | give --region eu-west-1, --account "
          "dev=ACCOUNT and "
          "--account prod=ACCOUNT; or --yes, which marks what is missing in the manifest\n");
}

TEST_CASE("without a terminal what is seen and given is enough") {
    scene::Repository repository = node();
    Wishes wishes = scene::all_facts();
    wishes.yes = false;
    const scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.decisions.has_value());
    REQUIRE(made.project.has_value());
    CHECK(made.project->name == "shop");
    CHECK(made.project->github->repository == "acme/shop");
    CHECK(made.project->environments[0].targets[0].account == "111111111111");
    CHECK(made.project->environments[1].targets[0].account == "222222222222");
    CHECK(made.project->environments[1].gate.kind == GateKind::manual);
}

TEST_CASE("--yes leaves marked gaps, and validate refuses exactly those") {
    scene::Repository repository = node();
    Wishes wishes;
    wishes.yes = true;
    const scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.decisions.has_value());
    CHECK_FALSE(made.project.has_value());
    CHECK(open_lines(made.text).size() == 2);
    CHECK(made.has("aws: { account: FILL ME IN, region: FILL ME IN"));
    CHECK(made.has("# What it could not see stands here as FILL ME IN"));
    const std::string errors = scene::errors_in(made.text);
    CHECK(errors.find("FILL ME IN") != std::string::npos);
}

TEST_CASE("flags that are wrong are refused before anything is asked or written") {
    const auto with = [](auto change) {
        Wishes wishes = scene::all_facts();
        change(wishes);
        return complaint(wishes);
    };
    CHECK(with([](Wishes& w) {
              w.project = "Shop";
          }).starts_with("--project: 'Shop' does not start with a lower-case letter"));
    CHECK(with([](Wishes& w) { w.host = "http://x"; }).starts_with("--host: 'http://x' is neither github"));
    CHECK(with([](Wishes& w) { w.repository = "a/b/c"; }).starts_with("--repository: 'a/b/c' is not owner/name"));
    CHECK(with([](Wishes& w) { w.branch = "a b"; }).starts_with("--branch: 'a b' holds a character"));
    CHECK(with([](Wishes& w) {
              w.visibility = "open";
          }).starts_with("--visibility: 'open' is none of public and private"));
    CHECK(with([](Wishes& w) { w.plan = "premium"; }).starts_with("--plan: 'premium' is none of"));
    CHECK(with([](Wishes& w) { w.starter = "heroku"; }).starts_with("--starter: 'heroku' is none of fargate, "));
    CHECK(with([](Wishes& w) { w.stacks = {"lambda"}; }).starts_with("--stack: 'lambda' is no runtime"));
    CHECK(with([](Wishes& w) {
              w.stacks = {"ecs-fargate", "ec2-compose"};
          }).starts_with("--stack: 'aws' names two stacks"));
    CHECK(with([](Wishes& w) {
              w.environments = "dev,Prod";
          }).starts_with("--environments: 'dev,Prod' holds 'Prod', which"));
    CHECK(with([](Wishes& w) { w.environments = "dev,dev"; }).starts_with("--environments: 'dev' stands there twice"));
    CHECK(with([](Wishes& w) { w.accounts = {"dev=12"}; }).starts_with("--account: '12' is not twelve digits"));
    CHECK(with([](Wishes& w) {
              w.accounts = {"test=111111111111"};
          }).starts_with("--account: 'test' is neither an environment nor"));
    CHECK(with([](Wishes& w) { w.regions = {"Europe"}; }).starts_with("--region: 'Europe' "));
    CHECK(with([](Wishes& w) { w.approvers = "acme/team"; }).starts_with("--approvers: 'acme/team' names a team"));
    CHECK(with([](Wishes& w) { w.approvers = "a b"; }).starts_with("--approvers: 'a b' holds 'a b', which"));
}

TEST_CASE("a person is asked only for what can't be seen, and can be wrong first") {
    scene::Repository repository = node();
    scene::Script person({"", "", "", "", "", "eu-north-1", "12", "333333333333", "", "octocat, hubber"});
    const scene::Made made = scene::make(repository, {}, &person);
    REQUIRE(made.decisions.has_value());
    REQUIRE(person.asked.size() == 10);
    CHECK(person.asked[0] == "Is the repository public or private [private]: ");
    CHECK(person.asked[1] == "Plan of the owner on GitHub (free, team, enterprise) [free]: ");
    CHECK(person.asked[2] == "Name of the project, the prefix of everything in the cloud [shop]: ");
    CHECK(person.asked[3] == "Which of them [fargate]: ");
    CHECK(person.asked[4] == "Environments, in the order of promotion [dev,prod]: ");
    CHECK(person.asked[5] == "Region of AWS (Enter leaves it open): ");
    CHECK(person.asked[6] == "AWS account of dev (twelve digits, Enter leaves it open): ");
    CHECK(person.heard("  '12' is not twelve digits\n"));
    CHECK(person.asked[8] == "AWS account of prod (twelve digits, Enter leaves it open): ");
    CHECK(person.heard("GitHub acme/shop on github.com (the remote origin)"));
    CHECK(person.heard("fargate       Containers on ECS Fargate"));
    CHECK(open_lines(made.text).size() == 1);
    CHECK(made.has("account: \"333333333333\", region: eu-north-1"));
    CHECK(made.has("approvers: [octocat, hubber]"));
}

TEST_CASE("a person who stops gets nothing, at whichever question") {
    for (std::size_t answers = 0; answers < 9; ++answers) {
        CAPTURE(answers);
        scene::Repository repository = node();
        scene::Script person(std::deque<std::string>(answers, ""));
        const scene::Made made = scene::make(repository, {}, &person);
        CHECK_FALSE(made.decisions.has_value());
        CHECK_FALSE(made.diagnostics.has_errors());
    }
}

TEST_CASE("without a remote the host and the repository are asked") {
    scene::Repository repository({{"Dockerfile", "FROM a\nEXPOSE 1\n"}, {".gitlab-ci.yml", ""}});
    scene::Script person({"", "group/sub/my.shop", "trunk", "ultimate", "", "", "only", "eu-west-1", "111111111111"});
    const scene::Made made = scene::make(repository, {}, &person);
    REQUIRE(made.decisions.has_value());
    CHECK(person.asked[0].find("[gitlab]") != std::string::npos);
    REQUIRE(made.project.has_value());
    CHECK(made.project->gitlab->repository == "group/sub/my.shop");
    CHECK(made.project->gitlab->default_branch == "trunk");
    CHECK(made.project->gitlab->plan == GitLabPlan::ultimate);
    CHECK(made.project->name == "my-shop");
    CHECK(made.project->environments[0].trigger.value == "trunk");
}

TEST_CASE("a GitLab of one's own by its address") {
    scene::Repository repository({{"Dockerfile", "FROM a\nEXPOSE 1\n"}});
    Wishes wishes = scene::all_facts();
    wishes.host = "https://git.example.com";
    wishes.repository = "group/shop";
    const scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.project.has_value());
    CHECK(made.project->gitlab->url == "https://git.example.com");
    CHECK_FALSE(made.project->github.has_value());
}

TEST_CASE("two remotes are two hosts, of which the one of origin deploys") {
    scene::Repository repository({{"Dockerfile", "FROM a\nEXPOSE 1\n"}});
    repository.remote("github", "git@github.com:acme/shop.git")
        .remote("origin", "git@gitlab.example.com:group/sub/shop.git");
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    CHECK(made.project->environments[0].on_gitlab);
    CHECK_FALSE(made.project->environments[0].on_github);
    CHECK(made.project->gitlab->repository == "group/sub/shop");
    CHECK(made.project->github->repository == "acme/shop");
    CHECK(made.project->gitlab->url == "https://gitlab.example.com");
    Wishes github = scene::all_facts();
    github.host = "github";
    const scene::Made one = scene::make(repository, github);
    REQUIRE(one.project.has_value());
    CHECK_FALSE(one.project->gitlab.has_value());
}

TEST_CASE("GitHub that asks for reviews needs approvers; teams are fine there") {
    scene::Repository repository = node();
    Wishes wishes = scene::all_facts();
    wishes.visibility = "public";
    const scene::Made open = scene::make(repository, wishes);
    REQUIRE(open.decisions.has_value());
    CHECK(open.has("gate: { type: manual, approvers: [FILL ME IN] }"));
    wishes.approvers = "acme/releasers,octocat";
    const scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.project.has_value());
    CHECK(made.project->environments[1].gate.github_approvers == Names{"acme/releasers", "octocat"});
}

TEST_CASE("environments of one's own: production first is a tag, the last one waits for a person") {
    scene::Repository repository = node();
    Wishes wishes = scene::all_facts();
    wishes.accounts = {"111111111111", "live=222222222222"};
    wishes.environments = "test, staging ,live";
    scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.project.has_value());
    CHECK(made.project->environments[1].gate.kind == GateKind::none);
    CHECK(made.project->environments[2].gate.kind == GateKind::manual);
    CHECK(made.project->environments[2].targets[0].account == "222222222222");
    CHECK(made.project->environments[1].targets[0].account == "111111111111");
    wishes.environments = "prod";
    wishes.accounts = {"111111111111"};
    made = scene::make(repository, wishes);
    REQUIRE(made.project.has_value());
    CHECK(made.project->environments[0].trigger.kind == TriggerKind::tag);
    CHECK(made.project->environments[0].gate.kind == GateKind::release);
}

TEST_CASE("stacks of one's own, on two clouds") {
    scene::Repository repository = node();
    Wishes wishes = scene::all_facts();
    wishes.stacks = {"ecs-fargate", "google=compute-mig"};
    wishes.regions = {"aws=eu-west-1", "google=europe-west1"};
    wishes.gcp_projects = {"dev=acme-dev:100000000001", "prod=acme-prod:100000000002"};
    const scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.project.has_value());
    CHECK(made.project->stacks == Names{"aws", "google"});
    CHECK(made.project->environments[1].targets[1].project == "acme-prod");
    CHECK(made.project->environments[1].targets[1].project_number == "100000000002");
    CHECK(made.project->environments[0].targets[1].region == "europe-west1");
}

TEST_CASE("a port that wasn't seen is asked; without an answer it is a worker, without a person a gap") {
    scene::Repository repository({{"Dockerfile", "FROM a\n"}});
    repository.remote("origin", "git@gitlab.com:acme/shop.git");
    Wishes wishes = scene::all_facts();
    scene::Made made = scene::make(repository, wishes);
    CHECK(made.has("port: FILL ME IN"));
    wishes.yes = false;
    wishes.project = "shop";
    wishes.plan = "free";
    wishes.starter = "fargate";
    wishes.environments = "dev,prod";
    scene::Script port({"http", "99999", "8000"});
    made = scene::make(repository, wishes, &port);
    REQUIRE(made.project.has_value());
    CHECK(made.project->services[0].port == 8000);
    CHECK(port.heard("'99999' is no port"));
    scene::Script none({""});
    made = scene::make(repository, wishes, &none);
    REQUIRE(made.project.has_value());
    CHECK_FALSE(made.project->services[0].port.has_value());
}

TEST_CASE("a Dockerfile is offered, and a person may say no") {
    scene::Repository repository({{"go.mod", "module x\n"}, {"main.go", "package main\nfunc main() {}\n"}});
    repository.remote("origin", "git@gitlab.com:acme/shop.git");
    Wishes wishes = scene::all_facts();
    scene::Made made = scene::make(repository, wishes);
    REQUIRE(made.decisions->services.size() == 1);
    REQUIRE(made.project.has_value());
    CHECK(companions(*made.decisions).size() == 3);
    wishes.no_dockerfiles = true;
    made = scene::make(repository, wishes);
    CHECK(made.decisions->services.empty());
    CHECK(companions(*made.decisions).size() == 1);
    CHECK(made.has("this is an example"));
    Wishes asked = scene::all_facts();
    asked.yes = false;
    asked.project = "shop";
    asked.plan = "free";
    asked.starter = "fargate";
    asked.environments = "dev,prod";
    scene::Script no({"maybe", "n"});
    made = scene::make(repository, asked, &no);
    REQUIRE(made.decisions.has_value());
    CHECK(no.asked.front() == "There is no Dockerfile for go.mod (Go). Write Dockerfile? [yes]: ");
    CHECK(made.decisions->services.empty());
}

TEST_CASE("a Compose file that builds what has no Dockerfile yet: one is offered, or its absence said") {
    scene::Repository repository({{"docker-compose.yml",
                                   "services:\n  api: { build: api, ports: [\"4000:4000\"] }\n"
                                   "  tool: { build: tool, ports: [\"5000:5000\"] }\n"},
                                  {"api/package.json", "{ \"scripts\": { \"start\": \"node main.js\" } }"},
                                  {"api/package-lock.json", "{}"},
                                  {"tool/notes.txt", "none\n"}});
    repository.remote("origin", "git@gitlab.com:acme/shop.git");
    Wishes wishes = scene::all_facts();
    const scene::Made made = scene::make(repository, wishes);
    const std::vector<Companion> all = companions(*made.decisions);
    REQUIRE(all.size() == 3);
    CHECK(all[1].path == "api/Dockerfile");
    CHECK(all[1].bytes.find("ARG PORT=4000\n") != std::string::npos);
    CHECK(made.has("init wrote its Dockerfile"));
    CHECK(made.has("tool/Dockerfile is not there, and the image is built of it"));
    wishes.no_dockerfiles = true;
    const scene::Made without = scene::make(repository, wishes);
    CHECK(companions(*without.decisions).size() == 1);
    CHECK(without.has("api/Dockerfile is not there, and the image is built of it"));
}

TEST_CASE("names of files that mean harm stay values") {
    scene::Repository repository({{"${{ secrets.X }}/Dockerfile", "FROM a\nEXPOSE 80\n"},
                                  {"a: b # c/Dockerfile", "FROM a\nEXPOSE 81\n"},
                                  {"'q\"/Dockerfile", "FROM a\nEXPOSE 82\n"}});
    repository.disk.put("/repo/.git/config", "[remote \"$(id)\x1b[31m\"]\n\turl = git@github.com:acme/shop.git\n");
    scene::Script person({"", "", "", "", "", "", "", "", "", ""});
    const scene::Made made = scene::make(repository, scene::all_facts());
    REQUIRE(made.project.has_value());
    REQUIRE(made.project->services.size() == 3);
    CHECK(made.project->services[0].content.path == "${{ secrets.X }}");
    CHECK(made.project->services[1].content.path == "'q\"");
    CHECK(made.project->services[2].content.path == "a: b # c");
    CHECK(made.text.find('\x1b') == std::string::npos);
}

TEST_CASE("a branch that is only checked out is asked for, one that git calls the default isn't") {
    const auto asked = [](const std::string& head, const std::string& remote_head) {
        scene::Repository repository = node();
        repository.disk.put("/repo/.git/HEAD", "ref: refs/heads/" + head + "\n");
        if (!remote_head.empty()) {
            repository.disk.put("/repo/.git/refs/remotes/origin/HEAD",
                                "ref: refs/remotes/origin/" + remote_head + "\n");
        }
        scene::Script person({});
        const scene::Made made = scene::make(repository, {}, &person);
        return person.asked.front();
    };
    CHECK(asked("fix-login", "") == "Default branch [fix-login]: ");
    CHECK(asked("fix-login", "trunk").starts_with("Is the repository public"));
    CHECK(asked("main", "").starts_with("Is the repository public"));
}

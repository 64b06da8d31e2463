// DELIVERY.md says of each host what is true of it.
#include "../scenes.h"
#include "generator/hosts/github/lower.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/print/print.h"

using namespace pipewright;

namespace {

// The page of a project on both hosts.
std::string page(const std::string& github, const std::string& gitlab, const std::string& approvers,
                 const std::string& delivery = {}) {
    std::string manifest =
        scenes::three(github, "{ after: staging }", "{ type: manual, approvers: " + approvers + " }") + delivery;
    const std::string services = "\nservices:";
    manifest.insert(manifest.find(services), "\n  gitlab: " + gitlab);
    const Project project = scenes::project_of(manifest);
    Origins origins;
    Diagnostics diagnostics;
    const auto on_github = github::lower(project, delivery::plan(project, Host::github, origins), origins);
    const auto on_gitlab = gitlab::lower(project, delivery::plan(project, Host::gitlab, origins), origins);
    std::vector<hosts::Use> uses = github::uses(on_github);
    const std::vector<hosts::Use> more = gitlab::uses(on_gitlab);
    uses.insert(uses.end(), more.begin(), more.end());
    const infrastructure::Model model = infrastructure::model(project, uses, origins, diagnostics);
    print::Output output;
    output.project = project.name;
    output.manifest_path = "pipewright.yaml";
    output.github = &on_github;
    output.gitlab = &on_gitlab;
    output.infrastructure = &model;
    output.settings = &project;
    files::FileTree tree;
    print::print_page(output, tree, diagnostics);
    CHECK_FALSE(diagnostics.has_errors());
    return tree.find("DELIVERY.md")->bytes;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("two hosts that deploy the same are said to take turns") {
    const std::string text =
        page("{ visibility: public, subject: classic, deploys: [dev, staging, prod] }",
             "{ plan: premium, deploys: [dev, staging, prod] }", "{ github: [acme/owners], gitlab: [acme] }");
    CHECK(has(text, "Both hosts deploy `dev`, `staging`, `prod` under the same conditions"));
    CHECK(has(text, "on GitHub: none; on GitLab: "));
}

TEST_CASE("a host that only tests and plans deploys nothing on the page either") {
    const std::string text = page("{ visibility: public, subject: classic, deploys: [dev, staging, prod] }",
                                  "{ plan: premium, deploys: [] }", "[acme/owners]");
    CHECK_FALSE(has(text, "Both hosts deploy"));
    CHECK_FALSE(has(text, "on GitHub: none"));
    CHECK(has(text, "Jobs of `.gitlab/ci/images.yml`"));
}

TEST_CASE("what a schedule and messages need of a person is on the page, and only where there are any") {
    const auto with = [](const std::string& delivery) {
        return page("{ visibility: public, subject: classic, deploys: [dev, staging, prod] }",
                    "{ plan: premium, deploys: [dev, staging, prod] }", "{ github: [acme/owners], gitlab: [acme] }",
                    delivery);
    };
    const std::string none = with("");
    CHECK_FALSE(has(none, "schedule"));
    CHECK_FALSE(has(none, "Slack"));
    const std::string told =
        with("delivery: { notify: { slack: SLACK_WEBHOOK }, drift: { schedule: \"0 6 * * 1-5\" } }\n");
    CHECK(has(told, "On GitLab, under Build, Pipeline schedules: a schedule `0 6 * * 1-5` on the default branch"));
    CHECK(has(told, "60 days"));
    CHECK(has(told, "On GitHub, the secret `SLACK_WEBHOOK` of the repository"));
    CHECK(has(told, "On GitLab, under Settings, CI/CD, Variables: `SLACK_WEBHOOK`, masked"));
    CHECK(has(told, "`drift-prod-aws`"));
}

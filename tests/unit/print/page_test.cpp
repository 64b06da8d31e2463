// DELIVERY.md says of each host what is true of it.
#include "../scenes.h"
#include "generator/hosts/github/lower.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/print/print.h"

using namespace pipewright;

namespace {

// The page of a manifest, for the hosts that it names.
std::string page_of(const std::string& manifest) {
    const Project project = scenes::project_of(manifest);
    Origins origins;
    Diagnostics diagnostics;
    std::optional<github::Pipeline> on_github;
    std::optional<gitlab::Pipeline> on_gitlab;
    std::vector<hosts::Use> uses;
    if (project.github) {
        on_github = github::lower(project, delivery::plan(project, Host::github, origins), origins);
        uses = github::uses(*on_github);
    }
    if (project.gitlab) {
        on_gitlab = gitlab::lower(project, delivery::plan(project, Host::gitlab, origins), origins);
        const std::vector<hosts::Use> more = gitlab::uses(*on_gitlab);
        uses.insert(uses.end(), more.begin(), more.end());
    }
    const infrastructure::Model model = infrastructure::model(project, uses, origins, diagnostics);
    print::Output output;
    output.project = project.name;
    output.manifest_path = "pipewright.yaml";
    output.github = on_github ? &*on_github : nullptr;
    output.gitlab = on_gitlab ? &*on_gitlab : nullptr;
    output.infrastructure = &model;
    output.settings = &project;
    files::FileTree tree;
    print::print_page(output, tree, diagnostics);
    CHECK_FALSE(diagnostics.has_errors());
    return tree.find("DELIVERY.md")->bytes;
}

// The page of a project on both hosts.
std::string page(const std::string& github, const std::string& gitlab, const std::string& approvers,
                 const std::string& delivery = {}) {
    std::string manifest =
        scenes::three(github, "{ after: staging }", "{ type: manual, approvers: " + approvers + " }") + delivery;
    const std::string services = "\nservices:";
    manifest.insert(manifest.find(services), "\n  gitlab: " + gitlab);
    return page_of(manifest);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

// On GitHub alone; on GitLab alone.
std::string on_github(const std::string& host, const std::string& trigger, const std::string& gate,
                      const std::string& more = {}) {
    return page_of(scenes::three(host, trigger, gate) + more);
}
std::string on_gitlab(const std::string& host, const std::string& trigger, const std::string& gate,
                      const std::string& more = {}) {
    return page_of(replaced(scenes::three(host, trigger, gate) + more, "  github: ", "  gitlab: "));
}

constexpr const char* kFree = "{ visibility: private, plan: free, subject: classic }";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("two hosts that deploy the same are said to take turns") {
    const std::string text =
        page("{ visibility: public, subject: classic, deploys: [dev, staging, prod] }",
             "{ plan: premium, deploys: [dev, staging, prod] }", "{ github: [acme/owners], gitlab: [acme] }");
    CHECK(has(text, "Both hosts deploy `dev`, `staging`, `prod` on the same events"));
    CHECK(has(text, "on GitHub: none; on GitLab: "));
    // Both ask people by name.
    CHECK_FALSE(has(text, "The weaker gate"));
    // What starts a deploy stands in several workflows, and is said once for both hosts.
    CHECK(has(text, "| a push to main and the form (deploy) "));
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

TEST_CASE("where one host asks people by name and the other does not, the page says which gate holds") {
    const std::string text = page("{ visibility: public, subject: classic, deploys: [dev, staging, prod] }",
                                  "{ plan: free, deploys: [dev, staging, prod] }", "{ github: [acme/owners] }");
    CHECK(has(text,
              "The weaker gate is the gate of `prod`: GitHub asks `acme/owners`, but GitLab lets whoever may "
              "start `release-prod` open it."));
}

TEST_CASE("a platform that this version leaves out is something to make, with all that its jobs expect") {
    const std::string stack = "aws: { runtime: ecs-fargate }";
    const std::string whole = scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    CHECK_FALSE(has(page_of(whole), "platform` (no module"));
    CHECK(has(page_of(whole), "The pipelines apply the rest: `infra/aws/dev/platform`"));
    const std::string text = page_of(replaced(
        whole, stack, "aws: { runtime: ecs-fargate, ingress: { type: api-gateway }, database: { engine: postgres } }"));
    for (const char* environment : {"dev", "staging", "prod"}) {
        const std::string name = "shop-" + std::string(environment) + "-aws";
        CHECK(has(text, "- [ ] `infra/aws/" + std::string(environment) +
                            "/platform` (no module for an API gateway and a database): bucket `shop-tfstate-"));
        CHECK(has(text,
                  "key `shop/aws/" + std::string(environment) + "/platform`. It makes the ECS cluster `" + name + "`"));
        CHECK(has(text, "`" + name + "-api-task`, `" + name + "-api-exec`; the REST API `" + name + "`"));
        CHECK(has(text, "with the boundary `" + name + "-boundary`"));
    }
    CHECK(has(text, "`ci/targets/ENVIRONMENT-STACK.json`"));
    CHECK(has(text, "Then commit the platforms that are yours to make"));
    CHECK_FALSE(has(text, "The pipelines apply the rest"));
    CHECK_FALSE(has(text, "Google Cloud"));
}

TEST_CASE("on Google Cloud what comes before a root is to be made as well") {
    std::string manifest = scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    manifest = replaced(manifest, "aws: { runtime: ecs-fargate }", "gcp: { runtime: compute-mig }");
    for (const char* account : {"111111111111", "222222222222", "333333333333"}) {
        const std::string digits(account);
        manifest = replaced(manifest, "aws: { account: \"" + digits + "\", region: eu-west-1 }",
                            "gcp: { project: acme-" + digits.substr(0, 3) + ", project_number: \"" + digits +
                                "\", region: europe-west1 }");
    }
    const std::string text = page_of(manifest);
    CHECK(has(text, "`backend \"gcs\" {}`"));
    CHECK(has(text, "the pool of workload identities `ci-shop`"));
    CHECK(has(text,
              "- [ ] In the project `acme-111`: the buckets `shop-tfstate-acme-111` and `shop-records-acme-111`; the "
              "service accounts `shop-dev-gcp-build`, `shop-dev-gcp-plan`"));
    CHECK(has(text,
              "- [ ] `infra/gcp/prod/platform` (no module for the runtime compute-mig): bucket "
              "`shop-tfstate-acme-333`, prefix `shop/gcp/prod/platform`. It makes the regional managed instance "
              "groups `shop-prod-gcp-api`"));
}

TEST_CASE("on GitHub's free plan nobody is asked to protect what nobody can protect") {
    const std::string none = on_github(kFree, "{ tag: \"v*\" }", "release");
    CHECK_FALSE(has(none, "protection of"));
    CHECK_FALSE(has(none, "uleset"));
    CHECK(has(none,
              "nobody can protect the branch `main` and tags `v*`, so whoever may push can deploy `dev`, `staging` "
              "and `prod`. Users named as `approvers` in the gate of `prod`"));
    CHECK(has(none, "team plan can protect branches and tags"));
    const std::string named = on_github(kFree, "{ tag: \"v*\" }", "{ type: release, approvers: [ann] }");
    CHECK(has(named, "so whoever may push can deploy `dev` and `staging`. The team plan"));
    CHECK(has(named, "pushing tags `v*`; the cloud admits `ann`"));
    const std::string team =
        on_github("{ visibility: private, plan: team, subject: classic }", "{ tag: \"v*\" }", "release");
    CHECK(has(team, "an active ruleset for tags `v*`"));
    CHECK(has(team, "protection of the branch `main`: whoever may push there deploys `dev` and `staging`"));
    CHECK_FALSE(has(team, "nobody can protect"));
}

TEST_CASE("the form on a tag that is there takes no right to create tags, and the page says so") {
    const std::string words =
        "on a tag that is there already whoever may write can apply, deploy anew and roll back `prod`";
    CHECK(has(on_github(scenes::kPublic, "{ tag: \"v*\" }", "release"), words));
    CHECK_FALSE(has(on_github(kFree, "{ tag: \"v*\" }", "{ type: release, approvers: [ann] }"), words));
    CHECK_FALSE(has(on_github(scenes::kPublic, "{ after: staging }", scenes::kReviewed), words));
    // GitLab lets only those run a pipeline on a protected tag who may create it.
    CHECK_FALSE(has(on_gitlab("{}", "{ tag: \"v*\" }", "release"), words));
}

TEST_CASE("on GitLab secrets are protected, and so is every ref that is deployed") {
    std::string manifest = replaced(scenes::three("{}", "{ tag: \"v*\" }", "release"), "  github: ", "  gitlab: ");
    manifest = replaced(manifest, "deploy_on: { after: dev }", "deploy_on: { branch: release }");
    manifest =
        replaced(manifest, "services:", "registry: { dockerhub: { namespace: acme, pull_secret: hub } }\nservices:");
    const std::string text =
        page_of(replaced(manifest, "path: api,", "path: api, build: { secrets: { npm: NPM_TOKEN } },"));
    CHECK(has(text, "the variables `DOCKERHUB_USERNAME`, `DOCKERHUB_TOKEN` (protected and masked)"));
    CHECK(has(text, "  - [ ] the branch `main`: whoever may push or merge there deploys `dev`\n"));
    CHECK(has(text, "  - [ ] the branch `release`: whoever may push or merge there deploys `staging`\n"));
    CHECK(has(text, "  - [ ] tags `v*`: whoever may create them releases `prod`. `guard-prod` checks this"));
    // What a merge request builds with can't be kept to protected refs.
    CHECK(has(text, "the variable `NPM_TOKEN` (masked; not protected"));
    // Where workloads pull with a secret, each target's store has to have it.
    CHECK(has(text, "The secret `hub`, `{\"username\": …, \"password\": …}`"));
    CHECK(
        has(text,
            "  - [ ] Secrets Manager of `111111111111 eu-west-1`\n  - [ ] Secrets Manager of `222222222222 eu-west-1`\n"
            "  - [ ] Secrets Manager of `333333333333 eu-west-1`\n"));
    // Whoever may push there could place a tag.
    CHECK(has(text, "On Docker Hub, the repositories `docker.io/acme/shop-api`, private"));
    CHECK(has(text, "with `delivery.sign: cosign`"));
    const std::string signed_ones = page_of(manifest + "delivery: { sign: cosign }\n");
    CHECK(has(signed_ones, "On Docker Hub, the repositories"));
    CHECK_FALSE(has(signed_ones, "delivery.sign"));
    const std::string native = on_gitlab("{}", "{ tag: \"v*\" }", "release");
    CHECK_FALSE(has(native, "right to push"));
    CHECK_FALSE(has(native, "Secrets Manager"));
}

TEST_CASE("the form's section says what a deploy does to a changed platform on this host, behind this gate") {
    const std::string confirm = "a changed platform stops it until CONFIRM holds the plan's fingerprint";
    const std::string reviewed = on_github(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    CHECK(has(reviewed, "a reviewer of `prod`, for `dev` and `staging` a second run with the first one's fingerprint"));
    CHECK(has(reviewed, "It plans and applies first: to `dev` and `staging` as a push does, asking nobody."));
    CHECK_FALSE(has(reviewed, confirm));
    const std::string started = on_github("{ visibility: private, plan: team }", "{ after: staging }", "manual");
    CHECK(has(started, "to `dev` and `staging` as a push does, asking nobody; in `prod` " + confirm));
    CHECK(has(reviewed, "the reviewers of `prod` are asked twice"));
    CHECK(has(reviewed, "builds for `dev` only, without the tests and the scan of the source that a push runs"));
    const std::string by_job = on_gitlab("{}", "{ after: staging }", "manual");
    CHECK(has(by_job, "whoever starts `release-prod` or the apply for `dev` and `staging`"));
    CHECK(has(by_job, "It plans and applies first: to `dev` and `staging` as a push does, asking nobody."));
    CHECK_FALSE(has(by_job, "fingerprint as CONFIRM"));
    CHECK_FALSE(has(by_job, confirm));
    for (const std::string& manual :
         {on_github(scenes::kPublic, "{ after: staging }", scenes::kReviewed, "infrastructure: { apply: manual }\n"),
          on_gitlab("{}", "{ after: staging }", "manual", "infrastructure: { apply: manual }\n")}) {
        CHECK(has(manual,
                  "It plans first and applies nothing: a changed platform stops it until `infra` has applied it."));
        CHECK_FALSE(has(manual, "It plans and applies first"));
        CHECK_FALSE(has(manual, "asked twice"));
    }
}

TEST_CASE("the form's section names the ref of each environment, and the default branch where it is none of them") {
    const std::string text = on_github(scenes::kPublic, "{ tag: \"v*\" }", "release");
    CHECK(has(text, "`Operations` for `dev` and `staging` on the branch `main`, for `prod` on a tag `v*`"));
    CHECK(has(text, "once its file is on the default branch too, `main`"));
    const std::string main = on_github(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    CHECK(has(main, "`Operations` on the branch `main` (Run workflow)"));
    CHECK_FALSE(has(main, "default branch"));
    const std::string by_workflow = on_github(kFree, "{ after: staging }", "{ type: manual, approvers: [ann] }");
    CHECK(has(by_workflow,
              "`Operations` for `dev` and `staging` on the branch `main`, and `Promote to prod` for `prod` on the "
              "branch `main`"));
    CHECK(has(on_gitlab("{}", "{ tag: \"v*\" }", "release"),
              "New pipeline, for `dev` and `staging` on the branch `main`, for `prod` on a tag `v*`"));
}

TEST_CASE("what is checked and what nobody checks follows the gates") {
    CHECK(has(
        on_github(scenes::kPublic, "{ after: staging }", scenes::kReviewed),
        "stops with a message, and so does `guard-prod` where a gate isn't as it should be; the rest nothing checks"));
    const std::string none = on_github(kFree, "{ after: staging }", "none, ungated_production: true");
    CHECK(has(none, "stops with a message; the rest nothing checks but you."));
    CHECK_FALSE(has(none, "overrid"));
    CHECK_FALSE(has(none, "eviewer"));
    CHECK(has(on_gitlab("{}", "{ after: staging }", "manual"), "nobody may override pipeline variables"));
}

TEST_CASE("where the manifest gives no ids the page asks for them, and claims no more than is trusted") {
    const std::string without = on_github(scenes::kPublic, "{ after: staging }", scenes::kReviewed);
    CHECK(has(without,
              "- [ ] In `pipewright.yaml`, `owner_id` and `repository_id` of `hosts.github`, which `gh api "
              "repos/acme/shop --jq '.owner.id, .id'` prints."));
    CHECK(has(without, "all that the cloud can check but the repository's id"));
    for (const std::string& text : {on_github("{ visibility: public, owner_id: \"12\", repository_id: \"34\" }",
                                              "{ after: staging }", scenes::kReviewed),
                                    on_gitlab("{}", "{ after: staging }", "manual")}) {
        CHECK_FALSE(has(text, "owner_id"));
        CHECK(has(text, "and all that the cloud can check."));
    }
}

TEST_CASE("a secret is asked for once, and a gate says what it waits for") {
    const std::string text =
        on_github(scenes::kPublic, "{ after: staging }", "{ type: manual, approvers: [acme/owners], wait_minutes: 7 }",
                  "delivery: { notify: { slack: SLACK_WEBHOOK } }\n"
                  "extend: { jobs: { after-dev: { after: dev, run: [\"true\"], secrets: [ONE] } } }\n");
    CHECK(has(text, "`acme/owners`, and a wait of 7 minutes"));
    CHECK(has(text, "On GitHub, the secret `ONE`, for `after-dev`."));
    const std::size_t first = text.find("`SLACK_WEBHOOK`");
    REQUIRE(first != std::string::npos);
    CHECK(text.find("`SLACK_WEBHOOK`", first + 1) == std::string::npos);
    CHECK(has(text, "the variables that the job has (`env`)"));
    CHECK(has(on_gitlab("{}", "{ after: staging }", "manual"), "the variables that the job has (`variables`)"));
    // Only a pattern of tags has a * to be explained.
    CHECK_FALSE(has(text, "stops at"));
    CHECK(has(on_github(scenes::kPublic, "{ tag: \"v*\" }", "release"), "In a tag's name `*` stops at `/`."));
}

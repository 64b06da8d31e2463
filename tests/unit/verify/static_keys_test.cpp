// Long-lived keys instead of roles: who holds them, and what the rules say where one of them is loose.
#include "made.h"

using namespace pipewright;

namespace {

struct Keyed : scenes::Made {
    explicit Keyed(const std::string& name = "static-keys") : Made(name) {}
};

const github::Expression* key_of(const github::Job& job) {
    for (const github::Step& step : job.steps) {
        for (const github::Setting& one : step.environment) {
            if (one.name == "AWS_SECRET_ACCESS_KEY") return std::get_if<github::Expression>(&one.value);
        }
    }
    return nullptr;
}

}  // namespace

TEST_CASE("keys of the environment reach the scripts of its jobs, and nothing else") {
    Keyed keyed;
    std::size_t holders = 0;
    for (const github::Workflow& workflow : keyed.github.workflows) {
        for (const github::Job& job : workflow.jobs) {
            CAPTURE(job.id);
            for (const github::Permission& one : job.permissions) CHECK(one.name != "id-token");
            CHECK_FALSE(job.claims.has_value());
            CHECK((key_of(job) != nullptr) == job.identity.has_value());
            for (const github::Setting& one : job.variables) {
                CHECK(one.name != "AWS_ACCESS_KEY_ID");
                CHECK(one.name != "AWS_ROLE_ARN");
            }
            if (!job.identity) continue;
            ++holders;
            const std::string prefix = job.target_environment == "dev" ? "DEV" : "PRE_PROD";
            CHECK(key_of(job)->print() == "secrets." + prefix + "_AWS_SECRET_ACCESS_KEY");
        }
    }
    CHECK(holders > 10);
    for (const gitlab::File& file : keyed.gitlab.files) {
        for (const gitlab::Job& job : file.jobs) {
            CAPTURE(job.id);
            for (const gitlab::IdToken& one : job.tokens) CHECK(one.variable == "GATE_ID_TOKEN");
            if (!job.identity) continue;
            REQUIRE(job.deployment.has_value());
            CHECK(job.deployment->environment == job.target_environment);
            CHECK(job.deployment->access);
            for (const gitlab::Setting& one : job.variables) CHECK(one.name != "AWS_ROLE_ARN");
        }
    }
}

TEST_CASE("change requests hold no keys, and what plans a gated environment stands behind its gate") {
    const Keyed keyed;
    for (const delivery::Graph* graph : {&keyed.github_graph, &keyed.gitlab_graph}) {
        for (const delivery::Job& job : graph->jobs) {
            CAPTURE(job.id);
            const bool asked =
                delivery::holds(job.when, {delivery::EventKind::change_request, "topic", false, {}, {}, {}});
            if (job.identity) CHECK_FALSE(asked);
            if (job.identity) CHECK(job.gated == (job.environment == "pre-prod"));
        }
    }
}

TEST_CASE("there are no roles, no providers and no boundary") {
    const Keyed keyed;
    for (const infrastructure::TargetModel& target : keyed.model.targets) {
        CHECK(target.roles.empty());
        CHECK(target.boundary.empty());
    }
    for (const infrastructure::Root& root : keyed.model.roots) {
        for (const infrastructure::Call& call : root.calls) {
            CAPTURE(call.name);
            CHECK(call.module != "aws/identity");
            CHECK(call.module != "aws/account");
            for (const infrastructure::Member& one : call.arguments) CHECK(one.name != "boundary_arn");
        }
    }
}

TEST_CASE("every rule holds, or isn't asked, and says what it rests on") {
    for (const char* name : {"static-keys", "static-keys-promoted"}) {
        const Keyed keyed(name);
        for (std::size_t number = 1; number <= 12; ++number) {
            CAPTURE(name);
            CAPTURE(number);
            const std::string said = keyed.said(number);
            CHECK(said == (number == 5 || number == 6 ? "not asked" : "holds"));
        }
    }
    CHECK(Keyed().verdict(7).proof.find(
              "but what static-keys declares: DEV_AWS_ACCESS_KEY_ID, DEV_AWS_SECRET_ACCESS_KEY") != std::string::npos);
    CHECK(Keyed().verdict(7).warnings.empty());
    const std::vector<std::string> warnings = Keyed("static-keys-promoted").verdict(7).warnings;
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].starts_with(
        "on GitHub, whoever may push any branch can write a workflow that reads the keys of prod"));
    CHECK(warnings[1].starts_with("on GitLab, who may change the pipeline on a protected ref could name"));
}

TEST_CASE("a key in a change request is found") {
    Keyed keyed;
    keyed.on_github("delivery.yml", "try-web")
        .steps.back()
        .environment.push_back({"AWS_ACCESS_KEY_ID", github::Expression::context("secrets.DEV_AWS_ACCESS_KEY_ID")});
    CHECK(keyed.said(4).find("try-web holds long-lived keys") != std::string::npos);
    CHECK(keyed.said(7).find("try-web of delivery.yml is given AWS_ACCESS_KEY_ID, a long-lived credential") !=
          std::string::npos);

    Keyed other;
    other.on_gitlab("try-web").deployment = gitlab::Deployment{"dev", false, true};
    CHECK(other.said(4).find("on GitLab: ") == 0);
    CHECK(other.said(7).find("try-web is given the keys of dev") == 0);
}

TEST_CASE("another environment's keys, and others than those declared, are found") {
    Keyed keyed;
    for (github::Setting& one : keyed.on_github("delivery.yml", "deploy-dev-aws").steps.back().environment) {
        if (one.name == "AWS_SECRET_ACCESS_KEY")
            one.value = github::Expression::context("secrets.PRE_PROD_AWS_SECRET_ACCESS_KEY");
    }
    CHECK(keyed.said(7).find(
              "deploy-dev-aws of delivery.yml is given AWS_SECRET_ACCESS_KEY, a long-lived credential") == 0);

    Keyed named;
    named.on_gitlab("deploy-dev-aws").deployment->environment = "pre-prod";
    CHECK(named.said(7).find("deploy-dev-aws is given the keys of pre-prod") == 0);

    Keyed more;
    more.on_github("delivery.yml", "deploy-dev-aws")
        .steps.back()
        .environment.push_back({"GOOGLE_CREDENTIALS", github::Expression::context("secrets.GOOGLE_CREDENTIALS")});
    CHECK(more.said(7).find("is given GOOGLE_CREDENTIALS, a long-lived credential") != std::string::npos);
}

TEST_CASE("a plan in front of the gate would hold what opens it") {
    Keyed keyed;
    github::Job& plan = keyed.on_github("delivery.yml", "plan-pre-prod-aws");
    plan.environment.clear();
    CHECK(keyed.said(3).find("plan-pre-prod-aws without a gate") != std::string::npos);

    Keyed other;
    gitlab::Job& its = other.on_gitlab("plan-pre-prod-aws");
    std::erase_if(its.needs, [](const gitlab::Need& one) { return one.job == "release-pre-prod"; });
    CHECK(other.said(3).find("plan-pre-prod-aws without a gate") != std::string::npos);
}

TEST_CASE("a token beside keys is one permission too many") {
    Keyed keyed;
    keyed.on_github("delivery.yml", "deploy-dev-aws").permissions.push_back({"id-token", "write", "why"});
    CHECK(keyed.said(12) ==
          "deploy-dev-aws of delivery.yml has the permission id-token: write, which no step of it needs");
}

#include "house.h"

#include <algorithm>

namespace pipewright::scenes {

namespace {

using names::Identity;
using G = github::Expression;
using L = gitlab::Expression;

constexpr const char* kServices =
    R"([{"name":"api","repository":"111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/api"}])";

Target target_of(const std::string& environment, const std::string& account) {
    Target target;
    target.environment = environment;
    target.stack = "aws";
    target.runtime = "ecs-fargate";
    target.account = account;
    target.region = "eu-west-1";
    target.ingress.kind = IngressKind::none;
    target.network.mode = "create";
    target.network.cidr = "10.0.0.0/16";
    target.network.nat = "single";
    target.observability.dashboard = false;
    Running running;
    running.service = "api";
    running.cpu = 256;
    running.memory = 512;
    target.services = {running};
    return target;
}

Project project_by_hand() {
    Project project;
    project.name = "shop";
    project.github.emplace();
    project.github->repository = "acme/shop";
    project.github->default_branch = "main";
    project.github->visibility = Visibility::open;
    project.github->runner = {"ubuntu-24.04"};
    project.gitlab.emplace();
    project.gitlab->repository = "acme/shop";
    project.gitlab->default_branch = "main";
    project.gitlab->url = "https://gitlab.com";
    Service api;
    api.name = api.image_of = "api";
    api.content.path = "api";
    api.content.platforms = {"linux/amd64"};
    project.services = {api};
    project.stacks = {"aws"};
    Environment dev, prod;
    dev.name = "dev";
    dev.trigger = {TriggerKind::branch, "main", {}};
    dev.targets = {target_of("dev", "111111111111")};
    prod.name = "prod";
    prod.trigger = {TriggerKind::after, "dev", {}};
    prod.gate.kind = GateKind::manual;
    prod.production = true;
    prod.promote_from = "dev";
    prod.targets = {target_of("prod", "222222222222")};
    for (Environment* one : {&dev, &prod}) one->on_github = one->on_gitlab = true;
    project.environments = {dev, prod};
    project.infrastructure.tool = "terraform";
    project.infrastructure.version = "1.11.4";
    project.infrastructure.directory = "infra";
    project.infrastructure.state_bucket = "shop-tfstate";
    project.infrastructure.lock = "native";
    return project;
}

// What a job on a target is told, as host and variables of the host.
template <class Settings, class Text>
Settings told(const Project& project, const Target& target, bool changes) {
    Settings all{{"ENVIRONMENT", Text{target.environment}}, {"STACK", Text{target.stack}}};
    if (!changes) return all;
    all.push_back({"STATE_BUCKET", Text{names::state_bucket(project, target)}});
    all.push_back({"LEASE_KEY", Text{names::lease(project, target)}});
    all.push_back({"SERVICES", Text{kServices}});
    return all;
}

struct Wanted {
    std::string id, script;
    std::optional<Identity> identity = {};
    const Target* target = nullptr;
    bool changes = false;
    std::vector<std::string> needs = {};
};

// Both hosts' jobs from one line each.
class Maker {
public:
    explicit Maker(House& house) : house_(house) {}

    github::Job on_github(const Wanted& wanted, std::vector<G> conditions, const std::string& workflow,
                          const std::string& ref) {
        github::Job job;
        job.id = wanted.id;
        job.needs = wanted.needs;
        github::Step checkout, step;
        checkout.uses = &github::kCheckout;
        step.id = "main";
        step.run = github::ScriptCall{"ci/" + wanted.script, wanted.changes};
        job.steps = {checkout, step};
        job.permissions = {{"contents", "read", ""}};
        if (wanted.target != nullptr) {
            job.target_environment = wanted.target->environment;
            job.target_stack = wanted.target->stack;
            job.variables = told<github::Settings, github::Text>(house_.project, *wanted.target, wanted.changes);
        }
        job.changes_target = wanted.changes;
        if (wanted.identity) {
            conditions.insert(conditions.begin(), G::equal(G::context("github.repository"), G::literal("acme/shop")));
            job.identity = wanted.identity;
            job.permissions.push_back({"id-token", "write", "signs in"});
            job.principal = names::principal(house_.project, *wanted.target, *wanted.identity);
            hosts::Claims claims;
            claims.issuer = "token.actions.githubusercontent.com";
            claims.audience = "sts.amazonaws.com";
            claims.refs = {ref};
            claims.workflows = {"acme/shop/.github/workflows/" + workflow};
            const bool reviewed = wanted.changes && wanted.target->environment == "prod";
            if (reviewed) claims.environment = job.environment = "prod";
            claims.subjects = {reviewed                     ? "repo:acme/shop:environment:prod"
                               : ref == "refs/pull/*/merge" ? "repo:acme/shop:pull_request"
                                                            : "repo:acme/shop:ref:" + ref};
            job.claims = claims;
        }
        if (!conditions.empty()) job.only_if = G::all_of(std::move(conditions));
        return job;
    }

    gitlab::Job on_gitlab(const Wanted& wanted, std::vector<L> conditions, const char* kind) {
        gitlab::Job job;
        job.id = wanted.id;
        for (const std::string& need : wanted.needs) job.needs.push_back({need, false, need == "build-api"});
        if (wanted.target != nullptr) conditions.insert(conditions.begin(), L::equal("CI_PROJECT_PATH", "acme/shop"));
        job.rules = {{L::all_of(std::move(conditions)), false, {}}};
        job.script = {gitlab::ScriptCall{"ci/" + wanted.script, {}}};
        if (wanted.target != nullptr) {
            job.target_environment = wanted.target->environment;
            job.target_stack = wanted.target->stack;
            job.variables = told<gitlab::Settings, gitlab::Text>(house_.project, *wanted.target, wanted.changes);
        }
        job.changes_target = wanted.changes;
        if (wanted.identity) {
            job.identity = wanted.identity;
            job.principal = names::principal(house_.project, *wanted.target, *wanted.identity);
            hosts::Claims claims;
            claims.host = Host::gitlab;
            claims.issuer = "gitlab.com";
            claims.audience = std::string("https://gitlab.com/pipewright/") + kind;
            claims.any_branch = *wanted.identity == Identity::plan;
            claims.subjects = {std::string("project_path:acme/shop:ref_type:branch:ref:") +
                               (claims.any_branch ? "*" : "main")};
            job.claims = claims;
            job.tokens = {{"AWS_ID_TOKEN", claims.audience}};
        }
        return job;
    }

private:
    House& house_;
};

G event_is(const char* name) { return G::equal(G::context("github.event_name"), G::literal(name)); }
G asks(const char* environment, const char* action) {
    return G::all_of({G::equal(G::context("inputs.action"), G::literal(action)),
                      G::equal(G::context("inputs.environment"), G::literal(environment))});
}
G own_request() {
    return G::equal(G::context("github.event.pull_request.head.repo.full_name"), G::context("github.repository"));
}

L source_is(const char* source) { return L::equal("CI_PIPELINE_SOURCE", source); }
L pushed() { return L::all_of({source_is("push"), L::equal("CI_COMMIT_BRANCH", "main")}); }

void make_github(House& house, const Target& dev, const Target& prod) {
    Maker maker(house);
    const std::string main = "refs/heads/main";
    github::Workflow delivery, infrastructure, operations;
    delivery.path = ".github/workflows/delivery.yml";
    delivery.change_requests = true;
    delivery.branches = {"main"};
    const auto in_delivery = [&](const Wanted& wanted) {
        delivery.jobs.push_back(maker.on_github(wanted, {event_is("push")}, "delivery.yml", main));
        return &delivery.jobs.back();
    };
    delivery.jobs.push_back(maker.on_github({"scan-source", "scan-source.sh"}, {}, "delivery.yml", main));
    in_delivery({"build-api", "build.sh", Identity::build, &dev})->outputs = {"digest"};
    delivery.jobs.back().variables.push_back({"SERVICE", github::Text{"api"}});
    in_delivery({"deploy-dev-aws", "deploy.sh", Identity::deploy, &dev, true, {"scan-source", "build-api"}});
    delivery.jobs.back().variables.push_back({"DIGEST_API", G::context("needs.build-api.outputs.digest")});
    in_delivery({"guard-prod", "guard.sh", {}, &prod})->permissions.push_back({"actions", "read", ""});
    delivery.jobs.back().variables.push_back({"GATE_ENVIRONMENT", github::Text{"prod"}});
    delivery.jobs.back().variables.push_back({"GATE_REVIEWERS", github::Text{"true"}});
    in_delivery({"deploy-prod-aws", "deploy.sh", Identity::deploy, &prod, true, {"deploy-dev-aws", "guard-prod"}});
    delivery.jobs.back().variables.push_back({"SOURCE_ENVIRONMENT", github::Text{"dev"}});
    delivery.jobs.back().variables.push_back({"SOURCE_STACK", github::Text{"aws"}});

    infrastructure.kind = github::WorkflowKind::infrastructure;
    infrastructure.path = ".github/workflows/infrastructure.yml";
    infrastructure.change_requests = true;
    for (const Target* target : {&dev, &prod}) {
        infrastructure.jobs.push_back(
            maker.on_github({"plan-" + target->environment + "-aws", "terraform-plan.sh", Identity::plan, target},
                            {own_request()}, "infrastructure.yml", "refs/pull/*/merge"));
        infrastructure.jobs.back().variables.push_back(
            {"ROOT", github::Text{names::platform_root(house.project, *target)}});
    }

    operations.kind = github::WorkflowKind::operations;
    operations.path = ".github/workflows/operations.yml";
    operations.form = {
        {"action", "", true, {"rollback"}}, {"environment", "", true, {"dev", "prod"}}, {"cloud", "", true, {"aws"}}};
    operations.jobs.push_back(maker.on_github({"check-form", "check-form.sh"}, {}, "operations.yml", main));
    operations.jobs.push_back(
        maker.on_github({"rollback-dev-aws", "rollback.sh", Identity::deploy, &dev, true, {"check-form"}},
                        {asks("dev", "rollback")}, "operations.yml", main));
    github::Job guard = maker.on_github({"guard-prod", "guard.sh", {}, &prod, false, {"check-form"}},
                                        {asks("prod", "rollback")}, "operations.yml", main);
    guard.permissions.push_back({"actions", "read", ""});
    guard.variables.push_back({"GATE_ENVIRONMENT", github::Text{"prod"}});
    guard.variables.push_back({"GATE_REVIEWERS", github::Text{"true"}});
    operations.jobs.push_back(guard);
    operations.jobs.push_back(maker.on_github(
        {"rollback-prod-aws", "rollback.sh", Identity::deploy, &prod, true, {"check-form", "guard-prod"}},
        {asks("prod", "rollback")}, "operations.yml", main));
    house.github.workflows = {delivery, infrastructure, operations};
}

void make_gitlab(House& house, const Target& dev, const Target& prod) {
    Maker maker(house);
    gitlab::Pipeline& pipeline = house.gitlab;
    pipeline.image = "docker.io/library/debian:13.1@sha256:" + std::string(64, 'a');
    pipeline.rules = {{source_is("merge_request_event"), true}, {pushed(), false}};
    gitlab::File file;
    file.path = ".gitlab/ci/all.yml";
    const auto add = [&](const Wanted& wanted, const char* kind, std::vector<L> when) {
        file.jobs.push_back(maker.on_gitlab(wanted, std::move(when), kind));
        return &file.jobs.back();
    };
    const L own = L::same("CI_MERGE_REQUEST_SOURCE_PROJECT_PATH", "CI_PROJECT_PATH");
    add({"scan-source", "scan-source.sh"}, "", {L::any_of({source_is("merge_request_event"), pushed()})});
    add({"build-api", "build.sh", Identity::build, &dev}, "open", {pushed()})->outputs = "out.env";
    file.jobs.back().variables.push_back({"SERVICE", gitlab::Text{"api"}});
    for (const Target* target : {&dev, &prod}) {
        add({"plan-" + target->environment + "-aws", "terraform-plan.sh", Identity::plan, target}, "plan",
            {source_is("merge_request_event"), own});
    }
    add({"deploy-dev-aws", "deploy.sh", Identity::deploy, &dev, true, {"build-api"}}, "open", {pushed()});
    add({"guard-prod", "guard-gitlab.sh", {}, &prod, false, {"deploy-dev-aws"}}, "", {pushed()})->tokens = {
        {"GATE_ID_TOKEN", "https://gitlab.com/pipewright/guard"}};
    file.jobs.back().variables.push_back({"GATE_ENVIRONMENT", gitlab::Text{"prod"}});
    add({"release-prod", "release.sh", {}, &prod, false, {"guard-prod"}}, "", {pushed()})->rules.front().by_hand = true;
    file.jobs.back().script = {gitlab::Command{{"echo", "prod is released"}}};
    add({"deploy-prod-aws", "deploy.sh", Identity::deploy, &prod, true, {"deploy-dev-aws", "release-prod"}}, "gated",
        {pushed()});
    file.jobs.back().variables.push_back({"SOURCE_ENVIRONMENT", gitlab::Text{"dev"}});
    file.jobs.back().variables.push_back({"SOURCE_STACK", gitlab::Text{"aws"}});
    pipeline.files = {file};
}

delivery::Graph graph_by_hand() {
    delivery::Graph graph;
    delivery::Job build, deploy;
    build.id = "build-api";
    build.kind = delivery::JobKind::build;
    build.service = "api";
    build.environment = "dev";
    deploy.id = "deploy-dev-aws";
    deploy.environment = "dev";
    deploy.needs = {{"build-api"}};
    deploy.variables = {{"DIGEST_API", delivery::JobOutput{"build-api", "digest"}, {}}};
    graph.jobs = {build, deploy};
    return graph;
}

}  // namespace

House::House() : project(project_by_hand()) {
    github_graph = gitlab_graph = graph_by_hand();
    const Target& dev = project.environments[0].targets[0];
    const Target& prod = project.environments[1].targets[0];
    make_github(*this, dev, prod);
    make_gitlab(*this, dev, prod);
    model_again();
}

void House::model_again() {
    std::vector<hosts::Use> uses = github::uses(github);
    for (hosts::Use& one : gitlab::uses(gitlab)) uses.push_back(std::move(one));
    Origins origins;
    Diagnostics diagnostics;
    model = infrastructure::model(project, uses, origins, diagnostics);
}

std::string House::said(int number) const {
    const verify::Verdict one = verdict(number);
    if (one.outcome != verify::Outcome::broken) return std::string(to_string(one.outcome));
    std::string all;
    for (const std::string& path : one.paths) all += (all.empty() ? "" : "\n") + path;
    return all;
}

github::Workflow& House::workflow(const std::string& name) {
    for (github::Workflow& one : github.workflows) {
        if (one.path == ".github/workflows/" + name) return one;
    }
    FAIL("no workflow " << name);
    return github.workflows.front();
}

github::Job& House::on_github(const std::string& workflow_name, const std::string& id) {
    for (github::Job& one : workflow(workflow_name).jobs) {
        if (one.id == id) return one;
    }
    FAIL("no job " << id);
    return github.workflows.front().jobs.front();
}

gitlab::Job& House::on_gitlab(const std::string& id) {
    for (gitlab::Job& one : gitlab.files.front().jobs) {
        if (one.id == id) return one;
    }
    FAIL("no job " << id);
    return gitlab.files.front().jobs.front();
}

infrastructure::Role& House::role(const std::string& environment, Identity kind) {
    for (infrastructure::TargetModel& target : model.targets) {
        for (infrastructure::Role& role : target.roles) {
            if (target.environment == environment && role.kind == kind) return role;
        }
    }
    FAIL("no role in " << environment);
    return model.targets.front().roles.front();
}

infrastructure::Root& House::root(const std::string& path) {
    for (infrastructure::Root& one : model.roots) {
        if (one.path == path) return one;
    }
    FAIL("no root " << path);
    return model.roots.front();
}

}  // namespace pipewright::scenes

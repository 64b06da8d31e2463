// What GitLab does with events, and that both hosts and the graph say the same of what is delivered.
#include "scene.h"

using namespace pipewright;
using namespace pipewright::scenes;
using simulate::Outcome;
using simulate::Person;

namespace {

const std::string kMain = "refs/heads/main";

Project both(const std::string& trigger, const std::string& gate) {
    return project_of(on_both_hosts(three(kPublic, trigger, gate)));
}

Project manual() {
    return both("{ after: staging }", "{ type: manual, approvers: { github: [acme/owners], gitlab: [acme/owners] } }");
}

// What an event changes in the end, whoever is waited for.
std::string changes(const simulate::HostAnswer& host) {
    std::vector<std::string> all;
    for (const simulate::RunAnswer& run : host.runs) {
        for (const simulate::JobAnswer& job : run.jobs) {
            if (job.changes_target && (job.outcome == Outcome::runs || job.outcome == Outcome::waits))
                all.push_back(job.job);
        }
    }
    std::sort(all.begin(), all.end());
    std::string text;
    for (const std::string& one : all) text += one + " ";
    return text;
}

}  // namespace

TEST_CASE("everything of production stands behind the manual job") {
    const auto answer = on_gitlab(manual(), push(kMain));
    const auto release = job_of(answer, "release-prod");
    CHECK(release.outcome == Outcome::waits);
    CHECK(release.wait.person == Person::manual_job);
    CHECK(release.wait.who == std::vector<std::string>{"acme/owners"});
    for (const char* id : {"apply-prod-aws", "deploy-prod-aws"}) {
        CHECK(job_of(answer, id).outcome == Outcome::waits);
        CHECK(job_of(answer, id).behind == std::vector<std::string>{"release-prod"});
        CHECK(job_of(answer, id).gate == "the manual job release-prod");
    }
    CHECK(job_of(answer, "deploy-prod-aws").token->audience == "https://gitlab.com/pipewright/gated");
    CHECK(outcome(answer, "try-api") == "absent");
    CHECK(job_of(answer, "try-api").because == "not so: $CI_PIPELINE_SOURCE == \"merge_request_event\"");
}

TEST_CASE("a job that is absent says what is missing") {
    const auto says = [](const simulate::Event& event, const char* id) {
        return job_of(on_gitlab(manual(), event), id).because;
    };
    CHECK(says(form("deploy", "prod"), "build-api") == "not so: $FORM_ENVIRONMENT == \"dev\"");
    CHECK(says(form("rollback", "dev"), "deploy-dev-aws") == "not so: $FORM_ACTION == \"deploy\"");
    CHECK(says(request(true), "plan-dev-aws") == "not so: $CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH");
    CHECK(says(request(false), "build-api") == "it is for a push to main, the form (deploy to dev)");
}

TEST_CASE("a pipeline is made for what somebody waits for alone") {
    CHECK(on_gitlab(manual(), push(kMain)).runs.front().started);
    for (const auto& event : {push("refs/heads/topic"), push("refs/tags/main"), push("refs/heads/Main")})
        CHECK(on_gitlab(manual(), event).runs.front().because == "no rule of its workflow holds");
    CHECK(on_gitlab(manual(), form("none", "dev")).runs.front().because == "no rule of its workflow holds");
    auto event = form("rollback", "dev");
    event.form.image = "latest";
    CHECK(on_gitlab(manual(), event).runs.front().because == "its form refuses 'latest' as IMAGE");
    event.form.image = "";
    event.form.cloud = "moon";
    CHECK(on_gitlab(manual(), event).runs.front().because == "its form does not offer moon");
}

TEST_CASE("a need that fails stops what needs it") {
    auto event = push(kMain);
    event.fails = {"guard-prod"};
    const auto answer = on_gitlab(manual(), event);
    CHECK(job_of(answer, "release-prod").because == "guard-prod failed");
    CHECK(job_of(answer, "release-prod").wait.person == Person::nobody);
    CHECK(job_of(answer, "deploy-prod-aws").outcome == Outcome::skipped);
    CHECK_FALSE(job_of(answer, "deploy-prod-aws").token);
    CHECK(outcome(answer, "deploy-staging-aws") == "runs");
}

TEST_CASE("a fork's merge request gets no identity") {
    for (const simulate::JobAnswer& job : on_gitlab(manual(), request(true)).runs.front().jobs)
        CHECK_FALSE((job.token.has_value()));
    const auto own = on_gitlab(manual(), request(false));
    CHECK(job_of(own, "plan-prod-aws").token->subjects ==
          std::vector<std::string>{"project_path:acme/shop:ref_type:branch:ref:topic"});
    CHECK(job_of(own, "plan-prod-aws").token->trusted);
}

TEST_CASE("an apply that nobody has seen yet waits for the person who asked") {
    const auto answer = on_gitlab(manual(), form("infra", "dev"));
    CHECK(job_of(answer, "apply-dev-aws").wait.person == Person::manual_job);
    CHECK(job_of(answer, "apply-dev-aws").wait.who.empty());
    CHECK(outcome(on_gitlab(manual(), form("infra", "dev", "refs/heads/topic")), "apply-dev-aws") == "skipped");
}

TEST_CASE("both hosts change the same, and what the graph says") {
    for (const Project& project :
         {manual(), both("{ tag: \"v*\" }", "release"),
          both("{ branch: production }", "{ type: manual, approvers: { github: [octocat], gitlab: [octocat] } }")}) {
        std::vector<simulate::Event> events{push(kMain), push("refs/heads/topic"), push("refs/tags/v1"), request(false),
                                            request(true)};
        for (const char* action : {"infra", "deploy", "rollback", "destroy"}) {
            for (const char* environment : {"dev", "staging", "prod"}) {
                const std::string ref = delivery::ref_of(project, *project.environment(environment));
                events.push_back(form(action, environment, ref == "refs/tags/v*" ? "refs/tags/v1" : ref));
            }
        }
        for (const auto& event : events) {
            const std::string github = changes(on_github(project, event));
            CHECK_MESSAGE(github == changes(on_gitlab(project, event)), simulate::describe(event));
            Origins origins;
            const delivery::Graph graph = delivery::plan(project, Host::github, origins);
            const bool destroys_production = event.form.action == "destroy" && event.form.environment == "prod";
            std::vector<std::string> jobs;
            const std::string ref = event.ref.substr(event.ref.find('/', 5) + 1);
            const delivery::Event plain{event.kind,
                                        event.kind == delivery::EventKind::form ? event.ref : ref,
                                        event.fork,
                                        event.form.action,
                                        event.form.environment,
                                        "aws"};
            for (const delivery::JobOutcome& one : delivery::evaluate(graph, plain)) {
                if (one.outcome == delivery::Outcome::runs && graph.job(one.job)->changes_target)
                    jobs.push_back(one.job);
            }
            std::sort(jobs.begin(), jobs.end());
            std::string text;
            for (const std::string& one : jobs) text += one + " ";
            CHECK_MESSAGE((destroys_production ? "" : text) == github, simulate::describe(event));
        }
    }
}

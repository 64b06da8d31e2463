// The table of the gates (shared design, "Gates, honestly"), row by row: what becomes of a gate by host, visibility and
// plan, what is said about it, what production trusts, and that no other way leads there.
#include <algorithm>

#include "generator/hosts/github/lower.h"
#include "gitlab.h"

using namespace pipewright;

namespace {

using Strings = std::vector<std::string>;

// What is said of a gate when a manifest is read: "PW0301", "PW0208", or nothing; and the project, where there is one.
struct Read {
    std::string codes;
    std::optional<Project> project;
};

Read read(const std::string& manifest) {
    Sources sources;
    Diagnostics diagnostics;
    Read result;
    const SourceId source = sources.add("pipewright.yaml", manifest);
    result.project = manifest::load(sources, source, {"", "pipewright.yaml"}, diagnostics);
    if (diagnostics.has_errors()) result.project.reset();
    for (const Diagnostic& one : diagnostics.sorted()) {
        if (one.code != Code::gate_unenforced && one.code != Code::gate_impossible) continue;
        result.codes += (result.codes.empty() ? "" : " ") + std::string(pipewright::describe(one.code).id);
    }
    return result;
}

// "gate: none" of production wants a second key beside it.
std::string gate(const std::string& type, const std::string& approvers, int minutes) {
    if (type == "none") return "none, ungated_production: true";
    return "{ type: " + type + (approvers.empty() ? "" : ", approvers: [" + approvers + "]") +
           (minutes > 0 ? ", wait_minutes: " + std::to_string(minutes) : "") + " }";
}

// Whether a job changes production.
bool changes(const std::string& id) {
    for (const char* verb : {"apply-prod", "deploy-prod", "rollback-prod", "destroy-prod"}) {
        if (id.starts_with(verb)) return true;
    }
    return false;
}

// ---- GitHub

struct OnGitHub {
    const char *visibility, *plan, *trigger, *type, *approvers;
    int minutes;
    const char* codes;  // "PW0208": refused
    github::GateForm form;
    const char *subject, *actors;
    bool guard;
};

using github::GateForm;
constexpr const char* kAfter = "{ after: staging }";
constexpr const char* kTag = "{ tag: \"v*\" }";
constexpr const char* kEnvironment = "repo:acme/shop:environment:prod";
constexpr const char* kMain = "repo:acme/shop:ref:refs/heads/main";
constexpr const char* kTags = "repo:acme/shop:ref:refs/tags/v*";

const std::vector<OnGitHub> kGitHub{
    // Reviewers: public on any plan, and private on enterprise.
    {"public", "free", kAfter, "manual", "acme/owners", 0, "", GateForm::reviewers, kEnvironment, "", true},
    {"public", "team", kAfter, "manual", "acme/owners", 30, "", GateForm::reviewers, kEnvironment, "", true},
    {"public", "enterprise", kAfter, "manual", "octocat", 0, "", GateForm::reviewers, kEnvironment, "", true},
    {"private", "enterprise", kAfter, "manual", "acme/owners", 43200, "", GateForm::reviewers, kEnvironment, "", true},
    {"private", "enterprise", kTag, "manual", "octocat", 5, "", GateForm::reviewers, kEnvironment, "", true},
    {"public", "free", kAfter, "manual", "", 0, "PW0208", GateForm::none, "", "", false},
    {"private", "enterprise", kAfter, "manual", "", 5, "PW0208", GateForm::none, "", "", false},
    {"public", "free", kAfter, "manual", "other/owners", 0, "PW0208", GateForm::none, "", "", false},
    // A workflow in an environment whose refs are restricted.
    {"private", "team", kAfter, "manual", "octocat", 0, "", GateForm::workflow_in_environment, kEnvironment, "octocat",
     true},
    {"private", "team", kAfter, "manual", "", 0, "PW0301", GateForm::workflow_in_environment, kEnvironment, "", true},
    {"private", "team", kTag, "manual", "octocat, hubot", 0, "", GateForm::workflow_in_environment, kEnvironment,
     "octocat hubot", true},
    {"private", "team", kAfter, "manual", "acme/owners", 0, "PW0208", GateForm::none, "", "", false},
    {"private", "team", kAfter, "manual", "octocat", 5, "PW0208", GateForm::none, "", "", false},
    // A workflow alone.
    {"private", "free", kAfter, "manual", "octocat", 0, "", GateForm::workflow, kMain, "octocat", false},
    {"private", "free", kAfter, "manual", "", 0, "PW0301", GateForm::workflow, kMain, "", false},
    {"private", "free", kTag, "manual", "octocat", 0, "", GateForm::workflow, kMain, "octocat", false},
    {"private", "free", kAfter, "manual", "acme/owners", 0, "PW0208", GateForm::none, "", "", false},
    {"private", "free", kAfter, "manual", "octocat", 1, "PW0208", GateForm::none, "", "", false},
    // The tag itself.
    {"public", "free", kTag, "release", "", 0, "", GateForm::release, kTags, "", true},
    {"public", "team", kTag, "release", "", 0, "", GateForm::release, kTags, "", true},
    {"public", "enterprise", kTag, "release", "", 0, "", GateForm::release, kTags, "", true},
    {"private", "enterprise", kTag, "release", "", 0, "", GateForm::release, kTags, "", true},
    {"private", "team", kTag, "release", "", 0, "", GateForm::release, kTags, "", true},
    {"private", "team", kTag, "release", "octocat", 0, "", GateForm::release, kTags, "octocat", true},
    {"private", "free", kTag, "release", "", 0, "PW0301", GateForm::release, kTags, "", false},
    {"private", "free", kTag, "release", "octocat", 0, "PW0301", GateForm::release, kTags, "octocat", false},
    {"private", "free", kTag, "release", "acme/owners", 0, "PW0301 PW0208", GateForm::none, "", "", false},
    {"public", "free", kTag, "release", "", 5, "PW0208", GateForm::none, "", "", false},
    {"public", "free", kAfter, "release", "", 0, "PW0208", GateForm::none, "", "", false},
    // None, by the manifest's word.
    {"public", "free", kAfter, "none", "", 0, "", GateForm::none, kMain, "", false},
    {"private", "team", kTag, "none", "", 0, "", GateForm::none, kTags, "", false},
    {"private", "free", kAfter, "none", "", 0, "", GateForm::none, kMain, "", false},
    {"private", "enterprise", kTag, "none", "", 0, "", GateForm::none, kTags, "", false},
};

std::string words(const Strings& all) {
    std::string one;
    for (const std::string& text : all) one += (one.empty() ? "" : " ") + text;
    return one;
}

// Every job that changes production in any workflow: held by its environment, by the workflow that it stands in, or by
// the tag that it runs on; and the form offers no other.
void check_ways(const github::Pipeline& pipeline, const OnGitHub& row) {
    std::size_t found = 0;
    bool guarded = false;
    for (const github::Workflow& workflow : pipeline.workflows) {
        for (const github::FormInput& field : workflow.form) {
            const bool offers = std::find(field.options.begin(), field.options.end(), "prod") != field.options.end();
            if (field.name == "environment") {
                CHECK(offers == !github::by_workflow(row.form));
            }
        }
        for (const github::Job& job : workflow.jobs) {
            CAPTURE(workflow.path + ": " + job.id);
            guarded = guarded || job.id == "guard-prod";
            if (!changes(job.id)) {
                if (job.target_environment == "prod" && job.id != "guard-prod") {
                    CHECK(job.environment.empty());
                }
                continue;
            }
            ++found;
            CHECK(job.environment == (github::by_environment(row.form) ? "prod" : ""));
            CHECK(words(job.claims->subjects) == row.subject);
            CHECK(job.claims->environment == job.environment);
            CHECK(words(job.claims->actors) == row.actors);
            const bool needs_guard = std::find(job.needs.begin(), job.needs.end(), "guard-prod") != job.needs.end();
            CHECK(needs_guard == row.guard);
            CHECK((workflow.kind == github::WorkflowKind::promotion) == github::by_workflow(row.form));
            CHECK(job.claims->workflows == Strings{"acme/shop/" + workflow.path});
            const bool tags = row.form == GateForm::release;
            if (tags) {
                CHECK(job.claims->refs == Strings{"refs/tags/v*"});
            }
            if (github::by_workflow(row.form)) CHECK(job.claims->refs == Strings{"refs/heads/main"});
        }
    }
    CHECK(found == (github::by_workflow(row.form) ? 3 : 5));  // apply and deploy also by a push; rollback; no destroy
    CHECK(guarded == row.guard);
}

// ---- GitLab

struct OnGitLab {
    const char *plan, *trigger, *type, *approvers, *codes;
    gitlab::GateForm form;
    const char* subject;
};

constexpr const char* kBranch = "project_path:acme/shop:ref_type:branch:ref:main";
constexpr const char* kTagged = "project_path:acme/shop:ref_type:tag:ref:v*";
using Form = gitlab::GateForm;

const std::vector<OnGitLab> kGitLab{
    {"free", kAfter, "manual", "", "", Form::manual_job, kBranch},
    {"free", kAfter, "manual", "acme/owners", "PW0301", Form::manual_job, kBranch},
    {"free", kTag, "manual", "", "", Form::manual_job, kTagged},
    {"premium", kAfter, "manual", "", "", Form::deployment, kBranch},
    {"premium", kAfter, "manual", "acme/owners", "", Form::deployment, kBranch},
    {"premium", kTag, "manual", "octocat", "", Form::deployment, kTagged},
    {"ultimate", kAfter, "manual", "acme/owners", "", Form::deployment, kBranch},
    {"ultimate", kAfter, "manual", "", "", Form::deployment, kBranch},
    {"free", kTag, "release", "", "", Form::release, kTagged},
    {"premium", kTag, "release", "", "", Form::release, kTagged},
    {"ultimate", kTag, "release", "", "", Form::release, kTagged},
    {"free", kAfter, "none", "", "", Form::none, kBranch},
    {"premium", kTag, "none", "", "", Form::none, kTagged},
    {"ultimate", kAfter, "none", "", "", Form::none, kBranch},
    {"premium", kAfter, "release", "", "PW0208", Form::none, ""},
};

}  // namespace

TEST_CASE("the table of the gates: GitHub by visibility, plan, gate and approvers") {
    for (const OnGitHub& row : kGitHub) {
        const std::string host =
            std::string("{ subject: classic, visibility: ") + row.visibility + ", plan: " + row.plan + " }";
        const std::string manifest = scenes::three(host, row.trigger, gate(row.type, row.approvers, row.minutes));
        CAPTURE(manifest);
        const Read it = read(manifest);
        CHECK(it.codes == row.codes);
        REQUIRE(it.project.has_value() == (std::string(row.codes).find("PW0208") == std::string::npos));
        if (!it.project) continue;
        Origins origins;
        const github::Pipeline pipeline =
            github::lower(*it.project, delivery::plan(*it.project, Host::github, origins), origins);
        const github::EnvironmentGate& its = pipeline.gates.back();
        CHECK(its.form == row.form);
        CHECK(its.wait_minutes == row.minutes);
        check_ways(pipeline, row);
    }
}

TEST_CASE("the table of the gates: GitLab by plan, gate and approvers") {
    for (const OnGitLab& row : kGitLab) {
        const std::string manifest =
            scenes::scene(std::string("{ plan: ") + row.plan + " }", row.trigger, gate(row.type, row.approvers, 0));
        CAPTURE(manifest);
        const Read it = read(manifest);
        CHECK(it.codes == row.codes);
        REQUIRE(it.project.has_value() == (std::string(row.codes).find("PW0208") == std::string::npos));
        if (!it.project) continue;
        Origins origins;
        const gitlab::Pipeline pipeline =
            gitlab::lower(*it.project, delivery::plan(*it.project, Host::gitlab, origins), origins);
        CHECK(pipeline.gates.back().form == row.form);
        const bool asked = row.form == Form::manual_job || row.form == Form::deployment;
        const gitlab::Job* release = scenes::find(pipeline, "release-prod");
        CHECK((release != nullptr) == asked);
        CHECK((scenes::find(pipeline, "guard-prod") != nullptr) == (row.form != Form::none));
        if (release != nullptr) {
            CHECK_FALSE(release->claims.has_value());
            CHECK(release->deployment.has_value() == (row.form == Form::deployment));
            for (const gitlab::Rule& rule : release->rules) {
                CHECK(rule.by_hand);
            }
            CHECK(scenes::needs(*release).find("guard-prod") != std::string::npos);
        }
        for (const gitlab::Job* job : scenes::jobs_of(pipeline)) {
            if (!changes(job->id)) continue;
            CAPTURE(job->id);
            const std::string needs = scenes::needs(*job);
            // Every way through it, the form's too: neither need is optional.
            if (asked) {
                CHECK((needs + " ").find("release-prod ") != std::string::npos);
            }
            if (row.form == Form::release) CHECK((needs + " ").find("guard-prod ") != std::string::npos);
            CHECK(job->claims->subjects == Strings{row.subject});
            CHECK(job->claims->audience ==
                  std::string("https://gitlab.com/pipewright/") + (row.form == Form::none ? "open" : "gated"));
            CHECK_FALSE(job->deployment.has_value());
        }
    }
}

TEST_CASE("a wait timer is GitHub's alone, and between one minute and thirty days") {
    const auto codes = [](const std::string& manifest) { return read(manifest).codes; };
    CHECK(codes(scenes::scene("{ plan: ultimate }", kAfter, gate("manual", "octocat", 5))) == "PW0208");
    CHECK(codes(scenes::scene("{}", kAfter, gate("manual", "", 5))) == "PW0208");
    for (const char* minutes : {"0", "43201", "-1"}) {
        const std::string manifest =
            scenes::three(scenes::kPublic, kAfter,
                          std::string("{ type: manual, approvers: [octocat], wait_minutes: ") + minutes + " }");
        CHECK_FALSE(read(manifest).project.has_value());
    }
}

// The delivery graph: what must happen, without a host. Jobs say what they do, what they need, when they run, as which
// identity, behind which gate and on which target; a host's lowering makes workflows or stages of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "generator/delivery/event.h"
#include "generator/delivery/value.h"
#include "generator/project/names.h"
#include "generator/text/origin.h"

namespace pipewright::delivery {

enum class JobKind {
    check_form,
    check,
    scan_source,
    test,
    try_build,
    build,
    resolve,
    scan_image,
    plan,
    drift,
    alert,
    announce,
    apply,
    deploy,
    extend,
    rollback,
    destroy,
    notify
};

// A job that must be over first. One that is not required may be missing from a run: some event of this job is none of
// its own.
struct Need {
    std::string job;
    bool required = true;
};

// When a job's turn has come, once those that it needs are over: all of them went well; at least one of them began,
// however it ended; at least one of them failed.
enum class After { success, always, failure };

// As whom a job acts in a cloud: the role that it takes on AWS, the service account that it is on GCP.
struct JobIdentity {
    names::Identity kind = names::Identity::deploy;
    std::string environment, stack;
    Cloud cloud = Cloud::aws;
    std::string principal;     // the role's ARN, the service account's e-mail
    std::string provider;      // GCP: the pool's provider that lets this host's jobs in, by its whole path
    bool static_keys = false;  // it holds keys of the environment, and there is no principal
};

// What a job does in a registry that a user name and a token open; none where the cloud's identities do.
enum class RegistryUse { none, reads, writes };

// The source, at the commit of the run. commits adds the whole history without its files: enough to ask which of two
// commits is older. files adds them too: any commit can be looked at.
struct Checkout {
    bool commits = false;
    bool files = false;
};

// What lets the job's machine build for processors that it does not have.
struct SetUpEmulation {};

// A script of ci/, with the variables that only it takes. id is set where an output of the job comes from it.
struct RunScript {
    std::string name;
    std::string script;  // "build.sh"
    Variables variables;
    std::string id;
};

// A user's own commands: program text, run by a shell in a folder.
struct RunCommands {
    std::string name;
    std::string directory;
    std::vector<std::string> lines;
    Variables variables;
};

// Findings for the host's own report, where its plan takes them.
struct UploadReport {
    std::string path;
    std::string category;
};

using StepAction = std::variant<Checkout, SetUpEmulation, RunScript, RunCommands, UploadReport>;

struct Step {
    StepAction action;
    Origin origin;
};

struct SideContainer {
    std::string name;
    std::string image;
    Variables variables;
};

// The image that a job runs in, for a user's tests.
struct Container {
    std::string image;
    std::vector<SideContainer> sides;
};

// What the operators' form may ask of a target: the actions, of which services, and the full ref or pattern that it
// must run on.
struct FormRow {
    std::string environment, stack;
    std::vector<std::string> actions, services;
    std::vector<std::string> images;     // the services whose images those run
    std::vector<std::string> confirmed;  // the actions that apply one plan, whose fingerprint may be confirmed
    std::string ref;
};

// A job on a target that another tells people of: how it ended stands in its result_variable.
struct ToldResult {
    std::string stack, verb, job;
};

struct Job {
    std::string id;
    JobKind kind = JobKind::deploy;
    std::string title;  // what a person reads on the host's page
    std::string about;  // one sentence for a reviewer, printed as a comment
    Condition when;
    std::vector<Need> needs;
    After after = After::success;
    std::optional<JobIdentity> identity;
    std::optional<JobIdentity> reader;  // as whom beside that it reads a registry in another cloud
    std::string environment, stack;     // the target that it serves; empty where it serves none
    std::string service;
    RegistryUse registry = RegistryUse::none;
    bool changes_target = false;
    bool gated = false;  // behind the gate of its environment
    bool writes_report = false;
    int timeout_minutes = 10;
    std::optional<Container> container;
    Variables variables;  // of all its steps
    std::vector<Step> steps;
    std::vector<std::string> outputs;  // written by the step whose id is "main"
    std::vector<FormRow> form;         // check_form: all that it lets through
    std::vector<ToldResult> told;      // alert, notify: the jobs whose ends they tell
    Origin origin;

    // Whether it only tells people of other jobs.
    bool tells() const { return kind == JobKind::alert || kind == JobKind::announce || kind == JobKind::notify; }

    // Whether it belongs to this repository alone: it has a cloud identity, a way into the registry or the webhook, or
    // comes after one that has.
    bool is_trusted() const {
        return identity.has_value() || registry != RegistryUse::none || tells() || kind == JobKind::extend;
    }
};

struct Graph {
    std::vector<Job> jobs;  // in an order in which each comes after those it needs

    const Job* job(std::string_view id) const;
};

// The variable that holds the digest of a service's image: DIGEST_WEB_API.
std::string digest_variable(std::string_view service);

// All files of data that its jobs are told of, each once, by name.
std::vector<DataFile> data_files(const Graph& graph);

// The form's rows for the script that checks them, as JSON.
nlohmann::ordered_json form_json(const std::vector<FormRow>& rows);

// The jobs that are told of, for the script that tells of them, as JSON.
nlohmann::ordered_json results_json(const std::vector<ToldResult>& told);

// How a run of the graph would go for an event, if every job that runs succeeds but those named in failing.
enum class Outcome { runs, fails, skipped, absent };
struct JobOutcome {
    std::string job;
    Outcome outcome = Outcome::absent;
    std::string because;
};
std::vector<JobOutcome> evaluate(const Graph& graph, const Event& event, const std::vector<std::string>& failing = {});

}  // namespace pipewright::delivery

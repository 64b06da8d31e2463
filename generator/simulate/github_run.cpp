#include "generator/simulate/github_run.h"

#include <algorithm>

#include "generator/delivery/plan.h"
#include "generator/hosts/github/evaluate.h"
#include "generator/hosts/github/lower.h"
#include "generator/simulate/parts.h"

namespace pipewright::simulate {

namespace {

using delivery::EventKind;

// GitHub names a fork after its owner.
std::string fork_of(const std::string& repository) { return "somebody" + repository.substr(repository.find('/')); }

// What a need's result is called where the job looks at it.
const char* result_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::runs:
        case Outcome::waits: return "success";
        case Outcome::fails: return "failure";
        case Outcome::skipped:
        case Outcome::absent: return "skipped";
    }
    return "skipped";
}

// The field's value, or what stands there until somebody changes it.
std::string filled(const github::FormInput& field, const Form& form) {
    const std::string preset = field.options.empty() ? "" : field.options.front();
    if (field.name == "action") return form.action;
    if (field.name == "environment") return form.environment;
    if (field.name == "cloud") return form.cloud.value_or(preset);
    if (field.name == "service") return form.service.value_or(preset);
    if (field.name == "image") return form.image.value_or(preset);
    if (field.name == "confirm") return form.confirm.value_or(preset);
    return form.commit.value_or(preset);
}

// The first context in an expression.
std::string first_context(const github::Expression& expression) {
    if (expression.kind() == github::Expression::Kind::context) return expression.text();
    for (const github::Expression& one : expression.parts()) {
        const std::string found = first_context(one);
        if (!found.empty()) return found;
    }
    return {};
}

}  // namespace

GitHubRun::GitHubRun(const GitHubHost& host, const GitHubSide& side, const github::Workflow& workflow,
                     const Event& event)
    : host_(host), side_(side), workflow_(workflow), event_(event) {
    const bool request = event.kind == EventKind::change_request;
    contexts_["github.event_name"] = github::event_name(event.kind);
    contexts_["github.ref"] = request ? "refs/pull/NUMBER/merge" : event.ref;
    contexts_["github.repository"] = event.fork && !request ? fork_of(host.repository) : host.repository;
    if (request) {
        contexts_["github.event.pull_request.head.repo.full_name"] =
            event.fork ? fork_of(host.repository) : host.repository;
    }
    if (event.kind != EventKind::form) return;
    for (const github::FormInput& one : workflow.form) contexts_["inputs." + one.name] = filled(one, event.form);
}

const JobAnswer* GitHubRun::ended(const std::string& job) const {
    const auto found =
        std::find_if(answers_.begin(), answers_.end(), [&](const JobAnswer& one) { return one.job == job; });
    return found == answers_.end() ? nullptr : &*found;
}

bool GitHubRun::holds(const github::Expression& condition) const {
    return github::holds(condition, [&](const std::string& path) {
        const auto found = contexts_.find(path);
        return found == contexts_.end() ? std::string() : found->second;
    });
}

// success() looks at everything that comes before (https://github.com/actions/runner/issues/491).
bool GitHubRun::all_before_succeeded(const github::Job& job) const {
    return std::all_of(job.needs.begin(), job.needs.end(),
                       [&](const std::string& need) { return good_.contains(need); });
}

std::string GitHubRun::first_bad_need(const github::Job& job) const {
    for (const std::string& need : job.needs) {
        const JobAnswer* its = ended(need);
        if (its == nullptr || its->outcome == Outcome::skipped) return need + " was skipped";
        if (its->outcome == Outcome::fails) return need + " failed";
    }
    return "a job before it was skipped or failed";
}

// The condition of the event first: a need of a job that is not for this event tells nobody anything.
std::string GitHubRun::why_not(const github::Job& job) const {
    if (!job.only_if || holds(*job.only_if)) return first_bad_need(job);
    const github::Expression& part =
        broken_part(*job.only_if, [&](const github::Expression& one) { return holds(one); });
    const std::string context = first_context(part);
    if (context.starts_with("needs.") && context.ends_with(".result")) {
        const std::string need = context.substr(6, context.size() - 6 - 7);
        const JobAnswer* its = ended(need);
        return need + (its != nullptr && its->outcome == Outcome::fails ? " failed" : " was skipped");
    }
    if (context.starts_with("needs.") && context.ends_with(".outputs.empty")) {
        const std::string need = context.substr(6, context.size() - 6 - 14);
        const JobAnswer* its = ended(need);
        return need +
               (its != nullptr && its->outcome != Outcome::skipped ? " found nothing to change" : " did not run");
    }
    return "not so: " + part.print();
}

std::string GitHubRun::setting(const github::Job& job, std::string_view name) const {
    for (const github::Setting& one : job.variables) {
        if (one.name != name) continue;
        if (const auto* text = std::get_if<github::Text>(&one.value)) return text->text;
        if (const auto* lines = std::get_if<github::Lines>(&one.value)) return lines->text;
        const auto& expression = std::get<github::Expression>(one.value);
        if (expression.kind() == github::Expression::Kind::equal) return holds(expression) ? "true" : "false";
        const auto found = contexts_.find(expression.print());
        return found == contexts_.end() ? "" : found->second;
    }
    return {};
}

std::string GitHubRun::form_problem(const github::Job& job) const {
    return form_refused(setting(job, "FORM"),
                        {setting(job, "ACTION"), setting(job, "ENVIRONMENT_CHOSEN"), setting(job, "STACK_CHOSEN"),
                         setting(job, "SERVICE"), setting(job, "IMAGE"), setting(job, "CONFIRM"), event_.ref});
}

void GitHubRun::let_wait(const github::Job& job, JobAnswer& answer) const {
    for (const github::EnvironmentGate& gate : side_.pipeline.gates) {
        if (gate.environment != job.environment || gate.form != github::GateForm::reviewers) continue;
        answer.outcome = Outcome::waits;
        answer.wait = {Person::reviewers, job.id, gate.approvers, gate.wait_minutes};
    }
}

void GitHubRun::decide(const github::Job& job, JobAnswer& answer) const {
    const bool good = all_before_succeeded(job);
    const bool told = !job.only_if || holds(*job.only_if);
    const bool status = job.only_if && github::asks_for_status(*job.only_if);
    if (!told || (!good && !status)) {
        answer.outcome = Outcome::skipped;
        answer.because = why_not(job);
        return;
    }
    answer.outcome = Outcome::runs;
    let_wait(job, answer);
    if (job.id == delivery::kCheckForm) {
        const std::string problem = form_problem(job);
        if (!problem.empty()) {
            answer.outcome = Outcome::fails;
            answer.because = problem;
            return;
        }
    }
    if (is_among(event_.fails, job.id)) {
        answer.outcome = Outcome::fails;
        answer.because = "it is said to fail";
        return;
    }
    if (setting(job, "CONFIRM_NEEDED") == "true" && setting(job, "CONFIRM").empty() && !event_.no_changes)
        answer.note = "applies nothing before the plan's fingerprint is confirmed";
}

Token GitHubRun::token_of(const github::Job& job, const hosts::Claims& trusted) const {
    delivery::EventClass now;
    now.kind = event_.kind;
    now.ref = event_.kind == EventKind::form ? event_.ref : short_ref(event_.ref);
    if (event_.kind == EventKind::change_request) now.ref.clear();
    GitHubHost host = host_;
    host.repository = contexts_.at("github.repository");
    if (host.repository != host_.repository) host.repository_id = host.owner_id = "0";
    const hosts::Claims claims =
        github::claims_of(host, {{now}}, job.environment, workflow_.path, {}, trusted.provider);
    Token token{claims.issuer,
                claims.audience,
                claims.subjects,
                contexts_.at("github.ref"),
                claims.environment,
                claims.repository_id,
                claims.workflows.front(),
                false,
                trusted.actors,
                false};
    // A fork's change request is given no token at all.
    token.trusted = !event_.fork && admits(trusted, token);
    return token;
}

std::string GitHubRun::gate_words(const github::Job& job) const {
    const delivery::Job* from = side_.graph.job(job.id);
    if (from == nullptr || !from->gated) return {};
    for (const github::EnvironmentGate& gate : side_.pipeline.gates) {
        if (gate.environment != from->environment) continue;
        switch (gate.form) {
            case github::GateForm::none: break;
            case github::GateForm::reviewers: return "reviewers of the environment " + gate.environment;
            case github::GateForm::workflow_in_environment:
                return "a person starts the workflow, in the environment " + gate.environment;
            case github::GateForm::workflow: return "a person starts the workflow";
            case github::GateForm::release: return "the tag";
        }
    }
    return {};
}

std::vector<JobAnswer> GitHubRun::jobs() {
    for (const github::Job& job : workflow_.jobs) {
        JobAnswer answer;
        answer.job = job.id;
        answer.title = job.name;
        answer.after = job.needs;
        answer.environment = job.target_environment;
        answer.stack = job.target_stack;
        answer.changes_target = job.changes_target;
        answer.gate = gate_words(job);
        decide(job, answer);
        const bool starts = answer.outcome != Outcome::skipped;
        for (const std::string& need : job.needs) {
            const JobAnswer* its = ended(need);
            if (its == nullptr || !starts) continue;
            if (its->wait.person != Person::nobody && !is_among(answer.behind, need)) answer.behind.push_back(need);
            for (const std::string& one : its->behind) {
                if (!is_among(answer.behind, one)) answer.behind.push_back(one);
            }
        }
        if (answer.outcome == Outcome::runs && !answer.behind.empty()) answer.outcome = Outcome::waits;
        tell_identity(job, answer);
        if (starts && job.claims) answer.token = token_of(job, *job.claims);
        if (starts && job.reader) answer.reader_token = token_of(job, job.reader->claims);
        const delivery::Job* from = side_.graph.job(job.id);
        const bool plans = from != nullptr && from->kind == delivery::JobKind::plan;
        contexts_["needs." + job.id + ".result"] = result_of(answer.outcome);
        if (std::string_view(result_of(answer.outcome)) == "success" && all_before_succeeded(job)) good_.insert(job.id);
        if (plans && starts && answer.outcome != Outcome::fails)
            contexts_["needs." + job.id + ".outputs.empty"] = event_.no_changes ? "true" : "false";
        answers_.push_back(std::move(answer));
    }
    return answers_;
}

}  // namespace pipewright::simulate

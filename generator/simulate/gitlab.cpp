// GitLab's side: whether an event makes a pipeline, and what becomes of its jobs.
#include <algorithm>
#include <regex>

#include "generator/delivery/plan.h"
#include "generator/hosts/gitlab/evaluate.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/project/pattern.h"
#include "generator/simulate/parts.h"

namespace pipewright::simulate {

namespace {

using delivery::EventKind;

// Who opens a merge request from a fork, or pushes in it, has the project below another group.
std::string fork_of(const std::string& repository) { return "somebody" + repository.substr(repository.rfind('/')); }

std::optional<std::string> given(const gitlab::FormInput& field, const Form& form) {
    if (field.name == "ACTION") return form.action;
    if (field.name == "ENVIRONMENT") return form.environment;
    if (field.name == "CLOUD") return form.cloud;
    if (field.name == "SERVICE") return form.service;
    if (field.name == "IMAGE") return form.image;
    return form.confirm;
}

class GitLabRun {
public:
    GitLabRun(const GitLabHost& host, const GitLabSide& side, const Event& event)
        : host_(host), side_(side), pipeline_(side.pipeline), event_(event) {
        know();
    }

    RunAnswer run();

private:
    void know();
    std::string not_offered() const;
    const JobAnswer* ended(const std::string& job) const;
    const gitlab::Rule* rule_of(const gitlab::Job& job) const;
    std::string why_absent(const gitlab::Job& job) const;
    std::string form_problem(const gitlab::Job& job) const;
    std::string setting(const gitlab::Job& job, std::string_view name) const;
    const gitlab::EnvironmentGate* gate(const std::string& environment) const;
    std::string gate_words(const gitlab::Job& job) const;
    bool is_protected() const;
    Token token_of(const gitlab::Job& job, const hosts::Claims& trusted) const;
    JobAnswer decide(const gitlab::Job& job) const;
    void settle(const gitlab::Job& job, delivery::After after, JobAnswer& answer) const;

    const GitLabHost& host_;
    const GitLabSide& side_;
    const gitlab::Pipeline& pipeline_;
    const Event& event_;
    gitlab::Variables known_;
    std::vector<JobAnswer> answers_;
};

void GitLabRun::know() {
    const bool request = event_.kind == EventKind::change_request;
    const std::string source = event_.fork ? fork_of(host_.repository) : host_.repository;
    known_ = gitlab::predefined(event_.kind, event_.ref, request ? host_.repository : source, source);
    for (const gitlab::FormInput& one : pipeline_.form) {
        const bool asked = event_.kind == EventKind::form;
        known_["FORM_" + one.name] = asked ? given(one, event_.form).value_or(one.preset) : one.preset;
    }
}

// GitLab makes no pipeline with a value that an input does not allow.
std::string GitLabRun::not_offered() const {
    if (event_.kind != EventKind::form) return {};
    if (pipeline_.form.empty()) return "it has no form";
    for (const gitlab::FormInput& one : pipeline_.form) {
        const std::string& value = known_.at("FORM_" + one.name);
        if (!one.options.empty() && !is_among(one.options, value)) return "its form does not offer " + value;
        if (!one.pattern.empty() && !std::regex_match(value, std::regex(one.pattern)))
            return "its form refuses '" + value + "' as " + one.name;
    }
    return {};
}

const JobAnswer* GitLabRun::ended(const std::string& job) const {
    const auto found =
        std::find_if(answers_.begin(), answers_.end(), [&](const JobAnswer& one) { return one.job == job; });
    return found == answers_.end() ? nullptr : &*found;
}

const gitlab::Rule* GitLabRun::rule_of(const gitlab::Job& job) const {
    const auto found = std::find_if(job.rules.begin(), job.rules.end(),
                                    [&](const gitlab::Rule& one) { return gitlab::holds(one.condition, known_); });
    return found == job.rules.end() ? nullptr : &*found;
}

// Of several rules, the one that came nearest to holding says what is missing; where none is for this kind of event at
// all, what they are for.
std::string GitLabRun::why_absent(const gitlab::Job& job) const {
    const gitlab::Expression* missing = nullptr;
    std::size_t farthest = 0;
    for (const gitlab::Rule& rule : job.rules) {
        const std::vector<gitlab::Expression>& parts = rule.condition.parts();
        const auto broken = std::find_if(parts.begin(), parts.end(),
                                         [&](const gitlab::Expression& one) { return !gitlab::holds(one, known_); });
        const auto held = static_cast<std::size_t>(broken - parts.begin());
        if (missing != nullptr && held <= farthest) continue;
        missing =
            &broken_part(rule.condition, [&](const gitlab::Expression& one) { return gitlab::holds(one, known_); });
        farthest = held;
    }
    if (missing != nullptr && (job.rules.size() == 1 || missing->variable() != "CI_PIPELINE_SOURCE"))
        return "not so: " + missing->print();
    std::string events;
    for (const std::string& one : job.events) events += (events.empty() ? "" : ", ") + one;
    return "it is for " + events;
}

std::string GitLabRun::setting(const gitlab::Job& job, std::string_view name) const {
    for (const gitlab::Setting& one : job.variables) {
        const auto* text = std::get_if<gitlab::Text>(&one.value);
        if (one.name == name && text != nullptr) return text->text;
    }
    return {};
}

std::string GitLabRun::form_problem(const gitlab::Job& job) const {
    const auto chosen = [&](const char* field) { return known_.at(std::string("FORM_") + field); };
    return form_refused(setting(job, "FORM"), {chosen("ACTION"), chosen("ENVIRONMENT"), chosen("CLOUD"),
                                               chosen("SERVICE"), chosen("IMAGE"), chosen("CONFIRM"), event_.ref});
}

const gitlab::EnvironmentGate* GitLabRun::gate(const std::string& environment) const {
    for (const gitlab::EnvironmentGate& one : pipeline_.gates) {
        if (one.environment == environment) return &one;
    }
    return nullptr;
}

std::string GitLabRun::gate_words(const gitlab::Job& job) const {
    const delivery::Job* from = side_.graph.job(job.id);
    const gitlab::EnvironmentGate* its = from != nullptr && from->gated ? gate(from->environment) : nullptr;
    if (its == nullptr) return {};
    switch (its->form) {
        case gitlab::GateForm::none: break;
        case gitlab::GateForm::manual_job: return "the manual job " + its->job;
        case gitlab::GateForm::deployment: return "approvals and the manual job " + its->job;
        case gitlab::GateForm::release: return "the tag";
    }
    return {};
}

// Whether a gate rests on the protection of the event's ref; that the ref is protected is then taken for granted.
bool GitLabRun::is_protected() const {
    if (event_.kind == EventKind::change_request) return false;
    return std::any_of(pipeline_.gates.begin(), pipeline_.gates.end(), [&](const gitlab::EnvironmentGate& one) {
        return one.form != gitlab::GateForm::none &&
               std::any_of(one.refs.begin(), one.refs.end(),
                           [&](const std::string& ref) { return pattern_matches(ref, event_.ref); });
    });
}

// The token of a merge request's pipeline carries its source branch.
Token GitLabRun::token_of(const gitlab::Job& job, const hosts::Claims& trusted) const {
    delivery::EventClass now;
    now.kind = is_tag(event_.ref) ? EventKind::push_tag : EventKind::push_branch;
    now.ref = short_ref(event_.ref);
    GitLabHost host = host_;
    host.repository = known_.at("CI_PROJECT_PATH");
    const hosts::Claims claims = gitlab::claims_of(host, {{now}}, *job.identity, false, {}, {});
    Token token;
    token.issuer = claims.issuer;
    token.audience = trusted.audience;
    token.subjects = claims.subjects;
    // Only Google Cloud can be told to look at these.
    if (!trusted.provider.empty()) {
        if (job.deployment) token.environment = job.deployment->environment;
        token.protected_ref = is_protected();
    }
    token.trusted = admits(trusted, token);
    return token;
}

// "rules:when", "needs": always is also after needs that never began, and then its script has nothing to say.
void GitLabRun::settle(const gitlab::Job& job, delivery::After after, JobAnswer& answer) const {
    bool began = false, failed = false;
    for (const gitlab::Need& need : job.needs) {
        const JobAnswer* its = ended(need.job);
        if (its == nullptr || its->outcome == Outcome::absent) continue;
        answer.after.push_back(need.job);
        began = began || its->outcome != Outcome::skipped;
        failed = failed || its->outcome == Outcome::fails;
        if (after == delivery::After::success && (its->outcome == Outcome::fails || its->outcome == Outcome::skipped)) {
            answer.outcome = Outcome::skipped;
            answer.because = need.job + (its->outcome == Outcome::fails ? " failed" : " was skipped");
            return;
        }
        if (its->wait.person != Person::nobody && !is_among(answer.behind, need.job)) answer.behind.push_back(need.job);
        for (const std::string& one : its->behind) {
            if (!is_among(answer.behind, one)) answer.behind.push_back(one);
        }
    }
    if (after == delivery::After::failure && !failed) {
        answer.outcome = Outcome::skipped;
        answer.because = "nothing failed";
        return;
    }
    if (after == delivery::After::always && !began) answer.note = "says nothing, because nothing that it tells of ran";
    if (!answer.behind.empty()) answer.outcome = Outcome::waits;
    if (job.id == delivery::kCheckForm) answer.because = form_problem(job);
    if (answer.because.empty() && is_among(event_.fails, job.id)) answer.because = "it is said to fail";
    if (!answer.because.empty()) answer.outcome = Outcome::fails;
}

JobAnswer GitLabRun::decide(const gitlab::Job& job) const {
    JobAnswer answer;
    answer.job = job.id;
    answer.title = job.title;
    answer.environment = job.target_environment;
    answer.stack = job.target_stack;
    answer.changes_target = job.changes_target;
    answer.gate = gate_words(job);
    tell_identity(job, answer);
    const gitlab::Rule* rule = rule_of(job);
    if (rule == nullptr) {
        answer.because = why_absent(job);
        return answer;
    }
    answer.outcome = Outcome::runs;
    if (rule->by_hand) {
        answer.outcome = Outcome::waits;
        const gitlab::EnvironmentGate* its = gate(job.target_environment);
        const bool is_gate = its != nullptr && its->job == job.id;
        answer.wait = {Person::manual_job, job.id, is_gate ? its->approvers : std::vector<std::string>(), 0};
    }
    settle(job, rule->after, answer);
    if (answer.outcome == Outcome::skipped) answer.wait = {};
    const bool starts = answer.outcome != Outcome::skipped;
    if (starts && job.claims) answer.token = token_of(job, *job.claims);
    if (starts && job.reader) answer.reader_token = token_of(job, job.reader->claims);
    return answer;
}

RunAnswer GitLabRun::run() {
    RunAnswer run{pipeline_.path, "Pipeline", event_.ref, false, not_offered(), {}};
    if (!run.because.empty()) return run;
    const bool made = std::any_of(pipeline_.rules.begin(), pipeline_.rules.end(), [&](const gitlab::WorkflowRule& one) {
        return gitlab::holds(one.condition, known_);
    });
    if (!made) {
        run.because = "no rule of its workflow holds";
        return run;
    }
    // A job may need one that stands in a later file, or that is listed after it.
    std::vector<const gitlab::Job*> open;
    for (const gitlab::File& file : pipeline_.files) {
        for (const gitlab::Job& job : file.jobs) open.push_back(&job);
    }
    const std::vector<const gitlab::Job*> order = open;
    while (!open.empty()) {
        const auto next = std::find_if(open.begin(), open.end(), [&](const gitlab::Job* job) {
            return std::none_of(job->needs.begin(), job->needs.end(), [&](const gitlab::Need& need) {
                return std::any_of(open.begin(), open.end(),
                                   [&](const gitlab::Job* other) { return other->id == need.job; });
            });
        });
        if (next == open.end()) {
            run.because = "its jobs need each other in a circle";
            return run;
        }
        answers_.push_back(decide(**next));
        open.erase(next);
    }
    for (const gitlab::Job* job : order) {
        const JobAnswer& answer = *ended(job->id);
        for (const gitlab::Need& need : job->needs) {
            const JobAnswer* its = ended(need.job);
            if (answer.outcome == Outcome::absent || need.optional) continue;
            if (its == nullptr || its->outcome == Outcome::absent) {
                run.because = job->id + " needs " + need.job + ", which is not there";
                return run;
            }
        }
    }
    run.started = std::any_of(answers_.begin(), answers_.end(),
                              [](const JobAnswer& one) { return one.outcome != Outcome::absent; });
    if (!run.started) {
        run.because = "no job is for this event";
        return run;
    }
    run.jobs = std::move(answers_);
    return run;
}

}  // namespace

HostAnswer on_gitlab(const Project& project, const GitLabSide& side, const Event& event) {
    return {Host::gitlab, project.gitlab->repository, {GitLabRun(*project.gitlab, side, event).run()}};
}

}  // namespace pipewright::simulate

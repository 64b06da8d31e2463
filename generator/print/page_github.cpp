#include <algorithm>

#include "generator/print/page_host.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using github::EnvironmentGate;
using github::GateForm;
using github::WorkflowKind;
using markdown::Inlines;
using markdown::Item;

// A workflow that a person starts in place of a push.
bool by_workflow(const EnvironmentGate& gate) { return !gate.workflow.empty(); }

class GitHubPart {
public:
    GitHubPart(const github::Pipeline& pipeline, const Project& settings)
        : pipeline_(pipeline), settings_(settings), host_(*settings.github) {}

    HostPart part() {
        part_.name = "GitHub";
        for (const EnvironmentGate& gate : pipeline_.gates) {
            tell_gate(gate);
            add_task(gate);
        }
        for (const github::Workflow& workflow : pipeline_.workflows) add_table(workflow);
        add_secrets();
        protect();
        look_after();
        form();
        return std::move(part_);
    }

private:
    void ask(Inlines line) { part_.tasks.push_back({words("On GitHub, ") + line}); }

    // Whom alone the cloud admits to an environment: those that its jobs' claims name.
    std::vector<std::string> admitted(const std::string& environment) const {
        for (const github::Workflow& workflow : pipeline_.workflows) {
            for (const github::Job& job : workflow.jobs) {
                if (job.target_environment == environment && job.changes_target && job.claims)
                    return job.claims->actors;
            }
        }
        return {};
    }

    void tell_gate(const EnvironmentGate& gate) {
        const std::vector<std::string> actors = admitted(gate.environment);
        const Inlines only = actors.empty() ? Inlines{} : words("; the cloud admits ") + codes(actors);
        Inlines line, opener;
        switch (gate.form) {
            case GateForm::none: line = words("none"); break;
            case GateForm::reviewers:
                opener = codes(gate.approvers);
                line = words("reviewers of the environment ") + code(gate.environment) + words(": ") + opener;
                if (gate.wait_minutes > 0)
                    line = line + words(", and a wait of " + std::to_string(gate.wait_minutes) + " minutes");
                if (settings_.infrastructure.apply_gated) part_.asked_twice.push_back(gate.environment);
                break;
            case GateForm::workflow:
            case GateForm::workflow_in_environment:
                line = words("a person starts ") + code(gate.workflow) + only;
                opener = actors.empty() ? words("whoever may start ") + code(gate.workflow) : codes(actors);
                break;
            case GateForm::release:
                line = words("pushing ") + ref_words(gate.refs) + only;
                opener = actors.empty() ? words("whoever may push ") + ref_words(gate.refs) : codes(actors);
                break;
        }
        part_.gates[gate.environment] = line;
        if (gate.form == GateForm::none) return;
        part_.openers[gate.environment] = opener;
        if (gate.form == GateForm::reviewers || !actors.empty()) part_.named.insert(gate.environment);
        if (gate.guarded) part_.guards.push_back("guard-" + gate.environment);
    }

    void add_task(const EnvironmentGate& its) {
        const std::string guard = "guard-" + its.environment;
        if (its.form == GateForm::reviewers) {
            ask(words("the environment ") + code(its.environment) + words(" with the required reviewers ") +
                codes(its.approvers) + words(", restricted to ") + ref_words(its.refs) +
                words(its.wait_minutes > 0 ? ", with a wait timer of " + std::to_string(its.wait_minutes) + " minutes"
                                           : "") +
                words(". ") + code(guard) +
                words(" checks this in every run: GitHub creates a missing environment without any rule."));
        } else if (its.form == GateForm::workflow_in_environment) {
            ask(words("the environment ") + code(its.environment) + words(", restricted to ") + ref_words(its.refs) +
                words(". ") + code(guard) + words(" checks this in every run."));
        } else if (its.form == GateForm::release && its.guarded) {
            ask(words("under Settings, Rules, Rulesets, an active ruleset for ") + ref_words(its.refs) +
                words(
                    " that restricts creations, updates and deletions, with those who release on its bypass list: the "
                    "tag is the gate of ") +
                code(its.environment) + words(". ") + code(guard) +
                words(" checks the ruleset in every run, but not the bypass list, which GitHub shows only to those who "
                      "may change it."));
        }
    }

    void add_table(const github::Workflow& workflow) {
        JobTable table{workflow.path, {}};
        for (const github::Job& job : workflow.jobs) {
            table.rows.push_back(
                {{code(job.id), words(job.name), words(listing(job.events)), codes(job.needs), identity_of(job)},
                 job.origin});
            std::string target;
            if (!deploys(job, target) || part_.starts.contains(target)) continue;
            std::vector<std::string> events = job.events;
            // What else starts it stands in another workflow.
            for (const github::Workflow& other : pipeline_.workflows) {
                for (const github::Job& again : other.jobs) {
                    if (again.id != job.id) continue;
                    for (const std::string& one : again.events) {
                        if (std::find(events.begin(), events.end(), one) == events.end()) events.push_back(one);
                    }
                }
            }
            part_.starts[target] = start_words(events, job.needs);
        }
        part_.tables.push_back(std::move(table));
    }

    // Where the gate is a GitHub environment, only secrets of its own are behind it.
    void add_secrets() {
        std::vector<std::string> keyed;
        Secrets secrets;
        for (const github::Workflow& workflow : pipeline_.workflows) {
            for (const github::Job& job : workflow.jobs) {
                const std::string& environment = job.target_environment;
                if (job.static_keys && std::find(keyed.begin(), keyed.end(), environment) == keyed.end()) {
                    keyed.push_back(environment);
                    std::vector<std::string> names;
                    for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"})
                        names.push_back(names::environment_secret(environment, name));
                    part_.tasks.push_back(keys_task(
                        "GitHub, the secrets", names,
                        job.environment.empty() ? Inlines{} : words(" of the environment ") + code(job.environment),
                        environment));
                }
                note_secrets(job, pipeline_.webhook, secrets);
            }
        }
        add_secrets_tasks("GitHub, the secret", secrets, settings_, "", "", part_.tasks);
    }

    // Who may push to what the environments are deployed from.
    void protect() {
        std::vector<std::string> branches, tags, open, unnamed, all;
        for (const EnvironmentGate& gate : pipeline_.gates) {
            if (gate.form == GateForm::none) open.push_back(gate.environment);
            const bool anybody = admitted(gate.environment).empty();
            if (gate.form != GateForm::none && anybody) unnamed.push_back(gate.environment);
            if (anybody) all.push_back(gate.environment);
            for (const std::string& ref : gate.refs) {
                std::vector<std::string>& into = ref.starts_with("refs/tags/") ? tags : branches;
                if (std::find(into.begin(), into.end(), ref) == into.end()) into.push_back(ref);
            }
        }
        if (host_.rulesets()) {
            if (branches.empty()) return;
            ask(words("protection of ") + ref_words(branches) + words(": whoever may push there ") +
                (open.empty() ? words("decides what the jobs there do.")
                              : words("deploys ") + and_codes(open) + words(", which no gate holds.")));
            return;
        }
        std::vector<std::string> refs = branches;
        refs.insert(refs.end(), tags.begin(), tags.end());
        if (refs.empty()) return;
        Inlines line = words("few people who may push: in a private repository on the free plan nobody can protect ") +
                       ref_words(refs);
        if (!all.empty()) line = line + words(", so whoever may push can deploy ") + and_codes(all);
        line = line + words(".");
        if (!unnamed.empty()) {
            line = line + words(" Users named as ") + code("approvers") + words(" in the gate of ") +
                   and_codes(unnamed) + words(" would be the only ones whose runs the cloud admits there;");
        }
        ask(line + words(unnamed.empty() ? " The" : " the") + words(" team plan can protect branches and tags."));
    }

    void look_after() {
        for (const github::Workflow& workflow : pipeline_.workflows) {
            if (workflow.schedule.empty()) continue;
            ask(words("a look now and then under Actions whether the schedule ") + code(workflow.schedule) +
                words(" of ") + code(workflow.path) +
                words(" still runs: in a public repository without activity for 60 days GitHub disables it, and a "
                      "person enables it again."));
        }
        if (!pipeline_.webhook.empty()) {
            ask(words("the secret ") + code(pipeline_.webhook) +
                words(" of the repository: the address of a Slack webhook. Without it the jobs that tell of "
                      "environments warn and send nothing."));
        }
    }

    void form() {
        if (!settings_.delivery.operations || pipeline_.gates.empty()) return;
        const std::string by_default = "refs/heads/" + host_.default_branch;
        std::vector<Inlines> places;
        std::vector<std::string> reviewed, others, started, open, released;
        bool elsewhere = false;
        for (const EnvironmentGate& gate : pipeline_.gates) {
            (gate.form == GateForm::reviewers ? reviewed : others).push_back(gate.environment);
            if (gate.form != GateForm::reviewers) (by_workflow(gate) ? started : open).push_back(gate.environment);
            if (gate.form == GateForm::release && admitted(gate.environment).empty())
                released.push_back(gate.environment);
        }
        for (const github::Workflow& workflow : pipeline_.workflows) {
            RefsOf mine;
            for (const EnvironmentGate& gate : pipeline_.gates) {
                const bool here =
                    workflow.kind == WorkflowKind::operations
                        ? !by_workflow(gate)
                        : workflow.kind == WorkflowKind::promotion && gate.environment == workflow.environment;
                if (here) mine.push_back({gate.environment, gate.refs});
            }
            if (mine.empty()) continue;
            for (const auto& [environment, refs] : mine)
                elsewhere = elsewhere || std::find(refs.begin(), refs.end(), by_default) == refs.end();
            places.push_back(code(workflow.name) + words(" ") + runs_on(mine, mine.size() < pipeline_.gates.size()));
        }
        if (places.empty()) return;
        part_.form = words("on GitHub under Actions, ") + joined(places, ", and ") + words(" (Run workflow)");
        if (!reviewed.empty()) part_.agreed = words("a reviewer of ") + and_codes(reviewed);
        if (!others.empty()) {
            part_.agreed = part_.agreed +
                           (reviewed.empty() ? Inlines{} : words(", for ") + and_codes(others) + words(" ")) +
                           words("a second run with the first one's fingerprint as CONFIRM");
        }
        std::vector<Inlines> applies;
        if (!open.empty()) applies.push_back(words("to ") + and_codes(open) + words(" as a push does, asking nobody"));
        if (!started.empty()) {
            applies.push_back(words("in ") + and_codes(started) +
                              words(" a changed platform stops it until CONFIRM holds the plan's fingerprint"));
        }
        part_.applies = joined(applies, "; ");
        part_.cautions.push_back(
            words("On GitHub everybody with write access can start it, also those who may not push to its refs."));
        if (!released.empty()) {
            part_.cautions.back() = part_.cautions.back() +
                                    words(
                                        " So on a tag that is there already whoever may write can apply, deploy anew "
                                        "and roll back ") +
                                    and_codes(released) + words(": the gate holds new tags alone.");
        }
        if (elsewhere) {
            part_.cautions.push_back(
                words("GitHub offers a workflow only once its file is on the default branch too, ") +
                code(host_.default_branch) + words("."));
        }
    }

    const github::Pipeline& pipeline_;
    const Project& settings_;
    const GitHubHost& host_;
    HostPart part_;
};

}  // namespace

HostPart github_part(const github::Pipeline& pipeline, const Project& settings) {
    return GitHubPart(pipeline, settings).part();
}

}  // namespace pipewright::print

#include <algorithm>

#include "generator/print/page_host.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using gitlab::EnvironmentGate;
using gitlab::GateForm;
using markdown::Block;
using markdown::Inlines;
using markdown::Item;

class GitLabPart {
public:
    GitLabPart(const gitlab::Pipeline& pipeline, const Project& settings) : pipeline_(pipeline), settings_(settings) {}

    HostPart part() {
        part_.name = "GitLab";
        for (const EnvironmentGate& gate : pipeline_.gates) tell_gate(gate);
        protect();
        for (const gitlab::File& file : pipeline_.files) add_table(file);
        add_secrets();
        add_settings();
        form();
        return std::move(part_);
    }

private:
    void ask(Inlines line, std::vector<Block> below = {}) {
        part_.tasks.push_back({words("On GitLab, ") + line, std::move(below)});
    }

    void tell_gate(const EnvironmentGate& gate) {
        Inlines line, opener;
        switch (gate.form) {
            case GateForm::none: line = words("none"); break;
            case GateForm::manual_job:
                line = words("a person starts ") + code(gate.job);
                opener = words("whoever may start ") + code(gate.job);
                break;
            case GateForm::deployment:
                line = words("approvals of the environment ") + code(gate.environment);
                opener = words("who may deploy to the environment ") + code(gate.environment);
                if (!gate.approvers.empty()) {
                    line = line + words(" by ") + codes(gate.approvers);
                    opener = codes(gate.approvers);
                    part_.named.insert(gate.environment);
                }
                line = line + words(", then a person starts ") + code(gate.job);
                break;
            case GateForm::release:
                line = words("pushing ") + ref_words(gate.refs);
                opener = words("whoever may push ") + ref_words(gate.refs);
                break;
        }
        part_.gates[gate.environment] = line;
        if (gate.form == GateForm::none) return;
        part_.openers[gate.environment] = opener;
        part_.guards.push_back("guard-" + gate.environment);
        if (gate.form != GateForm::deployment) return;
        Inlines task = words("the protected environment ") + code(gate.environment);
        if (!gate.approvers.empty()) task = task + words(" with an approval rule for ") + codes(gate.approvers);
        ask(task + words(". ") + code(gate.job) + words(" checks that it is protected, not who may approve."));
    }

    // What whoever may push to a ref can do.
    Inlines power(const std::vector<std::string>& refs) const {
        std::vector<std::string> open, released, jobs, guards;
        for (const EnvironmentGate& gate : pipeline_.gates) {
            if (gate.refs != refs) continue;
            if (gate.form == GateForm::none) open.push_back(gate.environment);
            if (gate.form == GateForm::release) released.push_back(gate.environment);
            if (gate.form == GateForm::manual_job) jobs.push_back(gate.job);
            if (gate.form != GateForm::none) guards.push_back("guard-" + gate.environment);
        }
        const bool tags = refs.front().starts_with("refs/tags/");
        std::vector<Inlines> all;
        if (!open.empty()) all.push_back(words("deploys ") + and_codes(open));
        if (!released.empty()) all.push_back(words("releases ") + and_codes(released));
        if (!jobs.empty()) all.push_back(words("may start ") + and_codes(jobs));
        Inlines line = ref_words(refs);
        if (!all.empty())
            line = line + words(tags ? ": whoever may create them " : ": whoever may push or merge there ") +
                   joined(all, " and ");
        if (!guards.empty())
            line = line + words(". ") + and_codes(guards) +
                   words(guards.size() > 1 ? " check this in every run" : " checks this in every run");
        return line;
    }

    void protect() {
        std::vector<std::vector<std::string>> seen;
        std::vector<Item> items;
        for (const EnvironmentGate& gate : pipeline_.gates) {
            if (std::find(seen.begin(), seen.end(), gate.refs) != seen.end()) continue;
            seen.push_back(gate.refs);
            items.push_back({power(gate.refs)});
        }
        if (items.empty()) return;
        ask(words("protection of each branch and tag that is deployed: others get no protected variables, and whoever "
                  "pushes there acts as the identities of its environments."),
            {Block::tasks(std::move(items))});
    }

    void add_table(const gitlab::File& file) {
        JobTable table{file.path, {}};
        for (const gitlab::Job& job : file.jobs) {
            std::vector<std::string> needs;
            for (const gitlab::Need& need : job.needs) needs.push_back(need.job);
            table.rows.push_back(
                {{code(job.id), words(job.title), words(listing(job.events)), codes(needs), identity_of(job)},
                 job.origin});
            std::string target;
            if (deploys(job, target)) part_.starts[target] = start_words(job.events, needs);
        }
        part_.tables.push_back(std::move(table));
    }

    void add_secrets() {
        std::vector<std::string> keyed;
        Secrets secrets;
        for (const gitlab::File& file : pipeline_.files) {
            for (const gitlab::Job& job : file.jobs) {
                const std::string& environment = job.target_environment;
                if (job.static_keys && std::find(keyed.begin(), keyed.end(), environment) == keyed.end()) {
                    keyed.push_back(environment);
                    Inlines where =
                        words(" (protected, masked, and of the scope ") + code(environment) + words(" alone)");
                    for (const EnvironmentGate& gate : pipeline_.gates) {
                        if (gate.environment == environment && gate.form == GateForm::deployment)
                            where = where + words(
                                                "; whose pipelines run there has to be allowed to deploy to it, "
                                                "because jobs that read its variables name it");
                    }
                    part_.tasks.push_back(keys_task(
                        "GitLab, the variables", {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"},
                        where, environment));
                }
                note_secrets(job, pipeline_.webhook, secrets);
            }
        }
        add_secrets_tasks("GitLab, the variable", secrets, settings_, " (protected and masked)",
                          " (masked; not protected, because merge requests build with it)", part_.tasks);
    }

    void add_settings() {
        ask(words("under Settings, CI/CD, Variables: nobody may override pipeline variables (") +
            code("ci_pipeline_variables_minimum_override_role: no_one_allowed") +
            words("), because GitLab lets a variable typed for a pipeline win over a job's own. What the cloud trusts "
                  "doesn't depend on them."));
        if (pipeline_.path != ".gitlab-ci.yml") {
            ask(words("under Settings, CI/CD, General pipelines, CI/CD configuration file: ") + code(pipeline_.path) +
                words("."));
        }
        if (!pipeline_.schedule.empty()) {
            ask(words("under Build, Pipeline schedules: a schedule ") + code(pipeline_.schedule) +
                words(" on the default branch. It looks for drift, and starts nothing else; on another branch it makes "
                      "no pipeline."));
        }
        if (!pipeline_.webhook.empty()) {
            ask(words("under Settings, CI/CD, Variables: ") + code(pipeline_.webhook) +
                words(std::string(", masked: the address of a Slack webhook. Protect it only where every environment's "
                                  "ref ") +
                      (pipeline_.schedule.empty() ? "is" : "and the default branch are") +
                      " protected. Without it the jobs that tell of environments warn and send nothing."));
        }
    }

    void form() {
        if (pipeline_.form.empty()) return;
        RefsOf refs;
        std::vector<std::string> jobs, open;
        for (const EnvironmentGate& gate : pipeline_.gates) {
            refs.push_back({gate.environment, gate.refs});
            if (gate.job.empty()) {
                open.push_back(gate.environment);
            } else {
                jobs.push_back(gate.job);
            }
        }
        part_.form = words("on GitLab under Build, Pipelines, New pipeline, ") + runs_on(refs, false);
        std::vector<Inlines> agreed;
        if (!jobs.empty()) agreed.push_back(and_codes(jobs));
        if (!open.empty()) agreed.push_back(words("the apply for ") + and_codes(open));
        part_.agreed = words("whoever starts ") + joined(agreed, " or ");
        if (!open.empty()) part_.applies = words("to ") + and_codes(open) + words(" as a push does, asking nobody");
    }

    const gitlab::Pipeline& pipeline_;
    const Project& settings_;
    HostPart part_;
};

}  // namespace

HostPart gitlab_part(const gitlab::Pipeline& pipeline, const Project& settings) {
    return GitLabPart(pipeline, settings).part();
}

}  // namespace pipewright::print

#include <algorithm>

#include "generator/print/page_host.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using gitlab::GateForm;
using markdown::Inlines;
using markdown::Item;

Inlines gate_words(const gitlab::EnvironmentGate& gate) {
    switch (gate.form) {
        case GateForm::none: return words("none");
        case GateForm::manual_job: return words("a person starts ") + code(gate.job);
        case GateForm::deployment: {
            Inlines line = words("approvals of the environment ") + code(gate.environment);
            if (!gate.approvers.empty()) line = line + words(" by ") + codes(gate.approvers);
            return line + words(", then a person starts ") + code(gate.job);
        }
        case GateForm::release: return words("pushing ") + ref_words(gate.refs);
    }
    return {};
}

Item gate_task(const gitlab::EnvironmentGate& its) {
    Inlines line;
    if (its.form == GateForm::deployment) {
        line = words("On GitLab, the protected environment ") + code(its.environment);
        if (!its.approvers.empty()) line = line + words(" with an approval rule for ") + codes(its.approvers);
        line = line + words(", and protection of ") + ref_words(its.refs);
    } else {
        line = words("On GitLab, protection of ") + ref_words(its.refs);
        if (its.form == GateForm::manual_job) {
            line = line + words(": whoever may push or merge there may start ") + code(its.job);
        } else {
            line = line + words(": the tag is the gate of ") + code(its.environment);
        }
    }
    return {line + words(". ") + code("guard-" + its.environment) + words(" checks the protection in every run.")};
}

void add_secrets(const gitlab::Pipeline& pipeline, std::vector<Item>& tasks) {
    std::vector<std::string> keyed;
    SecretReaders readers;
    for (const gitlab::File& file : pipeline.files) {
        for (const gitlab::Job& job : file.jobs) {
            const std::string& environment = job.target_environment;
            if (job.static_keys && std::find(keyed.begin(), keyed.end(), environment) == keyed.end()) {
                keyed.push_back(environment);
                Inlines where = words(" (protected, masked, and of the scope ") + code(environment) + words(" alone)");
                for (const gitlab::EnvironmentGate& gate : pipeline.gates) {
                    if (gate.environment == environment && gate.form == GateForm::deployment)
                        where =
                            where + words(
                                        "; whose pipelines run there has to be allowed to deploy to it, because jobs "
                                        "that read its variables name it");
                }
                tasks.push_back(keys_task("GitLab, the variables",
                                          {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"}, where,
                                          environment));
            }
            note_secrets(job.secrets, job.id, readers);
        }
    }
    for (const auto& [names, jobs] : readers) tasks.push_back(secrets_task("GitLab, the variables", names, jobs));
}

}  // namespace

HostPart gitlab_part(const gitlab::Pipeline& pipeline) {
    HostPart part;
    part.name = "GitLab";
    for (const gitlab::EnvironmentGate& gate : pipeline.gates) {
        part.gates[gate.environment] = gate_words(gate);
        if (gate.form != GateForm::none) part.tasks.push_back(gate_task(gate));
    }
    for (const gitlab::File& file : pipeline.files) {
        JobTable table{file.path, {}};
        for (const gitlab::Job& job : file.jobs) {
            std::vector<std::string> needs;
            for (const gitlab::Need& need : job.needs) needs.push_back(need.job);
            table.rows.push_back(
                {{code(job.id), words(job.title), words(listing(job.events)), codes(needs), identity_of(job)},
                 job.origin});
            if (job.id != "deploy-" + job.target_environment + "-" + job.target_stack) continue;
            const std::string target = job.target_environment + "/" + job.target_stack;
            part.starts[target] = listing(job.events);
            for (const std::string& need : needs) {
                if (need.rfind("deploy-", 0) == 0) part.after[target].push_back(need);
            }
        }
        part.tables.push_back(std::move(table));
    }
    add_secrets(pipeline, part.tasks);
    part.tasks.push_back(
        {words("On GitLab, under Settings, CI/CD, Variables: nobody may override pipeline variables (") +
         code("ci_pipeline_variables_minimum_override_role: no_one_allowed") +
         words("), because GitLab lets a variable typed for a pipeline win over a job's own. What the cloud trusts "
               "doesn't depend on them.")});
    if (pipeline.path != ".gitlab-ci.yml") {
        part.tasks.push_back({words("On GitLab, under Settings, CI/CD, General pipelines, CI/CD configuration file: ") +
                              code(pipeline.path) + words(".")});
    }
    if (!pipeline.schedule.empty()) {
        part.tasks.push_back({words("On GitLab, under Build, Pipeline schedules: a schedule ") +
                              code(pipeline.schedule) +
                              words(" on the default branch. It looks for drift, and starts nothing else; on another "
                                    "branch it makes no pipeline.")});
    }
    if (!pipeline.webhook.empty()) {
        part.tasks.push_back(
            {words("On GitLab, under Settings, CI/CD, Variables: ") + code(pipeline.webhook) +
             words(", masked: the address of a Slack webhook. Protect it only where every environment's "
                   "ref is protected. Without it the jobs that tell of environments warn and send "
                   "nothing.")});
    }
    if (!pipeline.form.empty()) part.form = words("on GitLab under Build, Pipelines, New pipeline");
    return part;
}

}  // namespace pipewright::print

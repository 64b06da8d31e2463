#include "generator/markdown/document.h"
#include "generator/print/header.h"
#include "generator/print/print.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using markdown::Block;
using markdown::Inline;
using markdown::Inlines;
using markdown::Item;
using markdown::Row;

Inlines words(const std::string& text) { return {Inline::text(text)}; }

Inlines code(const std::string& text) { return {Inline::code(text)}; }

// `a`, `b`
Inlines codes(const std::vector<std::string>& all) {
    Inlines line;
    for (const std::string& one : all) {
        if (!line.empty()) line.push_back(Inline::text(", "));
        line.push_back(Inline::code(one));
    }
    return line;
}

Inlines operator+(Inlines left, const Inlines& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

// refs/heads/main as "the branch main", refs/tags/v* as "tags v*".
Inlines ref_words(const std::vector<std::string>& refs) {
    Inlines line;
    for (const std::string& ref : refs) {
        const bool tag = ref.rfind("refs/tags/", 0) == 0;
        if (!line.empty()) line.push_back(Inline::text(" and "));
        line.push_back(Inline::text(tag ? "tags " : "the branch "));
        line.push_back(Inline::code(ref.substr(ref.find('/', 5) + 1)));
    }
    return line;
}

Inlines gate_words(const github::EnvironmentGate& gate) {
    switch (gate.form) {
        case github::GateForm::none: return words("none");
        case github::GateForm::reviewers:
            return words("reviewers of the environment ") + code(gate.environment) + words(": ") +
                   codes(gate.approvers);
        case github::GateForm::workflow:
        case github::GateForm::workflow_in_environment: {
            Inlines line = words("a person starts ") + code(gate.workflow);
            if (!gate.approvers.empty()) line = line + words("; the cloud admits ") + codes(gate.approvers);
            return line;
        }
        case github::GateForm::release: return words("pushing ") + ref_words(gate.refs);
    }
    return {};
}

class Page {
public:
    explicit Page(const Output& output) : output_(output), pipeline_(*output.github), model_(*output.infrastructure) {}

    markdown::Document document() {
        document_.origin = output_.origin;
        for (const std::string& line : header_lines(output_.manifest_path)) add(Block::comment(line));
        add(Block::heading(1, words("Delivery of " + output_.project)));
        add(Block::paragraph(words(
            "An image is built once, from the first environment's ref, and promoted by digest: later environments "
            "run the very image that passed before. This page says what was generated, as whom jobs act, and "
            "what a person has to set up.")));
        environments();
        jobs();
        set_up();
        identities();
        names();
        by_hand();
        return std::move(document_);
    }

private:
    void add(Block block) { document_.blocks.push_back(std::move(block)); }

    const github::EnvironmentGate* gate(const std::string& environment) const {
        for (const github::EnvironmentGate& one : pipeline_.gates) {
            if (one.environment == environment) return &one;
        }
        return nullptr;
    }

    // The job that deploys a target, for what starts it.
    const github::Job* deploy_of(const infrastructure::TargetModel& target) const {
        for (const github::Workflow& workflow : pipeline_.workflows) {
            for (const github::Job& job : workflow.jobs) {
                if (job.changes_target && job.target_environment == target.environment &&
                    job.target_stack == target.stack)
                    return &job;
            }
        }
        return nullptr;
    }

    void environments() {
        add(Block::heading(2, words("Environments")));
        std::vector<Row> rows;
        for (const infrastructure::TargetModel& target : model_.targets) {
            const github::Job* job = deploy_of(target);
            const github::EnvironmentGate* its = gate(target.environment);
            Inlines starts = job == nullptr ? words("not deployed from GitHub") : words(listing(job->events));
            if (job != nullptr) {
                for (const std::string& need : job->needs) {
                    if (need.rfind("deploy-", 0) == 0) starts = starts + words(", after ") + code(need);
                }
            }
            const Inlines image =
                words(target.promotes_from.empty() ? "what was built" : "what passed " + target.promotes_from);
            rows.push_back(
                {{code(target.environment), code(target.stack), starts, its == nullptr ? words("") : gate_words(*its),
                  image, code(target.account + " " + target.region)}});
        }
        add(Block::table({{words("Environment")},
                          {words("Stack")},
                          {words("Starts on")},
                          {words("Gate")},
                          {words("Image")},
                          {words("Place")}},
                         std::move(rows)));
    }

    void jobs() {
        for (const github::Workflow& workflow : pipeline_.workflows) {
            add(Block::heading(2, words("Jobs of ") + code(workflow.path)));
            std::vector<Row> rows;
            for (const github::Job& job : workflow.jobs) {
                rows.push_back({{code(job.id), words(job.name), words(listing(job.events)), codes(job.needs),
                                 job.identity ? code(job.role_arn.substr(job.role_arn.rfind('/') + 1)) : words("none")},
                                job.origin});
            }
            add(Block::table(
                {{words("Job")}, {words("What it does")}, {words("When")}, {words("After")}, {words("Identity")}},
                std::move(rows)));
        }
        add(Block::paragraph(
            words("Jobs with an identity never run in a fork, and no job of a change request has one.")));
    }

    void set_up() {
        add(Block::heading(2, words("What a person sets up")));
        add(Block::paragraph(
            words("Generated files can't make these; deploys refuse or fail with a message until they are there.")));
        std::vector<Item> tasks;
        for (const github::EnvironmentGate& its : pipeline_.gates) {
            if (its.form == github::GateForm::reviewers) {
                tasks.push_back(
                    {words("On GitHub, the environment ") + code(its.environment) +
                     words(" with the required reviewers ") + codes(its.approvers) + words(", restricted to ") +
                     ref_words(its.refs) +
                     words(its.wait_minutes > 0
                               ? ", with a wait timer of " + std::to_string(its.wait_minutes) + " minutes"
                               : "") +
                     words(". ") + code("guard-" + its.environment) +
                     words(" checks this in every run: GitHub creates a missing environment without any rule.")});
            } else if (its.form == github::GateForm::workflow_in_environment) {
                tasks.push_back({words("On GitHub, the environment ") + code(its.environment) +
                                 words(", restricted to ") + ref_words(its.refs) + words(".")});
            } else if (its.form == github::GateForm::release) {
                tasks.push_back({words("On GitHub, a ruleset that lets only release managers create ") +
                                 ref_words(its.refs) + words(": the tag is the gate of ") + code(its.environment) +
                                 words(".")});
            }
        }
        std::vector<std::string> branches;
        for (const github::Workflow& workflow : pipeline_.workflows) {
            for (const std::string& branch : workflow.branches) branches.push_back(branch);
        }
        if (!branches.empty()) {
            tasks.push_back({words("On GitHub, protection of ") + codes(branches) +
                             words(": whoever may push there may deploy what is not gated.")});
        }
        for (const infrastructure::TargetModel& target : model_.targets) {
            if (target.roles.empty()) continue;
            tasks.push_back({words("In account ") + code(target.account) + words(", what ") + code(target.environment) +
                             words(" on ") + code(target.stack) +
                             words(" consists of: the identity provider for GitHub's tokens, the roles below, and what "
                                   "stands under Names in the cloud.")});
        }
        add(Block::tasks(std::move(tasks)));
    }

    void identities() {
        add(Block::heading(2, words("Identities")));
        add(Block::paragraph(words(
            "Each role trusts exactly the claims that its jobs' tokens carry, and all that the cloud can check.")));
        for (const infrastructure::TargetModel& target : model_.targets) {
            for (const infrastructure::Role& role : target.roles) {
                add(Block::heading(3, code(role.name)));
                std::vector<Item> items{{words("Role: ") + code(role.arn)}};
                for (const infrastructure::Trust& trust : role.trust) {
                    items.push_back({words("Taken by ") + codes(trust.jobs) + words(", whose tokens carry"),
                                     {Block::bullets(claims(trust.claims))}});
                }
                add(Block::bullets(std::move(items)));
            }
        }
    }

    static std::vector<Item> claims(const github::Claims& from) {
        std::vector<Item> items;
        const auto claim = [&](const std::string& name, const std::vector<std::string>& values) {
            if (values.empty() || values.front().empty()) return;
            items.push_back({code(name) + words(values.size() > 1 ? " one of " : " ") + codes(values)});
        };
        claim("sub", from.subjects);
        claim("aud", {from.audience});
        claim("ref", from.refs);
        claim("environment", {from.environment});
        claim("repository_id", {from.repository_id});
        std::vector<std::string> workflows;
        for (const std::string& ref : from.refs) workflows.push_back(from.workflow + "@" + ref);
        claim("job_workflow_ref", workflows);
        claim("actor", from.actors);
        return items;
    }

    void names() {
        add(Block::heading(2, words("Names in the cloud")));
        std::vector<Row> rows;
        for (const infrastructure::TargetModel& target : model_.targets) {
            const std::string where = target.environment + " on " + target.stack;
            const auto row = [&](const std::string& what, const Inlines& name) {
                rows.push_back({{words(where), words(what), name}});
            };
            row(target.cluster_kind, code(target.cluster));
            if (!target.load_balancer.empty()) row("the load balancer", code(target.load_balancer));
            row("the image repositories", codes(target.repositories));
            row("the bucket of states and lease", code(target.state_bucket));
            row("the lease in it", code(target.lease));
            row("the record of what was deployed", code(target.record));
            if (!target.web_address.empty()) row("the address", code(target.web_address));
        }
        add(Block::table({{words("Target")}, {words("What")}, {words("Name")}}, std::move(rows)));
    }

    void by_hand() {
        const std::string ci = below(output_, "ci");
        add(Block::heading(2, words("By hand")));
        add(Block::paragraph(
            words("Every step is a script in ") + code(ci) +
            words(
                " that runs at a terminal too, with one's own credentials and the variables that the job has in its ") +
            code("env") +
            words("; each names what is missing. What changes a target takes the target's lease, so a person and "
                  "a pipeline can't deploy at once.")));
        add(Block::heading(2, words("To stop using pipewright")));
        add(Block::paragraph(
            words("Delete ") + code(below(output_, "pipewright.lock")) + words(" and ") + code(output_.manifest_path) +
            words(". Everything else is plain files that go on working; they are yours from then on.")));
    }

    const Output& output_;
    const github::Pipeline& pipeline_;
    const infrastructure::Model& model_;
    markdown::Document document_;
};

}  // namespace

void print_page(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    markdown::Printed printed = markdown::print(Page(output).document());
    files::File file;
    file.bytes = std::move(printed.bytes);
    file.lines = std::move(printed.lines);
    file.made_by = "the delivery page";
    file.origin = output.origin;
    tree.add(below(output, "DELIVERY.md"), std::move(file), diagnostics);
}

}  // namespace pipewright::print

#include <algorithm>

#include "generator/markdown/document.h"
#include "generator/print/header.h"
#include "generator/print/page_host.h"
#include "generator/print/print.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using markdown::Block;
using markdown::Inline;
using markdown::Inlines;
using markdown::Item;
using markdown::Row;

class Page {
public:
    explicit Page(const Output& output) : output_(output), model_(*output.infrastructure) {
        if (output.github != nullptr) parts_.push_back(github_part(*output.github, *output.settings));
        if (output.gitlab != nullptr) parts_.push_back(gitlab_part(*output.gitlab, *output.settings));
    }

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
        for (Block& block : form_section(output_, parts_)) add(std::move(block));
        for (Block& block : set_up_section(output_, parts_)) add(std::move(block));
        first_time();
        identities();
        names();
        by_hand();
        return std::move(document_);
    }

private:
    void add(Block block) { document_.blocks.push_back(std::move(block)); }

    bool both() const { return parts_.size() > 1; }

    // Whether more than one host deploys anything.
    bool both_deploy() const {
        return std::count_if(parts_.begin(), parts_.end(), [](const HostPart& part) { return !part.gates.empty(); }) >
               1;
    }

    // Whether all hosts that deploy a target do so on the same events. Their lines hold the same pieces then.
    bool same_start(const std::string& name) const {
        const Inlines* first = nullptr;
        for (const HostPart& part : parts_) {
            const auto start = part.starts.find(name);
            if (start == part.starts.end()) continue;
            if (first != nullptr && shown(*first) != shown(start->second)) return false;
            first = &start->second;
        }
        return true;
    }

    static std::string shown(const Inlines& line) {
        std::string text;
        for (const Inline& one : line) text += one.text() + "\n";
        return text;
    }

    // The environments that every host deploys.
    std::vector<std::string> shared_environments() const {
        std::vector<std::string> all;
        for (const infrastructure::TargetModel& target : model_.targets) {
            const bool shared = std::all_of(parts_.begin(), parts_.end(), [&](const HostPart& part) {
                return part.gates.contains(target.environment);
            });
            if (shared && std::find(all.begin(), all.end(), target.environment) == all.end())
                all.push_back(target.environment);
        }
        return all;
    }

    void environments() {
        add(Block::heading(2, words("Environments")));
        std::vector<Row> rows;
        for (const infrastructure::TargetModel& target : model_.targets) {
            const std::string name = target.environment + "/" + target.stack;
            std::vector<Inlines> starts, gates;
            const bool same = same_start(name);
            for (const HostPart& part : parts_) {
                const auto gate = part.gates.find(target.environment);
                if (gate == part.gates.end()) continue;
                const Inlines on = words(both_deploy() ? "on " + part.name + ": " : "");
                gates.push_back(on + gate->second);
                const auto start = part.starts.find(name);
                if (start == part.starts.end() || (same && !starts.empty())) continue;
                starts.push_back(same ? start->second : on + start->second);
            }
            const Inlines image =
                words(target.promotes_from.empty() ? "what was built" : "what passed " + target.promotes_from);
            rows.push_back({{code(target.environment), code(target.stack), joined(starts, "; "), joined(gates, "; "),
                             image, code(target.account + " " + target.region)}});
        }
        add(Block::table({{words("Environment")},
                          {words("Stack")},
                          {words("Starts on")},
                          {words("Gate")},
                          {words("Image")},
                          {words("Place")}},
                         std::move(rows)));
        two_hosts();
        for (const HostPart& part : parts_) {
            if (part.asked_twice.empty()) continue;
            add(Block::paragraph(words(both() ? "On GitHub, where the platform changes, the reviewers of "
                                              : "Where the platform changes, the reviewers of ") +
                                 and_codes(part.asked_twice) +
                                 words(" are asked twice: for the apply, and then for the deploy.")));
        }
    }

    void two_hosts() {
        const std::vector<std::string> shared = both() ? shared_environments() : std::vector<std::string>{};
        if (shared.empty()) return;
        const bool same = std::all_of(model_.targets.begin(), model_.targets.end(), [&](const auto& target) {
            return std::find(shared.begin(), shared.end(), target.environment) == shared.end() ||
                   same_start(target.environment + "/" + target.stack);
        });
        Inlines line = words("Both hosts deploy ") + codes(shared) + words(same ? " on the same events" : "") +
                       words(
                           ", one after the other: whichever comes second finds what the first one built and rolled "
                           "out.");
        for (const std::string& environment : shared) {
            std::vector<Inlines> strict, lax;
            for (const HostPart& part : parts_) {
                const auto opener = part.openers.find(environment);
                if (opener == part.openers.end()) continue;
                (part.named.contains(environment) ? strict : lax)
                    .push_back(words(part.name + (part.named.contains(environment) ? " asks " : " lets ")) +
                               opener->second);
            }
            if (strict.empty() || lax.empty()) continue;
            line = line + words(" The weaker gate is the gate of ") + code(environment) + words(": ") +
                   joined(strict, "; ") + words(", but ") + joined(lax, "; ") + words(" open it.");
        }
        add(Block::paragraph(line));
    }

    void jobs() {
        for (HostPart& part : parts_) {
            for (JobTable& table : part.tables) {
                add(Block::heading(2, words("Jobs of ") + code(table.path)));
                add(Block::table(
                    {{words("Job")}, {words("What it does")}, {words("When")}, {words("After")}, {words("Identity")}},
                    std::move(table.rows)));
            }
        }
        add(Block::paragraph(
            words("Jobs with an identity never run in a fork, and a change request's jobs have none but to plan.")));
    }

    // In the order in which a person who has nothing yet does it.
    void first_time() {
        std::vector<std::pair<std::string, std::vector<std::string>>> accounts;
        std::vector<std::string> platforms;
        for (const infrastructure::TargetModel& target : model_.targets) {
            if (!target.platform_root.empty()) platforms.push_back(target.platform_root);
            if (target.bootstrap_root.empty()) continue;
            const auto found = std::find_if(accounts.begin(), accounts.end(),
                                            [&](const auto& one) { return one.first == target.account_root; });
            if (found == accounts.end()) {
                accounts.push_back({target.account_root, {target.bootstrap_root}});
            } else {
                found->second.push_back(target.bootstrap_root);
            }
        }
        if (accounts.empty()) return;
        add(Block::heading(2, words("The first time")));
        add(Block::paragraph(
            words("A person with administrator's rights applies, once per account, what the pipelines themselves "
                  "can't make: where states are kept, whom the cloud trusts, and as what. The script shows each plan "
                  "and asks; run again it changes only what has changed.")));
        std::string lines = "export TOOL=" + model_.tool + " TOOL_VERSION=" + model_.version + "\n";
        for (const auto& [account, roots] : accounts) {
            lines += below(output_, "ci/bootstrap.sh") + " " + account;
            for (const std::string& root : roots) lines += " " + root;
            lines += "\n";
        }
        add(Block::code("sh", lines));
        if (!model_.left_out.empty())
            add(Block::paragraph(
                words("Then commit the platforms that are yours to make (above): without their folders "
                      "every pipeline fails at its plans.")));
        if (platforms.empty()) return;
        add(Block::paragraph(words("The pipelines apply the rest: ") + codes(platforms) +
                             words(". Terraform's lock files are yours: commit the ") + code(".terraform.lock.hcl") +
                             words(" that the first ") + code("terraform init") +
                             words(" makes in each root, so that every run uses the same providers.")));
    }

    void identities() {
        if (std::all_of(model_.targets.begin(), model_.targets.end(),
                        [](const infrastructure::TargetModel& one) { return one.roles.empty(); }))
            return;
        add(Block::heading(2, words("Identities")));
        Inlines line = words(
            std::string(
                "Each role or service account trusts exactly the claims that its jobs' tokens carry, and all that "
                "the cloud can check") +
            (lacks_repository_id(model_) ? " but the repository's id, which the manifest doesn't give." : "."));
        if (trusts_tags())
            line = line + words(" In a tag's name ") + code("*") + words(" stops at ") + code("/") + words(".");
        add(Block::paragraph(line));
        for (const infrastructure::TargetModel& target : model_.targets) {
            for (const infrastructure::Role& role : target.roles) {
                add(Block::heading(3, code(role.name)));
                const bool google = target.cloud == Cloud::gcp;
                std::vector<Item> items{{words(google ? "Service account: " : "Role: ") + code(role.principal)}};
                for (const infrastructure::Trust& trust : role.trust) {
                    items.push_back(
                        {words(both() ? (trust.host == Host::github ? "On GitHub taken by " : "On GitLab taken by ")
                                      : "Taken by ") +
                             codes(trust.jobs) + words(", whose tokens carry"),
                         {Block::bullets(claims(trust.claims))}});
                }
                add(Block::bullets(std::move(items)));
            }
        }
    }

    // Whether some trust is in a pattern of tags.
    bool trusts_tags() const {
        for (const infrastructure::TargetModel& target : model_.targets) {
            for (const infrastructure::Role& role : target.roles) {
                for (const infrastructure::Trust& trust : role.trust) {
                    for (const std::string& subject : trust.claims.subjects) {
                        const bool tag = subject.find(":refs/tags/") != std::string::npos ||
                                         subject.find(":ref_type:tag:") != std::string::npos;
                        if (tag && subject.ends_with('*')) return true;
                    }
                }
            }
        }
        return false;
    }

    static std::vector<Item> claims(const hosts::Claims& from) {
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
        for (const std::string& workflow : from.workflows) {
            for (const std::string& ref : from.refs) workflows.push_back(workflow + "@" + ref);
        }
        claim("job_workflow_ref", workflows);
        claim("actor", from.actors);
        if (from.protected_ref) claim("ref_protected", {"true"});
        if (from.host == Host::gitlab && !from.environment.empty()) claim("environment_protected", {"true"});
        if (!from.provider.empty()) items.push_back({words("and come in by ") + code(from.provider)});
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
            row(target.cluster_kind, codes(target.cluster));
            if (!target.load_balancer.empty()) row("the load balancer", code(target.load_balancer));
            if (!target.rest_api.empty()) row("the REST API", code(target.rest_api));
            row("the image repositories", codes(target.repositories));
            row("the bucket of states and lease", code(target.state_bucket));
            row("the lease in it", code(target.lease));
            row("the record of what was deployed", code(target.record));
            row("the fingerprint of the platform", code(target.platform));
            if (!target.web_address.empty()) row("the address", code(target.web_address));
        }
        add(Block::table({{words("Target")}, {words("What")}, {words("Name")}}, std::move(rows)));
    }

    void by_hand() {
        const std::string ci = below(output_, "ci");
        add(Block::heading(2, words("By hand")));
        add(Block::paragraph(
            words("Every step is a script in ") + code(ci) +
            words(" that runs at a terminal too, with one's own credentials and the variables that the job has (") +
            variables() +
            words("); each names what is missing. What changes a target takes the target's lease, so a person and a "
                  "pipeline can't deploy at once.")));
        add(Block::heading(2, words("To stop using pipewright")));
        add(Block::paragraph(
            words("Delete ") + code(below(output_, "pipewright.lock")) + words(" and ") + code(output_.manifest_path) +
            words(". Everything else is plain files that go on working; they are yours from then on.")));
    }

    // Where a job's variables stand.
    Inlines variables() const {
        std::vector<Inlines> all;
        if (output_.github != nullptr) all.push_back(code("env") + words(both() ? " on GitHub" : ""));
        if (output_.gitlab != nullptr) all.push_back(code("variables") + words(both() ? " on GitLab" : ""));
        return joined(all, ", ");
    }

    const Output& output_;
    const infrastructure::Model& model_;
    std::vector<HostPart> parts_;
    markdown::Document document_;
};

}  // namespace

bool lacks_repository_id(const infrastructure::Model& model) {
    for (const infrastructure::TargetModel& target : model.targets) {
        for (const infrastructure::Role& role : target.roles) {
            for (const infrastructure::Trust& trust : role.trust) {
                if (trust.host == Host::github && trust.claims.repository_id.empty()) return true;
            }
        }
    }
    return false;
}

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

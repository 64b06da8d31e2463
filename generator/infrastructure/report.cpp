#include "generator/infrastructure/report.h"

#include <algorithm>
#include <map>

#include "generator/infrastructure/permissions.h"
#include "generator/infrastructure/resources.h"
#include "generator/project/names.h"

namespace pipewright::infrastructure {

namespace {

std::string place(const Target& target) { return "'" + target.environment + "' on '" + target.stack + "'"; }

std::string place(const LeftOut& one) { return one.environment + " on " + one.stack; }

std::string joined(const std::vector<std::string>& parts, const char* separator) {
    std::string all;
    for (const std::string& one : parts) all += (all.empty() ? "" : separator) + one;
    return all;
}

class Reporter {
public:
    Reporter(const Project& project, const Model& model, Diagnostics& diagnostics)
        : project_(project), model_(model), diagnostics_(diagnostics) {}

    void report() {
        std::size_t i = 0;
        for (const Environment& environment : project_.environments) {
            for (const Target& target : environment.targets) {
                const TargetModel& made = model_.targets[i++];
                if (target.cloud != Cloud::aws) continue;
                permissions(target);
                policies(target, made);
            }
        }
        shared_accounts();
        left_out();
    }

private:
    void say(Code code, const Span& span, std::string message, std::string help = {}) {
        diagnostics_.report(code, span, std::move(message), std::move(help));
    }

    void permissions(const Target& target) {
        for (const Refused& one : refused_permissions(project_, target)) {
            const std::string who =
                one.service.empty() ? "infrastructure.permissions" : "the service '" + one.service + "'";
            const Service* service = project_.service(one.service);
            say(Code::forbidden_permission, service == nullptr ? project_.span : service->span,
                who + " can't have " + one.action + ": " + one.why,
                "name exact actions; roles that a pipeline makes are named " +
                    names::task_role(project_, target, "NAME") + " and have the boundary");
        }
    }

    void policies(const Target& target, const TargetModel& made) {
        const auto too_long = [&](const std::string& what, std::size_t length, std::size_t limit,
                                  const std::string& help) {
            if (length <= limit) return;
            say(Code::policy_too_long, target.span,
                what + " would have " + std::to_string(length) + " characters, and IAM takes " + std::to_string(limit),
                help);
        };
        for (const Role& role : made.roles) {
            too_long("the permissions of the role " + role.name, policy_length(role.statements), kInlineLimit,
                     "give infrastructure.permissions fewer actions");
            const std::size_t trust = trust_length(role.ways);
            too_long("the trust of the role " + role.name, trust, kTrustLimit,
                     "let fewer refs, tag patterns or approvers reach this environment");
            if (trust > kTrustDefault && trust <= kTrustLimit) {
                say(Code::trust_over_quota, target.span,
                    "the trust of the role " + role.name + " has " + std::to_string(trust) +
                        " characters, and IAM's default is " + std::to_string(kTrustDefault),
                    "ask for a higher quota (role trust policy length) before the bootstrap root is applied");
            }
            latin(target, role);
        }
        if (!made.boundary.empty())
            too_long("the boundary " + made.boundary, policy_length(made.boundary_statements), kManagedLimit,
                     "give the services' permissions fewer resources");
    }

    // IAM takes no other characters in a policy (its own pattern for policy documents ends at U+00FF).
    void latin(const Target& target, const Role& role) {
        for (const Way& way : role.ways) {
            for (const Conditions* all : {&way.equals, &way.like, &way.not_like}) {
                for (const auto& [key, values] : *all) {
                    for (const std::string& value : values) {
                        const bool beyond = std::any_of(value.begin(), value.end(), [](char c) {
                            return static_cast<unsigned char>(c) > 0xC3;  // leads a character from U+0100 on
                        });
                        if (!beyond) continue;
                        say(Code::malformed, target.span,
                            "AWS takes no policy that names '" + value + "' (" + role.name + ")",
                            "take a branch or a tag pattern of Latin letters");
                        return;
                    }
                }
            }
        }
    }

    bool has_infra(const Target& target) const {
        if (project_.static_keys(target)) return true;
        return std::any_of(model_.targets.begin(), model_.targets.end(), [&](const TargetModel& one) {
            return one.environment == target.environment && one.stack == target.stack &&
                   std::any_of(one.roles.begin(), one.roles.end(),
                               [](const Role& role) { return role.kind == names::Identity::infra; });
        });
    }

    // Most names of a target are its own, but EC2 knows none: who may change one network may change all of the account.
    // So a role that no gate holds reaches behind a gate there.
    void shared_accounts() {
        for (const Environment& held : project_.environments) {
            for (const Target& target : held.targets) {
                if (!held.gate.closed() || target.cloud != Cloud::aws) continue;
                std::vector<std::string> others;
                for (const Environment& open : project_.environments) {
                    for (const Target& other : open.targets) {
                        if (!open.gate.closed() && other.account == target.account && has_infra(other))
                            others.push_back(place(other));
                    }
                }
                if (others.empty()) continue;
                say(Code::shared_account, target.span,
                    (project_.static_keys(target) ? "the keys of " : "the infra role of ") + joined(others, ", ") +
                        " could change the network of " + place(target) +
                        ": no gate holds it, and both are in the account " + target.account,
                    "give " + place(target) + " an account of its own");
            }
        }
    }

    // One warning for everything, with the reason beside each.
    void left_out() {
        std::vector<std::string> parts;
        for (const LeftOut& one : model_.left_out) parts.push_back(one.root + " (" + joined(one.why, ", ") + ")");
        std::map<std::string, std::vector<std::string>> omitted;
        for (const LeftOut& one : model_.omitted) {
            for (const std::string& what : one.why) omitted[what].push_back(place(one));
        }
        for (const auto& [what, where] : omitted) parts.push_back(what + " of " + joined(where, ", "));
        if (parts.empty()) return;
        say(Code::left_out_terraform, project_.span, "this version has no Terraform yet for " + joined(parts, "; "),
            model_.left_out.empty() ? "everything else is there"
                                    : "what such a target runs on is made by hand; its jobs expect the names in "
                                      "DELIVERY.md");
    }

    const Project& project_;
    const Model& model_;
    Diagnostics& diagnostics_;
};

}  // namespace

void report(const Project& project, const Model& model, Diagnostics& diagnostics) {
    Reporter(project, model, diagnostics).report();
}

}  // namespace pipewright::infrastructure

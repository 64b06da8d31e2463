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

bool hex_id(std::string_view text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return (text.size() == 8 || text.size() == 17) && text.find_first_not_of("0123456789abcdef") == text.npos;
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
                state(target);
                permissions(target);
                policies(target, made);
                if (made.platform_root.empty()) continue;
                network(target);
                services(target);
            }
        }
        shared_accounts();
        left_out();
    }

private:
    void say(Code code, const Span& span, std::string message, std::string help = {}) {
        diagnostics_.report(code, span, std::move(message), std::move(help));
    }

    void state(const Target& target) {
        if (project_.infrastructure.lock == "dynamodb") {
            if (!target.state_bucket.empty() && target.state_table.empty()) {
                say(Code::needed_together, target.span,
                    "an existing state bucket needs an existing lock table beside it, in " + place(target),
                    "name both: state: { bucket: …, table: … }, or take lock: native");
            }
        } else if (!target.state_table.empty()) {
            say(Code::not_applicable, target.span, "nothing uses the lock table of " + place(target),
                "take it away, or take lock: dynamodb");
        }
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

    void network(const Target& target) {
        const Network& from = target.network;
        if (from.mode == "existing") {
            if (!hex_id(from.vpc, "vpc-")) {
                say(Code::malformed, target.span, "'" + from.vpc + "' is no id of a VPC",
                    "as in vpc-0123456789abcdef0");
            }
            for (const Names* subnets : {&from.private_subnets, &from.public_subnets}) {
                for (const std::string& one : *subnets) {
                    if (hex_id(one, "subnet-")) continue;
                    say(Code::malformed, target.span, "'" + one + "' is no id of a subnet",
                        "as in subnet-0123456789abcdef0");
                }
            }
            for (const std::string& one : from.private_subnets) {
                if (std::count(from.public_subnets.begin(), from.public_subnets.end(), one) == 0) continue;
                say(Code::malformed, target.span, "the subnet '" + one + "' can't be private and public");
            }
            const Names& outer = target.ingress.internal ? from.private_subnets : from.public_subnets;
            if (target.ingress.kind == IngressKind::load_balancer && outer.size() < 2) {
                say(Code::out_of_bounds, target.span,
                    "a load balancer stands in two subnets at least, in " + place(target));
            }
            return;
        }
        const auto asks_for = [&](const char* one) {
            return std::find(from.endpoints.begin(), from.endpoints.end(), one) != from.endpoints.end();
        };
        if (asks_for("s3"))
            say(Code::not_applicable, target.span, "S3 has an endpoint in any case", "take it out of endpoints");
        // Source: "Amazon DynamoDB Developer Guide", AWS PrivateLink: private DNS isn't supported.
        if (asks_for("dynamodb")) {
            say(Code::not_applicable, target.span, "an interface endpoint of DynamoDB has no private DNS name",
                "take it out of endpoints, or make a gateway endpoint in a custom_*.tf beside the platform root");
        }
    }

    void services(const Target& target) {
        for (const Running& running : target.services) {
            const Service& service = *project_.service(running.service);
            const bool routed = !service.routes.empty() && target.ingress.kind == IngressKind::load_balancer;
            if (routed && service.health) {
                const Health& health = *service.health;
                if (health.timeout >= health.interval) {
                    say(Code::out_of_bounds, service.span,
                        "a health check of '" + service.name + "' would begin before the one before is over",
                        "let its timeout be shorter than its interval");
                }
                bool answers = true;
                for (std::size_t at = 0; at < health.codes.size(); at += 4)
                    answers = answers && health.codes[at] >= '2' && health.codes[at] <= '4';
                if (!answers) {
                    say(Code::out_of_bounds, service.span,
                        "a load balancer of AWS can't take " + health.codes + " for healthy",
                        "take codes from 200 to 499");
                }
            }
            if (running.scaling.min == 0) {
                say(Code::out_of_bounds, service.span,
                    "nothing would ever start a task of '" + service.name + "' in " + place(target) +
                        ": ECS scales by the load of those that run, and at least none are asked for",
                    "let scaling.min be 1 or more");
            }
            const Names& platforms = project_.service(service.image_of)->content.platforms;
            const auto built = [&](const char* one) {
                return std::find(platforms.begin(), platforms.end(), one) != platforms.end();
            };
            if (!platforms.empty() && !built("linux/amd64") && !built("linux/arm64")) {
                say(Code::not_applicable, service.span, "Fargate runs none of the platforms of '" + service.name + "'",
                    "add linux/amd64 or linux/arm64");
            }
            for (const auto& [name, value] : running.env) {
                const bool both = std::any_of(running.secrets.begin(), running.secrets.end(),
                                              [&](const auto& one) { return one.first == name; });
                if (both) {
                    say(Code::exclusive_keys, service.span,
                        "'" + name + "' of '" + service.name + "' is plain configuration and a secret");
                }
            }
        }
        if (target.ingress.https) {
            const std::string& arn = target.ingress.https->certificate;
            if (!arn.starts_with("arn:aws:acm:") && !arn.starts_with("arn:aws:iam:")) {
                say(Code::malformed, target.span, "'" + arn + "' is no ARN of a certificate",
                    "as in arn:aws:acm:" + target.region + ":" + target.account + ":certificate/…");
            }
        }
    }

    bool has_infra(const Target& target) const {
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
                    "the infra role of " + joined(others, ", ") + " could change the network of " + place(target) +
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

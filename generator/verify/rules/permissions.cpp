// Rule 6: an identity's permissions are exactly what its jobs' steps call, on the resources of its own target, and what
// the manifest adds by name. Calls are those that scripts and modules declare beside their code.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "generator/embed/templates.h"
#include "generator/infrastructure/directives.h"
#include "generator/infrastructure/modules.h"
#include "generator/infrastructure/policy.h"
#include "generator/infrastructure/resources.h"
#include "generator/text/case.h"
#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using infrastructure::Conditions;
using infrastructure::Directive;
using infrastructure::Role;
using infrastructure::Statement;

// One call on one resource, with the conditions under which it is made, and who makes it.
struct Need {
    std::string action, resource;
    Conditions conditions;
    friend auto operator<=>(const Need&, const Need&) = default;
};
using Needs = std::map<Need, std::string>;

// Who makes a role or gives it a policy has to give it the boundary, whatever the declaration says.
bool needs_boundary(const std::string& action) {
    const std::string name = lower_case(action);
    return name == "iam:createrole" || name == "iam:putrolepolicy" || name == "iam:attachrolepolicy" ||
           name == "iam:putrolepermissionsboundary";
}

class Collected {
public:
    Collected(const Project& project, const Target& target) : project_(project), target_(target) {}

    void add(const std::string& file, const std::string& bytes_of, const std::vector<std::string>& verbs) {
        for (const Directive& one : infrastructure::directives(embed::bytes_of(bytes_of))) {
            if (among(verbs, one.verb)) add(file, one);
        }
    }

    void add(const std::string& who, const std::string& action, const std::string& resource, Conditions conditions) {
        if (needs_boundary(action))
            conditions["iam:PermissionsBoundary"] = {infrastructure::boundary_arn(project_, target_)};
        needs_.emplace(Need{action, resource, std::move(conditions)}, who);
    }

    void add(const std::string& who, const Directive& directive) {
        Conditions conditions;
        for (const auto& [key, value] : directive.conditions) {
            conditions[key] = infrastructure::is_resource_word(value) ? infrastructure::arns(value, project_, target_)
                                                                      : std::vector<std::string>{value};
        }
        for (const std::string& word : directive.resources) {
            for (const std::string& resource : infrastructure::arns(word, project_, target_)) {
                for (const std::string& action : directive.actions) add(who, action, resource, conditions);
            }
        }
    }

    const Needs& needs() const { return needs_; }

private:
    const Project& project_;
    const Target& target_;
    Needs needs_;
};

Needs needs_of(const World& world, const Role& role, const infrastructure::TargetModel& model, const Target& target) {
    Collected all(world.project(), target);
    for (const Job& job : world.jobs()) {
        for (const Taken& taken : taken_by(job)) {
            if (taken.principal != role.principal) continue;
            for (const std::string& script : taken.scripts) {
                for (const infrastructure::DeclaredCall& call : infrastructure::calls_of(script, model.words))
                    all.add(job.id + " (ci/" + call.file + ")", call.directive);
            }
        }
    }
    const bool infra = role.kind == names::Identity::infra;
    if (infra || role.kind == names::Identity::plan) {
        for (const infrastructure::Root& root : world.model().roots) {
            if (root.path != model.platform_root || root.path.empty()) continue;
            for (const std::string& file : infrastructure::files_of(root.calls))
                all.add(file, file,
                        infra ? std::vector<std::string>{"plan", "apply"} : std::vector<std::string>{"plan"});
        }
    }
    if (infra) {
        for (const std::string& action : world.project().infrastructure.permissions) {
            // Whoever could change any role could change his own: only roles that the manifest's services have.
            const std::string name = lower_case(action);
            const bool reads = name.starts_with("iam:get") || name.starts_with("iam:list");
            if (!name.starts_with("iam:") || reads) {
                all.add("the manifest", action, "*", {});
            } else {
                for (const std::string& resource : infrastructure::arns("task-roles", world.project(), target))
                    all.add("the manifest", action, resource, {});
            }
        }
    }
    return all.needs();
}

std::vector<Need> allowed_by(const std::vector<Statement>& statements) {
    std::vector<Need> all;
    for (const Statement& one : statements) {
        if (one.deny) continue;
        for (const std::string& action : one.actions) {
            for (const std::string& resource : one.resources) all.push_back({action, resource, one.equals});
        }
    }
    return all;
}

// Whether every condition of one has the values of the other, or more where wide.
bool same(const Conditions& one, const Conditions& other, bool wide) {
    if (one.size() != other.size()) return false;
    return std::all_of(one.begin(), one.end(), [&](const auto& condition) {
        const auto found = other.find(condition.first);
        if (found == other.end()) return false;
        return std::all_of(condition.second.begin(), condition.second.end(),
                           [&](const std::string& value) { return among(found->second, value); }) &&
               (wide || condition.second.size() == found->second.size());
    });
}

// As IAM's like, at no cost for what is no pattern.
bool matches(const std::string& pattern, const std::string& text) {
    if (pattern.find_first_of("*?") == std::string::npos) return pattern == text;
    return infrastructure::like(pattern, text);
}

std::string service_of(const std::string& action) { return action.substr(0, action.find(':')); }

// How long the policy would be with a statement for each list of resources.
std::size_t exact_length(const Needs& needs) {
    std::map<std::pair<std::string, Conditions>, Statement> by_resource;
    for (const auto& [need, who] : needs) by_resource[{need.resource, need.conditions}].actions.push_back(need.action);
    std::map<std::pair<std::vector<std::string>, Conditions>, Statement> all;
    for (const auto& [key, statement] : by_resource) {
        Statement& one = all[{statement.actions, key.second}];
        one.sid = "Statement";
        one.actions = statement.actions;
        one.equals = key.second;
        one.resources.push_back(key.first);
    }
    std::vector<Statement> list;
    for (auto& [key, one] : all) list.push_back(std::move(one));
    return infrastructure::policy_length(list);
}

std::string told(const Need& need) { return need.action + " on " + need.resource; }

struct Count {
    std::size_t roles = 0, calls = 0, shortened = 0;
};

void judge(const Role& role, const Needs& needs, Count& count, std::vector<std::string>& paths) {
    const std::vector<Need> allowed = allowed_by(role.statements);
    ++count.roles;
    count.calls += needs.size();
    for (const auto& [need, who] : needs) {
        const bool there = std::any_of(allowed.begin(), allowed.end(), [&, &need = need](const Need& one) {
            return matches(one.action, need.action) && matches(one.resource, need.resource) &&
                   same(need.conditions, one.conditions, true);
        });
        if (!there) add_once(paths, who + " calls " + told(need) + ", which " + role.name + " may not");
    }
    // Where IAM's limit leaves no room to be exact, wildcards stand for calls that are needed, and resources of one
    // service share its calls.
    const bool room = exact_length(needs) <= infrastructure::kInlineLimit * 3 / 4;
    bool shortened = false;
    for (const Need& one : allowed) {
        const bool exact = std::any_of(needs.begin(), needs.end(), [&](const auto& need) {
            return need.first.action == one.action && need.first.resource == one.resource &&
                   same(need.first.conditions, one.conditions, false);
        });
        if (exact) continue;
        const bool called = std::any_of(needs.begin(), needs.end(), [&](const auto& need) {
            return matches(one.action, need.first.action) && same(need.first.conditions, one.conditions, true);
        });
        const bool its_own = std::any_of(needs.begin(), needs.end(), [&](const auto& need) {
            if (service_of(need.first.action) != service_of(one.action)) return false;
            if (need.first.resource == one.resource) return true;
            return !room && one.resource != "*" && matches(one.resource, need.first.resource);
        });
        if (!called || !its_own) {
            add_once(paths, role.name + " may " + told(one) + ", which none of its jobs calls");
        } else if (room) {
            add_once(paths, role.name + " may " + told(one) + ", wider than what its jobs call");
        } else {
            shortened = true;
        }
    }
    if (shortened) ++count.shortened;
}

}  // namespace

Verdict permissions(const World& world) {
    Verdict verdict;
    Count count;
    for (const infrastructure::TargetModel& model : world.model().targets) {
        const Environment* environment = world.project().environment(model.environment);
        const Target* target = environment == nullptr ? nullptr : environment->target(model.stack);
        if (target == nullptr) continue;
        for (const Role& role : model.roles) judge(role, needs_of(world, role, model, *target), count, verdict.paths);
    }
    verdict.proof = counted(count.roles, "role") + " with " + counted(count.calls, "declared call") + " on resources";
    if (count.shortened > 0)
        verdict.proof += "; " + std::to_string(count.shortened) + " under wildcards, because IAM takes " +
                         std::to_string(infrastructure::kInlineLimit) + " characters";
    const std::size_t keys = world.key_holders();
    if (keys > 0) {
        verdict.proof += "; what the keys of " + counted(keys, "job") + " may, only who made them knows";
    }
    if (count.roles == 0) {
        verdict = {Outcome::not_asked,
                   keys > 0 ? "there are no roles; what the keys of jobs may, only who made them knows"
                            : "no job has an identity",
                   {},
                   {}};
    }
    return verdict;
}

}  // namespace pipewright::verify

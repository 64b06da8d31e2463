#include "generator/infrastructure/permissions.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <utility>

#include "generator/embed/templates.h"
#include "generator/infrastructure/compact.h"
#include "generator/infrastructure/directives.h"
#include "generator/infrastructure/resources.h"
#include "generator/text/case.h"

namespace pipewright::infrastructure {

namespace {

using Texts = std::vector<std::string>;

template <class List>
bool among(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

// AWS writes ec2:CreateVpc, Google Cloud compute.networks.create.
bool is_of_aws(std::string_view action) { return action.find(':') != std::string_view::npos; }

std::string service_of(std::string_view action) { return lower_case(action.substr(0, action.find(':'))); }
std::string name_of(std::string_view action) { return lower_case(action.substr(action.find(':') + 1)); }

// IAM without these two beginnings changes what somebody may do.
bool changes_iam(std::string_view action) {
    const std::string name = name_of(action);
    return service_of(action) == "iam" && !name.starts_with("get") && !name.starts_with("list");
}

// A role that one of these makes or changes has to have the boundary; they are only ever granted on that condition.
constexpr std::array<std::string_view, 4> kBounded{"createrole", "putrolepolicy", "attachrolepolicy",
                                                   "putrolepermissionsboundary"};

// What else may be done to a role that has the boundary.
constexpr std::array<std::string_view, 9> kOnRoles{
    "deleterole",       "updaterole", "updateroledescription", "updateassumerolepolicy",
    "deleterolepolicy", "passrole",   "detachrolepolicy",      "tagrole",
    "untagrole"};

// "task-roles": TaskRoles.
std::string camel(std::string_view word) {
    if (word == "*") return "Any";
    std::string text;
    bool capital = true;
    for (const char c : word) {
        if (c == '-' || c == ':' || c == '/') {
            capital = true;
            continue;
        }
        text += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        capital = false;
    }
    return text;
}

// Statements with equal resources and conditions become one.
class Collector {
public:
    Collector(const Project& project, const Target& target) : project_(project), target_(target) {}

    // Each kind of resource for itself: its actions then stand together, whoever declares them.
    void add(const Directive& directive) {
        for (const std::string& word : directive.resources) {
            const Texts resources = arns(word, project_, target_);
            if (resources.empty()) continue;
            std::string label = camel(resources == Texts{"*"} ? "*" : word);
            Conditions equals;
            for (const auto& [key, value] : directive.conditions) {
                Texts values{value};
                if (is_resource_word(value)) values = arns(value, project_, target_);
                if (values.empty()) throw std::logic_error("a template's condition has no value: " + key + "=" + value);
                equals[key] = std::move(values);
                label += "If" + camel(key.substr(key.find(':') + 1));
            }
            for (const std::string& action : directive.actions) {
                if (is_of_aws(action) != (target_.cloud == Cloud::aws))
                    throw std::logic_error("a template calls another cloud: " + action);
                add(action, resources, equals, label);
            }
        }
    }

    // One action. Whatever asks for it, changes of roles are held to the boundary, and never reach the target's own.
    void add(const std::string& action, const Texts& resources, Conditions equals, std::string label) {
        if (changes_iam(action)) {
            const std::string name = name_of(action);
            if (name == "deleterolepermissionsboundary" || name.find_first_of("*?") != std::string::npos)
                throw std::logic_error("nobody may take a boundary away: " + action);
            if (among(kBounded, name)) {
                equals["iam:PermissionsBoundary"] = {boundary_arn(project_, target_)};
                if (!label.ends_with("IfPermissionsBoundary")) label += "IfPermissionsBoundary";
            }
            for (const std::string& own : own_arns(project_, target_)) {
                for (const std::string& resource : resources) {
                    if (like(resource, own) && name != "createservicelinkedrole")
                        throw std::logic_error("a role could change " + own + " by " + action);
                }
            }
        }
        Gathered& to = all_[{resources, std::move(equals)}];
        if (to.label.empty()) to.label = std::move(label);
        to.actions.insert(action);
    }

    void add(const Statement& statement) {
        for (const std::string& action : statement.actions)
            add(action, statement.resources, statement.equals, statement.sid);
    }

    std::vector<Statement> statements() const {
        std::vector<Statement> list;
        for (const auto& [key, gathered] : all_) {
            Statement one;
            one.sid = gathered.label;
            one.actions.assign(gathered.actions.begin(), gathered.actions.end());
            one.resources = key.first;
            one.equals = key.second;
            list.push_back(std::move(one));
        }
        std::stable_sort(list.begin(), list.end(),
                         [](const Statement& a, const Statement& b) { return a.sid < b.sid; });
        // A policy has each name once.
        for (std::size_t i = 1, same = 1; i < list.size(); ++i) {
            const bool again = list[i].sid == list[i - same].sid;
            same = again ? same + 1 : 1;
            if (again) list[i].sid += std::to_string(same);
        }
        return list;
    }

private:
    struct Gathered {
        std::string label;
        std::set<std::string> actions;
    };

    const Project& project_;
    const Target& target_;
    std::map<std::pair<Texts, Conditions>, Gathered> all_;
};

void add_modules(Collector& to, const std::vector<std::string>& modules, const std::vector<std::string_view>& verbs) {
    for (const std::string& path : modules) {
        for (const Directive& one : directives(embed::bytes_of(path))) {
            if (among(verbs, one.verb)) to.add(one);
        }
    }
}

// What a user's own Terraform needs. Roles that it makes are named as those of services are, and have the boundary.
void add_manifest(Collector& to, const Project& project, const Target& target) {
    for (const std::string& action : project.infrastructure.permissions) {
        if (is_of_aws(action) != (target.cloud == Cloud::aws)) continue;
        if (service_of(action).find_first_of("*?") != std::string::npos) continue;  // refused
        if (!changes_iam(action)) {
            to.add(action, {"*"}, {}, "Manifest");
        } else if (among(kBounded, name_of(action)) || among(kOnRoles, name_of(action))) {
            to.add(action, arns("task-roles", project, target), {}, "ManifestRoles");
        }
    }
}

}  // namespace

std::vector<Statement> role_statements(const Project& project, const Target& target, names::Identity kind,
                                       const std::vector<std::string>& scripts,
                                       const std::vector<std::string>& modules) {
    Collector all(project, target);
    const embed::Words words = words_of(project, target);
    for (const std::string& script : scripts) {
        for (const DeclaredCall& call : calls_of(script, words)) all.add(call.directive);
    }
    if (kind == names::Identity::plan) add_modules(all, modules, {"plan"});
    if (kind == names::Identity::infra) {
        add_modules(all, modules, {"plan", "apply"});
        add_manifest(all, project, target);
    }
    // Only IAM counts the characters of what a role may do.
    if (target.cloud == Cloud::gcp) return all.statements();
    return compact(all.statements(), kInlineLimit);
}

std::vector<Statement> boundary_statements(const Project& project, const Target& target,
                                           const std::vector<Statement>& infra,
                                           const std::vector<std::string>& modules) {
    Collector all(project, target);
    for (const Statement& one : infra) all.add(one);
    add_modules(all, modules, {"runs"});
    const std::vector<Refused> refused = refused_permissions(project, target);
    for (const Running& running : target.services) {
        for (const Permission& permission : running.permissions) {
            for (const std::string& action : permission.actions) {
                const bool granted = std::none_of(refused.begin(), refused.end(), [&](const Refused& one) {
                    return one.service == running.service && one.action == action;
                });
                std::set<std::string> resources(permission.resources.begin(), permission.resources.end());
                if (granted && !resources.empty())
                    all.add(action, Texts(resources.begin(), resources.end()), {}, std::string(kGranted));
            }
        }
    }
    return widen(all.statements(), kManagedLimit);
}

std::vector<Refused> refused_permissions(const Project& project, const Target& target) {
    std::vector<Refused> all;
    const auto wild = [](const std::string& text) { return text.find_first_of("*?") != std::string::npos; };
    for (const std::string& action : project.infrastructure.permissions) {
        const std::string name = name_of(action);
        if (wild(service_of(action))) {
            all.push_back({"", action, "it would be every service's"});
        } else if (changes_iam(action) && !among(kBounded, name) && !among(kOnRoles, name)) {
            all.push_back({"", action, "it could change what the pipelines may do"});
        }
    }
    const Texts own = own_arns(project, target);
    for (const Running& running : target.services) {
        for (const Permission& permission : running.permissions) {
            for (const std::string& action : permission.actions) {
                const std::string name = name_of(action);
                if (wild(service_of(action))) {
                    all.push_back({running.service, action, "it would be every service's"});
                    continue;
                }
                if (!changes_iam(action)) continue;
                const bool reaches = std::any_of(own.begin(), own.end(), [&](const std::string& arn) {
                    return std::any_of(permission.resources.begin(), permission.resources.end(),
                                       [&](const std::string& resource) { return like(resource, arn); });
                });
                if (wild(name) || among(kBounded, name) || name == "deleterolepermissionsboundary" || reaches)
                    all.push_back({running.service, action, "it could change what the pipelines may do"});
            }
        }
    }
    return all;
}

}  // namespace pipewright::infrastructure

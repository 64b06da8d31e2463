#include "generator/infrastructure/compact.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace pipewright::infrastructure {

namespace {

using Texts = std::vector<std::string>;

// How far actions are gathered under wildcards: those that only look, those of one verb, all of a service that has
// many, all of a service.
enum class Under { looks, verbs, crowded_services, services };

// What could open a door is named in full, whatever the length: roles, the states, secrets.
bool stays_exact(std::string_view service) {
    constexpr std::array<std::string_view, 5> kExact{"iam", "kms", "s3", "secretsmanager", "sts"};
    return std::find(kExact.begin(), kExact.end(), service) != kExact.end();
}

std::string verb_of(std::string_view name) {
    std::size_t end = 1;
    while (end < name.size() && !(name[end] >= 'A' && name[end] <= 'Z')) ++end;
    return std::string(name.substr(0, end));
}

// A wildcard takes the place of two actions at least, of a service's of five.
Texts gathered(const Texts& actions, Under under) {
    constexpr std::array<std::string_view, 3> kLooks{"Describe", "Get", "List"};
    std::vector<std::pair<std::string, Texts>> groups;
    for (const std::string& action : actions) {
        const std::size_t colon = action.find(':');
        const std::string service = action.substr(0, colon);
        const std::string verb = verb_of(std::string_view(action).substr(colon + 1));
        const bool looks = std::find(kLooks.begin(), kLooks.end(), verb) != kLooks.end();
        std::string group = action;
        if (!stays_exact(service)) {
            if (under == Under::services || under == Under::crowded_services) {
                group = service + ":*";
            } else if (looks || under == Under::verbs) {
                group = service + ":" + verb + "*";
            }
        }
        const auto found =
            std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == group; });
        if (found == groups.end()) {
            groups.push_back({group, {action}});
        } else {
            found->second.push_back(action);
        }
    }
    Texts all;
    const std::size_t few = under == Under::crowded_services ? 4 : 1;
    for (const auto& [group, members] : groups) {
        if (members.size() > few) {
            all.push_back(group);
        } else {
            all.insert(all.end(), members.begin(), members.end());
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

void add(Texts& to, const Texts& from) {
    for (const std::string& one : from) {
        if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
    }
    std::sort(to.begin(), to.end());
}

void add(Conditions& to, const Conditions& from) {
    for (const auto& [key, values] : from) add(to[key], values);
}

Texts keys_of(const Conditions& conditions) {
    Texts keys;
    for (const auto& [key, values] : conditions) keys.push_back(key);
    return keys;
}

// Equal in all but the resources, or in all but the values of one condition: together they allow what they did apart.
std::vector<Statement> united(const std::vector<Statement>& list) {
    std::vector<Statement> all;
    for (const Statement& one : list) {
        const auto same = [&](const Statement& other) {
            if (one.actions != other.actions || one.deny != other.deny || one.like != other.like ||
                one.not_equals != other.not_equals)
                return false;
            if (one.equals == other.equals) return true;
            return one.resources == other.resources && one.equals.size() == 1 &&
                   keys_of(one.equals) == keys_of(other.equals);
        };
        const auto found = std::find_if(all.begin(), all.end(), same);
        if (found == all.end()) {
            all.push_back(one);
            continue;
        }
        add(found->resources, one.resources);
        add(found->equals, one.equals);
    }
    return all;
}

bool granted(const Statement& one) { return one.sid.starts_with(kGranted); }

// Everything of one kind as one statement.
class Pool {
public:
    explicit Pool(std::string sid) { sum_.sid = std::move(sid); }

    void take(const Statement& one) {
        add(sum_.actions, one.actions);
        add(sum_.resources, one.resources);
        add(sum_.equals, one.equals);
    }

    void give(std::vector<Statement>& to, Under under) {
        if (sum_.actions.empty()) return;
        // Under a condition actions stay exact: the key might not be known for others.
        if (sum_.equals.empty()) sum_.actions = gathered(sum_.actions, under);
        to.push_back(std::move(sum_));
    }

private:
    Statement sum_;
};

// How exactly secrets are named: one by one, by what stands before the last "/" of their names, not at all.
enum class Secrets { each, folders, any };

std::vector<Statement> with_secrets(std::vector<Statement> list, Secrets how) {
    if (how == Secrets::each) return list;
    for (Statement& one : list) {
        Texts resources;
        for (const std::string& resource : one.resources) {
            // arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME
            const std::size_t name = resource.find(":secret:");
            const std::size_t slash = resource.rfind('/');
            if (!resource.starts_with("arn:aws:secretsmanager:") || name == std::string::npos) {
                add(resources, {resource});
            } else if (how == Secrets::any) {
                add(resources, {resource.substr(0, name) + ":secret:*"});
            } else {
                add(resources, {slash == std::string::npos ? resource : resource.substr(0, slash + 1) + "*"});
            }
        }
        one.resources = std::move(resources);
    }
    return list;
}

// How far a boundary is widened.
struct Width {
    Under any = Under::looks;  // the actions that can't be narrowed to a resource
    Secrets secrets = Secrets::each;
    bool pool_grants = false;  // what the manifest grants to services: each on its own resources, or all together
};

std::vector<Statement> wide(const std::vector<Statement>& exact, const Width& width) {
    Pool any("Any"), named("Named"), grants{std::string(kGranted)};
    std::map<Texts, Pool> conditional;
    std::vector<Statement> all;
    for (const Statement& one : exact) {
        if (granted(one) && width.pool_grants) {
            grants.take(one);
        } else if (granted(one)) {
            all.push_back(one);
        } else if (!one.equals.empty()) {
            const Texts keys = keys_of(one.equals);
            const std::string sid = "If" + keys.front().substr(keys.front().find(':') + 1);
            conditional.try_emplace(keys, sid).first->second.take(one);
        } else {
            (one.resources == Texts{"*"} ? any : named).take(one);
        }
    }
    any.give(all, width.any);
    named.give(all, Under::crowded_services);
    grants.give(all, Under::services);
    for (auto& [keys, pool] : conditional) pool.give(all, Under::services);
    std::stable_sort(all.begin(), all.end(), [](const Statement& a, const Statement& b) { return a.sid < b.sid; });
    return with_secrets(std::move(all), width.secrets);
}

// What a service's actions may on the target's own resources, as one statement: an action that means one kind of them
// does nothing to another.
std::vector<Statement> by_service(const std::vector<Statement>& list) {
    std::map<std::string, Pool> services;
    std::vector<Statement> all;
    for (const Statement& one : list) {
        const std::string service = one.actions.front().substr(0, one.actions.front().find(':'));
        const bool own = std::all_of(one.actions.begin(), one.actions.end(),
                                     [&](const std::string& action) { return action.starts_with(service + ":"); });
        if (!own || one.deny || !one.equals.empty() || stays_exact(service) || one.resources == Texts{"*"}) {
            all.push_back(one);
        } else {
            services.try_emplace(service, one.sid).first->second.take(one);
        }
    }
    for (auto& [service, pool] : services) pool.give(all, Under::looks);
    return all;
}

std::vector<Statement> with_looks(std::vector<Statement> list) {
    for (Statement& one : list) one.actions = gathered(one.actions, Under::looks);
    return list;
}

}  // namespace

std::vector<Statement> compact(const std::vector<Statement>& exact, std::size_t limit) {
    std::vector<Statement> list = exact;
    if (policy_length(list) > limit) list = with_looks(std::move(list));
    if (policy_length(list) > limit) list = united(list);
    // These roles only ever look at what describes a secret.
    for (const Secrets how : {Secrets::folders, Secrets::any}) {
        if (policy_length(list) > limit) list = with_secrets(std::move(list), how);
    }
    return policy_length(list) > limit ? by_service(list) : list;
}

std::vector<Statement> widen(const std::vector<Statement>& exact, std::size_t limit) {
    if (policy_length(exact) <= limit) return exact;
    std::vector<Statement> list = with_looks(exact);
    constexpr std::array<Width, 6> kSteps{{{},
                                           {.secrets = Secrets::folders},
                                           {.any = Under::verbs, .secrets = Secrets::folders},
                                           {.any = Under::services, .secrets = Secrets::folders},
                                           {.any = Under::services, .secrets = Secrets::any},
                                           {.any = Under::services, .secrets = Secrets::any, .pool_grants = true}}};
    for (const Width& width : kSteps) {
        if (policy_length(list) > limit) list = wide(exact, width);
    }
    return list;
}

}  // namespace pipewright::infrastructure

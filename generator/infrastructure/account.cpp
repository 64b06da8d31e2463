// The root of an account: what exists once there, whatever its targets.
#include <algorithm>
#include <map>
#include <set>

#include "generator/infrastructure/roots.h"
#include "generator/project/names.h"

namespace pipewright::infrastructure {

namespace {

std::string alias_of(std::string region) {
    std::replace(region.begin(), region.end(), '-', '_');
    return region;
}

// The audiences that tokens of a host are made out to. GitLab's jobs name theirs themselves, one for each kind of job:
// all three are listed from the start, so that another gate changes no account.
std::set<std::string> audiences_of(const Project& project, const hosts::Claims& claims) {
    std::set<std::string> all{claims.audience};
    if (claims.host == Host::gitlab && project.gitlab) {
        for (const char* const kind : {"plan", "open", "gated"})
            all.insert(project.gitlab->url + "/pipewright/" + kind);
    }
    return all;
}

// Whose tokens the roles of an account trust; nothing where there are no roles.
Object providers_of(const Project& project, const std::vector<const Target*>& targets,
                    const std::vector<const TargetModel*>& models) {
    const bool existing =
        std::any_of(targets.begin(), targets.end(), [](const Target* one) { return one->existing_oidc_provider; });
    std::map<Host, std::pair<std::string, std::set<std::string>>> trusted;
    for (const TargetModel* target : models) {
        for (const Role& role : target->roles) {
            for (const Trust& one : role.trust) {
                auto& [issuer, audiences] = trusted[one.host];
                issuer = one.claims.issuer;
                audiences.merge(audiences_of(project, one.claims));
            }
        }
    }
    Object all;
    for (const auto& [host, of] : trusted) {
        Object provider{{"url", "https://" + of.first},
                        {"audiences", std::vector<std::string>(of.second.begin(), of.second.end())}};
        if (existing) provider.push_back({"existing", true});
        all.push_back({std::string(to_string(host)), std::move(provider)});
    }
    return all;
}

// The objects of a bucket whose old versions tell nothing.
std::set<std::string> short_lived(const Project& project, const std::vector<const Target*>& targets,
                                  const std::string& bucket) {
    std::set<std::string> keys;
    const auto add_lock = [&](const Target& target, const std::string& key) {
        if (names::state_table(project, target).empty()) keys.insert(key + ".tflock");
    };
    for (const Target* target : targets) {
        if (names::state_bucket(project, *target) != bucket) continue;
        keys.insert(names::lease(project, *target));
        add_lock(*target, names::state_key(project, *target, "platform"));
        add_lock(*target, names::state_key(project, *target, "bootstrap"));
        if (target == targets.front()) add_lock(*target, names::account_state_key(project, *target));
    }
    return keys;
}

}  // namespace

Root account_root(const Project& project, const std::vector<const Target*>& targets,
                  const std::vector<const TargetModel*>& models, Origins& origins) {
    const Target& first = *targets.front();
    Root root;
    root.kind = RootKind::account;
    root.path = names::account_root(project, first);
    root.about = {"What exists once in the account " + first.account + ", whatever its targets. A person applies it, " +
                  "before anything else."};
    root.origin = origins.intern(first.span, "root of an account");
    root.backend = backend(project, first, names::account_state_key(project, first));
    root.providers.push_back(provider(project, first));
    root.providers.front().tags = {{"project", project.name}, {"managed-by", "pipewright"}};

    if (Object providers = providers_of(project, targets, models); !providers.empty()) {
        root.calls.push_back({.name = "account",
                              .module = "aws/account",
                              .arguments = {{"oidc_providers", std::move(providers)}},
                              .about = "Whose tokens the roles of this account may trust.",
                              .origin = root.origin});
    }
    std::set<std::string> regions;
    for (const Target* target : targets) {
        // One bucket a region; the call is named after it, so that another target never moves it.
        if (!target->state_bucket.empty() || !regions.insert(target->region).second) continue;
        const Origin origin = origins.intern(target->span, "state of a region");
        const std::string bucket = names::state_bucket(project, *target);
        const std::set<std::string> keys = short_lived(project, targets, bucket);
        Call call{
            .name = "state_" + alias_of(target->region),
            .module = "aws/state",
            .arguments = {{"bucket", bucket}, {"short_lived", std::vector<std::string>(keys.begin(), keys.end())}},
            .about = "States and leases in " + target->region + ".",
            .origin = origin};
        if (target->state_table.empty() && !names::state_table(project, *target).empty())
            call.arguments.push_back({"table", names::state_table(project, *target)});
        if (target->region != first.region) {
            call.provider = alias_of(target->region);
            Provider other = root.providers.front();
            other.alias = call.provider;
            other.region = target->region;
            root.providers.push_back(std::move(other));
        }
        root.calls.push_back(std::move(call));
    }
    for (const Call& call : root.calls) {
        if (call.module == "aws/account") {
            root.outputs.push_back(
                {"provider_arns", "The identity providers' ARNs by host.", OutputOf{call.name, "provider_arns"}});
        } else {
            root.outputs.push_back({"bucket" + call.name.substr(5), "The bucket of states and leases in that region.",
                                    OutputOf{call.name, "bucket"}});
        }
    }
    return root;
}

}  // namespace pipewright::infrastructure

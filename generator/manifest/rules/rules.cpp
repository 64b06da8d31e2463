#include "generator/manifest/rules/rules.h"

#include <algorithm>

#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

void check_all(const Subject& subject) {
    static constexpr void (*kRules[])(const Subject&) = {hosts,           github_subject,
                                                         registries,      signing,
                                                         static_keys,     references,
                                                         calls,           secret_sources,
                                                         overrides,       promotion,
                                                         promoted_images, triggers,
                                                         after_hosts,     deployers,
                                                         never_deployed,  production,
                                                         gates,           image_sources,
                                                         schedules,       routes,
                                                         public_routes,   smoke,
                                                         health,          fargate_sizes,
                                                         platforms,       service_sizes,
                                                         scaling,         environment_variables,
                                                         plain_secrets,   permissions,
                                                         stacks,          places,
                                                         runtime_fit,     machines,
                                                         unheeded,        networks,
                                                         network_parts,   ssh,
                                                         https,           states,
                                                         name_clashes,    reserved_names,
                                                         extensions,      floating_images,
                                                         unused};
    for (const auto rule : kRules) rule(subject);
}

bool targets_known(const Subject& subject, const Environment* only) {
    bool known =
        !subject.written.environments.bad() && !subject.written.stacks.bad() && !subject.written.services.bad();
    each_environment(subject, [&](const Environment& environment, const written::Environment& written) {
        if (only != nullptr && only != &environment) return;
        known = known && !written.targets.bad() && written.targets->size() == environment.targets.size();
    });
    return known;
}

Names service_names(const Project& project) {
    Names names;
    for (const Service& one : project.services) names.push_back(one.name);
    return names;
}

Names environment_names(const Project& project) {
    Names names;
    for (const Environment& one : project.environments) names.push_back(one.name);
    return names;
}

bool known(const Subject& subject, const Field<std::string>& field, const Names& names, std::string_view what) {
    if (field.doubtful || std::find(names.begin(), names.end(), *field) != names.end()) return true;
    subject.report(Code::unknown_reference, field.place(), "there is no " + std::string(what) + " '" + *field + "'",
                   suggestion(*field, names));
    return false;
}

bool deployers_known(const Subject& subject) {
    const Names names = environment_names(subject.project);
    const auto good = [&](const Field<List<std::string>>& deploys) {
        return sound(deploys) && std::all_of(deploys->begin(), deploys->end(), [&](const Field<std::string>& one) {
                   return std::find(names.begin(), names.end(), *one) != names.end();
               });
    };
    const written::Hosts& hosts = *subject.written.hosts;
    const bool both_say = hosts.github->deploys.given() && hosts.gitlab->deploys.given();
    const bool clash =
        !both_say && std::any_of(subject.project.environments.begin(), subject.project.environments.end(),
                                 [](const Environment& one) { return one.on_github && one.on_gitlab; });
    return !clash && (hosts.github.given() || hosts.gitlab.given()) && !subject.written.hosts.bad() &&
           !hosts.github.bad() && !hosts.gitlab.bad() && !subject.written.environments.bad() &&
           (!hosts.github.given() || good(hosts.github->deploys)) &&
           (!hosts.gitlab.given() || good(hosts.gitlab->deploys));
}

}  // namespace pipewright::manifest::rules

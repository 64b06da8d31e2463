#include <map>
#include <set>

#include "generator/manifest/rules/rules.h"
#include "generator/project/names.h"

namespace pipewright::manifest::rules {

namespace {

using Shown = std::map<std::string, std::string>;  // a joined name, and what has it

// Says that two things have one name; false where the name was free.
bool clash(const Subject& subject, Shown& taken, const std::string& name, const std::string& shown, const Span& span) {
    const auto [found, added] = taken.try_emplace(name, shown);
    if (added || found->second == shown) return false;
    subject.report_once(Code::name_clash, span, found->second + " and " + shown + " both join to '" + name + "'",
                        "rename one of them");
    return true;
}

// Every name of a target in its cloud, each as the cloud has it: cut where it was too long. What is unique in an
// account carries the account, what is unique in a region the region too.
std::vector<std::string> cloud_names(const Project& project, const Target& target) {
    const std::string account = target.cloud == Cloud::aws ? target.account : target.project;
    const std::string region = account + " " + target.region;
    std::vector<std::string> all;
    const auto in_account = [&](const std::string& name) { all.push_back("role " + name + " of " + account); };
    const auto in_region = [&](std::string_view kind, const std::string& name) {
        all.push_back(std::string(kind) + " " + name + " of " + region);
    };
    if (target.cloud == Cloud::gcp) {
        for (const names::Identity one : names::kIdentities) in_account(names::service_account(project, target, one));
        in_account("address " + names::load_balancer(project, target));
        for (const Running& running : target.services)
            in_region("group", names::instance_group(project, target, running.service));
        return all;
    }
    for (const names::Identity one : names::kIdentities) in_account(names::role(project, target, one));
    in_account(names::flow_log_role(project, target));
    in_account(names::boundary(project, target));
    in_region("cluster", names::cluster(project, target));
    in_region("load balancer", names::load_balancer(project, target));
    for (const Running& running : target.services) {
        in_account(names::task_role(project, target, running.service));
        in_account(names::execution_role(project, target, running.service));
        in_region("family", names::family(project, target, running.service));
        in_region("log group", names::log_group(project, target, running.service));
    }
    return all;
}

}  // namespace

// Names are joined by hyphens and may hold hyphens: a-b on c and a on b-c would be one job, one role, one path.
void name_clashes(const Subject& subject) {
    Shown targets;
    bool joined = false;
    each_target(subject, [&](const At& at) {
        joined =
            clash(subject, targets, at.environment.name + "-" + at.target.stack, at.shown(), at.target.span) || joined;
    });
    // A target's cloud names end in a service's or an identity's: prod + aws-build and a role of prod-aws would meet.
    Shown families;
    for (const auto& [stem, shown] : targets) {
        for (const Service& service : subject.project.services) {
            joined = clash(subject, families, stem + "-" + service.name, "service '" + service.name + "' of " + shown,
                           service.span) ||
                     joined;
        }
    }
    if (joined || !sound(subject.written.project)) return;
    Shown names;
    each_target(subject, [&](const At& at) {
        if (!sound(at.written.field->account, at.written.field->region, at.written.field->project)) return;
        for (const std::string& name : cloud_names(subject.project, at.target))
            clash(subject, names, name, at.shown(), at.target.span);
    });
}

}  // namespace pipewright::manifest::rules

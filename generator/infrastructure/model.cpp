#include "generator/infrastructure/model.h"

#include <algorithm>
#include <map>

#include "generator/infrastructure/directives.h"
#include "generator/infrastructure/modules.h"
#include "generator/infrastructure/permissions.h"
#include "generator/infrastructure/report.h"
#include "generator/infrastructure/resources.h"
#include "generator/infrastructure/roots.h"
#include "generator/infrastructure/trust.h"
#include "generator/project/registry.h"
#include "generator/runtimes/platform.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::infrastructure {

namespace {

template <class List>
void add_missing(List& to, const List& from) {
    for (const auto& one : from) {
        if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
    }
}

// Whether one way in lets in exactly what the two would; then the first is that way. On GitHub a token without an
// environment has the ref in its subject and in its workflow's address, so alternatives of these can't mix. On GitLab
// "every branch" is each of them. Only on AWS, where what a role trusts has to be short.
bool joined(hosts::Claims& to, const hosts::Claims& from) {
    hosts::Claims same = from;
    same.subjects = to.subjects;
    same.refs = to.refs;
    same.any_branch = to.any_branch;
    if (!to.provider.empty() || !(same == to)) return false;
    if (to.host == Host::gitlab) {
        return to.any_branch && std::all_of(from.subjects.begin(), from.subjects.end(), [](const std::string& subject) {
                   return subject.find(":ref_type:branch:ref:") != std::string::npos;
               });
    }
    if (!to.environment.empty()) return false;
    add_missing(to.subjects, from.subjects);
    add_missing(to.refs, from.refs);
    return true;
}

// Jobs whose tokens differ in the workflow's file alone, or in what their subject says anyway, share one way in.
void add_trust(Role& role, const hosts::Use& use) {
    for (Trust& one : role.trust) {
        hosts::Claims same = use.claims;
        same.workflows = one.claims.workflows;
        if (!(one.claims == same)) continue;
        add_missing(one.claims.workflows, use.claims.workflows);
        add_missing(one.jobs, {use.job});
        return;
    }
    for (Trust& one : role.trust) {
        if (!joined(one.claims, use.claims)) continue;
        add_missing(one.jobs, {use.job});
        return;
    }
    role.trust.push_back({use.claims.host, {use.job}, use.claims});
}

// The roles of a target (on GCP its service accounts) are those that jobs take; one that no job takes is not made.
std::vector<Role> roles_of(const Project& project, const Target& target, const std::vector<hosts::Use>& uses,
                           const std::vector<std::string>& modules) {
    std::vector<Role> roles;
    for (const hosts::Use& use : uses) {
        if (use.environment != target.environment || use.stack != target.stack) continue;
        auto found = std::find_if(roles.begin(), roles.end(), [&](const Role& one) { return one.kind == use.kind; });
        if (found == roles.end()) {
            Role role;
            role.kind = use.kind;
            role.name = target.cloud == Cloud::aws ? names::role(project, target, use.kind)
                                                   : names::service_account(project, target, use.kind);
            role.principal = names::principal(project, target, use.kind);
            roles.push_back(std::move(role));
            found = roles.end() - 1;
        }
        add_trust(*found, use);
        add_missing(found->scripts, use.scripts);
    }
    std::sort(roles.begin(), roles.end(), [](const Role& a, const Role& b) { return a.kind < b.kind; });
    for (Role& role : roles) {
        for (const Trust& one : role.trust) {
            for (Way& way : ways(one.claims, target.account)) role.ways.push_back(std::move(way));
        }
        role.statements = role_statements(project, target, role.kind, role.scripts, modules);
    }
    return roles;
}

// A policy needs a statement.
std::vector<Statement> nothing() {
    Statement none;
    none.sid = "Nothing";
    none.deny = true;
    none.actions = none.resources = {"*"};
    return {none};
}

TargetModel target_of(const Project& project, const Environment& environment, const Target& target) {
    TargetModel one;
    one.environment = target.environment;
    one.stack = target.stack;
    one.cloud = target.cloud;
    one.account = target.cloud == Cloud::aws ? target.account : target.project;
    one.region = target.region;
    one.runtime = target.runtime;
    one.words = words_of(project, target);
    one.cluster_kind = runtime(target.runtime)->cluster_kind;
    // Managed instance groups are a name for each service, in place of one for all.
    if (target.cloud == Cloud::aws) {
        one.cluster = {names::cluster(project, target)};
    } else {
        for (const Running& running : target.services)
            one.cluster.push_back(names::instance_group(project, target, running.service));
    }
    if (target.ingress.kind == IngressKind::load_balancer && !behind_ingress(project, target).empty())
        one.load_balancer = names::load_balancer(project, target);
    if (target.ingress.kind == IngressKind::api_gateway) one.rest_api = names::rest_api(project, target);
    one.state_bucket = names::state_bucket(project, target);
    one.state_table = names::state_table(project, target);
    one.lease = names::lease(project, target);
    one.record = names::record(project, target);
    one.platform = names::platform(project, target);
    for (const Service* service : project.images_of(target))
        one.repositories.push_back(registries::repository(project, target, *service));
    if (!environment.promote_from.empty()) {
        const Target& source = project.source_of(target);
        one.promotes_from = source.environment + " on " + source.stack;
    }
    for (const Running& running : target.services) {
        one.workloads.push_back({running.service, names::task_role(project, target, running.service),
                                 names::execution_role(project, target, running.service),
                                 names::log_group(project, target, running.service)});
    }
    if (target.ingress.https) one.web_address = "https://" + target.ingress.https->domain;
    return one;
}

// The targets of each account of AWS, in order.
using Accounts = std::vector<std::pair<std::string, std::vector<std::size_t>>>;

Accounts accounts_of(const std::vector<const Target*>& targets) {
    Accounts all;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (targets[i]->cloud != Cloud::aws) continue;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == targets[i]->account; });
        if (found == all.end()) {
            all.push_back({targets[i]->account, {i}});
        } else {
            found->second.push_back(i);
        }
    }
    return all;
}

}  // namespace

Model model(const Project& project, const std::vector<hosts::Use>& uses, Origins& origins, Diagnostics& diagnostics) {
    Model model;
    model.modules_folder = names::modules_folder(project);
    model.tool = project.infrastructure.tool;
    model.version = project.infrastructure.version;
    std::vector<const Target*> targets;
    std::map<const Target*, Root> platforms;
    for (const Environment& environment : project.environments) {
        for (const Target& target : environment.targets) {
            targets.push_back(&target);
            TargetModel one = target_of(project, environment, target);
            std::vector<std::string> modules;
            const std::string path = names::platform_root(project, target);
            if (std::vector<std::string> missing = missing_modules(project, target); !missing.empty()) {
                // On Google Cloud there are no roots at all yet, so the folder is what is missing.
                const std::string what = target.cloud == Cloud::aws ? path : path.substr(0, path.rfind('/'));
                one.by_hand = runtime(target.runtime)->parts(project, target);
                if (!one.load_balancer.empty()) one.by_hand.push_back({"the load balancer", {one.load_balancer}});
                if (!one.rest_api.empty()) one.by_hand.push_back({"the REST API", {one.rest_api}});
                if (!one.web_address.empty()) one.by_hand.push_back({"the address", {one.web_address}});
                model.left_out.push_back({target.environment, target.stack, what, std::move(missing)});
            } else {
                const Root& root = platforms.emplace(&target, platform_root(project, target, origins)).first->second;
                one.platform_root = path;
                modules = files_of(root.calls);
                if (std::vector<std::string> omitted = omitted_features(target); !omitted.empty())
                    model.omitted.push_back({target.environment, target.stack, path, std::move(omitted)});
            }
            one.roles = roles_of(project, target, uses, modules);
            if (target.cloud == Cloud::aws) {
                const auto infra = std::find_if(one.roles.begin(), one.roles.end(),
                                                [](const Role& role) { return role.kind == names::Identity::infra; });
                one.boundary = one.roles.empty() ? "" : names::boundary(project, target);
                one.boundary_statements = boundary_statements(
                    project, target, infra == one.roles.end() ? std::vector<Statement>{} : infra->statements, modules);
                if (one.boundary_statements.empty()) one.boundary_statements = nothing();
            }
            model.targets.push_back(std::move(one));
        }
    }
    for (const auto& [account, members] : accounts_of(targets)) {
        std::vector<const Target*> of;
        std::vector<const TargetModel*> models;
        for (const std::size_t i : members) {
            of.push_back(targets[i]);
            models.push_back(&model.targets[i]);
        }
        Root root = account_root(project, of, models, origins);
        if (root.calls.empty()) continue;
        for (const std::size_t i : members) model.targets[i].account_root = root.path;
        model.roots.push_back(std::move(root));
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Target& target = *targets[i];
        if (target.cloud == Cloud::aws) {
            Root root = bootstrap_root(project, target, model.targets[i], model.targets, origins);
            if (!root.calls.empty()) {
                model.targets[i].bootstrap_root = root.path;
                model.roots.push_back(std::move(root));
            }
        }
        if (const auto platform = platforms.find(&target); platform != platforms.end())
            model.roots.push_back(std::move(platform->second));
    }
    model.module_files = files_of(model.roots);
    report(project, model, diagnostics);
    return model;
}

}  // namespace pipewright::infrastructure

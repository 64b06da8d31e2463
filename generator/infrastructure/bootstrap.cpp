// The root that a person applies once for a target: its repositories and its identities.
#include <map>
#include <set>

#include "generator/infrastructure/resources.h"
#include "generator/infrastructure/roots.h"
#include "generator/project/names.h"
#include "generator/project/registry.h"

namespace pipewright::infrastructure {

namespace {

using Texts = std::vector<std::string>;

std::string deed_of(names::Identity kind) {
    switch (kind) {
        case names::Identity::build: return "Builds and pushes images";
        case names::Identity::plan: return "Reads what Terraform would change";
        case names::Identity::infra: return "Applies and destroys the platform";
        case names::Identity::deploy: return "Deploys and rolls back services";
        case names::Identity::pull: return "Lets jobs of another cloud read the images";
    }
    return {};
}

void add(Object& to, const char* name, const Conditions& conditions) {
    if (conditions.empty()) return;
    Object keys;
    for (const auto& [key, values] : conditions) keys.push_back({key, values});
    to.push_back({name, std::move(keys)});
}

List values_of(const std::vector<Statement>& statements) {
    List list;
    for (const Statement& one : statements) {
        Object statement{{"sid", one.sid}};
        if (one.deny) statement.push_back({"effect", "Deny"});
        statement.push_back({"actions", one.actions});
        statement.push_back({"resources", one.resources});
        add(statement, "equals", one.equals);
        add(statement, "like", one.like);
        add(statement, "not_equals", one.not_equals);
        list.emplace_back(std::move(statement));
    }
    return list;
}

List values_of(const std::vector<Way>& ways) {
    List list;
    for (const Way& one : ways) {
        Object way{{"provider_arn", one.provider}};
        add(way, "equals", one.equals);
        add(way, "like", one.like);
        add(way, "not_like", one.not_like);
        list.emplace_back(std::move(way));
    }
    return list;
}

Call identity(const Project& project, const Target& target, const TargetModel& model, Origin origin) {
    Object roles;
    for (const Role& role : model.roles) {
        Object one{{"name", role.name},
                   {"description",
                    deed_of(role.kind) + " of " + project.name + " in " + target.environment + " on " + target.stack}};
        // Only who makes roles could make one that may do more than he himself.
        if (role.kind != names::Identity::infra) one.push_back({"bounded", false});
        one.push_back({"trust", values_of(role.ways)});
        one.push_back({"statements", values_of(role.statements)});
        roles.push_back({std::string(names::to_string(role.kind)), std::move(one)});
    }
    return {.name = "identity",
            .module = "aws/identity",
            .arguments = {{"roles", std::move(roles)},
                          {"boundary", Object{{"name", names::boundary(project, target)},
                                              {"statements", values_of(model.boundary_statements)}}}},
            .about = "Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.",
            .origin = origin};
}

// Those who copy images from here with a role of another account.
List pull_from(const Project& project, const Target& target, const std::vector<TargetModel>& all) {
    std::map<std::string, std::set<std::string>> pullers;
    for (const Environment& environment : project.environments) {
        for (const Target& other : environment.targets) {
            const bool elsewhere = other.cloud == target.cloud && other.account != target.account;
            if (!elsewhere || &project.source_of(other) != &target) continue;
            // Whose user the keys are, nobody says; his own permissions have to let him, too.
            if (project.static_keys(other)) pullers[other.account].insert("arn:aws:iam::" + other.account + ":user/*");
            for (const TargetModel& model : all) {
                if (model.environment != other.environment || model.stack != other.stack) continue;
                for (const Role& role : model.roles) {
                    if (role.kind == names::Identity::deploy) pullers[other.account].insert(role.principal);
                }
            }
        }
    }
    List list;
    for (const auto& [account, arns] : pullers)
        list.emplace_back(Object{{"account", account}, {"principals", Texts(arns.begin(), arns.end())}});
    return list;
}

}  // namespace

Root bootstrap_root(const Project& project, const Target& target, const TargetModel& model,
                    const std::vector<TargetModel>& all, Origins& origins) {
    Root root;
    root.kind = RootKind::bootstrap;
    root.path = names::bootstrap_root(project, target);
    root.about = {"What " + target.environment + " on " + target.stack +
                  " needs before its first pipeline: repositories and identities. A person applies it, once and after "
                  "each change; no job may."};
    root.origin = origins.intern(target.span, "bootstrap root of a target");
    root.providers = {provider(project, target)};
    root.backend = backend(project, target, names::state_key(project, target, "bootstrap"));

    Texts repositories;
    for (const Service* service : project.images_of(target))
        repositories.push_back(names::repository(project, target, service->name));
    if (!repositories.empty() && registries::is_native(project)) {
        Call call{.name = "registry",
                  .module = "aws/registry",
                  .arguments = {{"repositories", repositories}},
                  .about = "Where the images live.",
                  .origin = root.origin};
        if (List pullers = pull_from(project, target, all); !pullers.empty())
            call.arguments.push_back({"pull_from", std::move(pullers)});
        root.calls.push_back(std::move(call));
        root.outputs.push_back(
            {"repository_urls", "Where each image lives, without a tag.", OutputOf{"registry", "repository_urls"}});
    }
    if (!model.roles.empty()) {
        root.calls.push_back(identity(project, target, model, root.origin));
        root.outputs.push_back(
            {"role_arns", "The roles' ARNs by the kind of job that takes them.", OutputOf{"identity", "role_arns"}});
        root.outputs.push_back({"boundary_arn", "The boundary of every role that Terraform makes here.",
                                OutputOf{"identity", "boundary_arn"}});
    }
    return root;
}

}  // namespace pipewright::infrastructure

// A project's model, with the jobs that take its roles made by hand: what the hosts lower is their own tests' affair.
#pragma once

#include "../scenes.h"
#include "generator/infrastructure/model.h"
#include "generator/text/render.h"

namespace pipewright::scenes {

inline hosts::Use use(const std::string& job, names::Identity kind, const Target& target, const std::string& ref,
                      std::vector<std::string> scripts) {
    hosts::Use use;
    use.job = job;
    use.kind = kind;
    use.environment = target.environment;
    use.stack = target.stack;
    use.claims.issuer = "token.actions.githubusercontent.com";
    use.claims.audience = "sts.amazonaws.com";
    use.claims.refs = {ref};
    use.claims.subjects = {"repo:acme/shop:ref:" + ref};
    use.claims.workflows = {"acme/shop/.github/workflows/delivery.yml"};
    use.scripts = std::move(scripts);
    return use;
}

// A build for the first environment; a plan, an apply and a deploy for every target.
inline std::vector<hosts::Use> uses_of(const Project& project) {
    using names::Identity;
    std::vector<hosts::Use> all;
    for (const Environment& environment : project.environments) {
        for (const Target& target : environment.targets) {
            const std::string end = "-" + target.environment + "-" + target.stack;
            const std::string ref = "refs/heads/main";
            if (&environment == &project.first())
                all.push_back(use("build-api", Identity::build, target, ref, {"build.sh"}));
            all.push_back(use("plan" + end, Identity::plan, target, ref, {"terraform-plan.sh"}));
            all.push_back(use("apply" + end, Identity::infra, target, ref, {"terraform-apply.sh"}));
            all.push_back(use("destroy" + end, Identity::infra, target, ref, {"terraform-destroy.sh"}));
            all.push_back(use("deploy" + end, Identity::deploy, target, ref, {"deploy.sh", "rollback.sh"}));
        }
    }
    return all;
}

struct Modelled {
    Project project;
    infrastructure::Model model;
    Diagnostics diagnostics;

    const infrastructure::TargetModel& target(const std::string& environment, const std::string& stack = "aws") const {
        for (const auto& one : model.targets) {
            if (one.environment == environment && one.stack == stack) return one;
        }
        FAIL("no target " << environment);
        return model.targets.front();
    }
    const infrastructure::Root* root(const std::string& path) const {
        for (const auto& one : model.roots) {
            if (one.path == path) return &one;
        }
        return nullptr;
    }
    const infrastructure::Call& call(const std::string& root_path, const std::string& name) const {
        const infrastructure::Root* at = root(root_path);
        REQUIRE_MESSAGE(at != nullptr, root_path);
        for (const auto& one : at->calls) {
            if (one.name == name) return one;
        }
        FAIL("no call " << name << " in " << root_path);
        return at->calls.front();
    }
    std::string messages() const {
        std::string all;
        for (const Diagnostic& one : diagnostics.sorted())
            all += std::string(describe(one.code).id) + " " + one.message + "\n";
        return all;
    }
};

// With what is changed behind the back of the manifest's own rules, which refuse much of it.
template <class Change>
Modelled modelled(const std::string& manifest, Change change) {
    Modelled made;
    made.project = project_of(manifest);
    change(made.project);
    Origins origins;
    made.model = infrastructure::model(made.project, uses_of(made.project), origins, made.diagnostics);
    return made;
}

inline Modelled modelled(const std::string& manifest) {
    return modelled(manifest, [](Project&) {});
}

// Two environments on one stack each; what is given is added to the service, the stack and the end of the manifest.
inline std::string two(const std::string& service = "", const std::string& stack = "", const std::string& more = "",
                       const std::string& prod_account = "222222222222") {
    return "pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts:\n  github: " + kPublic +
           "\nservices:\n  api: { path: api, port: 8000, health: /health" + service + " }\n" +
           "stacks:\n  aws: { runtime: ecs-fargate, observability: { dashboard: false }" + stack + " }\n" +
           "environments:\n"
           "  dev: { deploy_on: { branch: main }, targets: { aws: { account: \"111111111111\", region: eu-west-1 } } "
           "}\n"
           "  prod: { deploy_on: { after: dev }, gate: " +
           kReviewed + ", targets: { aws: { account: \"" + prod_account + "\", region: eu-central-1 } } }\n" + more;
}

}  // namespace pipewright::scenes

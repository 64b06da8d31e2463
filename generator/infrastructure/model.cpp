#include "generator/infrastructure/model.h"

#include <algorithm>

#include "generator/delivery/services.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::infrastructure {

namespace {

bool same(const github::Claims& a, const github::Claims& b) {
    return a.subjects == b.subjects && a.audience == b.audience && a.refs == b.refs && a.environment == b.environment &&
           a.repository_id == b.repository_id && a.workflow == b.workflow && a.actors == b.actors;
}

void trust(Role& role, const github::Job& job) {
    for (Trust& one : role.trust) {
        if (!same(one.claims, *job.claims)) continue;
        one.jobs.push_back(job.id);
        return;
    }
    role.trust.push_back({Host::github, {job.id}, *job.claims});
}

// The roles of a target are those that jobs take; a role that no job takes is not made.
std::vector<Role> roles_of(const Project& project, const Target& target, const github::Pipeline& pipeline) {
    std::vector<Role> roles;
    for (const github::Workflow& workflow : pipeline.workflows) {
        for (const github::Job& job : workflow.jobs) {
            if (!job.identity || job.target_environment != target.environment || job.target_stack != target.stack)
                continue;
            auto found =
                std::find_if(roles.begin(), roles.end(), [&](const Role& one) { return one.kind == *job.identity; });
            if (found == roles.end()) {
                roles.push_back({*job.identity, names::role(project, target, *job.identity), job.role_arn, {}});
                found = roles.end() - 1;
            }
            trust(*found, job);
        }
    }
    return roles;
}

}  // namespace

Model model(const Project& project, const github::Pipeline& github) {
    Model model;
    for (const Environment& environment : project.environments) {
        for (const Target& target : environment.targets) {
            const Runtime& runs = *runtime(target.runtime);
            TargetModel one;
            one.environment = target.environment;
            one.stack = target.stack;
            one.cloud = target.cloud;
            one.account = target.cloud == Cloud::aws ? target.account : target.project;
            one.region = target.region;
            one.runtime = target.runtime;
            one.cluster_kind = runs.cluster_kind;
            one.cluster = names::cluster(project, target);
            if (target.ingress.kind == IngressKind::load_balancer)
                one.load_balancer = names::load_balancer(project, target);
            one.state_bucket = names::state_bucket(project, target);
            one.lease = names::lease(project, target);
            one.record = names::record(project, target);
            for (const Service* service : project.images_of(target)) {
                one.repositories.push_back(delivery::repository_of(project, target, *service));
            }
            if (!environment.promote_from.empty()) {
                const Target& source = project.source_of(target);
                one.promotes_from = source.environment + " on " + source.stack;
            }
            one.roles = roles_of(project, target, github);
            if (target.ingress.https) one.web_address = "https://" + target.ingress.https->domain;
            model.targets.push_back(std::move(one));
        }
    }
    return model;
}

}  // namespace pipewright::infrastructure

#include "generator/infrastructure/resources.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "generator/infrastructure/policy.h"
#include "generator/project/names.h"
#include "generator/project/registry.h"

namespace pipewright::infrastructure {

namespace {

using Arns = std::vector<std::string>;

// arn:aws:SERVICE:REGION:ACCOUNT:REST
std::string regional(const Target& target, std::string_view service, const std::string& rest) {
    return "arn:aws:" + std::string(service) + ":" + target.region + ":" + target.account + ":" + rest;
}

std::string role(const Target& target, const std::string& name) {
    return "arn:aws:iam::" + target.account + ":role/" + name;
}

// The names that begin with a target's stem, as a pattern that also fits those of services that the manifest no longer
// has. Where another target of this account has a name of that pattern (env dev on aws beside dev on aws-2), each name
// of a service on its own.
template <class Name>
Arns names_of(const Project& project, const Target& target, Name name) {
    const std::string pattern = name(target, "*");
    for (const Environment& environment : project.environments) {
        for (const Target& other : environment.targets) {
            if (other.cloud != Cloud::aws || other.account != target.account || (&other == &target)) continue;
            const bool meets = std::any_of(other.services.begin(), other.services.end(),
                                           [&](const Running& one) { return like(pattern, name(other, one.service)); });
            if (!meets) continue;
            Arns each;
            for (const Running& one : target.services) each.push_back(name(target, one.service));
            return each;
        }
    }
    return {pattern};
}

// None where the images are in no registry of AWS.
Arns repositories(const Project& project, const Target& target) {
    if (registries::word(project, target) != "ecr") return {};
    const registries::EcrRepository all = registries::ecr_repository(project, target, "*");
    return {"arn:aws:ecr:" + all.region + ":" + all.account + ":repository/" + all.name};
}

std::string bucket_arn(const Project& project, const Target& target) {
    return "arn:aws:s3:::" + names::state_bucket(project, target);
}

std::string state_arn(const Project& project, const Target& target) {
    return bucket_arn(project, target) + "/" + names::state_key(project, target, "platform");
}

Arns of_balancer(const Project& project, const Target& target, const std::string& kind) {
    return {regional(target, "elasticloadbalancing", kind + "/app/" + names::load_balancer(project, target) + "/*")};
}

// Those of services, and the one with which their images are pulled.
Arns secrets(const Project& project, const Target& target) {
    std::set<std::string> all;
    if (!project.registry.pull_secret.empty()) all.insert(secret_pattern(target, project.registry.pull_secret));
    for (const Running& running : target.services) {
        for (const auto& [variable, source] : running.secrets) {
            if (const std::optional<SecretSource> secret = secret_source(source))
                all.insert(secret_pattern(target, secret->name));
        }
    }
    return {all.begin(), all.end()};
}

struct Row {
    std::string_view word;
    Arns (*arns)(const Project&, const Target&);
};

constexpr Row kRows[] = {
    {"*", [](const Project&, const Target&) -> Arns { return {"*"}; }},
    {"repositories", repositories},
    {"source-repositories", [](const Project& p, const Target& t) { return repositories(p, p.source_of(t)); }},
    {"lease", [](const Project& p, const Target& t) -> Arns { return {bucket_arn(p, t) + "/" + names::lease(p, t)}; }},
    {"state", [](const Project& p, const Target& t) -> Arns { return {state_arn(p, t)}; }},
    {"state-lock",
     [](const Project& p, const Target& t) -> Arns {
         if (!names::state_table(p, t).empty()) return {};
         return {state_arn(p, t) + ".tflock"};
     }},
    {"state-bucket", [](const Project& p, const Target& t) -> Arns { return {bucket_arn(p, t)}; }},
    {"state-table",
     [](const Project& p, const Target& t) -> Arns {
         if (names::state_table(p, t).empty()) return {};
         return {regional(t, "dynamodb", "table/" + names::state_table(p, t))};
     }},
    {"record",
     [](const Project& p, const Target& t) -> Arns { return {regional(t, "ssm", "parameter" + names::record(p, t))}; }},
    {"platform",
     [](const Project& p, const Target& t) -> Arns {
         return {regional(t, "ssm", "parameter" + names::platform(p, t))};
     }},
    {"cluster",
     [](const Project& p, const Target& t) -> Arns { return {regional(t, "ecs", "cluster/" + names::cluster(p, t))}; }},
    {"services",
     [](const Project& p, const Target& t) -> Arns {
         return {regional(t, "ecs", "service/" + names::cluster(p, t) + "/*")};
     }},
    {"tasks",
     [](const Project& p, const Target& t) -> Arns {
         return {regional(t, "ecs", "task/" + names::cluster(p, t) + "/*")};
     }},
    {"task-definitions",
     [](const Project& p, const Target& t) {
         Arns all =
             names_of(p, t, [&](const Target& of, std::string_view service) { return names::family(p, of, service); });
         for (std::string& one : all) one = regional(t, "ecs", "task-definition/" + one + ":*");
         return all;
     }},
    {"task-roles",
     [](const Project& p, const Target& t) {
         Arns all = names_of(
             p, t, [&](const Target& of, std::string_view service) { return names::task_role(p, of, service); });
         for (std::string& one : names_of(p, t, [&](const Target& of, std::string_view service) {
                  return names::execution_role(p, of, service);
              }))
             all.push_back(std::move(one));
         for (std::string& one : all) one = role(t, one);
         return all;
     }},
    {"flow-log-role", [](const Project& p, const Target& t) -> Arns { return {role(t, names::flow_log_role(p, t))}; }},
    // Roles of the cloud's own services, each of which may be made by whoever first needs it.
    {"service-linked-roles", [](const Project&, const Target& t) -> Arns { return {role(t, "aws-service-role/*")}; }},
    {"boundary", [](const Project& p, const Target& t) -> Arns { return {boundary_arn(p, t)}; }},
    {"load-balancers", [](const Project& p, const Target& t) { return of_balancer(p, t, "loadbalancer"); }},
    {"listeners", [](const Project& p, const Target& t) { return of_balancer(p, t, "listener"); }},
    {"listener-rules", [](const Project& p, const Target& t) { return of_balancer(p, t, "listener-rule"); }},
    {"target-groups",
     [](const Project& p, const Target& t) -> Arns {
         return {regional(t, "elasticloadbalancing", "targetgroup/" + names::target_group_prefix(p, t) + "*/*")};
     }},
    // By its name a balancer is looked for among all; nobody looks where the target has a name or a REST API of its
    // own.
    {"balancer-names",
     [](const Project&, const Target& t) -> Arns {
         if (t.ingress.kind != IngressKind::load_balancer || t.ingress.https) return {};
         return {"*"};
     }},
    // GET asks for all of an account; one alone is asked for by the id that the cloud made up.
    {"rest-apis",
     [](const Project&, const Target& t) -> Arns {
         if (t.ingress.kind != IngressKind::api_gateway || t.ingress.https) return {};
         return {"arn:aws:apigateway:" + t.region + "::/restapis"};
     }},
    // What SSM runs on instances, and the instances that may be told to: those with the tag that Auto Scaling alone
    // sets.
    {"command-document",
     [](const Project&, const Target& t) -> Arns {
         return {"arn:aws:ssm:" + t.region + "::document/AWS-RunShellScript"};
     }},
    {"instances", [](const Project&, const Target& t) -> Arns { return {regional(t, "ec2", "instance/*")}; }},
    {"group", [](const Project& p, const Target& t) -> Arns { return {names::instance_group(p, t)}; }},
    {"log-groups",
     [](const Project& p, const Target& t) -> Arns {
         return {regional(t, "logs", "log-group:" + names::log_group(p, t, "*"))};
     }},
    // Those that the manifest names for its services, whatever keys they are encrypted with, and what asks for these.
    {"secrets", [](const Project& p, const Target& t) { return secrets(p, t); }},
    {"secret-keys",
     [](const Project& p, const Target& t) -> Arns {
         if (secrets(p, t).empty()) return {};
         return {regional(t, "kms", "key/*")};
     }},
    {"secrets-service",
     [](const Project&, const Target& t) -> Arns { return {"secretsmanager." + t.region + ".amazonaws.com"}; }},
    // Made by Application Auto Scaling, under names of its own.
    {"scaling-alarms",
     [](const Project& p, const Target& t) -> Arns {
         return {regional(t, "cloudwatch", "alarm:TargetTracking-service/" + names::cluster(p, t) + "/*")};
     }},
    // Their ids are made up by the cloud.
    {"namespaces",
     [](const Project&, const Target& t) -> Arns { return {regional(t, "servicediscovery", "namespace/*")}; }},
    {"scalable-targets",
     [](const Project&, const Target& t) -> Arns {
         return {regional(t, "application-autoscaling", "scalable-target/*")};
     }},
};

const Row* row_of(std::string_view word) {
    const Row* const end = kRows + std::size(kRows);
    const Row* const found = std::find_if(kRows, end, [&](const Row& row) { return row.word == word; });
    return found == end ? nullptr : found;
}

}  // namespace

std::vector<std::string_view> resource_words() {
    std::vector<std::string_view> all;
    for (const Row& row : kRows) all.push_back(row.word);
    for (const std::string_view word : google_words()) all.push_back(word);
    return all;
}

bool is_resource_word(std::string_view word) {
    const std::vector<std::string_view> all = resource_words();
    return std::find(all.begin(), all.end(), word) != all.end();
}

std::vector<std::string> arns(std::string_view word, const Project& project, const Target& target) {
    if (target.cloud == Cloud::gcp) {
        if (std::optional<Arns> names = google_names(word, project, target)) return std::move(*names);
        throw std::logic_error("a template names the resources '" + std::string(word) + "', which GCP doesn't know");
    }
    const Row* const row = row_of(word);
    if (row == nullptr) throw std::logic_error("a template names the resources '" + std::string(word) + "'");
    return row->arns(project, target);
}

std::vector<std::string> own_arns(const Project& project, const Target& target) {
    std::vector<std::string> all;
    for (const Environment& environment : project.environments) {
        for (const Target& one : environment.targets) {
            if (one.cloud != Cloud::aws || one.account != target.account) continue;
            all.push_back(boundary_arn(project, one));
            for (const names::Identity kind : names::kIdentities) all.push_back(names::role_arn(project, one, kind));
        }
    }
    return all;
}

std::string boundary_arn(const Project& project, const Target& target) {
    return "arn:aws:iam::" + target.account + ":policy/" + names::boundary(project, target);
}

std::optional<SecretSource> secret_source(std::string_view source) {
    constexpr std::string_view kStart = "secret:";
    if (!source.starts_with(kStart)) return std::nullopt;
    source.remove_prefix(kStart.size());
    const std::size_t hash = source.find('#');
    return SecretSource{std::string(source.substr(0, hash)),
                        hash == std::string_view::npos ? std::string() : std::string(source.substr(hash + 1))};
}

std::string secret_pattern(const Target& target, std::string_view name) {
    return regional(target, "secretsmanager", "secret:" + std::string(name) + "-??????");
}

}  // namespace pipewright::infrastructure

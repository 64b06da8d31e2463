#include <algorithm>

#include "generator/infrastructure/resources.h"
#include "generator/project/names.h"
#include "generator/project/registry.h"

namespace pipewright::infrastructure {

namespace {

using Texts = std::vector<std::string>;

std::string regional(const Target& target, const std::string& rest) {
    return "projects/" + target.project + "/regions/" + target.region + "/" + rest;
}

// Objects of buckets have no project in their names ("Resource names" of Cloud Storage).
std::string object(const std::string& bucket, const std::string& name) {
    return "projects/_/buckets/" + bucket + "/objects/" + name;
}

// What follows gs:// of a record or a platform.
std::string recorded(const std::string& address) {
    const std::string path = address.substr(std::string_view("gs://").size());
    const std::size_t slash = path.find('/');
    return object(path.substr(0, slash), path.substr(slash + 1));
}

// One of each service's, by a name that is the group's.
Texts of_groups(const Project& project, const Target& target, const std::string& kind) {
    Texts all;
    for (const Running& one : target.services)
        all.push_back(regional(target, kind + "/" + names::instance_group(project, target, one.service)));
    return all;
}

// Terraform's backend calls the state PREFIX/default.tfstate, and its lock PREFIX/default.tflock.
std::string state(const Project& project, const Target& target, const char* file) {
    return object(names::state_bucket(project, target), names::state_key(project, target, "platform") + "/" + file);
}

Texts repositories(const Project& project, const Target& target) {
    if (target.cloud != Cloud::gcp || !registries::is_native(project)) return {};
    return {"projects/" + target.project + "/locations/" + target.region + "/repositories/" +
            names::stem(project, target)};
}

struct Row {
    std::string_view word;
    Texts (*names)(const Project&, const Target&);
};

constexpr Row kRows[] = {
    {"*", [](const Project&, const Target&) -> Texts { return {"*"}; }},
    {"repositories", repositories},
    {"source-repositories", [](const Project& p, const Target& t) { return repositories(p, p.source_of(t)); }},
    {"groups", [](const Project& p, const Target& t) { return of_groups(p, t, "instanceGroupManagers"); }},
    {"autoscalers", [](const Project& p, const Target& t) { return of_groups(p, t, "autoscalers"); }},
    {"templates",
     [](const Project& p, const Target& t) -> Texts {
         Texts all;
         for (const Running& one : t.services)
             all.push_back(regional(t, "instanceTemplates/" + names::instance_group(p, t, one.service) + "*"));
         return all;
     }},
    {"instances",
     [](const Project& p, const Target& t) -> Texts {
         Texts all;
         for (const Running& one : t.services)
             all.push_back("projects/" + t.project + "/zones/" + t.region + "-*/instances/" +
                           names::instance_group(p, t, one.service) + "-*");
         return all;
     }},
    {"migrations",
     [](const Project& p, const Target& t) -> Texts {
         Texts all;
         for (const Running& one : t.services) {
             const std::string zone = "projects/" + t.project + "/zones/" + t.region + "-*/";
             all.push_back(zone + "disks/" + names::migration(p, t, one.service));
             all.push_back(zone + "instances/" + names::migration(p, t, one.service));
         }
         return all;
     }},
    // Networks may be the user's own.
    {"subnetworks", [](const Project&, const Target& t) -> Texts { return {regional(t, "subnetworks/*")}; }},
    {"service-accounts",
     [](const Project& p, const Target& t) -> Texts {
         Texts all;
         for (const Running& one : t.services)
             all.push_back("projects/" + t.project + "/serviceAccounts/" + names::workload_account(p, t, one.service) +
                           "@" + t.project + ".iam.gserviceaccount.com");
         return all;
     }},
    {"address",
     [](const Project& p, const Target& t) -> Texts {
         if (t.ingress.kind != IngressKind::load_balancer || t.ingress.https) return {};
         return {"projects/" + t.project + "/global/addresses/" + names::load_balancer(p, t)};
     }},
    {"lease",
     [](const Project& p, const Target& t) -> Texts {
         return {object(names::state_bucket(p, t), names::lease(p, t))};
     }},
    {"state", [](const Project& p, const Target& t) -> Texts { return {state(p, t, "default.tfstate")}; }},
    {"state-lock", [](const Project& p, const Target& t) -> Texts { return {state(p, t, "default.tflock")}; }},
    {"state-bucket",
     [](const Project& p, const Target& t) -> Texts { return {"projects/_/buckets/" + names::state_bucket(p, t)}; }},
    {"record", [](const Project& p, const Target& t) -> Texts { return {recorded(names::record(p, t)) + "/*"}; }},
    {"record-bucket",
     [](const Project& p, const Target& t) -> Texts { return {"projects/_/buckets/" + names::record_bucket(p, t)}; }},
    {"platform", [](const Project& p, const Target& t) -> Texts { return {recorded(names::platform(p, t))}; }},
};

}  // namespace

std::vector<std::string_view> google_words() {
    std::vector<std::string_view> all;
    for (const Row& row : kRows) all.push_back(row.word);
    return all;
}

std::optional<std::vector<std::string>> google_names(std::string_view word, const Project& project,
                                                     const Target& target) {
    const Row* const end = kRows + std::size(kRows);
    const Row* const found = std::find_if(kRows, end, [&](const Row& row) { return row.word == word; });
    if (found == end) return std::nullopt;
    return found->names(project, target);
}

}  // namespace pipewright::infrastructure

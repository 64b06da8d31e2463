// The tables are the language: every key with its default, every row with a meaning and an example that holds.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "generator/manifest/reference.h"
#include "generator/manifest/types/manifest.h"
#include "generator/yaml/read.h"

namespace {

using namespace pipewright;
using namespace pipewright::manifest;

// The keys of each map with the defaults that are values. Written from the contract of the language, not from the
// tables: a key that is added or lost there has to be added or lost here as well.
using Keys = std::map<std::string, std::string>;
const std::map<std::string, Keys> kLanguage{
    {"",
     {{"pipewright", ""},
      {"project", ""},
      {"repository", ""},
      {"hosts", ""},
      {"registry", "native"},
      {"services", ""},
      {"stacks", ""},
      {"environments", ""},
      {"delivery", "{}"},
      {"infrastructure", "{}"},
      {"extend", "{}"}}},
    {"hosts", {{"github", ""}, {"gitlab", ""}}},
    {"hosts.github",
     {{"repository", ""},
      {"default_branch", "main"},
      {"deploys", ""},
      {"visibility", "private"},
      {"plan", "free"},
      {"runner", "[ubuntu-24.04]"},
      {"subject", ""},
      {"owner_id", ""},
      {"repository_id", ""},
      {"code_scanning", ""}}},
    {"hosts.gitlab",
     {{"repository", ""},
      {"default_branch", "main"},
      {"deploys", ""},
      {"url", "https://gitlab.com"},
      {"plan", "free"},
      {"runner_tags", "[]"},
      {"image", ""},
      {"builder", "docker"}}},
    {"registry", {{"ghcr", ""}, {"gitlab", ""}, {"dockerhub", ""}, {"ecr", ""}}},
    {"registry.ghcr", {{"pull_secret", ""}}},
    {"registry.gitlab", {{"pull_secret", ""}}},
    {"registry.dockerhub", {{"namespace", ""}, {"pull_secret", ""}}},
    {"registry.ecr", {{"account", ""}, {"region", ""}}},
    {"services.NAME", {{"path", "."},         {"dockerfile", "Dockerfile"},
                       {"build", "{}"},       {"platforms", "[linux/amd64]"},
                       {"image", ""},         {"same_image_as", ""},
                       {"command", ""},       {"port", ""},
                       {"health", ""},        {"smoke", ""},
                       {"routes", ""},        {"public", "[]"},
                       {"calls", "[]"},       {"cpu", "256"},
                       {"memory", "512"},     {"scaling", "{}"},
                       {"env", "{}"},         {"secrets", "{}"},
                       {"permissions", "[]"}, {"migrate", ""},
                       {"schedule", ""},      {"stacks", ""},
                       {"read_only", "true"}, {"test", ""}}},
    {"services.NAME.build", {{"args", "{}"}, {"target", ""}, {"inputs", ""}, {"secrets", "{}"}, {"salt", ""}}},
    {"services.NAME.health",
     {{"path", "/"},
      {"codes", "\"200-399\""},
      {"interval", "15"},
      {"timeout", "5"},
      {"healthy", "2"},
      {"unhealthy", "3"},
      {"grace_seconds", "60"}}},
    {"services.NAME.smoke", {{"path", ""}, {"status", ""}, {"contains", ""}}},
    {"services.NAME.scaling", {{"min", "1"}, {"max", "1"}, {"cpu_percent", "60"}}},
    {"services.NAME.permissions", {{"actions", ""}, {"resources", ""}, {"roles", ""}}},
    {"services.NAME.test", {{"image", ""}, {"dir", ""}, {"env", "{}"}, {"run", ""}, {"services", "{}"}}},
    {"services.NAME.test.services.NAME", {{"image", ""}, {"env", "{}"}}},
    {"stacks.NAME",
     {{"cloud", ""},
      {"runtime", ""},
      {"ingress", "load-balancer"},
      {"network", "{}"},
      {"database", ""},
      {"cache", ""},
      {"instance", ""},
      {"spot_percent", "0"},
      {"scaling", "{}"},
      {"rollout", "rolling"},
      {"observability", "{}"}}},
    {"stacks.NAME.ingress",
     {{"type", "load-balancer"},
      {"https", ""},
      {"allow", ""},
      {"internal", "false"},
      {"api_key", "true"},
      {"clients", "[default]"},
      {"rate", "{}"},
      {"waf", "false"}}},
    {"stacks.NAME.ingress.https", {{"domain", ""}, {"zone", ""}, {"zone_role", ""}, {"certificate", ""}}},
    {"stacks.NAME.ingress.rate", {{"per_second", "50"}, {"burst", "100"}, {"per_day", "100000"}}},
    {"stacks.NAME.network",
     {{"mode", "create"},
      {"cidr", "10.0.0.0/16"},
      {"zones", "2"},
      {"nat", "single"},
      {"endpoints", ""},
      {"vpc", ""},
      {"private_subnets", ""},
      {"public_subnets", ""},
      {"ssh_from", ""},
      {"ssh_key", ""}}},
    {"stacks.NAME.database",
     {{"engine", "postgres"},
      {"version", ""},
      {"class", ""},
      {"storage_gb", "20"},
      {"multi_zone", "false"},
      {"backup_days", "7"},
      {"name", "app"},
      {"user", "app"}}},
    {"stacks.NAME.cache", {{"engine", "redis"}, {"class", ""}, {"replicas", "0"}}},
    {"stacks.NAME.instance", {{"type", ""}, {"count", "1"}}},
    {"stacks.NAME.rollout", {{"type", "rolling"}, {"percent", "10"}, {"bake_minutes", "5"}}},
    {"stacks.NAME.observability",
     {{"log_retention_days", "30"}, {"insights", "true"}, {"dashboard", "true"}, {"alarm_email", ""}}},
    {"environments.NAME",
     {{"deploy_on", ""},
      {"gate", ""},
      {"production", ""},
      {"ungated_production", "false"},
      {"targets", ""},
      {"services", "{}"},
      {"env", "{}"},
      {"promote_from", ""}}},
    {"environments.NAME.deploy_on", {{"branch", ""}, {"tag", ""}, {"after", ""}, {"manual", ""}}},
    {"environments.NAME.gate", {{"type", ""}, {"approvers", ""}, {"wait_minutes", ""}}},
    {"environments.NAME.gate.approvers", {{"github", ""}, {"gitlab", ""}}},
    {"environments.NAME.targets.STACK",
     {{"account", ""},
      {"region", ""},
      {"project", ""},
      {"project_number", ""},
      {"protect", ""},
      {"state", ""},
      {"oidc_provider", "create"}}},
    {"environments.NAME.targets.STACK.state", {{"bucket", ""}, {"table", ""}}},
    {"environments.NAME.services.SERVICE",
     {{"cpu", ""},
      {"memory", ""},
      {"scaling", ""},
      {"env", ""},
      {"secrets", ""},
      {"command", ""},
      {"permissions", ""}}},
    {"delivery",
     {{"scan", "{}"},
      {"sbom", "true"},
      {"sign", "none"},
      {"smoke", "{}"},
      {"notify", ""},
      {"drift", ""},
      {"operations", "true"},
      {"check", ""}}},
    {"delivery.scan", {{"source", "true"}, {"image", "true"}, {"fail_on", "critical"}}},
    {"delivery.smoke", {{"retries", "10"}, {"delay_seconds", "6"}}},
    {"delivery.notify", {{"slack", ""}}},
    {"delivery.drift", {{"schedule", ""}}},
    {"delivery.check", {{"url", ""}, {"sha256", ""}}},
    {"infrastructure",
     {{"tool", "terraform"},
      {"version", ""},
      {"directory", "infra"},
      {"state", "{}"},
      {"apply", "gated"},
      {"identity", "oidc"},
      {"permissions", "[]"}}},
    {"infrastructure.state", {{"bucket", ""}, {"lock", "native"}, {"table", ""}}},
    {"infrastructure.identity", {{"aws", "oidc"}, {"gcp", "oidc"}}},
    {"extend", {{"before_deploy", ""}, {"after_deploy", ""}, {"jobs", "{}"}}},
    {"extend.before_deploy", {{"run", ""}, {"environments", ""}}},
    {"extend.after_deploy", {{"run", ""}, {"environments", ""}}},
    {"extend.jobs.NAME",
     {{"after", ""}, {"run", ""}, {"image", ""}, {"identity", "none"}, {"env", "{}"}, {"secrets", "[]"}}},
};

const std::set<std::string> kRequired{"pipewright",
                                      "project",
                                      "repository",
                                      "hosts",
                                      "services",
                                      "stacks",
                                      "environments",
                                      "registry.dockerhub.namespace",
                                      "registry.ecr.account",
                                      "registry.ecr.region",
                                      "services.NAME.test.image",
                                      "services.NAME.test.run",
                                      "services.NAME.test.services.NAME.image",
                                      "stacks.NAME.runtime",
                                      "environments.NAME.deploy_on",
                                      "environments.NAME.targets",
                                      "environments.NAME.targets.STACK.region",
                                      "delivery.notify.slack",
                                      "delivery.drift.schedule",
                                      "delivery.check.url",
                                      "delivery.check.sha256",
                                      "extend.before_deploy.run",
                                      "extend.after_deploy.run",
                                      "extend.jobs.NAME.after",
                                      "extend.jobs.NAME.run"};

std::string below(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

// Calls visit with every row of the language, the record that it stands in, and a field of its type.
template <class Visit>
void each_row(const Type& type, FieldBase& field, const std::string& path, const Visit& visit) {
    if (type.shape == Shape::list) each_row(*type.of, type.append(field), path, visit);
    if (type.shape == Shape::map) each_row(*type.of, type.insert(field, "x"), below(path, type.placeholder), visit);
    if (type.shape != Shape::record) return;
    for (const Slot& slot : slots(type, type.object(field))) {
        const std::string here = below(path, slot.row->key);
        // Before what stands in it: that would count as written beside what is read now.
        visit(here, type, *slot.row, *slot.field);
        each_row(*slot.row->type, *slot.field, here, visit);
    }
}

template <class Visit>
void each_row(const Visit& visit) {
    Field<written::Manifest> manifest;
    each_row(written::kManifest, manifest, "", visit);
}

// What reading a value into a field complains about.
std::string complaints(const Row& row, std::string_view yaml, FieldBase& into) {
    Sources sources;
    Diagnostics diagnostics;
    const std::optional<yaml::Node> node = yaml::read(sources, sources.add("row", std::string(yaml)), diagnostics);
    Reading reading{diagnostics, std::string(row.key)};
    if (node) read(*row.type, *node, into, reading);
    std::string all;
    for (const Diagnostic& one : diagnostics.sorted()) all += one.message + "\n";
    return all;
}

}  // namespace

TEST_CASE("the tables have every key of the language and no other") {
    std::map<std::string, Keys> found;
    std::set<std::string> required;
    for (const Section& section : sections()) {
        for (const Row* row : section.rows) {
            found[section.path][std::string(row->key)] = row->fallback;
            if (row->need == Need::required) required.insert(below(section.path, row->key));
        }
    }
    for (const auto& [path, keys] : kLanguage) {
        CAPTURE(path);
        CHECK(found[path] == keys);
    }
    CHECK(found.size() == kLanguage.size());
    CHECK(required == kRequired);
}

TEST_CASE("every key says what it means, what its default is, and shows a value that is read without an error") {
    int seen = 0;
    each_row([&](const std::string& path, const Type&, const Row& row, FieldBase& field) {
        if (row.need == Need::hidden) return;
        CAPTURE(path);
        ++seen;
        CHECK(row.meaning.ends_with('.'));
        CHECK(row.meaning.find(". ") == std::string_view::npos);  // one sentence
        CHECK(!row.example.empty());
        CHECK(complaints(row, row.example, field).empty());
        CHECK(field.given());
        const bool says = row.need == Need::required ? row.fallback.empty() && row.derivation.empty()
                                                     : row.fallback.empty() != row.derivation.empty();
        CHECK(says);
    });
    CHECK(seen > 250);
}

TEST_CASE("every default is read without an error") {
    each_row([&](const std::string& path, const Type&, const Row& row, FieldBase& field) {
        if (row.fallback.empty()) return;
        CAPTURE(path);
        CHECK(complaints(row, row.fallback, field).empty());
    });
}

TEST_CASE("every word of a choice says what it means, and every number and pattern can be bounded") {
    each_row([&](const std::string& path, const Type&, const Row& row, FieldBase&) {
        CAPTURE(path);
        const Type* type = row.type;
        for (; type != nullptr; type = type->of) {
            for (const Choice& one : type->choices) CHECK(!one.meaning.empty());
            if (type->shape == Shape::integer) CHECK(type->least <= type->most);
            if (type->shape == Shape::list || type->shape == Shape::map) CHECK(type->most > 0);
            if (type->form == nullptr) continue;
            CHECK((type->form->check != nullptr));
            CHECK(type->form->pattern.starts_with('^'));
            CHECK(type->form->pattern.ends_with('$'));
        }
    });
}

TEST_CASE("the keys that relations name are there") {
    for (const Section& section : sections()) {
        const std::vector<const Row*> rows = rows_of(*section.type);
        const auto known = [&](std::string_view key) {
            return std::any_of(rows.begin(), rows.end(), [&](const Row* row) { return row->key == key; });
        };
        for (const Relation& one : section.type->relations) {
            CAPTURE(words(one));
            CHECK((one.key.empty() || known(one.key)));
            CHECK(std::all_of(one.others.begin(), one.others.end(), known));
        }
    }
}

TEST_CASE("null may stand where something weaker can be removed, and only there") {
    std::set<std::string> optional;
    each_row([&](const std::string& path, const Type& record, const Row& row, FieldBase& field) {
        if (row.need == Need::hidden) return;
        const bool over = path.starts_with("stacks.NAME.") || path.find(".scaling.") != std::string::npos ||
                          path.starts_with("environments.NAME.services.SERVICE.");
        if (takes_null(record, row)) optional.insert(path);
        Diagnostics diagnostics;
        CAPTURE(path);
        if (over && row.need != Need::required && path.find("permissions.") == std::string::npos) {
            CHECK(takes_null(record, row));
        }
        CHECK(complaints(row, "null", field).empty());  // the record refuses, which knows its key
    });
    for (const char* path : {"services.NAME.health", "services.NAME.smoke", "services.NAME.env",
                             "environments.NAME.targets.STACK.network", "environments.NAME.env"}) {
        CAPTURE(path);
        CHECK(optional.contains(path));
    }
    for (const char* path : {"project", "hosts.github", "services.NAME.port", "stacks.NAME.runtime",
                             "environments.NAME.gate", "environments.NAME.targets.STACK.account", "delivery.scan"}) {
        CAPTURE(path);
        CHECK_FALSE(optional.contains(path));
    }
}

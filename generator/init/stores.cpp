#include "generator/init/stores.h"

#include <algorithm>
#include <array>

#include "generator/init/words.h"
#include "generator/manifest/forms.h"
#include "generator/text/case.h"

namespace pipewright::init {

namespace {

struct Image {
    std::string name, tag;  // the last part of the name, without registry and owner
};

Image image_of(std::string_view reference) {
    reference = reference.substr(0, reference.find('@'));
    const std::size_t slash = reference.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? reference : reference.substr(slash + 1);
    const std::size_t colon = last.find(':');
    return {lower_case(last.substr(0, colon)),
            colon == std::string_view::npos ? "" : lower_case(last.substr(colon + 1))};
}

// "16.4-alpine" is 16; "0.8.0-pg16" is 16 of the engine; 8.0.36 of MySQL is 8.0.
std::string version_of(const std::string& engine, const std::string& tag) {
    const std::size_t mark = tag.find("pg");
    const std::string version = first_version(mark == std::string::npos ? tag : tag.substr(mark));
    const std::size_t dot = version.find('.');
    if (engine == "postgres") return version.substr(0, dot);
    if (engine != "mysql" || dot == std::string::npos) return {};
    return version.substr(0, version.find('.', dot + 1));
}

// The server in a URL, and what stands in front of it: "postgres" and "db" of postgres://user:password@db:5432/app.
struct Url {
    std::string scheme, server;
    std::int64_t port = 0;
    bool user = false;
};

std::optional<Url> url_of(std::string_view value) {
    const std::size_t mark = value.find("://");
    if (mark == std::string_view::npos) return std::nullopt;
    Url url;
    url.scheme = lower_case(value.substr(0, mark));
    std::string_view rest = value.substr(mark + 3);
    rest = rest.substr(0, rest.find_first_of("/?"));
    const std::size_t at = rest.rfind('@');
    url.user = at != std::string_view::npos;
    if (url.user) rest.remove_prefix(at + 1);
    const std::size_t colon = rest.rfind(':');
    url.server = rest.substr(0, colon);
    if (colon != std::string_view::npos) url.port = to_number(rest.substr(colon + 1)).value_or(0);
    return url;
}

// The variable's name as words: DB_HOST, PGHOST and MYSQL_HOST all end in HOST.
bool begins_with_any(std::string_view name, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return name.starts_with(word); });
}

// Which part of a store a variable of this name holds; empty for none.
std::string part_by_name(std::string_view name, const Store& store) {
    const bool ours = store.cache ? begins_with_any(name, {"REDIS", "CACHE", "VALKEY"})
                                  : begins_with_any(name, {"DB", "DATABASE", "PG", "POSTGRES", "MYSQL"});
    if (!ours) return {};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kEndings{{{"URL", "url"},
                                                                                      {"URI", "url"},
                                                                                      {"HOST", "host"},
                                                                                      {"HOSTNAME", "host"},
                                                                                      {"PORT", "port"},
                                                                                      {"USERNAME", "user"},
                                                                                      {"USER", "user"},
                                                                                      {"PASSWORD", "password"},
                                                                                      {"PASS", "password"},
                                                                                      {"NAME", "name"},
                                                                                      {"DATABASE", "name"}}};
    for (const auto& [ending, part] : kEndings) {
        if (!name.ends_with(ending)) continue;
        const bool has = !store.cache || part == "url" || part == "host" || part == "port";
        return has ? std::string(part) : std::string();
    }
    const bool database = !store.cache && name.ends_with("DB");
    return database && name.size() > 2 ? "name" : "";
}

std::string source(const Store& store, const std::string& part) {
    return (store.cache ? "cache." : "database.") + part;
}

bool uses(const ComposeService& from, const Store& store) {
    if (std::find(from.depends_on.begin(), from.depends_on.end(), store.service) != from.depends_on.end()) return true;
    return std::any_of(from.env.begin(), from.env.end(), [&](const auto& pair) {
        const std::optional<Url> url = url_of(pair.second);
        return pair.second == store.service || (url && url->server == store.service);
    });
}

// The variable leads to the store: by its value, or by its name where the service uses the store.
bool link_store(const std::string& name, const std::string& value, const ComposeService& from, const Store& store,
                ServiceFacts& to) {
    const std::optional<Url> url = url_of(value);
    std::string part;
    if (url && url->server == store.service) {
        if (url->scheme.starts_with("jdbc:")) {
            to.remarks.push_back(name + " is a JDBC URL: make it of database.host, .port and .name");
            return false;
        }
        if (url->scheme.find('+') != std::string::npos) {
            to.remarks.push_back(name + " begins with " + url->scheme + ":// here; " + source(store, "url") +
                                 " begins with the plain name of the engine");
        }
        part = "url";
    } else if (value == store.service) {
        part = "host";
    } else if (value.starts_with(store.service + ":") &&
               to_number(std::string_view(value).substr(store.service.size() + 1))) {
        to.remarks.push_back(name + " is a host with its port: make it of " + source(store, "host") + " and " +
                             source(store, "port"));
        return false;
    } else if (uses(from, store) && !url) {
        part = part_by_name(name, store);
    }
    if (part.empty()) return false;
    to.secrets.emplace_back(name, source(store, part));
    return true;
}

}  // namespace

std::optional<Store> store_of(const ComposeService& service, const std::string& file) {
    const Image image = image_of(service.image);
    Store store;
    store.service = service.name;
    store.image = service.image;
    store.where = file + ": " + service.name;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), image.name) != names.end();
    };
    if (is({"postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha"})) {
        store.engine = "postgres";
    } else if (is({"mysql", "mysql-server", "percona"})) {
        store.engine = "mysql";
    } else if (is({"redis", "redis-stack", "redis-stack-server"})) {
        store.engine = "redis";
        store.cache = true;
    } else if (is({"valkey"})) {
        store.engine = "valkey";
        store.cache = true;
    } else {
        return std::nullopt;
    }
    store.version = version_of(store.engine, image.tag);
    return store;
}

void link(const ComposeService& from, const std::vector<Store>& stores, const std::vector<Reached>& services,
          ServiceFacts& to) {
    for (const auto& [name, value] : from.env) {
        if (!manifest::forms::environment_variable.check(name).empty()) continue;
        bool linked = false;
        for (const Store& store : stores) linked = linked || link_store(name, value, from, store, to);
        const std::optional<Url> url = url_of(value);
        for (const Reached& one : services) {
            const bool plain = url && url->server == one.compose_name && url->scheme == "http" && !url->user;
            if (linked || !plain || one.port == 0 || one.name == to.name) continue;
            linked = true;
            if (std::find(to.calls.begin(), to.calls.end(), one.name) == to.calls.end()) to.calls.push_back(one.name);
            // The value is written only where it is nothing but the address that the manifest gives the service.
            const std::string address = "http://" + one.name + ":" + std::to_string(one.port);
            if (value == address || value == address + "/") {
                to.env.emplace_back(name, address);
            } else {
                to.remarks.push_back(name + " leads to '" + one.name + "', which is " + address + " in the cloud");
            }
        }
        if (!linked) to.settings.push_back(name);
    }
}

void add_side_containers(const std::vector<Store>& stores, ServiceFacts& service) {
    if (!service.tests) return;
    for (const Store& store : stores) {
        const std::string prefix = store.cache ? "cache." : "database.";
        const bool used = std::any_of(service.secrets.begin(), service.secrets.end(),
                                      [&](const auto& pair) { return pair.second.starts_with(prefix); });
        const std::string name = to_name(store.service, 20);
        if (!used || name.empty() || !manifest::forms::image.check(store.image).empty()) continue;
        const bool postgres = store.engine == "postgres";
        StringMap env;
        if (postgres) env = {{"POSTGRES_PASSWORD", "test"}};
        if (store.engine == "mysql") env = {{"MYSQL_ROOT_PASSWORD", "test"}, {"MYSQL_DATABASE", "test"}};
        service.beside_tests.push_back({name, store.image, std::move(env)});
        for (const auto& [variable, from] : service.secrets) {
            if (!from.starts_with(prefix)) continue;
            const std::string part = from.substr(prefix.size());
            std::string value;
            if (part == "url") {
                value = store.cache ? "redis://" + name + ":6379"
                        : postgres  ? "postgres://postgres:test@" + name + ":5432/postgres"
                                    : "mysql://root:test@" + name + ":3306/test";
            } else if (part == "host") {
                value = name;
            } else if (part == "port") {
                value = store.cache ? "6379" : postgres ? "5432" : "3306";
            } else if (part == "user") {
                value = postgres ? "postgres" : "root";
            } else if (part == "name") {
                value = postgres ? "postgres" : "test";
            } else {
                value = "test";
            }
            service.tests->env.emplace_back(variable, std::move(value));
        }
    }
}

}  // namespace pipewright::init

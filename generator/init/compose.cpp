#include "generator/init/compose.h"

#include <array>

#include "generator/init/dockerfile.h"
#include "generator/init/foreign.h"
#include "generator/init/words.h"

namespace pipewright::init {

namespace {

constexpr std::array<std::string_view, 4> kNames{"compose.yaml", "compose.yml", "docker-compose.yaml",
                                                 "docker-compose.yml"};
constexpr char kUnknown = '\x1A';

// The text with $$ as $ and the defaults of variables in their place; what has no default becomes kUnknown, or stays as
// it is for a shell to read.
std::string interpolated(std::string_view text, bool keep) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$' || i + 1 == text.size()) {
            result.push_back(text[i]);
            continue;
        }
        if (text[i + 1] == '$') {
            result.push_back(text[++i]);
            continue;
        }
        const std::size_t close = text[i + 1] == '{' ? text.find('}', i) : std::string_view::npos;
        const std::string_view inside = close == std::string_view::npos ? "" : text.substr(i + 2, close - i - 2);
        const std::size_t sign = inside.find_first_of("-?+");
        if (sign != std::string_view::npos && inside[sign] == '-') {
            result += inside.substr(sign + 1);
        } else if (keep) {
            result += close == std::string_view::npos ? text.substr(i, 1) : text.substr(i, close - i + 1);
        } else {
            result.push_back(kUnknown);
        }
        if (close != std::string_view::npos) i = close;
    }
    return result;
}

// The container's port of "8000", "8080:80", "127.0.0.1:8080:80/tcp", "9000-9001:9000-9001".
std::optional<std::int64_t> container_port(std::string_view written) {
    const std::string text = interpolated(written, false);
    std::string_view port = text;
    const std::size_t slash = port.find('/');
    if (slash != std::string_view::npos && port.substr(slash + 1) != "tcp") return std::nullopt;
    port = port.substr(0, slash);
    if (port.rfind(':') != std::string_view::npos) port.remove_prefix(port.rfind(':') + 1);
    const std::optional<std::int64_t> number = to_number(trim(port.substr(0, port.find('-'))));
    return number && *number >= 1 && *number <= 65535 ? number : std::nullopt;
}

std::vector<std::int64_t> ports_of(const yaml::Node* list) {
    std::vector<std::int64_t> ports;
    if (list == nullptr) return ports;
    for (const yaml::Node& item : list->items) {
        const bool map = item.kind == yaml::Kind::mapping;
        if (map && find(&item, "protocol") != nullptr && text_of(find(&item, "protocol")) != "tcp") continue;
        const std::optional<std::int64_t> port = container_port(text_of(map ? find(&item, "target") : &item));
        if (port) ports.push_back(*port);
    }
    return ports;
}

StringMap environment_of(const yaml::Node* node) {
    StringMap env;
    if (node == nullptr) return env;
    for (const yaml::Entry* entry : entries_of(node)) env.emplace_back(entry->key.text, text_of(&entry->value));
    for (const yaml::Node& item : node->items) {
        const std::size_t equals = item.text.find('=');
        env.emplace_back(item.text.substr(0, equals),
                         equals == std::string::npos ? std::string() : item.text.substr(equals + 1));
    }
    return env;
}

Names command_in(const yaml::Node* node) {
    if (node == nullptr) return {};
    if (node->kind == yaml::Kind::scalar) {
        const std::string line = interpolated(node->text, true);
        return trim(line).empty() ? Names{} : command_of(line);
    }
    Names words;
    for (const std::string& word : texts_of(node)) words.push_back(interpolated(word, true));
    return words;
}

// Where a build's folder and Dockerfile are; false, with a remark, where they are no part of this repository.
bool take_build(const yaml::Node& build, ComposeService& service, Names& remarks) {
    const bool lone = build.kind == yaml::Kind::scalar;
    const std::string context = interpolated(lone ? build.text : text_of(find(&build, "context")), false);
    const auto refuse = [&](const std::string& why) {
        remarks.push_back("service '" + service.name + "' is left out: " + why);
        return false;
    };
    if (context.find(kUnknown) != std::string::npos) return refuse("its build context is a variable");
    if (context.find("://") != std::string::npos || context.starts_with("git@")) {
        return refuse("it is built from another repository");
    }
    const std::optional<std::string> path = normal_path(".", context.empty() ? "." : context);
    if (!path) return refuse("its build context lies outside this folder");
    service.path = *path;
    if (lone) return true;
    if (find(&build, "dockerfile_inline") != nullptr) return refuse("its Dockerfile is written inline");
    const std::string file = interpolated(text_of(find(&build, "dockerfile")), false);
    if (!file.empty()) {
        const std::optional<std::string> inside = normal_path(".", file);
        if (!inside || file.find(kUnknown) != std::string::npos) {
            return refuse("its Dockerfile lies outside its build context");
        }
        service.dockerfile = *inside;
    }
    service.target = interpolated(text_of(find(&build, "target")), false);
    if (service.target.find(kUnknown) != std::string::npos) service.target.clear();
    return true;
}

std::optional<ComposeService> service_of(const yaml::Entry& entry, Names& remarks) {
    const yaml::Node* from = &entry.value;
    ComposeService service;
    service.name = entry.key.text;
    const yaml::Node* profiles = find(from, "profiles");
    if (profiles != nullptr && !texts_of(profiles).empty()) {
        remarks.push_back("service '" + service.name + "' is left out: it only runs under a profile");
        return std::nullopt;
    }
    service.image = interpolated(text_of(find(from, "image")), false);
    if (const yaml::Node* build = find(from, "build")) {
        if (!take_build(*build, service, remarks)) return std::nullopt;
        service.built = true;
    }
    service.published = ports_of(find(from, "ports"));
    service.exposed = ports_of(find(from, "expose"));
    if (const yaml::Node* check = find(find(from, "healthcheck"), "test")) {
        std::string words;
        for (const std::string& word : texts_of(check)) words += word + " ";
        service.health = asked_path(interpolated(words, true));
    }
    service.command = command_in(find(from, "command"));
    if (const Names entrypoint = command_in(find(from, "entrypoint")); !entrypoint.empty()) {
        service.command.insert(service.command.begin(), entrypoint.begin(), entrypoint.end());
        remarks.push_back("service '" + service.name + "' replaces its image's entrypoint; here both are one command");
    }
    service.env = environment_of(find(from, "environment"));
    const yaml::Node* depends = find(from, "depends_on");
    service.depends_on = texts_of(depends);
    for (const yaml::Entry* one : entries_of(depends)) service.depends_on.push_back(one->key.text);
    if (find(from, "env_file") != nullptr) {
        remarks.push_back("service '" + service.name + "' has an env_file, which was not read");
    }
    return service;
}

}  // namespace

std::optional<Compose> read_compose(const Tree& tree) {
    for (const std::string_view name : kNames) {
        const std::optional<std::string> text = tree.read(name);
        if (!text) continue;
        Compose compose;
        compose.file = name;
        std::string why;
        const std::optional<yaml::Node> root = read_foreign(compose.file, *text, &why);
        if (!root) {
            compose.remarks.push_back(compose.file + " can't be read (" + why + "), so nothing in it was looked at");
            return compose;
        }
        for (const yaml::Entry* entry : entries_of(find(&*root, "services"))) {
            std::optional<ComposeService> service = service_of(*entry, compose.remarks);
            if (service) compose.services.push_back(std::move(*service));
        }
        return compose;
    }
    return std::nullopt;
}

}  // namespace pipewright::init

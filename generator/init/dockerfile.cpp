#include "generator/init/dockerfile.h"

#include <algorithm>
#include <optional>

#include "generator/init/dockerfile_text.h"
#include "generator/init/words.h"
#include "generator/text/case.h"

namespace pipewright::init {

namespace {

// Bounds that no Dockerfile of a person reaches, and that keep one of somebody else's from taking a minute to read.
constexpr std::size_t kMostStages = 100;
constexpr std::size_t kMostVariables = 500;
constexpr std::size_t kMostPorts = 20;
constexpr std::size_t kMostCopied = 100;

// What a stage is made of, and what it takes over from the one below.
struct Stage {
    std::string name;
    Dockerfile facts;
    Variables variables;
};

// Ports of bases that expose one themselves.
std::int64_t port_of_base(std::string_view base) {
    const std::string_view name = base.substr(0, base.find_first_of(":@"));
    if (name.ends_with("nginx-unprivileged")) return 8080;
    const bool web = name == "nginx" || name == "httpd" || name == "caddy" || name.ends_with("/library/nginx") ||
                     name.ends_with("/library/httpd") || name.ends_with("/library/caddy");
    return web ? 80 : 0;
}

void take_variable(Stage& stage, std::string_view text, bool argument, const Variables& global) {
    for (const std::string& word : words_of(text)) {
        if (stage.variables.size() >= kMostVariables) return;
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) {
            // An ARG without a default has the global one's; ENV NAME VALUE is the old form, and its only pair.
            if (argument) {
                if (const auto found = global.find(word); found != global.end()) stage.variables[word] = found->second;
                continue;
            }
            const std::string_view rest = trim(text.substr(std::min(text.size(), word.size())));
            stage.variables[word] = expand(without_quotes(rest), stage.variables).value_or("");
            return;
        }
        const std::string value =
            expand(without_quotes(std::string_view(word).substr(equals + 1)), stage.variables).value_or("");
        stage.variables[word.substr(0, equals)] = value;
    }
}

void take_ports(Stage& stage, const Instruction& one) {
    Dockerfile& facts = stage.facts;
    // Our own EXPOSE counts before one that a base has.
    std::vector<std::int64_t> ports;
    for (const std::string& word : words_of(one.rest)) {
        const std::optional<std::string> known = expand(without_quotes(word), stage.variables);
        if (!known) {
            if (facts.unclear.size() < kMostPorts) facts.unclear.push_back(word);
            continue;
        }
        for (const std::string& part : words_of(*known)) {
            const std::string protocol =
                part.find('/') == std::string::npos ? "tcp" : lower_case(part.substr(part.find('/') + 1));
            const std::string_view number = std::string_view(part).substr(0, part.find('/'));
            const std::optional<std::int64_t> port = to_number(number.substr(0, number.find('-')));
            if (protocol != "tcp" || !port || *port < 1 || *port > 65535) continue;
            const bool again = std::find(ports.begin(), ports.end(), *port) != ports.end();
            if (!again && facts.ports.size() + ports.size() < kMostPorts) ports.push_back(*port);
        }
    }
    if (ports.empty()) return;
    const bool ours = facts.ports_where.starts_with("EXPOSE");
    if (!ours) facts.ports.clear();
    facts.ports.insert(facts.ports.end(), ports.begin(), ports.end());
    if (!ours) facts.ports_where = "EXPOSE on line " + std::to_string(one.line);
}

void take_health(Stage& stage, const Instruction& one) {
    stage.facts.health.clear();
    const std::optional<std::string> known = expand(one.rest, stage.variables);
    stage.facts.health = asked_path(known ? *known : one.rest);
    // Our own Dockerfiles keep the path in a variable.
    const auto path = stage.variables.find("HEALTH_PATH");
    if (path != stage.variables.end() && has_word(one.rest, "HEALTH_PATH") && path->second.starts_with('/')) {
        stage.facts.health = asked_path("http://localhost" + path->second);
    }
    if (!stage.facts.health.empty()) stage.facts.health_where = "HEALTHCHECK on line " + std::to_string(one.line);
}

// The sources of a COPY or ADD from the build context: plain paths alone.
std::vector<std::string> copied_by(const Instruction& one) {
    std::vector<std::string> words = words_of(one.rest);
    while (!words.empty() && words.front().starts_with("--")) {
        if (words.front().starts_with("--from")) return {};
        words.erase(words.begin());
    }
    if (words.size() < 2 || words.front().starts_with("<<") || words.front().starts_with('[')) return {};
    words.pop_back();
    std::erase_if(words, [](const std::string& word) { return word.find_first_of("$*?[]\"\\") != std::string::npos; });
    return words;
}

// The port in a command that names one: --port 8000, --bind 0.0.0.0:8000, -b :8000.
std::int64_t port_in_command(std::string_view text, const Variables& variables) {
    std::string plain;
    for (const char c : expand(text, variables).value_or(std::string(text))) {
        plain.push_back(std::string_view("[]\"',=").find(c) == std::string_view::npos ? c : ' ');
    }
    const std::vector<std::string> words = words_of(plain);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        std::string_view value = words[i + 1];
        const bool port = words[i] == "--port" || words[i] == "-p";
        const bool bind = words[i] == "--bind" || words[i] == "-b" || words[i] == "--addr" || words[i] == "--listen";
        if (!port && !bind) continue;
        if (bind && value.rfind(':') != std::string_view::npos) value.remove_prefix(value.rfind(':') + 1);
        const std::optional<std::int64_t> number = to_number(value);
        if (number && *number >= 1 && *number <= 65535) return *number;
    }
    return 0;
}

// Without an EXPOSE, what else tells the port.
void guess_port(Stage& stage, const Instruction* command, std::size_t env_line) {
    if (!stage.facts.ports.empty()) return;
    std::int64_t port = 0;
    std::string where;
    if (command != nullptr) {
        port = port_in_command(command->rest, stage.variables);
        where = command->name + " on line " + std::to_string(command->line);
    }
    const auto found = stage.variables.find("PORT");
    if (port == 0 && env_line != 0 && found != stage.variables.end()) {
        port = to_number(found->second).value_or(0);
        where = "ENV PORT on line " + std::to_string(env_line);
    }
    if (port < 1 || port > 65535) return;
    stage.facts.ports = {port};
    stage.facts.ports_where = where;
}

Stage begin_stage(const std::string& rest, const std::vector<Stage>& before, const Variables& global) {
    std::vector<std::string> words = words_of(rest);
    while (!words.empty() && words.front().starts_with("--")) words.erase(words.begin());
    Stage stage;
    if (words.empty()) return stage;
    const std::string base = expand(words.front(), global).value_or(words.front());
    const auto found =
        std::find_if(before.begin(), before.end(), [&](const Stage& one) { return one.name == lower_case(base); });
    if (found != before.end()) {
        stage = *found;
    } else {
        stage.facts.base = base;
        if (const std::int64_t port = port_of_base(base); port != 0) {
            stage.facts.ports = {port};
            stage.facts.ports_where = "what " + base + " exposes";
        }
    }
    stage.name = words.size() == 3 && lower_case(words[1]) == "as" ? lower_case(words[2]) : std::string();
    return stage;
}

// $NAME or ${NAME}, and nothing else.
bool shell_variable(std::string_view text) {
    if (!text.starts_with('$')) return false;
    text.remove_prefix(1);
    if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
    return !text.empty() && std::all_of(text.begin(), text.end(), name_character);
}

}  // namespace

std::string asked_path(std::string_view command) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        for (std::size_t at = command.find(scheme); at != std::string_view::npos; at = command.find(scheme, at + 1)) {
            std::string_view rest = command.substr(at + scheme.size());
            const std::string_view server = rest.substr(0, rest.find_first_of(":/ \"'"));
            if (server != "localhost" && server != "127.0.0.1" && server != "0.0.0.0" && !rest.starts_with("[::1]"))
                continue;
            const std::size_t slash = rest.find('/');
            const std::size_t end = rest.find_first_of(" \t\n\"'`|&;)>\\");
            if (slash == std::string_view::npos || slash > end) {
                // Behind the server there is a port alone, or something that a program puts together.
                std::string_view port =
                    rest.substr(server.size(), end == std::string_view::npos ? end : end - server.size());
                if (server == "[") port = rest.substr(5, end == std::string_view::npos ? end : end - 5);
                const bool plain = port.empty() || (port.starts_with(':') &&
                                                    (to_number(port.substr(1)) || shell_variable(port.substr(1))));
                return plain ? "/" : "";
            }
            rest = rest.substr(slash, end == std::string_view::npos ? end : end - slash);
            const auto allowed = [](char c) {
                return name_character(c) || std::string_view("-._~/%?=").find(c) != std::string_view::npos;
            };
            return std::all_of(rest.begin(), rest.end(), allowed) && rest.size() <= 200 ? std::string(rest)
                                                                                        : std::string();
        }
    }
    return {};
}

Dockerfile read_dockerfile(std::string_view text, std::string_view stage) {
    Variables global;
    std::vector<Stage> stages;
    std::vector<std::string> copied;
    const Instruction* command = nullptr;
    std::size_t env_line = 0;
    const std::vector<Instruction> all = instructions_of(text);
    const auto finish = [&] {
        if (!stages.empty()) guess_port(stages.back(), command, env_line);
        command = nullptr;
        env_line = 0;
    };
    for (const Instruction& one : all) {
        if (one.name == "FROM") {
            if (stages.size() == kMostStages) break;
            finish();
            stages.push_back(begin_stage(one.rest, stages, global));
        } else if (stages.empty()) {
            if (one.name != "ARG") continue;
            Stage scratch;
            scratch.variables = global;
            take_variable(scratch, one.rest, true, global);
            global = scratch.variables;
        } else if (one.name == "ARG" || one.name == "ENV") {
            take_variable(stages.back(), one.rest, one.name == "ARG", global);
            if (one.name == "ENV" && has_word(one.rest, "PORT")) env_line = one.line;
        } else if (one.name == "COPY" || one.name == "ADD") {
            for (std::string& path : copied_by(one)) {
                if (copied.size() < kMostCopied) copied.push_back(std::move(path));
            }
        } else if (one.name == "EXPOSE") {
            take_ports(stages.back(), one);
        } else if (one.name == "HEALTHCHECK") {
            take_health(stages.back(), one);
        } else if (one.name == "CMD" || one.name == "ENTRYPOINT") {
            // The port stands in either; the first that names one counts.
            if (command == nullptr || port_in_command(command->rest, stages.back().variables) == 0) command = &one;
        }
    }
    finish();
    if (stages.empty()) return {};
    std::size_t wanted = stages.size() - 1;
    const std::optional<std::int64_t> number = to_number(stage);
    for (std::size_t i = 0; i < stages.size() && !stage.empty(); ++i) {
        if (stages[i].name == lower_case(stage) || (number && static_cast<std::size_t>(*number) == i)) wanted = i;
    }
    std::vector<std::string> bases;
    for (const Stage& one : stages) {
        const bool known = std::find(bases.begin(), bases.end(), one.facts.base) != bases.end();
        if (!known && !one.facts.base.empty()) bases.push_back(one.facts.base);
    }
    Dockerfile facts = std::move(stages[wanted].facts);
    facts.bases = std::move(bases);
    facts.copied = std::move(copied);
    return facts;
}

}  // namespace pipewright::init

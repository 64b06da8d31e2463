#include "generator/delivery/value.h"

#include <nlohmann/json.hpp>

namespace pipewright::delivery {

namespace {

using Json = nlohmann::ordered_json;

// JSON as a reviewer reads it: what fits on a line stands on one, the rest is indented.
void print(const Json& tree, std::size_t indent, std::string& out) {
    constexpr std::size_t kWidth = 96;
    const std::string compact = tree.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string spaced;
    bool quoted = false;
    for (std::size_t i = 0; i < compact.size(); ++i) {
        spaced += compact[i];
        if (compact[i] == '\\') {
            spaced += compact[++i];
            continue;
        }
        if (compact[i] == '"') quoted = !quoted;
        if (!quoted && (compact[i] == ',' || compact[i] == ':')) spaced += ' ';
    }
    if (!tree.is_structured() || tree.empty() || indent + spaced.size() <= kWidth) {
        out += spaced;
        return;
    }
    const bool object = tree.is_object();
    out += object ? "{" : "[";
    bool first = true;
    for (const auto& [key, value] : tree.items()) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(indent + 2, ' ');
        if (object) out += Json(key).dump(-1, ' ', false, Json::error_handler_t::replace) + ": ";
        print(value, indent + 2, out);
    }
    out += "\n";
    out.append(indent, ' ');
    out += object ? "}" : "]";
}

}  // namespace

JsonText::JsonText(const nlohmann::ordered_json& tree) { print(tree, 0, text_); }

std::string path_of(const Project& project, const DataFile& file) { return under(project, "ci/" + file.name); }

bool of_form(Fact fact) {
    switch (fact) {
        case Fact::token:
        case Fact::registry_user:
        case Fact::registry_token:
        case Fact::chosen_commit: return false;
        case Fact::chosen_action:
        case Fact::chosen_environment:
        case Fact::chosen_stack:
        case Fact::chosen_service:
        case Fact::chosen_image:
        case Fact::confirmation:
        case Fact::forced: return true;
    }
    return false;
}

Variable text(std::string name, std::string value) { return {std::move(name), Text{std::move(value)}}; }

Variable number(std::string name, std::int64_t value) { return {std::move(name), Text{std::to_string(value)}}; }

Variable json(std::string name, const nlohmann::ordered_json& tree) { return {std::move(name), JsonText(tree)}; }

}  // namespace pipewright::delivery

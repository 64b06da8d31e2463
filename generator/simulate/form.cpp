// What ci/check-form.sh says, in the same order; tests/simulate holds the two against each other.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/project/pattern.h"
#include "generator/simulate/parts.h"

namespace pipewright::simulate {

namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

bool is_hex(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_digest(std::string_view text) { return text.starts_with("sha256:") && is_hex(text.substr(7)); }

std::string fields_refused(const Chosen& chosen, const Json& row) {
    const std::string& action = chosen.action;
    const auto words = [&](const char* key) { return row.at(key).get<Strings>(); };
    if (!chosen.service.empty() && chosen.service != "all") {
        if (action != delivery::action::kDeploy && action != delivery::action::kRollback)
            return "a service is for deploy and rollback alone, not for " + action;
        if (!is_among(words("services"), chosen.service))
            return chosen.environment + " on " + chosen.stack + " has no service " + chosen.service;
    }
    if (!chosen.image.empty()) {
        if (action != delivery::action::kRollback) return "an image is for rollback alone, not for " + action;
        if (!is_digest(chosen.image)) return "the image should be sha256: and 64 hex digits";
        if ((chosen.service.empty() || chosen.service == "all") && words("images").size() > 1)
            return "an image needs its service: " + chosen.environment + " on " + chosen.stack + " runs more than one";
    }
    if (action == delivery::action::kDestroy) {
        if (chosen.confirm != chosen.environment) return "to destroy it, the environment's name has to be confirmed";
    } else if (!chosen.confirm.empty()) {
        if (!is_among(words("confirmed"), action))
            return "there is no one plan to confirm for " + action + " on " + chosen.stack;
        if (!is_hex(chosen.confirm)) return "what is confirmed should be the fingerprint of a plan (64 hex digits)";
    }
    return {};
}

}  // namespace

std::string form_refused(const std::string& rows, const Chosen& chosen) {
    const std::string words = chosen.action + " for " + chosen.environment + " on " + chosen.stack;
    for (const Json& row : Json::parse(rows)) {
        if (row.at("environment") != chosen.environment || row.at("stack") != chosen.stack) continue;
        if (!is_among(row.at("actions").get<Strings>(), chosen.action)) continue;
        const Strings refs = row.at("refs").get<Strings>();
        if (std::none_of(refs.begin(), refs.end(),
                         [&](const std::string& one) { return pattern_matches(one, chosen.ref); }))
            return words + " is started on " + any_of_words(refs) + ", and this run is on " + chosen.ref;
        return fields_refused(chosen, row);
    }
    return "there is no " + words;
}

}  // namespace pipewright::simulate

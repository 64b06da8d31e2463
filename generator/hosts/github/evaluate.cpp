#include "generator/hosts/github/evaluate.h"

#include <algorithm>
#include <vector>

#include "generator/text/case.h"

namespace pipewright::github {

namespace {

using E = Expression;

std::string boolean(bool one) { return one ? "true" : "false"; }

std::string value_of(const E& one, const Contexts& contexts);

bool truth(const std::string& value) { return !value.empty() && value != "false" && value != "0"; }

std::string call(const E& one, const Contexts& contexts) {
    std::vector<std::string> given;
    for (const E& part : one.parts()) given.push_back(lower_case(value_of(part, contexts)));
    const std::string& name = one.text();
    if (name == "startsWith") return boolean(given.at(0).starts_with(given.at(1)));
    if (name == "endsWith") return boolean(given.at(0).ends_with(given.at(1)));
    if (name == "contains") return boolean(given.at(0).find(given.at(1)) != std::string::npos);
    return boolean(name != "cancelled" && name != "failure");
}

std::string value_of(const E& one, const Contexts& contexts) {
    const auto each = [&](const E& part) { return holds(part, contexts); };
    const std::vector<E>& parts = one.parts();
    switch (one.kind()) {
        case E::Kind::context: return contexts(one.text());
        case E::Kind::literal: return one.text();
        case E::Kind::equal:
            return boolean(lower_case(value_of(parts[0], contexts)) == lower_case(value_of(parts[1], contexts)));
        case E::Kind::both: return boolean(std::all_of(parts.begin(), parts.end(), each));
        case E::Kind::either: return boolean(std::any_of(parts.begin(), parts.end(), each));
        case E::Kind::negation: return boolean(!holds(parts.front(), contexts));
        case E::Kind::call: return call(one, contexts);
    }
    return {};
}

}  // namespace

bool holds(const E& expression, const Contexts& contexts) { return truth(value_of(expression, contexts)); }

bool asks_for_status(const E& expression) {
    if (expression.kind() == E::Kind::call) {
        for (const char* name : {"success", "failure", "cancelled", "always"}) {
            if (expression.text() == name) return true;
        }
    }
    return std::any_of(expression.parts().begin(), expression.parts().end(), asks_for_status);
}

std::string_view event_name(delivery::EventKind kind) {
    switch (kind) {
        case delivery::EventKind::push_branch:
        case delivery::EventKind::push_tag: return "push";
        case delivery::EventKind::change_request: return "pull_request";
        case delivery::EventKind::schedule: return "schedule";
        case delivery::EventKind::form: return "workflow_dispatch";
    }
    return "push";
}

}  // namespace pipewright::github

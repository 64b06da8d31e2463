#include "generator/simulate/github_expression.h"

#include <algorithm>

namespace pipewright::simulate {

namespace {

using E = github::Expression;

// GitHub compares texts without their case.
std::string folded(std::string text) {
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return text;
}

// Null is compared with a text as the empty one is: both are the number 0, and other texts are none.
std::string text_of(const E& expression, const Contexts& contexts) {
    if (expression.kind() == E::Kind::literal) return folded(expression.text());
    const auto found = contexts.find(expression.text());
    return found == contexts.end() ? std::string() : folded(found->second);
}

}  // namespace

bool holds(const E& expression, const Contexts& contexts) {
    const std::vector<E>& parts = expression.parts();
    const auto each = [&](const E& one) { return holds(one, contexts); };
    switch (expression.kind()) {
        case E::Kind::literal:
        case E::Kind::context: return !text_of(expression, contexts).empty();
        case E::Kind::equal: return text_of(parts[0], contexts) == text_of(parts[1], contexts);
        case E::Kind::both: return std::all_of(parts.begin(), parts.end(), each);
        case E::Kind::either: return std::any_of(parts.begin(), parts.end(), each);
        case E::Kind::negation: return !holds(parts[0], contexts);
        case E::Kind::call: break;
    }
    // Nobody cancels a run here.
    if (expression.text() == "cancelled") return false;
    if (expression.text() == "always") return true;
    const std::string text = text_of(parts.at(0), contexts), part = text_of(parts.at(1), contexts);
    if (expression.text() == "startsWith") return text.starts_with(part);
    if (expression.text() == "endsWith") return text.ends_with(part);
    return text.find(part) != std::string::npos;
}

bool asks_for_status(const E& expression) {
    if (expression.kind() == E::Kind::call && (expression.text() == "cancelled" || expression.text() == "always"))
        return true;
    return std::any_of(expression.parts().begin(), expression.parts().end(), asks_for_status);
}

const E& broken_part(const E& expression, const Contexts& contexts) {
    if (expression.kind() != E::Kind::both) return expression;
    for (const E& one : expression.parts()) {
        if (!holds(one, contexts)) return broken_part(one, contexts);
    }
    return expression;
}

std::string first_context(const E& expression) {
    if (expression.kind() == E::Kind::context) return expression.text();
    for (const E& one : expression.parts()) {
        const std::string found = first_context(one);
        if (!found.empty()) return found;
    }
    return {};
}

}  // namespace pipewright::simulate

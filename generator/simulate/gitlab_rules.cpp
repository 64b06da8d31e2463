#include "generator/simulate/gitlab_rules.h"

#include <algorithm>
#include <optional>

#include "generator/project/pattern.h"

namespace pipewright::simulate {

namespace {

using E = gitlab::Expression;

std::optional<std::string> value_of(const std::string& variable, const Known& known) {
    const auto found = known.find(variable);
    if (found == known.end()) return std::nullopt;
    return found->second;
}

}  // namespace

// Null equals null alone, and matches nothing.
bool holds(const E& expression, const Known& known) {
    const std::optional<std::string> value = value_of(expression.variable(), known);
    const auto each = [&](const E& one) { return holds(one, known); };
    switch (expression.kind()) {
        case E::Kind::equal: return value == expression.texts().front();
        case E::Kind::differs: return value != expression.texts().front();
        case E::Kind::same: return value == value_of(expression.texts().front(), known);
        case E::Kind::one_of:
            return value &&
                   std::find(expression.texts().begin(), expression.texts().end(), *value) != expression.texts().end();
        case E::Kind::matches: return value && pattern_matches(expression.texts().front(), *value);
        case E::Kind::both: return std::all_of(expression.parts().begin(), expression.parts().end(), each);
        case E::Kind::either: return std::any_of(expression.parts().begin(), expression.parts().end(), each);
    }
    return false;
}

const E& broken_part(const E& expression, const Known& known) {
    if (expression.kind() != E::Kind::both) return expression;
    for (const E& one : expression.parts()) {
        if (!holds(one, known)) return broken_part(one, known);
    }
    return expression;
}

}  // namespace pipewright::simulate

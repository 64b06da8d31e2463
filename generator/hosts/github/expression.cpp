#include "generator/hosts/github/expression.h"

namespace pipewright::github {

namespace {

// How tightly a kind binds; what binds less tightly than its parent needs parentheses.
int strength(Expression::Kind kind) {
    switch (kind) {
        case Expression::Kind::either: return 1;
        case Expression::Kind::both: return 2;
        case Expression::Kind::equal: return 3;
        default: return 4;
    }
}

bool is_unequal(const Expression& part) {
    return part.kind() == Expression::Kind::negation && part.parts().front().kind() == Expression::Kind::equal;
}

std::string within(const Expression& part, Expression::Kind parent) {
    const std::string text = part.print();
    // Nobody should have to remember whether && or || binds more tightly.
    const bool mixed = part.kind() == Expression::Kind::both && parent == Expression::Kind::either;
    const int its = strength(is_unequal(part) ? Expression::Kind::equal : part.kind());
    return mixed || its < strength(parent) ? "(" + text + ")" : text;
}

std::string joined(const std::vector<Expression>& parts, Expression::Kind parent, std::string_view between) {
    std::string text;
    for (const Expression& part : parts) {
        if (!text.empty()) text += between;
        text += within(part, parent);
    }
    return text;
}

}  // namespace

Expression::Expression(Kind kind, std::string text, std::vector<Expression> parts)
    : kind_(kind), text_(std::move(text)), parts_(std::move(parts)) {}

Expression Expression::context(std::string path) { return {Kind::context, std::move(path), {}}; }

Expression Expression::literal(std::string text) { return {Kind::literal, std::move(text), {}}; }

Expression Expression::equal(Expression left, Expression right) {
    return {Kind::equal, {}, {std::move(left), std::move(right)}};
}

Expression Expression::all_of(std::vector<Expression> parts) {
    if (parts.size() == 1) return parts.front();
    return {Kind::both, {}, std::move(parts)};
}

Expression Expression::any_of(std::vector<Expression> parts) {
    if (parts.size() == 1) return parts.front();
    return {Kind::either, {}, std::move(parts)};
}

Expression Expression::negation(Expression one) { return {Kind::negation, {}, {std::move(one)}}; }

Expression Expression::call(std::string function, std::vector<Expression> arguments) {
    return {Kind::call, std::move(function), std::move(arguments)};
}

std::string Expression::print() const {
    switch (kind_) {
        case Kind::context: return text_;
        case Kind::literal: {
            std::string quoted = "'";
            for (const char c : text_) {
                quoted += c;
                if (c == '\'') quoted += c;
            }
            return quoted + "'";
        }
        case Kind::equal: return joined(parts_, kind_, " == ");
        case Kind::both: return joined(parts_, kind_, " && ");
        case Kind::either: return joined(parts_, kind_, " || ");
        case Kind::negation:
            if (is_unequal(*this)) return joined(parts_.front().parts(), Kind::equal, " != ");
            return "!" + within(parts_.front(), kind_);
        case Kind::call: {
            std::string arguments;
            for (const Expression& part : parts_) arguments += (arguments.empty() ? "" : ", ") + part.print();
            return text_ + "(" + arguments + ")";
        }
    }
    return {};
}

}  // namespace pipewright::github

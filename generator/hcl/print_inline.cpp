#include "generator/hcl/print_inline.h"

#include <string_view>

#include "generator/hcl/quote.h"

namespace pipewright::hcl {

namespace {

using Type = Expression::Type;

bool is_bare(const Trimmings& trimmings) {
    return trimmings.above.empty() && trimmings.beside.empty() && !trimmings.blank_before;
}

// What is known now is text now: a minus inside ${} would be set apart by terraform fmt.
bool append_literal(std::string& to, const Expression& part) {
    switch (part.type()) {
        case Type::text:
        case Type::lines: to += part.as_text(); return true;
        case Type::number: to += std::to_string(part.as_number()); return true;
        case Type::boolean: to += part.as_boolean() ? "true" : "false"; return true;
        default: return false;
    }
}

// A template with its neighbouring literals put together. The last literal is still open.
struct Template {
    std::string done;
    std::string literal;
    std::string last;  // the expression that was interpolated last
    int interpolations = 0;
};

void append_template(Template& out, const Expression& expression) {
    for (const Expression& part : expression.parts()) {
        if (part.type() == Type::templated) {
            append_template(out, part);
        } else if (!append_literal(out.literal, part)) {
            out.last = print_inline(part);
            out.done += quoted_inside(out.literal, true) + "${" + out.last + "}";
            out.literal.clear();
            ++out.interpolations;
        }
    }
}

// "${expression}" alone is written as the expression by terraform fmt, and means the same.
std::string print_template(const Expression& expression) {
    Template out;
    append_template(out, expression);
    if (out.interpolations == 1 && out.literal.empty() && out.done == "${" + out.last + "}") return out.last;
    return "\"" + out.done + quoted_inside(out.literal, false) + "\"";
}

std::string joined(const std::vector<Expression>& parts) {
    std::string out;
    for (const Expression& part : parts) {
        if (&part != &parts.front()) out += ", ";
        out += print_inline(part);
    }
    return out;
}

}  // namespace

bool is_inline(const Expression& expression) {
    switch (expression.type()) {
        case Type::object: return expression.keys().empty();
        case Type::inline_object:
            for (const Key& key : expression.keys()) {
                if (!is_bare(key.trimmings) || !is_inline(key.value)) return false;
            }
            return true;
        case Type::list:
        case Type::call:
            for (const Expression& part : expression.parts()) {
                if (!is_inline(part)) return false;
            }
            return true;
        default: return true;
    }
}

std::string print_inline(const Expression& expression) {
    switch (expression.type()) {
        case Type::null: return "null";
        case Type::boolean: return expression.as_boolean() ? "true" : "false";
        case Type::number: return std::to_string(expression.as_number());
        case Type::text:
        case Type::lines: return quoted(expression.as_text());
        case Type::reference: return expression.as_text();
        case Type::list: return "[" + joined(expression.parts()) + "]";
        case Type::call: return expression.as_text() + "(" + joined(expression.parts()) + ")";
        case Type::templated: return print_template(expression);
        case Type::object:
        case Type::inline_object: break;
    }
    if (expression.keys().empty()) return "{}";
    std::string out;
    for (const Key& key : expression.keys()) {
        out += (out.empty() ? " " : ", ") + object_key(key.name) + " = " + print_inline(key.value);
    }
    return "{" + out + " }";
}

}  // namespace pipewright::hcl

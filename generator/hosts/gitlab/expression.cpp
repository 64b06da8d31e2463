#include "generator/hosts/gitlab/expression.h"

namespace pipewright::gitlab {

namespace {

// A character of a regular expression that stands for itself alone. GitLab takes RE2; "\/" is its own for "/".
std::string literal(char c) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos || byte >= 0x80) return std::string(1, c);
    if (c == '/' || c == '.') return std::string("\\") + c;
    return std::string("\\x") + kHex[byte >> 4U] + kHex[byte & 0xFU];
}

std::string literal(const std::string& text) {
    std::string all;
    for (const char c : text) all += literal(c);
    return all;
}

// GitLab's strings have no escapes: a text that holds both quotes is compared as a regular expression. So is one with a
// "$", which other readers of the file take for a variable.
std::string compared(const std::string& variable, bool equal, const std::string& text) {
    const bool twice = text.find('"') != std::string::npos;
    const bool once = text.find('\'') != std::string::npos;
    if ((twice && once) || text.find('$') != std::string::npos)
        return "$" + variable + (equal ? " =~ /^" : " !~ /^") + literal(text) + "$/";
    const char quote = twice ? '\'' : '"';
    return "$" + variable + (equal ? " == " : " != ") + quote + text + quote;
}

std::string pattern_of(const std::string& pattern) {
    std::string all;
    for (const char c : pattern) all += c == '*' ? std::string("[^\\/]*") : literal(c);
    return all;
}

// With parentheses round what holds another operator, though && binds tighter: nobody has to know.
std::string joined(const std::vector<Expression>& parts, const char* between, Expression::Kind inner) {
    std::string all;
    for (const Expression& one : parts) {
        if (!all.empty()) all += between;
        all += one.kind() == inner ? "(" + one.print() + ")" : one.print();
    }
    return all;
}

}  // namespace

Expression::Expression(Kind kind, std::string variable, std::vector<std::string> texts, std::vector<Expression> parts)
    : kind_(kind), variable_(std::move(variable)), texts_(std::move(texts)), parts_(std::move(parts)) {}

Expression Expression::equal(std::string variable, std::string text) {
    return {Kind::equal, std::move(variable), {std::move(text)}, {}};
}

Expression Expression::differs(std::string variable, std::string text) {
    return {Kind::differs, std::move(variable), {std::move(text)}, {}};
}

Expression Expression::same(std::string variable, std::string other) {
    return {Kind::same, std::move(variable), {std::move(other)}, {}};
}

Expression Expression::one_of(std::string variable, std::vector<std::string> texts) {
    if (texts.size() == 1) return equal(std::move(variable), std::move(texts.front()));
    return {Kind::one_of, std::move(variable), std::move(texts), {}};
}

Expression Expression::matches(std::string variable, std::string pattern) {
    if (pattern.find('*') == std::string::npos) return equal(std::move(variable), std::move(pattern));
    return {Kind::matches, std::move(variable), {std::move(pattern)}, {}};
}

Expression Expression::all_of(std::vector<Expression> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {Kind::both, {}, {}, std::move(parts)};
}

Expression Expression::any_of(std::vector<Expression> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {Kind::either, {}, {}, std::move(parts)};
}

std::string Expression::print() const {
    switch (kind_) {
        case Kind::equal: return compared(variable_, true, texts_.front());
        case Kind::differs: return compared(variable_, false, texts_.front());
        case Kind::same: return "$" + variable_ + " == $" + texts_.front();
        case Kind::one_of: {
            std::string words;
            for (const std::string& one : texts_) words += (words.empty() ? "" : "|") + literal(one);
            return "$" + variable_ + " =~ /^(" + words + ")$/";
        }
        case Kind::matches: return "$" + variable_ + " =~ /^" + pattern_of(texts_.front()) + "$/";
        case Kind::both: return joined(parts_, " && ", Kind::either);
        case Kind::either: return joined(parts_, " || ", Kind::both);
    }
    return {};
}

}  // namespace pipewright::gitlab

// The parts of Terraform's language that are program text: names, and references made of them. A literal is checked
// when this program is compiled; a text from elsewhere by parse().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::hcl {

constexpr bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Letters, digits, _ and -, a letter or _ first: the ASCII part of HCL's identifiers.
constexpr bool is_identifier(std::string_view text) {
    if (text.empty() || !is_name_start(text[0])) return false;
    for (const char c : text) {
        if (!is_name_start(c) && c != '-' && !(c >= '0' && c <= '9')) return false;
    }
    return true;
}

// Words that mean something else at the start of an expression or as an object's first key.
constexpr bool is_keyword(std::string_view text) {
    return text == "true" || text == "false" || text == "null" || text == "for" || text == "in" || text == "if";
}

// module.network.vpc_id: identifiers with dots between, the first one no keyword.
constexpr bool is_traversal(std::string_view text) {
    const std::size_t first = text.find('.');
    if (is_keyword(text.substr(0, first))) return false;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t dot = text.find('.', at);
        const std::size_t end = dot == std::string_view::npos ? text.size() : dot;
        if (!is_identifier(text.substr(at, end - at))) return false;
        at = end + 1;
    }
    return true;
}

// An identifier of at most 127 characters: of an attribute, a block, a function.
class Name {
public:
    template <std::size_t N>
    consteval Name(const char (&literal)[N]) : Name(std::string_view(literal, N - 1), 0) {
        if (N - 1 > kLongest || !is_identifier({literal, N - 1})) throw "not an identifier";
    }
    // Nothing when the text is no such identifier.
    static constexpr std::optional<Name> parse(std::string_view text) {
        if (text.size() > kLongest || !is_identifier(text)) return std::nullopt;
        return Name(text, 0);
    }
    constexpr std::string_view text() const { return {bytes_.data(), size_}; }

private:
    static constexpr std::size_t kLongest = 127;
    constexpr Name(std::string_view text, int) {
        for (const char c : text.substr(0, kLongest)) bytes_[size_++] = c;
    }
    std::array<char, kLongest> bytes_{};
    std::uint8_t size_ = 0;
};

// A literal such as "each.value", checked when it is compiled.
class Traversal {
public:
    template <std::size_t N>
    consteval Traversal(const char (&literal)[N]) : text_(literal, N - 1) {
        if (!is_traversal(text_)) throw "not a reference";
    }
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

// A reference with parts that are known only when the program runs: Reference("module.network").attribute(output),
// Reference("var.routes").index("/health"), Reference("aws_subnet.public").splat().attribute("id").
class Reference {
public:
    explicit Reference(Traversal start) : text_(start.text()) {}
    // A whole reference without indices, such as module.app-1.url; nothing when the text is none.
    static std::optional<Reference> parse(std::string_view text);

    // .name, or ["name"] where it is no identifier, which means the same.
    Reference attribute(std::string_view name) &&;
    Reference index(std::string_view key) &&;
    Reference index(std::uint32_t position) &&;
    // [*]
    Reference splat() &&;

    const std::string& text() const { return text_; }

private:
    Reference() = default;
    std::string text_;
};

}  // namespace pipewright::hcl

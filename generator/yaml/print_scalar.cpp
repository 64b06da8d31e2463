#include "generator/yaml/print_scalar.h"

#include <algorithm>
#include <array>

#include "generator/text/case.h"
#include "generator/text/utf8.h"

namespace pipewright::yaml {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Characters that show nothing or look like a space. They are legal everywhere, but a person who reads the file should
// see them, so they are escaped. The joiner U+200D stays: emoji are made with it.
bool invisible(char32_t value) {
    return value == 0xA0 || value == 0xAD || value == 0x1680 || (value >= 0x2000 && value <= 0x200C) ||
           value == 0x202F || (value >= 0x205F && value <= 0x2064) || value == 0x3000 ||
           (value >= 0xE0000 && value <= 0xE007F);
}

// Words that the type repository of YAML 1.1 (yaml.org/type) or the core schema of 1.2 take for something else than a
// string, compared without case.
bool is_reserved_word(std::string_view text) {
    static constexpr std::array<std::string_view, 19> kWords{"~",     "null", "true",  "false", "yes", "no",   "y",
                                                             "n",     "on",   "off",   "<<",    "=",   ".inf", "+.inf",
                                                             "-.inf", ".nan", "+.nan", "-.nan", "."};
    return text.size() <= 5 && contains(kWords, lower_case(text));
}

// Whether a text might be a number or a time in some version: integers of all bases, with _ or (in Ruby) commas inside,
// floats, 12:30:45 to the base of sixty, dates and times. It takes some texts too many, which only costs quotes.
bool is_like_a_number(std::string_view text) {
    const std::size_t start = text[0] == '+' || text[0] == '-' ? 1 : 0;
    const std::string_view rest = text.substr(start);
    if (rest.empty() || !(is_digit(rest[0]) || rest[0] == '.')) return false;
    if (rest.size() > 2 && rest[0] == '0' && !is_digit(rest[1])) {
        const std::string_view digits = rest.substr(2);
        const char base = lower_case(rest)[1];
        if (base == 'x' && digits.find_first_not_of("0123456789abcdefABCDEF_") == std::string_view::npos) return true;
        if ((base == 'o' || base == 'b') && digits.find_first_not_of("01234567_") == std::string_view::npos)
            return true;
    }
    if (rest.size() >= 8 && std::all_of(rest.begin(), rest.begin() + 4, is_digit) && rest[4] == '-' &&
        is_digit(rest[5])) {
        return true;
    }
    return rest.find_first_not_of("0123456789.,_:+-eE") == std::string_view::npos;
}

bool is_plain(std::string_view text, Place place) {
    if (text.empty() || is_reserved_word(text) || is_like_a_number(text)) return false;
    const char first = text.front();
    if (std::string_view("*&!%@`\"'#,[]{}|>?: ").find(first) != std::string_view::npos || text.back() == ' ')
        return false;
    if (first == '-' && (text.size() == 1 || text[1] == ' ')) return false;
    if (text.starts_with("---") || text.starts_with("...")) return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos || text.back() == ':') {
        return false;
    }
    // A colon inside a key is legal but hard to read; older readers refuse one in a flow collection.
    if (place != Place::value && text.find(':') != std::string_view::npos) return false;
    // yaml-cpp and libyaml see a key in any question mark there.
    if (place == Place::flow && text.find_first_of(",[]{}?") != std::string_view::npos) return false;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (!point.valid || !utf8::printable(point.value) || invisible(point.value)) return false;
        i += point.size;
    }
    return true;
}

bool needs_escapes(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (point.valid && (!utf8::printable(point.value) || invisible(point.value))) return true;
        i += point.size;
    }
    return false;
}

// Only escapes that 1.1, 1.2 and yaml-cpp agree on: it reads \N, \_, \L and \P as bytes that are no UTF-8.
void append_escape(std::string& out, char32_t value) {
    switch (value) {
        case 0: out += "\\0"; return;
        case 7: out += "\\a"; return;
        case 8: out += "\\b"; return;
        case 9: out += "\\t"; return;
        case 10: out += "\\n"; return;
        case 11: out += "\\v"; return;
        case 12: out += "\\f"; return;
        case 13: out += "\\r"; return;
        case 27: out += "\\e"; return;
        default: break;
    }
    const int digits = value <= 0xFF ? 2 : value <= 0xFFFF ? 4 : 8;
    out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 0xF];
}

std::string double_quoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (!point.valid) {
            out += kReplacement;
        } else if (point.value == '"' || point.value == '\\') {
            out += '\\';
            out += static_cast<char>(point.value);
        } else if (!utf8::printable(point.value) || invisible(point.value)) {
            append_escape(out, point.value);
        } else {
            out += text.substr(i, point.size);
        }
        i += point.size;
    }
    return out + '"';
}

std::string single_quoted(std::string_view text) {
    std::string out = "'";
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (point.valid) {
            out += text.substr(i, point.size);
        } else {
            out += kReplacement;
        }
        if (text[i] == '\'') out += '\'';
        i += point.size;
    }
    return out + "'";
}

}  // namespace

bool is_old_boolean(std::string_view text) {
    static constexpr std::array<std::string_view, 6> kWords{"on", "off", "yes", "no", "y", "n"};
    return contains(kWords, lower_case(text));
}

std::string print_scalar(std::string_view text, Place place) {
    if (is_plain(text, place)) return std::string(text);
    const bool saves_escapes = text.find_first_of("\"\\") != std::string_view::npos;
    return saves_escapes && !needs_escapes(text) ? single_quoted(text) : double_quoted(text);
}

std::string literal_header(std::string_view text, bool at_root, bool at_end) {
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (!point.valid || (!utf8::printable(point.value) && point.value != '\n' && point.value != '\t')) return {};
        i += point.size;
    }
    const std::size_t last = text.find_last_not_of('\n');
    if (last == std::string_view::npos) return {};
    const std::size_t breaks = text.size() - last - 1;
    if (breaks > 1 && at_end) return {};
    // A first or last line of nothing but blanks is indentation to some readers and text to others.
    const std::string_view body = text.substr(0, last + 1);
    const std::size_t first_line = body.find_first_not_of('\n');
    const std::size_t last_line = body.rfind('\n') + 1;
    const auto blank_from = [&](std::size_t at) {
        return body.substr(at, body.find('\n', at) - at).find_first_not_of(" \t") == std::string_view::npos;
    };
    if (blank_from(first_line) || blank_from(last_line)) return {};
    std::string header = "|";
    if (body[first_line] == ' ' || body[first_line] == '\t') {
        if (at_root) return {};
        header += '2';
    }
    if (breaks == 0) header += '-';
    if (breaks > 1) header += '+';
    return header;
}

std::string comment_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (!point.valid) {
            out += kReplacement;
        } else if (!utf8::printable(point.value)) {
            out += ' ';
        } else {
            out += text.substr(i, point.size);
        }
        i += point.size;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

}  // namespace pipewright::yaml

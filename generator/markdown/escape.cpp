#include "generator/markdown/escape.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "generator/text/utf8.h"

namespace pipewright::markdown {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }

bool is_hex(std::string_view text, std::size_t i) {
    return i < text.size() && std::string_view("0123456789abcdefABCDEF").find(text[i]) != std::string_view::npos;
}

// Spaces of Unicode's class Zs but for the common one, which readers trim or not as they please.
bool is_odd_space(char32_t value) {
    return value == 0xA0 || value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x202F ||
           value == 0x205F || value == 0x3000;
}

void append_visible(std::string& out, std::string_view text, std::size_t at, const utf8::CodePoint& point) {
    if (point.valid && utf8::printable(point.value)) {
        out += text.substr(at, point.size);
    } else if (point.valid && ((point.value >= 9 && point.value <= 13) || point.value == 0x85 ||
                               point.value == 0x2028 || point.value == 0x2029)) {
        out += ' ';
    } else {
        out += kReplacement;
    }
}

// Whether the character at i begins a block or goes on with one (a heading's underline, a table's second line) when it
// is the first of its line.
bool begins_block(std::string_view text, std::size_t i) {
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    switch (text[i]) {
        case '>': return true;
        case '#': return next == '#' || next == ' ';
        case '+': return next == ' ';
        case '=': return text.find_first_not_of("= ") == std::string_view::npos;
        case '-': return next == ' ' || text.find_first_not_of("-: ") == std::string_view::npos;
        case ':': return text.find_first_not_of("-: ") == std::string_view::npos;
        default: return false;
    }
}

// The offset of the dot or parenthesis of "1." or "1)" at the start of a line, or npos.
std::size_t list_number(std::string_view text) {
    const std::size_t end = text.find_first_not_of("0123456789");
    if (end == 0 || end == std::string_view::npos || end > 9 || (text[end] != '.' && text[end] != ')')) {
        return std::string_view::npos;
    }
    return end + 1 == text.size() || text[end + 1] == ' ' ? end : std::string_view::npos;
}

bool is_word(std::string_view text, std::size_t end, std::string_view word) {
    if (end < word.size()) return false;
    return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(end - word.size()),
                      [](char a, char b) { return a == b || (is_letter(b) && a == (b | 0x20)); });
}

// Whether what stands before may be the name in a mail address. At the start of a text that may be an underscore that
// ends emphasis.
bool before_mail(std::string_view text, std::size_t i) {
    return i == 0 || is_alphanumeric(text[i - 1]) ||
           std::string_view("._+-").find(text[i - 1]) != std::string_view::npos;
}

// Whether an ASCII character needs a backslash wherever in a line it stands.
bool needs_backslash(std::string_view text, std::size_t i) {
    const char before = i > 0 ? text[i - 1] : ' ';
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    switch (text[i]) {
        case '\\':
        case '`':
        case '*':
        case '[':
        case ']':
        case '<':
        case '|':
        case '~':
        case '$':
            return true;  // $ begins a formula on GitHub and GitLab
        // Inside a word an underscore is never markup. A letter at either end may become an entity later, and is none
        // then.
        case '_': return i < 2 || i + 2 >= text.size() || !is_alphanumeric(before) || !is_alphanumeric(next);
        case '^': return i == 0;  // [^1] would be a footnote, were this in a link
        case '&': return next == '#' || is_letter(next);
        // Before a link it would make an image of it.
        case '!': return i + 1 == text.size();
        // Addresses that GFM makes links of: a scheme, www., a mail address.
        case ':': return text.substr(i + 1, 2) == "//" || is_word(text, i, "mailto") || is_word(text, i, "xmpp");
        case '.': return is_word(text, i, "www");
        case '@': return before_mail(text, i) && (is_alphanumeric(next) || next == '.' || next == '-' || next == '_');
        default: return false;
    }
}

}  // namespace

std::string entity(char32_t value) { return "&#" + std::to_string(static_cast<std::uint32_t>(value)) + ";"; }

std::string visible(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        append_visible(out, text, i, point);
        i += point.size;
    }
    return out;
}

std::string visible_lines(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (text[i] == '\r' || text[i] == '\n') {
            if (text[i] == '\r' && text.substr(i + 1).starts_with('\n')) ++i;
            out += '\n';
        } else if (text[i] == '\t') {
            out += '\t';
        } else {
            append_visible(out, text, i, point);
        }
        i += point.size;
    }
    return out;
}

std::string escape(std::string_view text, Surroundings around) {
    std::string out;
    const std::size_t number = around.line_start ? list_number(text) : std::string_view::npos;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        if (is_odd_space(point.value)) {
            out += entity(point.value);
        } else {
            const bool closes_heading = around.heading && text[i] == '#' && (i == 0 || text[i - 1] == ' ');
            const bool begins = around.line_start && i == 0 && begins_block(text, i);
            if (needs_backslash(text, i) || begins || closes_heading || i == number) out += '\\';
            out += text.substr(i, point.size);
        }
        i += point.size;
    }
    return out;
}

std::string code_span(std::string_view text, bool pipes) {
    std::size_t longest = 0;
    std::size_t run = 0;
    std::string inside;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        if (c == '|' && pipes) inside += '\\';
        inside += c;
    }
    // Readers take one space off each end, unless there is nothing else.
    const bool spaces =
        inside.front() == ' ' && inside.back() == ' ' && inside.find_first_not_of(' ') != std::string::npos;
    if (spaces || inside.front() == '`' || inside.back() == '`') inside = ' ' + inside + ' ';
    const std::string fence(longest + 1, '`');
    return fence + inside + fence;
}

std::string link_address(std::string_view address) {
    // What stands before the first colon is a scheme, unless a path begins earlier (RFC 3986, 3.1 and 4.2).
    const std::size_t colon = address.find(':');
    if (colon != std::string_view::npos && colon < address.find_first_of("/?#")) {
        std::string scheme(address.substr(0, colon));
        std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                       [](char c) { return is_letter(c) ? static_cast<char>(c | 0x20) : c; });
        if (scheme != "http" && scheme != "https" && scheme != "mailto") return {};
    }
    std::string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
        const char c = address[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&') {
            out += "\\&";
        } else if (is_alphanumeric(c) || std::string_view("-._~:/?#@!$'*+,;=").find(c) != std::string_view::npos ||
                   (c == '%' && is_hex(address, i + 1) && is_hex(address, i + 2))) {
            out += c;
        } else {
            out += '%';
            out += "0123456789ABCDEF"[byte >> 4];
            out += "0123456789ABCDEF"[byte & 15];
        }
    }
    return out;
}

}  // namespace pipewright::markdown

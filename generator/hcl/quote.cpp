#include "generator/hcl/quote.h"

#include <algorithm>

#include "generator/hcl/name.h"
#include "generator/text/utf8.h"

namespace pipewright::hcl {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Characters that show nothing or look like a space: escaped, so that a reader sees them. The joiner U+200D stays:
// emoji are made with it.
bool invisible(char32_t value) {
    return value == 0xA0 || value == 0xAD || value == 0x1680 || (value >= 0x2000 && value <= 0x200C) ||
           value == 0x202F || (value >= 0x205F && value <= 0x2064) || value == 0x3000 ||
           (value >= 0xE0000 && value <= 0xE007F);
}

void append_escape(std::string& out, char32_t value) {
    const int digits = value <= 0xFFFF ? 4 : 8;
    out += digits == 4 ? "\\u" : "\\U";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 0xF];
}

bool introduces(std::string_view text, std::size_t i) {
    return (text[i] == '$' || text[i] == '%') && i + 1 < text.size() && text[i + 1] == '{';
}

// Whether a $ or % stands directly before an interpolation that follows the text: with its ${ it would be an escape.
bool before_interpolation(std::string_view text, std::size_t i, bool followed_by_interpolation) {
    return followed_by_interpolation && i + 1 == text.size() && (text[i] == '$' || text[i] == '%');
}

std::string inside(std::string_view text, bool followed_by_interpolation, bool ascii) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        const char32_t value = point.valid ? point.value : 0xFFFD;
        if (value == '"' || value == '\\') {
            out += '\\';
            out += text[i];
        } else if (value == '\n') {
            out += "\\n";
        } else if (value == '\r') {
            out += "\\r";
        } else if (value == '\t') {
            out += "\\t";
        } else if (introduces(text, i)) {
            out += std::string(2, text[i]);
        } else if (!utf8::printable(value) || invisible(value) || (ascii && value >= 0x80) ||
                   before_interpolation(text, i, followed_by_interpolation)) {
            append_escape(out, value);
        } else if (point.valid) {
            out += text.substr(i, point.size);
        } else {
            out += kReplacement;
        }
        i += point.size;
    }
    return out;
}

}  // namespace

std::string quoted_inside(std::string_view text, bool followed_by_interpolation) {
    return inside(text, followed_by_interpolation, false);
}

std::string quoted(std::string_view text) { return "\"" + inside(text, false, false) + "\""; }

std::string object_key(std::string_view text) {
    if (is_identifier(text) && !is_keyword(text)) return std::string(text);
    return "\"" + inside(text, false, true) + "\"";
}

bool fits_heredoc(std::string_view text) {
    if (!text.ends_with('\n')) return false;
    bool at_edge = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.empty()) continue;
        const std::size_t first = line.find_first_not_of(" \t");
        // What looks like indentation only might be counted as such, and the end marker ends it.
        if (first == std::string_view::npos || line.substr(first).starts_with("EOT")) return false;
        at_edge = at_edge || first == 0;
        for (std::size_t i = 0; i < line.size();) {
            const utf8::CodePoint point = utf8::decode(line, i);
            if (!point.valid || (!utf8::printable(point.value) && point.value != '\t')) return false;
            i += point.size;
        }
    }
    return at_edge;
}

std::string heredoc_line(std::string_view line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (introduces(line, i)) out += line[i];
        out += line[i];
    }
    return out;
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

}  // namespace pipewright::hcl

#include "generator/yaml/scalar.h"

#include <algorithm>

#include "generator/text/utf8.h"

namespace pipewright::yaml {

namespace {

bool blank(char c) { return c == ' ' || c == '\t'; }

// Folds the lines of a plain or quoted scalar while its characters are added one by one.
class Folder {
public:
    // Characters that stay whatever follows; blanks that were given before them stay, too.
    void keep(std::string_view text) {
        text_ += text;
        solid_ = text_.size();
    }

    // A space or a tab, which goes if the line ends here.
    void blank(char c) { text_ += c; }

    // Line ends, one or more with nothing but blanks between. An escaped first one leaves no space behind.
    void line_ends(std::size_t count, bool escaped) {
        text_.resize(solid_);
        if (count == 1 && !escaped) text_ += ' ';
        text_.append(count - 1, '\n');
        solid_ = text_.size();
    }

    std::string take() { return std::move(text_); }

private:
    std::string text_;
    std::size_t solid_ = 0;
};

// Whether a line end stands at the place; if so, steps over it, over blanks, and over all that follow in the same way.
std::size_t skip_line_ends(std::string_view text, std::size_t& at) {
    std::size_t count = 0;
    while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) {
        if (text[at] == '\n') ++count;
        ++at;
        if (text[at - 1] == '\r') continue;
        std::size_t next = at;
        while (next < text.size() && blank(text[next])) ++next;
        at = next;
    }
    return count;
}

std::string_view simple_escape(char c) {
    using namespace std::string_view_literals;
    switch (c) {
        case '0': return "\0"sv;
        case 'a': return "\a"sv;
        case 'b': return "\b"sv;
        case 't':
        case '\t': return "\t"sv;
        case 'n': return "\n"sv;
        case 'v': return "\v"sv;
        case 'f': return "\f"sv;
        case 'r': return "\r"sv;
        case 'e': return "\x1B"sv;
        case ' ': return " "sv;
        case '"': return "\""sv;
        case '/': return "/"sv;
        case '\\': return "\\"sv;
        case 'N': return "\xC2\x85"sv;      // next line
        case '_': return "\xC2\xA0"sv;      // no-break space
        case 'L': return "\xE2\x80\xA8"sv;  // line separator
        case 'P': return "\xE2\x80\xA9"sv;  // paragraph separator
        default: return {};
    }
}

// Adds what the escape at the place stands for, and steps over it. The scan has let only right ones pass.
void unescape(std::string_view text, std::size_t& at, Folder& folder) {
    const char c = text[at + 1];
    at += 2;
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {
        folder.keep(simple_escape(c));
        return;
    }
    char32_t value = 0;
    for (const char digit : text.substr(at, digits)) {
        value = value * 16 + static_cast<char32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    std::string encoded;
    utf8::append(encoded, value);
    folder.keep(encoded);
    at += digits;
}

std::string flow_text(std::string_view text, char quote) {
    Folder folder;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\n' || text[at] == '\r') {
            folder.line_ends(skip_line_ends(text, at), false);
        } else if (quote == '"' && text[at] == '\\' && (text[at + 1] == '\n' || text[at + 1] == '\r')) {
            ++at;
            folder.keep("");  // blanks before the backslash stay
            folder.line_ends(skip_line_ends(text, at), true);
        } else if (quote == '"' && text[at] == '\\') {
            unescape(text, at, folder);
        } else if (quote == '\'' && text[at] == '\'') {
            folder.keep("'");
            at += 2;
        } else if (blank(text[at])) {
            folder.blank(text[at++]);
        } else {
            folder.keep(text.substr(at++, 1));
        }
    }
    return folder.take();
}

std::string block_text(std::string_view bytes, const Token& token) {
    std::string_view rest = bytes.substr(token.span.offset, token.end - token.span.offset);
    const bool folded = rest.front() == '>';
    const std::string_view header = rest.substr(0, rest.find_first_of(" \t\r\n"));
    const bool strip = header.find('-') != std::string_view::npos;
    const bool keep = header.find('+') != std::string_view::npos;
    rest.remove_prefix(std::min(rest.find('\n'), rest.size()));

    std::string text;
    std::size_t ends = 0;       // line ends since the last line that holds something
    bool any = false;           // such a line was there
    bool before_blank = false;  // the last of them starts with a blank, so nothing folds around it
    while (!rest.empty()) {
        rest.remove_prefix(1);  // the line end before this line
        const std::size_t size = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, size);
        rest.remove_prefix(size);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        line.remove_prefix(
            std::min<std::size_t>(line.find_first_not_of(' '), std::min<std::size_t>(token.indent, line.size())));
        if (!line.empty()) {
            const bool starts_blank = blank(line.front());
            if (folded && any && !before_blank && !starts_blank) {
                if (ends == 1) text += ' ';
                text.append(ends - 1, '\n');
            } else {
                text.append(ends, '\n');
            }
            text += line;
            ends = 0;
            any = true;
            before_blank = starts_blank;
        }
        if (!rest.empty()) ++ends;
    }
    if (keep) text.append(ends, '\n');
    if (!keep && !strip && any && ends > 0) text += '\n';
    return text;
}

}  // namespace

std::string scalar_text(std::string_view bytes, const Token& token) {
    const std::string_view written = bytes.substr(token.span.offset, token.span.length);
    switch (token.kind) {
        case TokenKind::single_quoted: return flow_text(written.substr(1, written.size() - 2), '\'');
        case TokenKind::double_quoted: return flow_text(written.substr(1, written.size() - 2), '"');
        case TokenKind::block_scalar: return block_text(bytes, token);
        default: return flow_text(written, '\0');
    }
}

}  // namespace pipewright::yaml

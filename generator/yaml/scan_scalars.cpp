// Where a value begins and ends: quotes, blocks, plain words, anchors and aliases.
#include <algorithm>

#include "generator/text/quote.h"
#include "generator/text/suggest.h"
#include "generator/text/utf8.h"
#include "generator/yaml/scanner.h"

namespace pipewright::yaml {

namespace {

bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

}  // namespace

bool Scanner::fetch_scalar() {
    if (!count_node(at_)) return false;
    const char c = peek();
    if (c == '\'' || c == '"') return fetch_quoted();
    if (c == '|' || c == '>') return fetch_block_scalar();
    if (c == '@' || c == '`' || c == '%' || c == ',') {
        return fail(Code::yaml_syntax, at_, at_ + 1, std::string("a value can't start with '") + c + "'",
                    "put quotes around the value");
    }
    return fetch_plain();
}

bool Scanner::fetch_quoted() {
    if (!save_key()) return false;
    const char quote = peek();
    const std::size_t begin = at_;
    const std::size_t first_line = line_;
    const std::string help = std::string("close it with ") + quote + ", and indent the lines that continue it";
    ++at_;
    while (true) {
        if (at_ >= bytes_.size())
            return fail(Code::unclosed_quote, begin, begin + 1, "this quote is never closed", help);
        const char c = peek();
        if (c == quote) {
            if (quote != '\'' || peek(1) != '\'') break;
            at_ += 2;
        } else if (c == '\\' && quote == '"') {
            if (!escape()) return false;
        } else if (line_end_at(at_)) {
            newline();
            std::size_t text = at_;
            while (text < bytes_.size() && (bytes_[text] == ' ' || bytes_[text] == '\t')) ++text;
            const bool blank = line_end_at(text);
            const bool outside = static_cast<int>(text - line_start_) <= level().column;
            if (is_marker(at_) || (!blank && outside)) {
                return fail(Code::unclosed_quote, begin, begin + 1,
                            "this quote is not closed before the next key or item", help);
            }
            at_ = text;
        } else {
            ++at_;
        }
    }
    ++at_;
    fresh_line_ = false;
    content(quote == '"' ? TokenKind::double_quoted : TokenKind::single_quoted, begin, at_);
    json_key_ = true;
    return after_quote(begin, line_ == first_line);
}

// Text that touches a closing quote means that the quote closed in the wrong place.
bool Scanner::after_quote(std::size_t begin, bool one_line) {
    const char next = peek();
    if (blank_at(at_) || next == '#' || (next == ':' && colon_is_indicator())) return true;
    if (in_brackets() && is_flow_indicator(next)) return true;
    if (!one_line) {
        return fail(Code::unclosed_quote, begin, begin + 1, "this quote is closed only on a later line, within a word",
                    "close it on the line where its text ends");
    }
    return fail(Code::yaml_syntax, at_, at_ + 1, "text follows the closing quote",
                bytes_[begin] == '\'' ? "write '' for an apostrophe inside single quotes"
                                      : "write \\\" for a quote inside double quotes");
}

// A backslash in double quotes and what belongs to it (YAML 1.2.2, 5.7).
bool Scanner::escape() {
    const std::size_t begin = at_;
    const char c = peek(1);
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) {
        char32_t value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const char digit = peek(2 + i);
            if (!is_hex(digit)) {
                return fail(Code::yaml_syntax, begin, begin + 2 + i,
                            std::string("'\\") + c + "' needs " + std::to_string(digits) + " hexadecimal digits",
                            "write them, or '\\\\' for a backslash");
            }
            value = value * 16 + static_cast<char32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        at_ += 2 + digits;
        if (value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)) return true;
        return fail(Code::yaml_syntax, begin, at_, "there is no such character", "write the character itself");
    }
    if (line_end_at(at_ + 1)) {
        ++at_;  // the line end that follows is folded away
        return true;
    }
    if (std::string_view("0abt\tnvfre \"/\\N_LP").find(c) == std::string_view::npos) {
        const std::size_t size = utf8::decode(bytes_, begin + 1).size;
        return fail(Code::yaml_syntax, begin, begin + 1 + size, quote(text(begin, begin + 1 + size)) + " is no escape",
                    "write '\\\\' for a backslash, or use single quotes");
    }
    at_ += 2;
    return true;
}

bool Scanner::block_header(int& explicit_indent) {
    bool chomped = false;
    while (!blank_at(at_)) {
        const char c = peek();
        if ((c == '+' || c == '-') && !chomped) {
            chomped = true;
        } else if (c >= '1' && c <= '9' && explicit_indent == 0) {
            explicit_indent = c - '0';
        } else {
            return fail(Code::yaml_syntax, at_, at_ + 1, "this can't follow '|' or '>' on their line",
                        "start the text on the next line, or put quotes around the value");
        }
        ++at_;
    }
    const std::size_t end = at_;
    while (peek() == ' ' || peek() == '\t') ++at_;
    if (peek() == '#' && at_ > end) {
        while (!line_end_at(at_)) ++at_;
    }
    if (line_end_at(at_)) return true;
    return fail(Code::yaml_syntax, at_, at_ + 1, "text can't follow '|' or '>' on their line",
                "start the text on the next line, or put quotes around the value");
}

// The library takes "- &name |" as if the text had to be indented deeper than the anchor.
bool Scanner::anchored_item() const {
    return last_ == Last::property && property_line_ == line_ && !in_brackets() && key_.possible;
}

bool Scanner::crowded_anchor() {
    return fail(Code::yaml_syntax, at_, at_ + 1, "a value of several lines can't start behind an anchor here",
                "start it on the next line");
}

bool Scanner::fetch_block_scalar() {
    if (in_brackets()) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a block of text can't stand inside [ ] or { }",
                    "put quotes around the value");
    }
    if (column() <= level().column) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a block of text must be indented deeper than its key",
                    "write '|' or '>' on the line of the key");
    }
    if (anchored_item()) return crowded_anchor();
    const std::size_t begin = at_;
    int explicit_indent = 0;
    ++at_;
    if (!block_header(explicit_indent)) return false;
    std::size_t end = begin + 1;
    while (!blank_at(end)) ++end;
    const int outer = std::max(level().column, 0);
    int indent = explicit_indent > 0 ? outer + explicit_indent : 0;  // 0: the first line of text will tell
    std::size_t deepest_blank = 0;
    std::size_t deepest_blank_at = 0;
    while (at_ < bytes_.size()) {
        newline();
        std::size_t text = at_;
        while (text < bytes_.size() && bytes_[text] == ' ' && (indent == 0 || static_cast<int>(text - at_) < indent))
            ++text;
        const int spaces = static_cast<int>(text - at_);
        if (line_end_at(text)) {
            if (text - at_ > deepest_blank) {
                deepest_blank = text - at_;
                deepest_blank_at = at_;
            }
            at_ = text;
            continue;
        }
        const int least = indent > 0 ? indent : outer + 1;
        if (bytes_[text] == '\t' && spaces < least) {
            return fail(Code::tab_indentation, text, text + 1, "a tab indents this line", "indent with spaces");
        }
        if (levels_.size() == 1 && indent == 0 && text == at_ && bytes_[text] == '#') {
            // YAML takes this for text where a block is the whole document, and the library for a comment.
            return fail(Code::yaml_syntax, text, text + 1, "a '#' starts the text of this document", "indent the line");
        }
        if (spaces < least) break;
        if (indent == 0) {
            indent = spaces;
            if (deepest_blank > static_cast<std::size_t>(spaces)) {
                return fail(Code::yaml_syntax, deepest_blank_at, deepest_blank_at + deepest_blank,
                            "this empty line is indented deeper than the first line of the text", "remove its spaces");
            }
        }
        while (!line_end_at(text)) ++text;
        at_ = text;
        while (blank_at(text - 1) && !line_end_at(text - 1)) --text;
        if (!line_end_at(text - 1)) end = text;  // a line of blanks alone is text, but nothing to point at
    }
    content(TokenKind::block_scalar, begin, end);
    tokens_.back().end = static_cast<std::uint32_t>(at_);
    // Without any text there is no indentation either, and its blanks belong to none.
    tokens_.back().indent = indent > 0 ? static_cast<std::uint32_t>(indent) : static_cast<std::uint32_t>(deepest_blank);
    key_allowed_ = true;
    return true;
}

bool Scanner::fetch_plain() {
    if (!save_key()) return false;
    const std::size_t begin = at_;
    const char next = peek(1);
    if (in_brackets() && (peek() == '-' || peek() == ':') && is_flow_indicator(next)) {
        return fail(Code::yaml_syntax, at_, at_ + 1, std::string("'") + peek() + "' can't stand alone here",
                    "put quotes around it");
    }
    const bool anchored = anchored_item();
    std::size_t end = at_;
    while (true) {
        if (!plain_line(end)) return false;
        if (!line_end_at(at_) || !plain_goes_on()) break;
        if (tab_ != kNone)
            return fail(Code::tab_indentation, tab_, tab_ + 1, "a tab indents this line", "indent with spaces");
    }
    if (anchored && bytes_.substr(begin, end - begin).find('\n') != std::string_view::npos) return crowded_anchor();
    at_ = end;
    fresh_line_ = false;
    content(TokenKind::plain, begin, end);
    return true;
}

// Reads to the end of the value on this line; end is set past its last character that is no space.
bool Scanner::plain_line(std::size_t& end) {
    while (!line_end_at(at_)) {
        const char c = peek();
        if (c == ' ' || c == '\t') {
            ++at_;
            continue;
        }
        if (c == '#' && end < at_) return true;
        if (c == ':' && (blank_at(at_ + 1) || (in_brackets() && is_flow_indicator(bytes_[at_ + 1])))) return true;
        if (in_brackets()) {
            if (is_flow_indicator(c)) return true;
            if (c == '?') {
                return fail(Code::yaml_syntax, at_, at_ + 1, "a '?' inside [ ] or { } needs quotes",
                            "put quotes around the value");
            }
        }
        end = ++at_;
    }
    return true;
}

// Whether the next line that is not empty continues a plain value; if so, the scan stands at its first character.
bool Scanner::plain_goes_on() {
    std::size_t text = at_;
    std::size_t start;  // of the line that text stands in
    std::size_t tab = kNone;
    std::size_t lines = 0;
    while (true) {
        text = bytes_.find('\n', text);
        if (text == std::string_view::npos) return false;
        start = ++text;
        ++lines;
        tab = kNone;
        while (text < bytes_.size() && (bytes_[text] == ' ' || bytes_[text] == '\t')) {
            if (bytes_[text] == '\t' && tab == kNone) tab = text;
            ++text;
        }
        if (tab != kNone && !in_brackets() && static_cast<int>(tab - start) <= level().column) {
            tab_ = tab;  // the library stumbles over it even where the line is empty
            return true;
        }
        if (text >= bytes_.size()) return false;
        if (!line_end_at(text)) break;
    }
    if (bytes_[text] == '#' || is_marker(start)) return false;
    if (static_cast<int>(text - start) <= level().column) return false;
    line_start_ = start;
    line_ += lines;
    at_ = text;
    tab_ = tab;
    return true;
}

std::string_view Scanner::name_at(std::size_t at) const {
    std::size_t end = at;
    while (end < bytes_.size() && name_character(bytes_[end])) ++end;
    return bytes_.substr(at, end - at);
}

bool Scanner::fetch_name(bool alias) {
    if (!save_key()) return false;
    const std::size_t begin = at_;
    const std::string_view name = name_at(at_ + 1);
    const std::string what = alias ? "alias" : "anchor";
    at_ += 1 + name.size();
    if (name.empty()) {
        return fail(Code::yaml_syntax, begin, begin + 1,
                    quote(text(begin, begin + 1)) + " starts an " + what + ", but no name follows",
                    "put quotes around the value if it is no " + what);
    }
    if (!blank_at(at_) && !(in_brackets() && is_flow_indicator(peek()))) {
        return fail(Code::yaml_syntax, at_, at_ + 1,
                    "the name of an " + what + " is made of letters, digits, '-' and '_'",
                    "put quotes around the value if it is no " + what);
    }
    if (last_ == Last::property && (alias || line_ == property_line_)) {
        return fail(Code::yaml_syntax, begin, at_,
                    alias ? "an alias can't have an anchor" : "a value can have one anchor only",
                    "remove one of the two");
    }
    if (!alias) {
        anchors_.emplace(name);
        last_ = Last::property;
        property_line_ = line_;
        tab_ = kNone;
        return true;
    }
    if (++aliases_ > kMostAliases) {
        return fail(Code::too_large, begin, at_, "the file uses more than 100 aliases", "write the values out");
    }
    if (!anchors_.contains(name)) {
        const std::vector<std::string> known(anchors_.begin(), anchors_.end());
        const std::string near = suggestion(name, known);
        fail(Code::unknown_alias, begin, at_, "no anchor " + quote(name) + " stands above this alias",
             near.empty() ? "put quotes around the value if it is no alias" : near);
    }
    const bool first = key().possible && key().offset == begin;
    content(TokenKind::alias, begin, at_);
    if (first) key().alias = true;
    return count_node(begin);
}

bool Scanner::fetch_tag() {
    if (!save_key()) return false;
    const std::size_t begin = at_;
    while (!blank_at(at_) && !(in_brackets() && is_flow_indicator(peek()))) ++at_;
    fail(Code::yaml_tag, begin, at_, "the value carries the tag " + quote(text(begin, at_)),
         "remove the tag, or put quotes around the value if '!' is part of it");
    last_ = Last::property;
    property_line_ = line_;
    tab_ = kNone;
    return true;
}

}  // namespace pipewright::yaml

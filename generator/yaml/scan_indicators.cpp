// The indicators that give a file its structure.
#include "generator/yaml/scanner.h"

namespace pipewright::yaml {

namespace {

// A key that ':' makes may be this long (YAML 1.2.2, 7.4.2 and 8.2.2).
constexpr std::size_t kLongestKey = 1024;

}  // namespace

bool Scanner::fetch_entry() {
    if (in_brackets()) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "'- ' starts a list item, which can't stand inside [ ] or { }",
                    "separate the entries with ',', or put quotes around the value");
    }
    if (!key_allowed_) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a list can't start in the middle of a line",
                    "start the list on the next line, or put quotes around the value");
    }
    if (tab_ != kNone) {
        return fail(Code::tab_indentation, tab_, at_, "a tab indents this list item", "indent with spaces");
    }
    if (column() > level().column) {
        if (!push_level(column(), true)) return false;
    } else if (!level().list) {
        if (last_ != Last::colon && last_ != Last::question && last_ != Last::property) {
            return fail(Code::yaml_syntax, at_, at_ + 1, "a list item stands where a key must stand",
                        "indent it below the key that it belongs to");
        }
        if (!push_level(column(), true)) return false;
    }
    put(TokenKind::entry, at_, at_ + 1);
    ++at_;
    last_ = Last::entry;
    key_allowed_ = true;
    return true;
}

bool Scanner::fetch_question() {
    if (!in_brackets()) {
        if (!key_allowed_) {
            return fail(Code::yaml_syntax, at_, at_ + 1, "a '?' can't start a key in the middle of a line",
                        "put quotes around the value");
        }
        if (tab_ != kNone)
            return fail(Code::tab_indentation, tab_, at_, "a tab indents this key", "indent with spaces");
        if (column() > level().column && !push_level(column(), false)) return false;
        level().explicit_key = true;
    } else if (last_ != Last::comma && last_ != Last::open) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a '?' can't stand here", "put quotes around the value");
    }
    put(TokenKind::question, at_, at_ + 1);
    ++at_;
    last_ = Last::question;
    key_allowed_ = !in_brackets();
    return true;
}

bool Scanner::colon_is_indicator() const {
    if (blank_at(at_ + 1)) return true;
    if (!in_brackets()) return false;
    const char next = bytes_[at_ + 1];
    return json_key_ || next == ',' || next == ']' || next == '}' || next == '[' || next == '{';
}

bool Scanner::fetch_colon() {
    PossibleKey& simple = key();
    if (in_brackets()) {
        Bracket& bracket = brackets_.back();
        if (bracket.colon) {
            return fail(Code::yaml_syntax, at_, at_ + 1, "a second ':' in one entry",
                        "write ',' between two entries, or put quotes around the value");
        }
        const bool after_key = last_ == Last::content || last_ == Last::property;
        const char next = peek(1);
        if ((next == '[' || next == '{') && !json_key_) {
            return fail(Code::yaml_syntax, at_, at_ + 1, "a ':' needs a space behind it", "write a space after ':'");
        }
        if (!after_key) return fail(Code::complex_key, at_, at_ + 1, "there is no key before this ':'", "write a key");
        const bool explicit_key = tokens_.size() >= 2 && tokens_[tokens_.size() - 2].kind == TokenKind::question;
        if (!explicit_key && (!simple.possible || simple.line != line_)) {
            return fail(Code::yaml_syntax, at_, at_ + 1, "a key and its ':' must stand on one line",
                        "write the key on the line of its ':'");
        }
        bracket.colon = true;
    } else if (simple.possible && simple.line == line_ && at_ - simple.offset <= kLongestKey) {
        if (simple.tab != kNone) {
            return fail(Code::tab_indentation, simple.tab, simple.offset, "a tab indents this key",
                        "indent with spaces");
        }
        if (simple.column > level().column && !push_level(simple.column, false)) return false;
        level().explicit_key = false;
    } else if (key_allowed_ && level().explicit_key && column() == level().column && last_ != Last::question) {
        level().explicit_key = false;
    } else {
        return misplaced_colon();
    }
    if (simple.possible && simple.alias) {
        return fail(Code::complex_key, simple.offset, simple.end, "an alias can't be a key", "write the key itself");
    }
    const bool was_simple = simple.possible;
    simple = PossibleKey{};
    put(TokenKind::colon, at_, at_ + 1);
    ++at_;
    last_ = Last::colon;
    key_allowed_ = !in_brackets() && !was_simple;
    return true;
}

bool Scanner::misplaced_colon() {
    const bool fresh = last_ != Last::content || key_allowed_;
    if (fresh) return fail(Code::complex_key, at_, at_ + 1, "there is no key before this ':'", "write a key");
    if (line_ == marker_line_) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a map can't start on the line of '---'",
                    "start it on the next line");
    }
    const Token& value = tokens_.back();
    const bool same_line =
        bytes_.substr(value.span.offset, at_ - value.span.offset).find('\n') == std::string_view::npos;
    if (!same_line) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "this ':' stands within a value that started on a line above",
                    "check the indentation of both lines, or put quotes around the value");
    }
    if (at_ - value.span.offset > kLongestKey) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "the key before this ':' is longer than 1024 bytes", "shorten it");
    }
    return fail(Code::yaml_syntax, at_, at_ + 1, "a second ':' on one line",
                "put quotes around the value, or start a new line after the first ':'");
}

bool Scanner::fetch_comma() {
    if (last_ == Last::comma || last_ == Last::open) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "nothing stands before this ','", "remove it, or write a value");
    }
    put(TokenKind::comma, at_, at_ + 1);
    ++at_;
    last_ = Last::comma;
    key_allowed_ = true;
    brackets_.back().colon = false;
    brackets_.back().key = PossibleKey{};
    return true;
}

bool Scanner::fetch_open() {
    if (!save_key() || !count_node(at_)) return false;
    if (levels_.size() + brackets_.size() > kDeepest) {
        return fail(Code::too_large, at_, at_ + 1, "this is nested deeper than 64 levels", "a manifest needs a few");
    }
    const char c = peek();
    put(c == '[' ? TokenKind::open_list : TokenKind::open_map, at_, at_ + 1);
    brackets_.push_back({c, at_, false, {}});
    ++at_;
    last_ = Last::open;
    key_allowed_ = true;
    return true;
}

bool Scanner::fetch_close() {
    const char c = peek();
    const std::string here = std::string("'") + c + "'";
    if (!in_brackets()) {
        return fail(Code::yaml_syntax, at_, at_ + 1, here + " closes nothing",
                    "remove it, or put quotes around the value");
    }
    const char expected = brackets_.back().open == '[' ? ']' : '}';
    if (c != expected) {
        return fail(Code::yaml_syntax, at_, at_ + 1, here + " can't close '" + brackets_.back().open + "'",
                    std::string("write '") + expected + "'");
    }
    brackets_.pop_back();
    content(c == ']' ? TokenKind::close_list : TokenKind::close_map, at_, at_ + 1);
    ++at_;
    json_key_ = true;
    return true;
}

}  // namespace pipewright::yaml

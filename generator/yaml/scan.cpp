#include "generator/yaml/scan.h"

#include <algorithm>

#include "generator/text/quote.h"
#include "generator/text/utf8.h"
#include "generator/yaml/scanner.h"

namespace pipewright::yaml {

std::optional<std::vector<Token>> scan(std::string_view bytes, SourceId source, Diagnostics& diagnostics) {
    Scanner scanner(bytes, source, diagnostics);
    if (!scanner.run()) return std::nullopt;
    return scanner.take_tokens();
}

Scanner::Scanner(std::string_view bytes, SourceId source, Diagnostics& diagnostics)
    : bytes_(bytes), source_(source), diagnostics_(diagnostics), levels_{Level{}} {}

bool Scanner::run() {
    while (true) {
        if (!skip_to_token()) return false;
        if (at_ >= bytes_.size()) return finish() && sound_;
        if (!fetch()) return false;
    }
}

// Goes over spaces, comments and line ends, to the next token or the end.
bool Scanner::skip_to_token() {
    while (at_ < bytes_.size()) {
        if (peek() == ' ' || peek() == '\t') {
            if (peek() == '\t' && tab_ == kNone) tab_ = at_;
            ++at_;
        } else if (peek() == '#') {
            if (at_ != line_start_ && bytes_[at_ - 1] != ' ' && bytes_[at_ - 1] != '\t') {
                return fail(Code::yaml_syntax, at_, at_ + 1, "a comment needs a space before its '#'",
                            "write a space before '#'");
            }
            while (!line_end_at(at_)) ++at_;
        } else if (line_end_at(at_)) {
            newline();
            if (!in_brackets()) key_allowed_ = true;
        } else {
            break;
        }
    }
    return true;
}

bool Scanner::fetch() {
    if (key().possible && key().line != line_ && !drop_key(key())) return false;
    if (fresh_line_) {
        if (is_marker(at_)) return marker();
        if (!ended_ && !start_of_line()) return false;
    }
    if (ended_) {
        return fail(Code::several_documents, at_, at_ + 1, "the file goes on after '...'",
                    "keep one document in a file");
    }
    const char c = peek();
    const bool alone = blank_at(at_ + 1);
    if (c == '-' && alone) return fetch_entry();
    if (c == '?' && alone) return fetch_question();
    if (c == ':' && colon_is_indicator()) return fetch_colon();
    if (in_brackets() && c == ',') return fetch_comma();
    if (c == ']' || c == '}') return fetch_close();
    if (c == '%' && column() == 0 && last_ == Last::start && !marked_) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a directive ('%') has no use here", "remove this line");
    }
    if (!before_content()) return false;
    switch (c) {
        case '[':
        case '{': return fetch_open();
        case '&': return fetch_name(false);
        case '*': return fetch_name(true);
        case '!': return fetch_tag();
        default: return fetch_scalar();
    }
}

// The checks of indentation, which the first token of a line has to pass.
bool Scanner::start_of_line() {
    fresh_line_ = false;
    if (tab_ != kNone) {
        return fail(Code::tab_indentation, tab_, at_, "a tab indents this line", "indent with spaces");
    }
    if (in_brackets()) {
        // Lines within brackets are indented (YAML 1.2.2, 6.1); only what closes them may stand further left.
        const bool closes = peek() == ']' || peek() == '}';
        return closes || column() > level().column || unclosed_bracket();
    }
    if (!unroll(column())) return false;
    if (last_ == Last::content && levels_.size() == 1) return before_content();
    if (last_ == Last::content && column() > level().column) {
        return fail(Code::yaml_syntax, at_, at_ + 1,
                    "this line is indented deeper than the one that it follows, which already has its value",
                    "give it the indentation of the lines beside it");
    }
    return true;
}

// Closes the levels that a line at this column is no part of.
bool Scanner::unroll(int column) {
    bool closed = false;
    while (level().column > column) {
        levels_.pop_back();
        closed = true;
    }
    const bool entry = peek() == '-' && blank_at(at_ + 1);
    if (level().list && level().column == column && !entry && levels_[levels_.size() - 2].column == column) {
        levels_.pop_back();  // a list may stand at the column of its key
        closed = true;
    }
    if (closed) last_ = Last::content;  // a value that was still awaited is left out
    if (closed && level().column < column) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "the indentation of this line matches no line above",
                    "give it exactly the indentation of the lines that it belongs to");
    }
    if (level().list && level().column == column && !entry) {
        return fail(Code::yaml_syntax, at_, at_ + 1,
                    "a list goes on with '- ', but this line starts with something else",
                    "indent the line to make it part of the item above, or start it with '- '");
    }
    return true;
}

bool Scanner::is_marker(std::size_t at) const {
    const bool line_start = at == 0 || bytes_[at - 1] == '\n';
    const std::string_view word = bytes_.substr(at, 3);
    return line_start && (word == "---" || word == "...") && blank_at(at + 3);
}

bool Scanner::unclosed_bracket() {
    const Bracket& bracket = brackets_.back();
    return fail(Code::yaml_syntax, bracket.offset, bracket.offset + 1,
                std::string("'") + bracket.open + "' is never closed",
                std::string("close it with '") + (bracket.open == '[' ? ']' : '}') + "'");
}

bool Scanner::marker() {
    if (in_brackets()) return unclosed_bracket();
    const bool start = peek() == '-';
    if (start && (marked_ || ended_ || last_ != Last::start)) {
        return fail(Code::several_documents, at_, at_ + 3, "a second document starts here",
                    "keep one document in a file, and remove this '---'");
    }
    levels_.resize(1);
    (start ? marked_ : ended_) = true;
    at_ += 3;
    marker_line_ = line_;
    fresh_line_ = false;
    key_allowed_ = false;  // a map can't start on the line of a marker
    tab_ = kNone;
    return true;
}

// What every value and every bracket, anchor or tag before a value needs.
bool Scanner::before_content() {
    if (last_ != Last::content) return true;
    if (in_brackets()) {
        return fail(Code::yaml_syntax, at_, at_ + 1, "a ',' is missing before this", "write ',' between two entries");
    }
    if (column() == level().column && key_allowed_) return true;
    return fail(Code::yaml_syntax, at_, at_ + 1, "something follows a value that is already complete",
                "put it on a line of its own, or put quotes around the whole value");
}

bool Scanner::finish() {
    if (in_brackets()) return unclosed_bracket();
    if (key().possible && !drop_key(key())) return false;
    if (!tokens_.empty() || !sound_) return true;
    return fail(Code::empty_document, 0, 0, "the file holds nothing", "write at least one key");
}

bool Scanner::push_level(int column, bool list) {
    if (levels_.size() + brackets_.size() > kDeepest) {
        return fail(Code::too_large, at_, at_ + 1, "this is nested deeper than 64 levels", "a manifest needs a few");
    }
    levels_.push_back({column, list, false});
    return count_node(at_);
}

// Gives up on a possible key: its line has ended without ':'.
bool Scanner::drop_key(PossibleKey& key) {
    if (key.required) {
        std::size_t end = key.end;
        for (std::size_t i = key.offset; i < end; ++i) {
            if (line_end_at(i)) end = i;
        }
        return fail(Code::yaml_syntax, key.offset, end, "there is no ':' after " + quote(text(key.offset, end)),
                    "write 'key: value', or indent the line if it belongs to the value above");
    }
    key = PossibleKey{};
    return true;
}

// Notes that what starts here becomes a key if ':' follows.
bool Scanner::save_key() {
    if (!key_allowed_) return true;
    PossibleKey& key = this->key();
    if (key.possible && !drop_key(key)) return false;
    const bool required = !in_brackets() && !level().list && level().column == column();
    key = {true, required, at_, at_ + 1, line_, column(), tab_, false};
    key_allowed_ = false;
    return true;
}

bool Scanner::fail(Code code, std::size_t begin, std::size_t end, std::string message, std::string help) {
    // A span of one stands for one character, which may be several bytes.
    if (end == begin + 1 && begin < bytes_.size()) end = begin + utf8::decode(bytes_, begin).size;
    diagnostics_.report(code, span(begin, end), std::move(message), std::move(help));
    sound_ = false;
    return false;
}

Span Scanner::span(std::size_t begin, std::size_t end) const {
    end = std::min(end, bytes_.size());
    begin = std::min(begin, end);
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
}

bool Scanner::count_node(std::size_t at) {
    if (++nodes_ <= kMostNodes) return true;
    return fail(Code::too_large, at, at + 1, "the file holds more than 20000 values", "a manifest needs a few hundred");
}

void Scanner::put(TokenKind kind, std::size_t begin, std::size_t end) {
    tokens_.push_back({kind, span(begin, end)});
    tab_ = kNone;
    json_key_ = false;
}

// A token after which a value is complete.
void Scanner::content(TokenKind kind, std::size_t begin, std::size_t end) {
    put(kind, begin, end);
    last_ = Last::content;
    key_allowed_ = false;
    if (key().possible) key().end = end;
}

char Scanner::peek(std::size_t ahead) const { return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0'; }

bool Scanner::line_end_at(std::size_t at) const {
    return at >= bytes_.size() || bytes_[at] == '\n' || bytes_[at] == '\r';
}

bool Scanner::blank_at(std::size_t at) const { return line_end_at(at) || bytes_[at] == ' ' || bytes_[at] == '\t'; }

// Steps over a line end.
void Scanner::newline() {
    at_ = std::min(bytes_.size(), bytes_.find('\n', at_));
    if (at_ < bytes_.size()) ++at_;
    line_start_ = at_;
    ++line_;
    fresh_line_ = true;
    tab_ = kNone;
}

}  // namespace pipewright::yaml

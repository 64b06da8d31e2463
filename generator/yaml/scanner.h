// The machine behind scan(): not for other files to include.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/text/diagnostic.h"
#include "generator/yaml/scan.h"

namespace pipewright::yaml {

// One walk over the bytes, after the scanner that YAML's reference describes: a stack of block levels by their
// column, a stack of open brackets, and one possible key a bracket that a later ':' makes a key.
class Scanner {
public:
    Scanner(std::string_view bytes, SourceId source, Diagnostics& diagnostics);

    // False after an error; the tokens are whole only when it is true.
    bool run();
    std::vector<Token> take_tokens() { return std::move(tokens_); }

private:
    // A block list or map: the column of its dashes or keys.
    struct Level {
        int column = -1;
        bool list = false;
        bool explicit_key = false;  // a '?' waits for its ':'
    };

    // Something that becomes a key if ':' follows on its line.
    struct PossibleKey {
        bool possible = false;
        bool required = false;  // it stands where nothing but a key can stand
        std::size_t offset = 0;
        std::size_t end = 0;
        std::size_t line = 0;
        int column = 0;
        std::size_t tab = kNone;
        bool alias = false;
    };

    struct Bracket {
        char open = '[';
        std::size_t offset = 0;
        bool colon = false;  // this entry has had its ':'
        PossibleKey key;
    };

    enum class Last { start, entry, question, colon, comma, open, property, content };

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    // scan.cpp: structure
    bool skip_to_token();
    bool fetch();
    bool start_of_line();
    bool marker();
    bool unclosed_bracket();
    bool is_marker(std::size_t at) const;
    bool before_content();
    bool finish();
    bool push_level(int column, bool list);
    bool unroll(int column);
    bool drop_key(PossibleKey& key);
    bool save_key();

    // scan_indicators.cpp: - ? : , [ ] { }
    bool fetch_entry();
    bool fetch_question();
    bool fetch_colon();
    bool fetch_comma();
    bool fetch_open();
    bool fetch_close();
    bool colon_is_indicator() const;
    bool misplaced_colon();

    // scan_scalars.cpp: values
    bool fetch_scalar();
    bool fetch_quoted();
    bool after_quote(std::size_t begin, bool one_line);
    bool escape();
    bool fetch_block_scalar();
    bool anchored_item() const;
    bool crowded_anchor();
    bool block_header(int& explicit_indent);
    bool fetch_plain();
    bool plain_line(std::size_t& end);
    bool plain_goes_on();
    bool fetch_name(bool alias);
    bool fetch_tag();
    std::string_view name_at(std::size_t at) const;

    bool fail(Code code, std::size_t begin, std::size_t end, std::string message, std::string help);
    Span span(std::size_t begin, std::size_t end) const;
    bool count_node(std::size_t at);
    void put(TokenKind kind, std::size_t begin, std::size_t end);
    void content(TokenKind kind, std::size_t begin, std::size_t end);
    char peek(std::size_t ahead = 0) const;
    bool blank_at(std::size_t at) const;  // a space, a tab, a line end or the end of the file
    bool line_end_at(std::size_t at) const;
    void newline();
    bool in_brackets() const { return !brackets_.empty(); }
    PossibleKey& key() { return brackets_.empty() ? key_ : brackets_.back().key; }
    Level& level() { return levels_.back(); }
    int column() const { return static_cast<int>(at_ - line_start_); }
    std::string_view text(std::size_t begin, std::size_t end) const { return bytes_.substr(begin, end - begin); }

    std::string_view bytes_;
    SourceId source_;
    Diagnostics& diagnostics_;
    std::vector<Token> tokens_;
    std::vector<Level> levels_;
    std::vector<Bracket> brackets_;
    PossibleKey key_;
    std::set<std::string, std::less<>> anchors_;
    std::size_t aliases_ = 0;
    std::size_t nodes_ = 0;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::size_t line_ = 1;
    std::size_t tab_ = kNone;  // the first tab since the last indicator of this line
    Last last_ = Last::start;
    std::size_t marker_line_ = 0;    // where '---' or '...' stood last
    std::size_t property_line_ = 0;  // where an anchor or a tag stood last
    bool fresh_line_ = true;         // nothing but spaces stands before on this line
    bool key_allowed_ = true;
    bool json_key_ = false;  // the last token lets ':' follow without a space in brackets
    bool marked_ = false;    // '---' was seen
    bool ended_ = false;     // '...' was seen
    bool sound_ = true;      // no error that lets the scan go on
};

}  // namespace pipewright::yaml

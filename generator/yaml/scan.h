// A scan of a file's bytes before the YAML library sees them. It finds every value and indicator with its exact place,
// and refuses what the library would take wrongly, answer without a place, or overflow its stack on.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::yaml {

// The bounds of one file. kMostNodes counts values as if every alias were written out.
constexpr std::size_t kMostNodes = 20000;
constexpr std::size_t kMostAliases = 100;
constexpr std::size_t kDeepest = 64;

enum class TokenKind {
    entry,          // the - of a list item
    question,       // the ? of an explicit key
    colon,          // the : between key and value
    comma,          // between the entries of [ ] and { }
    open_list,      // [
    close_list,     // ]
    open_map,       // {
    close_map,      // }
    plain,          // a scalar without quotes
    single_quoted,  // with its quotes, as the next
    double_quoted,
    block_scalar,  // from its | or > to its last line that is not blank
    alias,         // *name
};

struct Token {
    TokenKind kind;
    Span span;
    // Of a block scalar: where its last line ends, empty lines included, and how many columns indent its lines.
    std::uint32_t end = 0;
    std::uint32_t indent = 0;
};

// Takes bytes that check_bytes let pass; gives the tokens of its only document in order, or nothing after an error.
// Anchors, comments and the markers --- and ... are no tokens. The rules are those of YAML 1.2.2 (chapters 6 to 9)
// with these narrower ones: no tags, no directives, no tabs before the first character of a line, keys within one
// line and 1024 bytes, an anchor before a list item's text of several lines on a line of its own, anchor names of
// letters, digits, - and _, no ? within an unquoted value of [ ] or { }. Errors: PW0004, PW0005, PW0006, PW0009,
// PW0010, PW0011, PW0012, PW0013, PW0014.
std::optional<std::vector<Token>> scan(std::string_view bytes, SourceId source, Diagnostics& diagnostics);

}  // namespace pipewright::yaml

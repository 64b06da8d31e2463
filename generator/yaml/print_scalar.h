// How one piece of text is written in YAML so that every reader gets the same string back: plain, quoted, or as a
// literal block.
#pragma once

#include <string>
#include <string_view>

namespace pipewright::yaml {

// Where a scalar stands: what may be plain differs.
enum class Place { value, key, flow };

// The text on one line: plain where YAML 1.1 and 1.2 both read it as that string, else in double quotes, or in single
// quotes where that saves escapes. Bytes that aren't UTF-8 become U+FFFD.
std::string print_scalar(std::string_view text, Place place);

// Whether YAML 1.1 takes this plain word for a boolean and YAML 1.2 for a string: on, off, yes, no, y, n.
bool is_old_boolean(std::string_view text);

// The header of a literal block that holds the text (|, |-, |+, with an indentation of 2 written out where the first
// line begins with a blank), or nothing where a reader would get other text out of the block. With at_root there may
// be no indentation in the header, because readers differ about what it counts from; with at_end, no blank lines at
// the end.
std::string literal_header(std::string_view text, bool at_root, bool at_end);

// Text that may stand in a comment: what isn't printable becomes a space; no blanks at the end.
std::string comment_text(std::string_view text);

}  // namespace pipewright::yaml

// UTF-8 as bytes: decoding, counting, and the width that a terminal gives a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pipewright::utf8 {

// One decoded code point. size is how many bytes it took (at least 1, so that a loop goes on); a malformed
// sequence (overlong, surrogate, past U+10FFFF, cut off) has valid = false and size 1.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 1;
    bool valid = false;
};

// Decodes the code point at offset, which must lie inside the text.
CodePoint decode(std::string_view text, std::size_t offset);

// How many code points a text holds; each malformed byte counts as one.
std::size_t length(std::string_view text);

// Appends the UTF-8 form of a code point.
void append(std::string& to, char32_t value);

// Columns in a terminal: 0 for combining marks, 2 for wide characters (East Asian wide and emoji), else 1.
int width(char32_t value);

// Whether a character shows: neither a control character, nor a line or paragraph separator, nor a direction
// override, nor a byte order mark, nor a non-character.
bool printable(char32_t value);

}  // namespace pipewright::utf8

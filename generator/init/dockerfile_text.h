// The text of a Dockerfile: its instructions, words and variables, without what they mean.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::init {

struct Instruction {
    std::string name;  // upper case
    std::string rest;  // continuation lines joined
    std::size_t line = 0;
};

// Continuation lines joined, comments and here-documents left out.
std::vector<Instruction> instructions_of(std::string_view text);

using Variables = std::map<std::string, std::string, std::less<>>;

// The text with $NAME, ${NAME}, ${NAME:-word} and ${NAME:+word} replaced; nothing where a value isn't known,
// and where it grows beyond all measure.
std::optional<std::string> expand(std::string_view text, const Variables& variables);

// Without the quotes around it.
std::string without_quotes(std::string_view text);

// The blank-separated words of a text; a word in quotes may hold blanks.
std::vector<std::string> words_of(std::string_view text);

// Whether a variable's name may hold it.
bool name_character(char c);

}  // namespace pipewright::init

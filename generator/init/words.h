// Small work on the texts of other people's files: nothing here believes that they are well formed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::init {

std::string_view trim(std::string_view text);

// The lines of a text without their ends, be those LF or CRLF.
std::vector<std::string_view> lines_of(std::string_view text);

// The parts between the separators.
std::vector<std::string_view> split(std::string_view text, char separator);

// Whether the text has the word, with neither a letter nor a digit beside it.
bool has_word(std::string_view text, std::string_view word);

// The number that a text of digits alone is; nothing for other texts and for numbers from 2^31 on.
std::optional<std::int64_t> to_number(std::string_view text);

// The first version in a text, as in ">=20.11 <23" or "v22": its parts joined by dots, "20.11". Empty without one.
std::string first_version(std::string_view text);

// A name of the manifest, made of any text: lower-case letters and digits in groups joined by single hyphens, at most
// `limit` bytes. Empty where the text has neither a letter nor a digit of ASCII.
std::string to_name(std::string_view text, std::size_t limit);

// The words that a POSIX shell would make of a line; nothing where only a shell can say what it means (a variable, a
// pipe, a redirection, a second command), or where a quote is never closed.
std::optional<std::vector<std::string>> shell_words(std::string_view line);

// What a container has to run for a line: its words, or a shell with the line.
std::vector<std::string> command_of(std::string_view line);

// The folder of a relative path ("." for a file at the top), the last part of a path, and two paths joined.
std::string folder_of(std::string_view path);
std::string last_part(std::string_view path);
std::string below(std::string_view folder, std::string_view name);

// A relative path without "." and "..", counted from a folder; nothing where it leaves the top or is absolute.
std::optional<std::string> normal_path(std::string_view folder, std::string_view path);

}  // namespace pipewright::init

// Standard streams: whether a person looks at them, and writing all of a text to them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "generator/system/result.h"

namespace pipewright::system {

inline constexpr int kStandardInput = 0;
inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;

// --color
enum class ColourWish { automatic, always, never };

// "auto", "always" and "never"; nothing for other words.
std::optional<ColourWish> colour_wish(std::string_view word);

// Looks up a variable of the environment.
using Environment = std::function<std::optional<std::string>(const std::string&)>;
Environment process_environment();

// Whether to colour. A wish other than automatic decides. Then, in this order: NO_COLOR (not empty) says no
// (no-color.org); CLICOLOR_FORCE or FORCE_COLOR (not empty, not "0" or "false") says yes; TERM=dumb or none, and
// CLICOLOR=0, say no; else the stream must be a terminal.
bool use_colour(ColourWish wish, bool terminal, const Environment& environment);

bool is_terminal(int stream);

// From here on, writing to a closed pipe is an error value (EPIPE) and not the end of the process.
void ignore_broken_pipes();

// Writes all bytes, however little the system takes at once, and waits for a stream that doesn't block.
Result<Done> write_all(int stream, std::string_view bytes);

// Reads a stream to its end.
Result<std::string> read_all(int stream);

}  // namespace pipewright::system

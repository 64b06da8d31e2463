// Whether a person looks at a stream, and wants colours. Writing and reading are in stream.h.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "generator/system/stream.h"

namespace pipewright::system {

// --color
enum class ColourWish { automatic, always, never };

// "auto", "always" and "never"; nothing for other words.
std::optional<ColourWish> colour_wish(std::string_view word);

// Looks up a variable of the environment.
using Environment = std::function<std::optional<std::string>(const std::string&)>;
Environment process_environment();

// Whether to colour. A wish other than automatic decides. Then, in this order: NO_COLOR (not empty) says no
// (no-color.org); CLICOLOR_FORCE or FORCE_COLOR (not empty, not "0" or "false") says yes; TERM=dumb or none, and
// CLICOLOR=0 (bixense.com/clicolors), say no; else the stream must be a terminal.
bool use_colour(ColourWish wish, bool terminal, const Environment& environment);

bool is_terminal(int stream);

}  // namespace pipewright::system

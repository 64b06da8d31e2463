// Texts so written that Markdown shows them and makes nothing else of them.
#pragma once

#include <string>
#include <string_view>

namespace pipewright::markdown {

// Only what can be shown: tabs and line ends of every kind become spaces, other characters that don't print U+FFFD.
std::string visible(std::string_view text);

// The same for text of several lines: LF ends a line (CR LF and CR too), tabs stay.
std::string visible_lines(std::string_view text);

struct Surroundings {
    bool line_start = false;  // where "#", "-", "1." and the like begin a block
    bool heading = false;     // where "#" at the end of the line is no text
};

// Visible text, escaped. It may be followed by any markup.
std::string escape(std::string_view text, Surroundings around);

// A code span around visible text that isn't empty. With pipes, these are escaped as a table wants them.
std::string code_span(std::string_view text, bool pipes);

// An address for the parentheses of a link, percent-encoded; empty where its scheme is none that a page should link to.
std::string link_address(std::string_view address);

// &#123; for a code point.
std::string entity(char32_t value);

}  // namespace pipewright::markdown

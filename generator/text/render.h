// Drawing messages for a person: the line, a caret under the place, and what to write instead.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright {

// Takes any text, gives one that is safe to send to a terminal: control characters, line ends, direction overrides and
// bytes that are no UTF-8 are written as \n, \t, \x1B, \u202E or \xFF. What is printable stays as it is.
std::string visible(std::string_view text);

// One message as text that ends with a line feed:
//
//   pipewright.yaml:12:5: error: unknown key 'enviroments' [PW0103]
//      12 |     enviroments:
//         |     ^~~~~~~~~~~
//         = did you mean 'environments'?
//
// (without the indentation of this comment). Line and column count from 1, the column in code points. Tabs are drawn
// as spaces to the next multiple of four, wide characters take two columns, long lines are cut around the caret with
// …, a span of several lines is underlined to the end of its first, an empty one has a lone caret. Without a place
// there is no path and no line. With colour, ECMA-48 sequences are put around the parts and nothing else changes.
std::string render_text(const Diagnostic& diagnostic, const Sources& sources, bool colour);

// All messages in the order given and a closing line that counts them; empty for none.
std::string render_text(const std::vector<Diagnostic>& diagnostics, const Sources& sources, bool colour);

// "2 errors, 1 warning", with notes too where there are some; empty for none.
std::string count_text(const std::vector<Diagnostic>& diagnostics);

}  // namespace pipewright

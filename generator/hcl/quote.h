// How texts are written in Terraform's language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pipewright::hcl {

// What stands between quotes for a text, with escapes for all that doesn't show. With followed_by_interpolation a $ at
// the end is escaped too, since $ and ${ together would escape that.
std::string quoted_inside(std::string_view text, bool followed_by_interpolation);

std::string quoted(std::string_view text);

// The key of an object: plain where it is an identifier and no keyword, else in quotes and all in ASCII, so that its
// width is its length.
std::string object_key(std::string_view text);

// Whether a heredoc <<-EOT holds exactly this text.
bool fits_heredoc(std::string_view text);

// One line of such a text, escaped.
std::string heredoc_line(std::string_view line);

// Text that may stand in a comment: what isn't printable becomes a space; no blanks at the end.
std::string comment_text(std::string_view text);

}  // namespace pipewright::hcl

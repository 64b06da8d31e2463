// How a word stands in the lock: '%', blanks and all that isn't printable ASCII as %XX.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pipewright::files {

std::string escape(std::string_view word);

// The word back; nothing unless it is exactly what escape would have written.
std::optional<std::string> unescape(std::string_view word);

}  // namespace pipewright::files

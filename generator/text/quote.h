// Words of the user in a message.
#pragma once

#include <string>
#include <string_view>

namespace pipewright {

// The text in single quotes, cut with … where it is longer than a message can bear (40 code points).
std::string quote(std::string_view text);

}  // namespace pipewright

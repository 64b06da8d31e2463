// Letters of ASCII in the other case, the same in every locale.
#pragma once

#include <string>
#include <string_view>

namespace pipewright {

std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

// A name of the manifest as part of a variable's: web-api is WEB_API. Such names hold no underscore, so that no two
// become one.
std::string variable_word(std::string_view name);

}  // namespace pipewright

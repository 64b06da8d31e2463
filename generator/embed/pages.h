// The files of docs/codes/, embedded into the program when it is built.
#pragma once

#include <string_view>

namespace pipewright::embed {

// The bytes of docs/codes/ID.md; empty where there is none.
std::string_view page(std::string_view id);

}  // namespace pipewright::embed

// SHA-256 as FIPS 180-4 defines it. It is small enough to keep here, and a library for it would be our only one for
// cryptography; it names contents, nothing secret depends on it.
#pragma once

#include <string>
#include <string_view>

namespace pipewright::files {

// The digest of the bytes as 64 small hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace pipewright::files

// Open files and pipes, by their numbers: all of a text in, all of it out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/system/result.h"

namespace pipewright::system {

inline constexpr int kStandardInput = 0;
inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;

// From here on, writing to a closed pipe is an error value (EPIPE) and not the end of the process.
void ignore_broken_pipes();

// Writes all bytes, however little the system takes at once, and waits for a stream that doesn't block.
Result<Done> write_all(int stream, std::string_view bytes);

// Reads a stream to its end, or as many bytes as are wanted at most.
Result<std::string> read_all(int stream, std::size_t most = std::string::npos);

// Reads one line and not a byte more; without its end, which is LF or CRLF. Nothing at the end of the stream, where
// what stands there without a line's end counts as a line.
Result<std::optional<std::string>> read_line(int stream);

}  // namespace pipewright::system

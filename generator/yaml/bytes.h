// The first look at a file: is it text that a YAML reader and a person both see the same way?
#pragma once

#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::yaml {

// Larger files are refused before anything else looks at them.
constexpr std::size_t kLargestFile = 1024 * 1024;

// Takes a source, gives whether it may be parsed. Errors: PW0009 (more than kLargestFile), PW0001 (not UTF-8),
// PW0002 (byte order mark at the start), PW0003 (a character that does not show: control characters, a carriage
// return without line feed, the line ends that only YAML 1.1 knows, direction overrides). At most a few are reported.
bool check_bytes(const Source& source, SourceId id, Diagnostics& diagnostics);

}  // namespace pipewright::yaml

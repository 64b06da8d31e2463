// Reading a YAML file into a tree whose every value knows its place.
#pragma once

#include <optional>

#include "generator/text/diagnostic.h"
#include "generator/text/source.h"
#include "generator/yaml/node.h"

namespace pipewright::yaml {

// Takes a source, gives its only document, or nothing after at least one error was reported. What is accepted is
// YAML 1.2 as far as a manifest needs it: maps with keys that are words, lists, scalars of every style, comments,
// anchors and aliases up to a bound. Errors: those of check_bytes (bytes.h) and scan (scan.h), PW0005 for whatever
// else is no YAML, PW0007 (duplicate key), PW0008 (merge key), PW0009 (too many values once aliases are expanded, or
// an alias within its own value), PW0010 (a key that is a map, a list or null).
//
// In a foreign file, one of another program, a merge key is an entry called "<<" that isn't quoted, as often as it
// stands there; what it means is the caller's to know.
enum class Dialect { manifest, foreign };
std::optional<Node> read(const Sources& sources, SourceId source, Diagnostics& diagnostics,
                         Dialect dialect = Dialect::manifest);

// The same for a caller who goes on to check what is there: after PW0007 and PW0008 the document comes back mended.
std::optional<Node> read_mended(const Sources& sources, SourceId source, Diagnostics& diagnostics,
                                Dialect dialect = Dialect::manifest);

}  // namespace pipewright::yaml

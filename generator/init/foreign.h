// YAML of other programs: a Compose file, a workflow. What can't be read is not there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/yaml/node.h"

namespace pipewright::init {

// Nothing for a file that can't be read; then `why` says the line and what is wrong there.
std::optional<yaml::Node> read_foreign(const std::string& name, std::string_view text, std::string* why = nullptr);

// The value under a key of a map, looked for in its merge keys ('<<') as well; null where there is none, and in what
// is no map.
const yaml::Node* find(const yaml::Node* map, std::string_view key);

// A scalar's text; empty for everything else.
std::string text_of(const yaml::Node* node);

// The texts of a list of scalars, or the one of a lone scalar.
std::vector<std::string> texts_of(const yaml::Node* node);

// The entries of a map, those of its merge keys behind its own; a key that stands in both counts once.
std::vector<const yaml::Entry*> entries_of(const yaml::Node* map);

}  // namespace pipewright::init

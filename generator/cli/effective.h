// What validate --effective prints.
#pragma once

#include <string>

#include "generator/manifest/shown.h"
#include "generator/text/source.h"

namespace pipewright::cli {

// YAML for a person; manifest is its path as the call named it.
std::string effective_yaml(const manifest::Shown& shown, const std::string& manifest, const Sources& sources);

// A document of JSON for a machine: maps as they are, every other value as { "value": …, "from": … }, where from holds
// line and column of what says it, or because, why it is so.
std::string effective_json(const manifest::Shown& shown, const Sources& sources);

}  // namespace pipewright::cli

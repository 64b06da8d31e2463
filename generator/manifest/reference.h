// The language as a person reads it: sections with their keys, from the same tables as the reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/manifest/type.h"

namespace pipewright::manifest {

// What may stand for a type, in words: "a whole number from 1 to 65535". Words of the language stand in `backticks`.
std::string words(const Type& type);

// What a relation says: "`image` excludes `path` and `build`".
std::string words(const Relation& relation);

// A map of the language with its keys.
struct Section {
    std::string path;               // services.NAME.health; empty for the top level
    std::vector<std::string> also;  // further paths at which the same stands
    const Type* type = nullptr;     // a record
    std::vector<const Row*> rows;   // its own, without those of what it is laid over
};

// All of them, in the order of the tables, each type once. What a target takes over from its stack is not repeated.
std::vector<Section> sections();

// Every form of a text that some key must have, once, in the order in which they are met.
std::vector<const Form*> used_forms();

}  // namespace pipewright::manifest

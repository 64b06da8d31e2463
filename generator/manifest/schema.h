// The language as a JSON Schema, for editors: from the same tables as the reader.
#pragma once

#include <string>

namespace pipewright::manifest {

// JSON Schema, draft 2020-12, in the order of the tables, with a line break at the end. It accepts what the reader of
// the tables accepts, but for how a value is written (PW0107) and what no schema can say (PW0113); rules that look at
// several parts of a manifest at once are not in it. tests/schema compares both.
//
// Beside the standard's words there are two that editors know and others ignore: enumDescriptions says what each word
// of an enum means, patternErrorMessage what form a text must have.
std::string json_schema();

}  // namespace pipewright::manifest

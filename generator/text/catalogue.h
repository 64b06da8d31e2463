// The catalogue of diagnostics: one row a code, in codes.inc. A code is never given a second meaning, and never reused.
#pragma once

#include <span>
#include <string_view>

namespace pipewright {

enum class Severity { error, warning, note };

enum class Code {
#define PIPEWRIGHT_CODE(name, id, severity, title) name,
#include "generator/text/codes.inc"
#undef PIPEWRIGHT_CODE
};

struct CodeEntry {
    Code code;
    std::string_view id;
    Severity severity;
    std::string_view title;
};

// The catalogue, in order of ids.
std::span<const CodeEntry> catalogue();

const CodeEntry& describe(Code code);

std::string_view to_string(Severity severity);

}  // namespace pipewright

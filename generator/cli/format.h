// How a command says what it has to say. A format never changes the exit code.
#pragma once

#include <string_view>

namespace pipewright::cli {

// text: for a person. json: everything, versioned. sarif: SARIF 2.1.0, for code scanning. github: annotations, as
// workflow commands. gitlab: a code quality report.
enum class Format { text, json, sarif, github, gitlab };

inline constexpr std::string_view kFormats[] = {"text", "json", "sarif", "github", "gitlab"};

}  // namespace pipewright::cli

// What the reader says about a text, as a person sees it.
#pragma once

#include <string>
#include <string_view>

#include "generator/text/render.h"
#include "generator/yaml/read.h"

namespace pipewright {

// All messages for a text that must not be read; "(read)" where it was.
inline std::string messages(std::string_view bytes) {
    Sources sources;
    const SourceId id = sources.add("pipewright.yaml", std::string(bytes));
    Diagnostics diagnostics;
    if (yaml::read(sources, id, diagnostics)) return "(read)";
    std::string result;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) result += render_text(diagnostic, sources, false);
    return result;
}

}  // namespace pipewright

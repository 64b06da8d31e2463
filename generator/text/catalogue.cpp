#include "generator/text/catalogue.h"

#include <array>

namespace pipewright {

namespace {

constexpr CodeEntry kCatalogue[] = {
#define PIPEWRIGHT_CODE(name, id, severity, title) {Code::name, id, Severity::severity, title},
#include "generator/text/codes.inc"
#undef PIPEWRIGHT_CODE
};

}  // namespace

std::span<const CodeEntry> catalogue() { return kCatalogue; }

const CodeEntry& describe(Code code) { return kCatalogue[static_cast<std::size_t>(code)]; }

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "error";
}

}  // namespace pipewright

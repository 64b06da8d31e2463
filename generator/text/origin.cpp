#include "generator/text/origin.h"

namespace pipewright {

Origins::Origins() { entries_.push_back({}); }

Origin Origins::intern(const Span& span, std::string_view rule) {
    const std::uint64_t place = (static_cast<std::uint64_t>(span.offset) << 32) | span.length;
    const auto [found, added] =
        known_.try_emplace({{span.source, place}, std::string(rule)}, static_cast<std::uint32_t>(entries_.size()));
    if (added) entries_.push_back({span, std::string(rule)});
    return {found->second};
}

}  // namespace pipewright

#include <utility>

#include "generator/hcl/name.h"
#include "generator/hcl/quote.h"

namespace pipewright::hcl {

std::optional<Reference> Reference::parse(std::string_view text) {
    if (!is_traversal(text)) return std::nullopt;
    Reference made;
    made.text_ = text;
    return made;
}

Reference Reference::attribute(std::string_view name) && {
    if (!is_identifier(name)) return std::move(*this).index(name);
    text_ += '.';
    text_ += name;
    return std::move(*this);
}

Reference Reference::index(std::string_view key) && {
    text_ += '[' + quoted(key) + ']';
    return std::move(*this);
}

Reference Reference::index(std::uint32_t position) && {
    text_ += '[' + std::to_string(position) + ']';
    return std::move(*this);
}

Reference Reference::splat() && {
    text_ += "[*]";
    return std::move(*this);
}

}  // namespace pipewright::hcl

// Where a piece of output comes from: a place in the manifest (or nowhere, for a derived value) and the rule that made
// it. Origins are interned, so that every node of a document can carry one in four bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/text/source.h"

namespace pipewright {

// An index into Origins; 0 is "unknown".
struct Origin {
    std::uint32_t index = 0;
    bool known() const { return index != 0; }
    friend bool operator==(const Origin&, const Origin&) = default;
};

struct OriginEntry {
    Span span;
    std::string rule;
};

class Origins {
public:
    Origins();

    // The origin for a place and a rule ("job deploy", "gate of an environment"); the same pair gives the same origin.
    Origin intern(const Span& span, std::string_view rule);

    const OriginEntry& at(Origin origin) const { return entries_.at(origin.index); }

private:
    std::vector<OriginEntry> entries_;
    std::map<std::pair<std::pair<SourceId, std::uint64_t>, std::string>, std::uint32_t> known_;
};

}  // namespace pipewright

// The rules, one file each below rules/, in one table (rules.cpp).
#pragma once

#include <span>
#include <string_view>

#include "generator/verify/verify.h"
#include "generator/verify/world.h"

namespace pipewright::verify {

struct Rule {
    int number;
    std::string_view title;
    Verdict (*judge)(const World& world);
};

std::span<const Rule> rules();

Verdict one_build(const World& world);
Verdict digests(const World& world);
Verdict gates(const World& world);
Verdict change_requests(const World& world);
Verdict trust(const World& world);
Verdict permissions(const World& world);
Verdict credentials(const World& world);
Verdict leases(const World& world);
Verdict states(const World& world);
Verdict pins(const World& world);
Verdict shells(const World& world);
Verdict least(const World& world);

}  // namespace pipewright::verify

// What a gate has to be, by the table of delivery.md, and whether it holds a job in a run. Written from that table and
// from the manifest's words, not from what the hosts' lowering decided.
#pragma once

#include <string>

#include "generator/verify/world.h"

namespace pipewright::verify {

// The full ref or pattern on which an environment is deployed.
std::string ref_of(const Project& project, const Environment& environment);

// Whether a ref is the one of a full ref or pattern.
bool is_ref(const std::string& pattern, const std::string& ref);

// Why the gate of an environment doesn't hold a job of a run; empty where it does, or where there is none.
std::string unheld(const World& world, const Run& run, std::size_t job, const Environment& environment);

// On GitHub a release is held by its tag, whose protection a guard asks for: that nobody does, before a job; empty
// where one does, where the gate is another, and where the plan protects no tags. A job beside it that may take the
// same identities on the same tag is held by the tag as well.
std::string unasked(const World& world, const Run& run, std::size_t job, const Environment& environment);

}  // namespace pipewright::verify

// Tag patterns: literals and "*", which doesn't cross "/". GitHub's filters read them so ("Workflow syntax", filter
// pattern cheat sheet); what a cloud's own globs read differently is dealt with where trust is made.
#pragma once

#include <string_view>

namespace pipewright {

bool pattern_matches(std::string_view pattern, std::string_view text);

// Whether some text matches both.
bool patterns_overlap(std::string_view one, std::string_view other);

}  // namespace pipewright

// What two texts have in common, line by line.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace pipewright::files {

// The lines of a text, each with its line end; the last may have none.
std::vector<std::string_view> split_lines(std::string_view text);

// One step on the way from one list of lines to another.
enum class Step : std::uint8_t { keep, remove, add };

// The steps from one list to the other, in every run of changes the removals first: as few as there can be (E. Myers,
// "An O(ND) difference algorithm", 1986), unless finding them would take too long; then all that lies between the
// common beginning and the common end is removed and added.
std::vector<Step> compare_lines(const std::vector<std::string_view>& before,
                                const std::vector<std::string_view>& after);

}  // namespace pipewright::files

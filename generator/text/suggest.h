// "Did you mean": the nearest of the known words.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pipewright {

// How many single edits (insert, delete, replace, swap of neighbours) lie between two words of ASCII.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to word, if it is near enough to be a slip (a third of its length, at most 3 edits, in whatever
// case), else one that is its beginning or begins with it; of two as near, the first. Empty when none is.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

// "did you mean 'x'?" or, when nothing is near and there are few, "known are a, b and c"; empty otherwise.
std::string suggestion(std::string_view word, std::span<const std::string> candidates);

// "a", "a and b", "a, b and c".
std::string listing(std::span<const std::string> words);

}  // namespace pipewright

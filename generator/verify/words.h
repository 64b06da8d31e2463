// Sentences of verdicts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::verify {

inline constexpr std::string_view kArrow = " → ";

// "a, b and c".
std::string listed(const std::vector<std::string>& all);

// The same of no more than four: "a, b, c and 7 others".
std::string some_of(const std::vector<std::string>& all);

std::string joined(const std::vector<std::string>& all, std::string_view between);

// "1 path", "2 paths".
std::string counted(std::size_t number, std::string_view what);

// How many arrows a path has.
std::size_t steps(std::string_view path);

// Adds what isn't there yet.
void add_once(std::vector<std::string>& to, const std::string& one);

bool among(const std::vector<std::string>& all, std::string_view one);

}  // namespace pipewright::verify

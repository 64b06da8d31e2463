#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// What the floors of generator/ may include and call: the rules of docs/architecture.md, as far as a text shows them.
namespace pipewright::floors {

// Floor -> the floors that it may include, its own left out.
using Floors = std::map<std::string, std::set<std::string>>;

// The table of floors as CMakeLists.txt has it in its pipewright_floor lines, lowest first. `complaints` gets a
// sentence for each floor that names one which isn't declared above it: those would be calls upwards.
Floors read_floors(std::string_view cmake, std::vector<std::string>& complaints);

// Every rule that the file breaks, as "path:line: sentence". The path is relative to the repository.
std::vector<std::string> broken_rules(const Floors& floors, const std::string& path, std::string_view text);

}  // namespace pipewright::floors

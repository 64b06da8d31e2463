// Random but repeatable texts that printers are most likely to get wrong, and where the documents made of them go.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pipewright::printers {

using Json = nlohmann::json;

// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, which std::uniform_int_distribution isn't.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    // 0 to below - 1.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <typename T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

private:
    std::uint64_t state_;
};

// A text in UTF-8: a word that some reader takes for something else, or up to eight fragments of trouble.
std::string hostile_text(Random& random);
// A text without line breaks and control characters that stays what it is in Unicode's form NFC.
std::string mild_text(Random& random);
// Several lines, more or less like a script.
std::string hostile_lines(Random& random);
std::int64_t integer(Random& random);

// What is expected is written as JSON in one form for all formats: texts, true, false and null as themselves, integers
// as {"i": "12"}, lists as lists, maps as {"m": [[key, value], ...]}.
Json expected_integer(std::int64_t value);

struct File {
    std::string name;
    std::string bytes;
};

// Printed documents and what their readers must find in them.
struct Made {
    std::vector<File> files;
    Json expected = Json::array();
};

Made make_yaml(Random& random, std::size_t count);
Made make_hcl(Random& random, std::size_t count);
Made make_markdown(Random& random, std::size_t count);

// The first difference between what was expected and what was read, or nothing.
std::string difference(const Json& expected, const Json& actual);

// What yaml-cpp reads from the numbered .yaml files of a folder, and what `terraform output -json` printed.
Json read_yaml_cpp(const std::string& folder);
Json read_terraform(const std::string& file);

}  // namespace pipewright::printers

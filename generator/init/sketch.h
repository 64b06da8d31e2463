// A manifest in the making: values that can still be changed, with the comments that belong to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "generator/yaml/document.h"

namespace pipewright::init {

struct Twig;

struct Sketch {
    enum class Kind { null, boolean, integer, text, list, map };
    Kind kind = Kind::null;
    bool flow = false;  // a list or map on one line
    bool boolean = false;
    std::int64_t integer = 0;
    std::string text;
    std::vector<Twig> twigs;  // of a list (without keys) or a map

    static Sketch of(std::string text);
    static Sketch number(std::int64_t value);
    static Sketch words(const std::vector<std::string>& texts);  // a list on one line
    static Sketch map(bool on_one_line = false);

    // The value under a key; null where there is none.
    Sketch* find(std::string_view key);
    // Puts a value under a key: in the place of the old one, whose comments stay, or at the end. A comment given here
    // stands above it.
    Sketch& put(std::string key, Sketch value, std::vector<std::string> above = {});
    void drop(std::string_view key);
};

struct Twig {
    std::string key;
    Sketch value;
    std::vector<std::string> above;
    std::string beside;
    bool blank_before = false;
};

// The document of a starter, with its comments; its first comment line is the starter's description, and no part of it.
struct Starter {
    std::string name;         // "fargate"
    std::string description;  // one sentence
    Sketch root;
};

// All starters, in order of their names but for the usual one, which comes first. A starter that can't be read is a
// fault of the program (a test reads them all) and is left out.
const std::vector<Starter>& starters();

yaml::Value to_value(const Sketch& sketch);

}  // namespace pipewright::init

// Flags with two sides: --account dev=111111111111.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "generator/project/project.h"

namespace pipewright::init {

// "dev=111" as its two sides; one side alone stands for all.
struct Pair {
    std::string key, value;
};

Pair pair_of(const std::string& text);

// The value of the last pair for one of the keys; a pair without a key is for all that have none of their own.
std::string value_for(const Names& pairs, std::initializer_list<std::string_view> keys);

}  // namespace pipewright::init

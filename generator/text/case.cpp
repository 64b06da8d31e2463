#include "generator/text/case.h"

#include <algorithm>

namespace pipewright {

std::string lower_case(std::string_view text) {
    std::string all(text);
    for (char& c : all) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return all;
}

std::string upper_case(std::string_view text) {
    std::string all(text);
    for (char& c : all) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return all;
}

std::string variable_word(std::string_view name) {
    std::string all = upper_case(name);
    std::replace(all.begin(), all.end(), '-', '_');
    return all;
}

}  // namespace pipewright

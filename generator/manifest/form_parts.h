// Small questions about texts that the checks of forms share.
#pragma once

#include <algorithm>
#include <string_view>

namespace pipewright::manifest::forms {

inline bool lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool digit(char c) { return c >= '0' && c <= '9'; }
inline bool hex(char c) { return digit(c) || (c >= 'a' && c <= 'f'); }
inline bool word(char c) { return lower(c) || upper(c) || digit(c); }
inline bool control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
inline bool one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

template <class Test>
bool all_of(std::string_view text, Test test) {
    return std::all_of(text.begin(), text.end(), test);
}

// Whether each part between separators passes the test; an empty text has one empty part.
template <class Test>
bool each_part(std::string_view text, char separator, Test test) {
    while (true) {
        const std::size_t at = text.find(separator);
        if (!test(text.substr(0, at))) return false;
        if (at == std::string_view::npos) return true;
        text.remove_prefix(at + 1);
    }
}

// Whether it has least to most characters, all of them letters, digits or in a set.
inline bool made_of(std::string_view text, std::size_t least, std::size_t most, std::string_view set) {
    return text.size() >= least && text.size() <= most &&
           all_of(text, [&](char c) { return word(c) || one_of(c, set); });
}

// A number without leading zeros, or -1.
inline int small_number(std::string_view text) {
    if (text.empty() || text.size() > 3 || !all_of(text, digit) || (text.size() > 1 && text.front() == '0')) return -1;
    int number = 0;
    for (const char c : text) number = number * 10 + (c - '0');
    return number;
}

// What an address or a domain ends in: labels of lower-case letters, digits and inner hyphens.
std::string_view check_domain(std::string_view text);

}  // namespace pipewright::manifest::forms

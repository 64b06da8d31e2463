#include "generator/verify/words.h"

#include <algorithm>

namespace pipewright::verify {

std::string listed(const std::vector<std::string>& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) text += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i];
    return text;
}

std::string some_of(const std::vector<std::string>& all) {
    if (all.size() <= 4) return listed(all);
    std::vector<std::string> few(all.begin(), all.begin() + 3);
    few.push_back(std::to_string(all.size() - 3) + " others");
    return listed(few);
}

std::string joined(const std::vector<std::string>& all, std::string_view between) {
    std::string text;
    for (const std::string& one : all) {
        if (!text.empty()) text += between;
        text += one;
    }
    return text;
}

std::string counted(std::size_t number, std::string_view what) {
    std::string text = std::to_string(number) + " " + std::string(what);
    if (number == 1) return text;
    const bool vowel =
        text.size() > 1 && std::string_view("aeiou").find(text[text.size() - 2]) != std::string_view::npos;
    if (text.ends_with("y") && !vowel) return text.substr(0, text.size() - 1) + "ies";
    return text + (text.ends_with("s") ? "es" : "s");
}

std::size_t steps(std::string_view path) {
    std::size_t count = 0;
    for (std::size_t at = path.find(kArrow); at != std::string_view::npos; at = path.find(kArrow, at + kArrow.size()))
        ++count;
    return count;
}

void add_once(std::vector<std::string>& to, const std::string& one) {
    if (!among(to, one)) to.push_back(one);
}

bool among(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace pipewright::verify

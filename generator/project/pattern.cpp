#include "generator/project/pattern.h"

#include <vector>

namespace pipewright {

bool pattern_matches(std::string_view pattern, std::string_view text) {
    // possible[j]: the pattern so far matches the first j characters.
    std::vector<bool> possible(text.size() + 1, false);
    possible[0] = true;
    for (const char p : pattern) {
        std::vector<bool> next(text.size() + 1, false);
        if (p == '*') next[0] = possible[0];
        for (std::size_t j = 0; j < text.size(); ++j) {
            if (p == '*') {
                next[j + 1] = possible[j + 1] || (next[j] && text[j] != '/');
            } else {
                next[j + 1] = possible[j] && text[j] == p;
            }
        }
        possible = std::move(next);
    }
    return possible[text.size()];
}

bool patterns_overlap(std::string_view one, std::string_view other) {
    // reach[i][j]: some text is matched by the first i characters of one and the first j of the other.
    std::vector<std::vector<bool>> reach(one.size() + 1, std::vector<bool>(other.size() + 1, false));
    reach[0][0] = true;
    for (std::size_t i = 0; i <= one.size(); ++i) {
        for (std::size_t j = 0; j <= other.size(); ++j) {
            if (!reach[i][j]) continue;
            const bool star_one = i < one.size() && one[i] == '*';
            const bool star_other = j < other.size() && other[j] == '*';
            if (star_one) reach[i + 1][j] = true;
            if (star_other) reach[i][j + 1] = true;
            if (star_one && j < other.size() && other[j] != '*' && other[j] != '/') reach[i][j + 1] = true;
            if (star_other && i < one.size() && one[i] != '*' && one[i] != '/') reach[i + 1][j] = true;
            if (!star_one && !star_other && i < one.size() && j < other.size() && one[i] == other[j])
                reach[i + 1][j + 1] = true;
        }
    }
    return reach[one.size()][other.size()];
}

}  // namespace pipewright

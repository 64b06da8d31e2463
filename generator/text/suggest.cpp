#include "generator/text/suggest.h"

#include <algorithm>
#include <vector>

#include "generator/text/case.h"

namespace pipewright {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    // Three rows of the matrix of optimal string alignment; words are short, and a longer one is cut.
    constexpr std::size_t kLongest = 80;
    a = a.substr(0, kLongest);
    b = b.substr(0, kLongest);
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t same = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + same});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
    const std::size_t allowed = std::clamp<std::size_t>(word.size() / 3, 1, 3);
    // Keys and names are lower case; whoever writes Port or logRetentionDays means one of them.
    const std::string wanted = lower_case(word);
    std::string best;
    std::size_t distance = allowed + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t edits = edit_distance(wanted, lower_case(candidate));
        if (edits < distance) {
            distance = edits;
            best = candidate;
        }
    }
    if (!best.empty()) return best;
    // A word cut short or drawn out is near as well: devel is dev.
    constexpr std::size_t kStem = 3;
    for (const std::string& candidate : candidates) {
        const std::string known = lower_case(candidate);
        if (std::min(known.size(), wanted.size()) < kStem) continue;
        if (known.starts_with(wanted) || wanted.starts_with(known)) return candidate;
    }
    return best;
}

std::string suggestion(std::string_view word, std::span<const std::string> candidates) {
    constexpr std::size_t kFew = 16;
    const std::string near = nearest(word, candidates);
    if (!near.empty()) return "did you mean '" + near + "'?";
    if (candidates.empty() || candidates.size() > kFew) return {};
    return (candidates.size() == 1 ? "known is " : "known are ") + listing(candidates);
}

std::string listing(std::span<const std::string> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

}  // namespace pipewright

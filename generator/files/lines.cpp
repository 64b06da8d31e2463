#include "generator/files/lines.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <unordered_map>

namespace pipewright::files {

namespace {

// A bound that a diff for a person never meets. It keeps the memory below 20 MB, and the time at a small part of what
// lines times edits could take: in practice, lines plus edits squared.
constexpr int kMostEdits = 1500;

using Numbers = std::vector<int>;

// The search from the beginning: after round d, far(k) is how many lines of `before` are used up at most by d edits
// that leave k more lines removed than added.
class Search {
public:
    Search(std::span<const int> before, std::span<const int> after)
        : before_(before),
          after_(after),
          rounds_(std::min(static_cast<int>(before.size() + after.size()), kMostEdits)),
          far_(2 * static_cast<std::size_t>(rounds_) + 3, 0) {}

    // The steps, in reverse; nothing when they are too many.
    std::optional<std::vector<Step>> run() {
        for (int edits = 0; edits <= rounds_; ++edits) {
            // What the round starts from is all that the way back needs.
            trace_.emplace_back(far_.begin() + at(-edits - 1), far_.begin() + at(edits + 1) + 1);
            for (int k = -edits; k <= edits; k += 2) {
                int x = down(far(k - 1), far(k + 1), k, edits) ? far(k + 1) : far(k - 1) + 1;
                while (same(x, x - k)) ++x;
                far(k) = x;
                if (x >= count(before_) && x - k >= count(after_)) return way_back(edits);
            }
        }
        return std::nullopt;
    }

private:
    static int count(std::span<const int> lines) { return static_cast<int>(lines.size()); }
    std::ptrdiff_t at(int k) const { return rounds_ + 1 + k; }
    int& far(int k) { return far_[static_cast<std::size_t>(at(k))]; }

    // Whether the furthest way to k comes by an addition (from k + 1) and not by a removal (from k - 1). Where both
    // lead equally far it is the removal, so an addition is never followed by a removal: the other order leads further.
    static bool down(int left, int right, int k, int edits) { return k == -edits || (k != edits && left < right); }

    bool same(int x, int y) const {
        return x < count(before_) && y < count(after_) &&
               before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)];
    }

    std::vector<Step> way_back(int edits) const {
        std::vector<Step> steps;
        int x = count(before_);
        int y = count(after_);
        for (; edits >= 0; --edits) {
            const Numbers& round = trace_[static_cast<std::size_t>(edits)];
            const auto was = [&](int k) { return round[static_cast<std::size_t>(k + edits + 1)]; };
            const int k = x - y;
            const bool added = down(was(k - 1), was(k + 1), k, edits);
            const int from_x = edits == 0 ? 0 : added ? was(k + 1) : was(k - 1);
            const int from_y = edits == 0 ? 0 : from_x - (added ? k + 1 : k - 1);
            for (; x > from_x && y > from_y; --x, --y) steps.push_back(Step::keep);
            if (edits > 0) steps.push_back(added ? Step::add : Step::remove);
            x = from_x;
            y = from_y;
        }
        return steps;
    }

    std::span<const int> before_;
    std::span<const int> after_;
    int rounds_;
    Numbers far_;
    std::vector<Numbers> trace_;
};

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

std::vector<Step> compare_lines(const std::vector<std::string_view>& before,
                                const std::vector<std::string_view>& after) {
    std::unordered_map<std::string_view, int> numbers;
    const auto number = [&numbers](const std::vector<std::string_view>& lines) {
        Numbers result;
        result.reserve(lines.size());
        for (const std::string_view line : lines) {
            result.push_back(numbers.emplace(line, static_cast<int>(numbers.size())).first->second);
        }
        return result;
    };
    const Numbers old_lines = number(before);
    const Numbers new_lines = number(after);
    std::span<const int> a(old_lines);
    std::span<const int> b(new_lines);

    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
    a = a.subspan(head);
    b = b.subspan(head);
    std::size_t tail = 0;
    while (tail < a.size() && tail < b.size() && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    a = a.first(a.size() - tail);
    b = b.first(b.size() - tail);

    std::vector<Step> steps(head, Step::keep);
    std::optional<std::vector<Step>> middle;
    if (!a.empty() && !b.empty()) middle = Search(a, b).run();
    if (middle) {
        steps.insert(steps.end(), middle->rbegin(), middle->rend());
    } else {
        steps.insert(steps.end(), a.size(), Step::remove);
        steps.insert(steps.end(), b.size(), Step::add);
    }
    steps.insert(steps.end(), tail, Step::keep);
    return steps;
}

}  // namespace pipewright::files

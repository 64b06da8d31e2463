#include "generator/files/diff.h"

#include <algorithm>
#include <vector>

#include "generator/files/lines.h"

namespace pipewright::files {

namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kLargest = std::size_t{8} << 20;

bool binary(std::string_view bytes) { return bytes.size() > kLargest || bytes.find('\0') != std::string_view::npos; }

// A name as git writes it: in quotes where it holds a quote or a backslash.
std::string quoted(const std::string& name) {
    if (name.find_first_of("\"\\") == std::string::npos) return name;
    std::string result = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') result.push_back('\\');
        result.push_back(c);
    }
    return result + "\"";
}

// The name after "---" and "+++": a tab ends one that holds blanks, as git and patch expect.
std::string header_name(const std::string& name) {
    const std::string word = quoted(name);
    return word.find(' ') == std::string::npos || word.front() == '"' ? word : word + "\t";
}

std::string range(std::size_t first, std::size_t count) {
    // Of no lines, the number is that of the line before.
    if (count == 0) return std::to_string(first) + ",0";
    std::string text = std::to_string(first + 1);
    if (count != 1) text.append(",").append(std::to_string(count));
    return text;
}

// The way from one text to the other, with the lines that it takes.
struct Walk {
    std::vector<Step> steps;
    std::vector<std::string_view> before;
    std::vector<std::string_view> after;
};

void put_line(std::string& text, char mark, std::string_view line) {
    text.push_back(mark);
    text.append(line);
    if (line.empty() || line.back() != '\n') text.append("\n\\ No newline at end of file\n");
}

// One hunk: the steps from begin to end, which start at line x of before and y of after.
void put_hunk(std::string& text, const Walk& walk, std::size_t begin, std::size_t end, std::size_t x, std::size_t y) {
    std::size_t old_count = 0;
    std::size_t new_count = 0;
    std::string body;
    for (std::size_t i = begin; i < end; ++i) {
        const Step step = walk.steps[i];
        if (step == Step::add) {
            put_line(body, '+', walk.after[y + new_count]);
        } else {
            put_line(body, step == Step::keep ? ' ' : '-', walk.before[x + old_count]);
        }
        if (step != Step::add) ++old_count;
        if (step != Step::remove) ++new_count;
    }
    text += "@@ -" + range(x, old_count) + " +" + range(y, new_count) + " @@\n" + body;
}

std::string hunks(std::string_view before, std::string_view after) {
    Walk walk;
    walk.before = split_lines(before);
    walk.after = split_lines(after);
    walk.steps = compare_lines(walk.before, walk.after);
    const std::size_t size = walk.steps.size();
    const auto next_change = [&](std::size_t from) {
        while (from < size && walk.steps[from] == Step::keep) ++from;
        return from;
    };
    std::string text;
    std::size_t x = 0;
    std::size_t y = 0;
    std::size_t at = 0;
    for (std::size_t change = next_change(0); change < size;) {
        const std::size_t begin = change - std::min(kContext, change - at);
        x += begin - at;
        y += begin - at;
        // Changes with so few kept lines between that their contexts touch share a hunk.
        std::size_t last = change;
        for (;;) {
            while (last < size && walk.steps[last] != Step::keep) ++last;
            const std::size_t next = next_change(last);
            if (next == size || next - last > 2 * kContext) {
                change = next;
                break;
            }
            last = next;
        }
        const std::size_t end = std::min(last + kContext, size);
        put_hunk(text, walk, begin, end, x, y);
        for (at = begin; at < end; ++at) {
            if (walk.steps[at] != Step::add) ++x;
            if (walk.steps[at] != Step::remove) ++y;
        }
    }
    return text;
}

std::string git_mode(Mode mode) { return mode == Mode::executable ? "100755" : "100644"; }

}  // namespace

std::string diff_file(std::string_view path, const std::optional<Side>& before, const std::optional<Side>& after) {
    const std::string_view old_bytes = before ? before->bytes : std::string_view();
    const std::string_view new_bytes = after ? after->bytes : std::string_view();
    const bool same_bytes = old_bytes == new_bytes;
    if (before.has_value() == after.has_value() && same_bytes && (!before || before->mode == after->mode)) return {};

    const std::string a = "a/" + std::string(path);
    const std::string b = "b/" + std::string(path);
    std::string text = "diff --git " + quoted(a) + " " + quoted(b) + "\n";
    if (!before) {
        text += "new file mode " + git_mode(after->mode) + "\n";
    } else if (!after) {
        text += "deleted file mode " + git_mode(before->mode) + "\n";
    } else if (before->mode != after->mode) {
        text += "old mode " + git_mode(before->mode) + "\nnew mode " + git_mode(after->mode) + "\n";
    }
    if (same_bytes) return text;
    if (binary(old_bytes) || binary(new_bytes)) {
        return text + "Binary files " + (before ? quoted(a) : "/dev/null") + " and " +
               (after ? quoted(b) : "/dev/null") + " differ\n";
    }
    text += "--- " + (before ? header_name(a) : "/dev/null") + "\n";
    text += "+++ " + (after ? header_name(b) : "/dev/null") + "\n";
    return text + hunks(old_bytes, new_bytes);
}

std::string diff(const Changes& changes, const FileTree& wanted, const View& view) {
    const auto one = [&](const Change& change, const std::optional<Side>& after) {
        const auto seen = view.find(change.path);
        std::optional<Side> before;
        if (seen != view.end() && seen->second.kind == Kind::file) {
            before = Side{seen->second.bytes, seen->second.executable ? Mode::executable : Mode::regular};
        }
        return diff_file(change.path, before, after);
    };
    std::string text;
    for (const Change& change : changes.files) {
        if (!change.stale() || change.verdict == Verdict::blocked) continue;
        const File* file = wanted.find(change.path);
        text += one(change, file == nullptr ? std::nullopt : std::optional(Side{file->bytes, file->mode}));
    }
    if (changes.lock.stale() && changes.lock.verdict != Verdict::blocked) {
        text += one(changes.lock, Side{changes.lock_text, Mode::regular});
    }
    return text;
}

}  // namespace pipewright::files

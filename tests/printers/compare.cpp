#include <map>

#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

std::string shown(const Json& value) { return value.dump(-1, ' ', true, Json::error_handler_t::replace); }

// Blanks at the ends of a line don't survive in Markdown, a blank between two styles may have either, and one style may
// come in several pieces. So that both sides look alike: no blanks at the ends of lines, no style for a blank between
// different ones, equal neighbours together.
Json tidy_runs(const Json& runs) {
    struct Letter {
        char byte;
        std::string style;
    };
    std::vector<Letter> letters;
    for (const Json& run : runs) {
        for (const char c : run.at(1).get<std::string>()) {
            const bool blank = c == ' ' || c == '\n';
            const bool at_edge = letters.empty() || letters.back().byte == '\n';
            if (blank && at_edge) continue;
            if (c == '\n') {
                while (letters.back().byte == ' ') letters.pop_back();
            }
            letters.push_back({c, run.at(0)});
        }
    }
    while (!letters.empty() && (letters.back().byte == ' ' || letters.back().byte == '\n')) letters.pop_back();
    const auto is_blank = [&](std::size_t i) { return letters[i].byte == ' ' || letters[i].byte == '\n'; };
    for (std::size_t i = 0; i < letters.size();) {
        std::size_t end = i;
        while (end < letters.size() && is_blank(end)) ++end;
        if (end > i) {
            const bool same = i > 0 && end < letters.size() && letters[i - 1].style == letters[end].style;
            const std::string style = same ? letters[end].style : "";
            for (; i < end; ++i) letters[i].style = style;
        } else {
            ++i;
        }
    }
    Json out = Json::array();
    std::string text;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        text += letters[i].byte;
        if (i + 1 == letters.size() || letters[i + 1].style != letters[i].style) {
            out.push_back({letters[i].style, text});
            text.clear();
        }
    }
    return out;
}

std::string differ(const Json& expected, const Json& actual, const std::string& path) {
    if (expected.is_object() && actual.is_object() && expected.size() == 1 && actual.size() == 1) {
        const std::string kind = expected.begin().key();
        if (kind == actual.begin().key() && kind == "runs") {
            const Json left = tidy_runs(expected.at("runs"));
            const Json right = tidy_runs(actual.at("runs"));
            return left == right ? "" : path + ": expected " + shown(left) + ", read " + shown(right);
        }
        if (kind == actual.begin().key() && kind == "m") {
            std::map<std::string, const Json*> left;
            std::map<std::string, const Json*> right;
            for (const Json& pair : expected.at("m")) left[shown(pair.at(0))] = &pair.at(1);
            for (const Json& pair : actual.at("m")) right[shown(pair.at(0))] = &pair.at(1);
            if (actual.at("m").size() != right.size()) return path + ": a key was read twice";
            for (const auto& [key, value] : left) {
                if (!right.contains(key)) return path + ": the key " + key + " wasn't read";
                const std::string found = differ(*value, *right.at(key), path + "." + key);
                if (!found.empty()) return found;
                right.erase(key);
            }
            return right.empty() ? "" : path + ": the key " + right.begin()->first + " was read, and isn't there";
        }
    }
    if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const std::string found = differ(expected[i], actual[i], path + "[" + std::to_string(i) + "]");
            if (!found.empty()) return found;
        }
        return {};
    }
    return expected == actual ? "" : path + ": expected " + shown(expected) + ", read " + shown(actual);
}

}  // namespace

std::string difference(const Json& expected, const Json& actual) { return differ(expected, actual, "documents"); }

}  // namespace pipewright::printers

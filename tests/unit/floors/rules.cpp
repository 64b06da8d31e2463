#include "rules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pipewright::floors {

namespace {

// Headers that read or write something, or give another answer the next time: for generator/system alone.
constexpr std::array<std::string_view, 20> kOutside = {
    "cassert",  "chrono", "csignal", "cstdlib", "ctime",  "dirent.h", "fcntl.h", "filesystem", "fstream", "future",
    "iostream", "locale", "mutex",   "poll.h",  "random", "signal.h", "stdio.h", "syncstream", "thread",  "unistd.h"};

// Words that print, end the program or ask its surroundings: for generator/system and generator/cli.
constexpr std::array<std::string_view, 18> kCalls = {
    "abort",  "cerr",   "cin",    "clog",    "cout", "exit",       "fopen",     "fprintf", "fputs",
    "fwrite", "getenv", "printf", "putchar", "puts", "quick_exit", "setlocale", "system",  "terminate"};

bool word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The floor of generator/FLOOR/..., and the part below it (print/github) for what must not know its neighbours.
std::string floor_of(std::string_view path) {
    constexpr std::string_view kPrefix = "generator/";
    if (!path.starts_with(kPrefix)) return {};
    path.remove_prefix(kPrefix.size());
    return std::string(path.substr(0, path.find('/')));
}

std::string part_of(std::string_view path) {
    const size_t first = path.find('/');
    const size_t second = path.find('/', first + 1);
    const size_t third = second == std::string_view::npos ? second : path.find('/', second + 1);
    return third == std::string_view::npos ? std::string() : std::string(path.substr(second + 1, third - second - 1));
}

// The text with comments and the insides of literals blanked, line breaks kept. An #include line is kept as it is.
std::string code_of(std::string_view text) {
    std::string code(text);
    enum class In { program, line_comment, block_comment, string, character, raw } in = In::program;
    std::string raw_end;
    for (size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        const char c = text[i];
        if (c == '\n') {
            if (in == In::line_comment) in = In::program;
            continue;
        }
        switch (in) {
            case In::program:
                if (rest.starts_with("//")) {
                    in = In::line_comment;
                } else if (rest.starts_with("/*")) {
                    in = In::block_comment;
                } else if (rest.starts_with("R\"")) {
                    in = In::raw;
                    raw_end.assign(1, ')');
                    raw_end.append(rest.substr(2, rest.find('(') - 2)).push_back('"');
                } else if (c == '"') {
                    in = In::string;
                } else if (c == '\'' && (i == 0 || !word_character(text[i - 1]))) {  // 1'000 is a number
                    in = In::character;
                } else {
                    continue;
                }
                break;
            case In::line_comment: break;
            case In::block_comment:
                if (i > 0 && c == '/' && text[i - 1] == '*') in = In::program;
                break;
            case In::raw:
                if (rest.starts_with(raw_end)) {
                    in = In::program;
                    for (size_t k = 0; k < raw_end.size(); ++k) code[i + k] = ' ';
                    i += raw_end.size() - 1;
                }
                break;
            case In::string:
            case In::character:
                if (c == '\\') {
                    code[i] = ' ';
                    if (i + 1 < text.size() && text[i + 1] != '\n') code[++i] = ' ';
                    continue;
                }
                if (c == (in == In::string ? '"' : '\'')) in = In::program;
                break;
        }
        code[i] = ' ';
    }
    return code;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

template <typename List>
bool among(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

Floors read_floors(std::string_view cmake, std::vector<std::string>& complaints) {
    Floors floors;
    for (std::string_view line : lines_of(cmake)) {
        constexpr std::string_view kFloor = "pipewright_floor(";
        constexpr std::string_view kEmbed = "pipewright_embed(pipewright_embed";
        if (line.starts_with(kEmbed)) floors["embed"];
        if (!line.starts_with(kFloor)) continue;
        line = line.substr(kFloor.size(), line.find(')') - kFloor.size());
        std::vector<std::string> names;
        for (size_t i = 0; i < line.size();) {
            const size_t end = std::min(line.find(' ', i), line.size());
            if (end > i) names.emplace_back(line.substr(i, end - i));
            i = end + 1;
        }
        if (names.empty()) continue;
        std::set<std::string> below(names.begin() + 1, names.end());
        for (const std::string& name : below) {
            if (!floors.contains(name)) complaints.push_back(names[0] + " names " + name + ", which is not below it");
        }
        floors[names[0]] = std::move(below);
    }
    // The views of templates/ and docs/codes/ are libraries of their own without a floor's line.
    for (const auto& [user, linked] : {std::pair{"init", "pipewright_uses(init pipewright_embed"},
                                       std::pair{"manifest", "pipewright_uses(manifest pipewright_embed"},
                                       std::pair{"infrastructure", "pipewright_uses(infrastructure pipewright_embed"},
                                       std::pair{"verify", "pipewright_uses(verify pipewright_embed"},
                                       std::pair{"print", "pipewright_uses(print pipewright_embed"},
                                       std::pair{"cli", "pipewright_uses(cli pipewright_pages"}}) {
        if (cmake.find(linked) != std::string_view::npos) floors[user].insert("embed");
    }
    return floors;
}

std::vector<std::string> broken_rules(const Floors& floors, const std::string& path, std::string_view text) {
    std::vector<std::string> broken;
    const std::string floor = floor_of(path);
    const bool header = path.ends_with(".h");
    size_t number = 0;
    const auto complain = [&](const std::string& sentence) {
        broken.push_back(path + ":" + std::to_string(number) + ": " + sentence);
    };
    if (!floors.contains(floor)) {
        complain("CMakeLists.txt has no floor '" + floor + "'");
        return broken;
    }

    const std::string code = code_of(text);
    const std::vector<std::string_view> original = lines_of(text);
    for (std::string_view line : lines_of(code)) {
        const std::string_view written = original[number];
        ++number;
        if (line.starts_with("#include")) {
            const size_t start = written.find_first_of("<\"") + 1;
            const std::string_view included = written.substr(start, written.find_first_of(">\"", start) - start);
            const std::string other = floor_of(included);
            if (!other.empty()) {
                if (other != floor && !floors.at(floor).contains(other)) {
                    complain(floor + " may not include " + other);
                } else if (other == floor && floor == "print" && !part_of(path).empty() && !part_of(included).empty() &&
                           part_of(path) != part_of(included)) {
                    complain("one printer may not include another's " + std::string(included));
                }
            } else if (written.find('"') != std::string_view::npos && !included.ends_with(".inc")) {
                complain("write \"generator/FLOOR/file.h\", not \"" + std::string(included) + "\"");
            } else if (included.starts_with("yaml-cpp/")) {
                if (path != "generator/yaml/read.cpp") complain("only generator/yaml/read.cpp includes yaml-cpp");
            } else if (included == "nlohmann/json.hpp" || included.starts_with("CLI/")) {
                if (header) complain("no header includes " + std::string(included) + ": it is slow to compile");
            } else if ((among(kOutside, included) || included.starts_with("sys/")) && floor != "system") {
                complain("only generator/system includes <" + std::string(included) + ">");
            }
            continue;
        }
        if (floor == "system" || floor == "cli") continue;
        for (size_t i = 0; i < line.size();) {
            size_t end = i;
            while (end < line.size() && word_character(line[end])) ++end;
            const std::string_view word = line.substr(i, end - i);
            // system::Disk names a floor; std::system and system(...) are the call.
            const bool names_floor = word == "system" && line.substr(end).starts_with("::");
            if (!word.empty() && !names_floor && among(kCalls, word)) {
                complain("only generator/system and generator/cli use " + std::string(word));
            }
            i = std::max(end, i + 1);
        }
    }
    return broken;
}

}  // namespace pipewright::floors

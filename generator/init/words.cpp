#include "generator/init/words.h"

#include <algorithm>

#include "generator/text/case.h"

namespace pipewright::init {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string joined(const std::vector<std::string>& parts) {
    std::string path;
    for (const std::string& part : parts) path += (path.empty() ? "" : "/") + part;
    return path.empty() ? "." : path;
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

bool has_word(std::string_view text, std::string_view word) {
    const auto part = [](char c) { return letter(c) || digit(c); };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !part(text[at - 1])) && (end == text.size() || !part(text[end]))) return true;
    }
    return false;
}

std::optional<std::int64_t> to_number(std::string_view text) {
    if (text.empty() || text.size() > 10 || !std::all_of(text.begin(), text.end(), digit)) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) number = number * 10 + (c - '0');
    return number < (std::int64_t{1} << 31) ? std::optional<std::int64_t>(number) : std::nullopt;
}

std::string first_version(std::string_view text) {
    const auto begin = std::find_if(text.begin(), text.end(), digit);
    auto end = begin;
    while (end != text.end() && (digit(*end) || (*end == '.' && end + 1 != text.end() && digit(*(end + 1))))) ++end;
    return {begin, end};
}

std::string to_name(std::string_view text, std::size_t limit) {
    std::string name;
    for (const char c : lower_case(text)) {
        if (letter(c) || digit(c)) {
            name.push_back(c);
        } else if (!name.empty() && name.back() != '-') {
            name.push_back('-');
        }
    }
    if (!name.empty() && digit(name.front())) name.insert(0, "app-");
    name.resize(std::min(name.size(), limit));
    while (!name.empty() && name.back() == '-') name.pop_back();
    return name;
}

std::optional<std::vector<std::string>> shell_words(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool open = false;  // a word has begun, if only by quotes around nothing
    const auto close = [&] {
        if (open) words.push_back(std::move(word));
        word.clear();
        open = false;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (blank(c)) {
            // A line feed ends a command.
            if (c == '\n' && !trim(line.substr(i)).empty() && (open || !words.empty())) return std::nullopt;
            close();
            continue;
        }
        if (c == '#' && !open) return std::nullopt;
        open = true;
        if (c == '\'') {
            const std::size_t end = line.find('\'', i + 1);
            if (end == std::string_view::npos) return std::nullopt;
            word += line.substr(i + 1, end - i - 1);
            i = end;
        } else if (c == '"') {
            for (++i; i < line.size() && line[i] != '"'; ++i) {
                if (line[i] == '$' || line[i] == '`') return std::nullopt;
                const bool escaped = line[i] == '\\' && i + 1 < line.size() &&
                                     std::string_view("\"\\$`").find(line[i + 1]) != std::string_view::npos;
                word.push_back(line[escaped ? ++i : i]);
            }
            if (i == line.size()) return std::nullopt;
        } else if (c == '\\') {
            if (++i == line.size() || line[i] == '\n') return std::nullopt;
            word.push_back(line[i]);
        } else if (std::string_view("$`|&;<>()*?[~{}!").find(c) != std::string_view::npos) {
            return std::nullopt;
        } else {
            word.push_back(c);
        }
    }
    close();
    // NAME=value in front of a command is an assignment.
    if (words.empty() || words.front().find('=') != std::string::npos) return std::nullopt;
    return words;
}

std::vector<std::string> command_of(std::string_view line) {
    if (std::optional<std::vector<std::string>> words = shell_words(line)) return *std::move(words);
    return {"sh", "-c", std::string(trim(line))};
}

std::string folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? "." : std::string(path.substr(0, slash));
}

std::string last_part(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string below(std::string_view folder, std::string_view name) {
    if (folder.empty() || folder == ".") return std::string(name);
    if (name == ".") return std::string(folder);
    return std::string(folder) + "/" + std::string(name);
}

std::optional<std::string> normal_path(std::string_view folder, std::string_view path) {
    if (path.starts_with('/') || path.starts_with('~')) return std::nullopt;
    std::vector<std::string> parts;
    for (const std::string_view whole : {folder, path}) {
        for (const std::string_view part : split(whole, '/')) {
            if (part.empty() || part == ".") continue;
            if (part != "..") {
                parts.emplace_back(part);
            } else if (parts.empty()) {
                return std::nullopt;
            } else {
                parts.pop_back();
            }
        }
    }
    return joined(parts);
}

}  // namespace pipewright::init

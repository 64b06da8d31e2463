#include "generator/init/toml.h"

#include <algorithm>

#include "generator/init/words.h"

namespace pipewright::init {

namespace {

// Where a comment begins, outside of strings; how deep brackets are open at the end.
struct Line {
    std::string_view text;
    int open = 0;
};

Line look_at(std::string_view line) {
    Line result{line, 0};
    char quote = '\0';
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != '\0') {
            if (c == '\\' && quote == '"') {
                ++i;
            } else if (c == quote) {
                quote = '\0';
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#') {
            result.text = line.substr(0, i);
            break;
        } else if (c == '[' || c == '{') {
            ++result.open;
        } else if (c == ']' || c == '}') {
            --result.open;
        }
    }
    result.text = trim(result.text);
    return result;
}

std::string unquoted(std::string_view text) {
    const bool pair = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front() && text.find(text.front(), 1) == text.size() - 1;
    return std::string(pair ? text.substr(1, text.size() - 2) : text);
}

}  // namespace

std::vector<TomlEntry> read_toml(std::string_view text) {
    std::vector<TomlEntry> entries;
    std::string table;
    const std::vector<std::string_view> lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = look_at(lines[i]).text;
        if (line.starts_with('[') && line.ends_with(']') && line.find('=') == std::string_view::npos) {
            std::string_view name = line.substr(1, line.size() - 2);
            if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
            table = trim(name);
            entries.push_back({table, {}, {}});
            continue;
        }
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        TomlEntry entry{table, unquoted(trim(line.substr(0, equals))), std::string(trim(line.substr(equals + 1)))};
        int open = look_at(line.substr(equals + 1)).open;
        while (open > 0 && i + 1 < lines.size()) {
            const Line next = look_at(lines[++i]);
            entry.value.append("\n").append(next.text);
            open += next.open;
        }
        entry.value = unquoted(entry.value);
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::string toml_value(const std::vector<TomlEntry>& entries, std::string_view table, std::string_view key) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const TomlEntry& one) { return one.table == table && one.key == key; });
    return found == entries.end() ? std::string() : found->value;
}

bool has_table(const std::vector<TomlEntry>& entries, std::string_view table) {
    return std::any_of(entries.begin(), entries.end(), [&](const TomlEntry& one) { return one.table == table; });
}

}  // namespace pipewright::init

// As much of TOML as a hint needs: keys and values by table, one after the other. What is malformed is passed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pipewright::init {

struct TomlEntry {
    std::string table;  // "tool.poetry"; of an array of tables the name alone
    std::string key;
    std::string value;  // of a lone string its text, of everything else what is written
};

std::vector<TomlEntry> read_toml(std::string_view text);

// The first value under a table and a key; empty where there is none.
std::string toml_value(const std::vector<TomlEntry>& entries, std::string_view table, std::string_view key);

bool has_table(const std::vector<TomlEntry>& entries, std::string_view table);

}  // namespace pipewright::init

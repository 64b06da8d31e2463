// dump_node FILE...: reads each file as a manifest is read and prints one line of JSON for it: its name and either its
// value (every scalar as its text, as YAML's failsafe schema has it) or its errors as "line:column: message".
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "generator/yaml/read.h"

namespace {

using pipewright::yaml::Entry;
using pipewright::yaml::Kind;
using pipewright::yaml::Node;

std::string json(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
            result += buffer;
        } else {
            result += c;
        }
    }
    result += '"';
    return result;
}

std::string json(const Node& node) {
    std::string result;
    switch (node.kind) {
        case Kind::null:
        case Kind::scalar: return json(node.text);
        case Kind::sequence:
            for (const Node& item : node.items) {
                result += result.empty() ? "" : ",";
                result += json(item);
            }
            result.insert(result.begin(), '[');
            result += ']';
            return result;
        case Kind::mapping:
            for (const Entry& entry : node.entries) {
                result += result.empty() ? "" : ",";
                result += json(entry.key.text);
                result += ':';
                result += json(entry.value);
            }
            result.insert(result.begin(), '{');
            result += '}';
            return result;
    }
    return result;
}

}  // namespace

int main(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        std::ifstream file(arguments[i], std::ios::binary);
        if (!file) {
            std::cerr << "dump_node: can't read " << arguments[i] << '\n';
            return 1;
        }
        pipewright::Sources sources;
        const auto id = sources.add(arguments[i], std::string(std::istreambuf_iterator<char>(file), {}));
        pipewright::Diagnostics diagnostics;
        const auto node = pipewright::yaml::read(sources, id, diagnostics);
        std::cout << "{\"file\":" << json(std::string(arguments[i]));
        if (node) {
            std::cout << ",\"value\":" << json(*node) << "}\n";
            continue;
        }
        std::cout << ",\"errors\":[";
        const char* comma = "";
        for (const auto& diagnostic : diagnostics.sorted()) {
            const auto place = sources.at(id).position(diagnostic.span.offset);
            std::string line = std::to_string(place.line);
            line += ':';
            line += std::to_string(place.column);
            line += ": ";
            line += diagnostic.message;
            std::cout << comma << json(line);
            comma = ",";
        }
        std::cout << "]}\n";
    }
    return 0;
}

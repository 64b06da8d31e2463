#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("can't read " + path.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// yaml-cpp leaves it to its caller what a plain scalar is, so this asks for everything that a caller could take it for.
Json from_scalar(const YAML::Node& node) {
    if (node.Tag() != "?") return node.Scalar();
    std::int64_t number = 0;
    bool boolean = false;
    double real = 0;
    if (YAML::convert<std::int64_t>::decode(node, number)) return expected_integer(number);
    if (YAML::convert<bool>::decode(node, boolean)) return boolean;
    if (YAML::convert<double>::decode(node, real)) return {{"real", node.Scalar()}};
    return node.Scalar();
}

Json from_yaml(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Sequence: {
            Json out = Json::array();
            for (const YAML::Node& item : node) out.push_back(from_yaml(item));
            return out;
        }
        case YAML::NodeType::Map: {
            Json out = Json::array();
            for (const auto& member : node) out.push_back({from_yaml(member.first), from_yaml(member.second)});
            return {{"m", std::move(out)}};
        }
        case YAML::NodeType::Scalar: return from_scalar(node);
        default: return nullptr;
    }
}

Json from_json(const Json& value) {
    if (value.is_array()) {
        Json out = Json::array();
        for (const Json& item : value) out.push_back(from_json(item));
        return out;
    }
    if (value.is_object()) {
        Json out = Json::array();
        for (const auto& [key, item] : value.items()) out.push_back({key, from_json(item)});
        return {{"m", std::move(out)}};
    }
    if (value.is_number()) return {{"i", value.dump()}};
    return value;
}

}  // namespace

Json read_yaml_cpp(const std::string& folder) {
    Json out = Json::array();
    for (std::size_t i = 0;; ++i) {
        const std::filesystem::path path = std::filesystem::path(folder) / (std::to_string(i) + ".yaml");
        if (!std::filesystem::exists(path)) return out;
        Json roots = Json::array();
        try {
            for (const YAML::Node& root : YAML::LoadAll(read_file(path))) roots.push_back(from_yaml(root));
        } catch (const YAML::Exception& error) {
            roots = path.filename().string() + ": " + error.what();
        }
        out.push_back(std::move(roots));
    }
}

// Every output holds the list of the values of one file.
Json read_terraform(const std::string& file) {
    const Json outputs = Json::parse(read_file(file));
    Json out = Json::array();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        out.push_back(from_json(outputs.at("values_" + std::to_string(i)).at("value")));
    }
    return out;
}

}  // namespace pipewright::printers

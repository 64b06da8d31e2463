#include "generator/infrastructure/policy.h"

#include <nlohmann/json.hpp>

namespace pipewright::infrastructure {

namespace {

using Json = nlohmann::json;

void add(Json& condition, const char* test, const Conditions& values) {
    if (!values.empty()) condition[test] = values;
}

std::size_t length(Json statements) {
    const Json policy{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
    // Terraform's jsonencode writes "&", "<" and ">" in six characters each; what isn't ASCII counts as one.
    std::size_t characters = 0;
    for (const char c : policy.dump()) {
        if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
        characters += c == '&' || c == '<' || c == '>' ? 6 : 1;
    }
    return characters;
}

}  // namespace

bool like(std::string_view pattern, std::string_view text) {
    // possible[j]: the pattern so far matches the first j characters.
    std::vector<bool> possible(text.size() + 1, false);
    possible[0] = true;
    for (const char p : pattern) {
        std::vector<bool> next(text.size() + 1, false);
        if (p == '*') next[0] = possible[0];
        for (std::size_t j = 0; j < text.size(); ++j) {
            next[j + 1] = p == '*' ? next[j] || possible[j + 1] : possible[j] && (p == '?' || p == text[j]);
        }
        possible = std::move(next);
    }
    return possible[text.size()];
}

std::size_t policy_length(const std::vector<Statement>& statements) {
    Json list = Json::array();
    for (const Statement& one : statements) {
        Json json{{"Sid", one.sid},
                  {"Effect", one.deny ? "Deny" : "Allow"},
                  {"Action", one.actions},
                  {"Resource", one.resources}};
        Json condition = Json::object();
        add(condition, "StringEquals", one.equals);
        add(condition, "StringLike", one.like);
        add(condition, "StringNotEquals", one.not_equals);
        if (!condition.empty()) json["Condition"] = std::move(condition);
        list.push_back(std::move(json));
    }
    return length(std::move(list));
}

std::size_t trust_length(const std::vector<Way>& ways) {
    Json list = Json::array();
    for (const Way& one : ways) {
        Json condition = Json::object();
        add(condition, "StringEquals", one.equals);
        add(condition, "StringLike", one.like);
        add(condition, "StringNotLike", one.not_like);
        list.push_back({{"Effect", "Allow"},
                        {"Principal", {{"Federated", one.provider}}},
                        {"Action", "sts:AssumeRoleWithWebIdentity"},
                        {"Condition", std::move(condition)}});
    }
    return length(std::move(list));
}

}  // namespace pipewright::infrastructure

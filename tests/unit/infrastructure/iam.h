// IAM's condition operators as its reference documents them ("IAM JSON policy elements: Condition operators"), written
// for tests alone: what is generated is judged by what AWS would do with it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/infrastructure/policy.h"

namespace pipewright::iam {

using Keys = std::map<std::string, std::string>;

// "*": any text, "/" too; "?": one character. Case counts.
inline bool like(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '*') return like(pattern.substr(1), text) || (!text.empty() && like(pattern, text.substr(1)));
    return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) && like(pattern.substr(1), text.substr(1));
}

template <class Test>
bool any(const std::vector<std::string>& values, Test test) {
    return std::any_of(values.begin(), values.end(), test);
}

// StringEquals and StringLike fail where the key is missing; their negations hold there.
template <class Test>
bool hold(const infrastructure::Conditions& conditions, const Keys& keys, bool negated, Test test) {
    for (const auto& [key, values] : conditions) {
        const auto found = keys.find(key);
        const bool match =
            found != keys.end() && any(values, [&](const std::string& v) { return test(v, found->second); });
        if (match == negated) return false;
    }
    return true;
}

inline bool same(const std::string& value, const std::string& text) { return value == text; }
inline bool alike(const std::string& value, const std::string& text) { return like(value, text); }

// sts:AssumeRoleWithWebIdentity with a token of this provider and these keys.
inline bool lets_in(const std::vector<infrastructure::Way>& ways, const std::string& provider, const Keys& keys) {
    return std::any_of(ways.begin(), ways.end(), [&](const infrastructure::Way& way) {
        return way.provider == provider && hold(way.equals, keys, false, same) && hold(way.like, keys, false, alike) &&
               hold(way.not_like, keys, true, alike);
    });
}

// Whether the statements allow an action on a resource; a denial wins.
inline bool allows(const std::vector<infrastructure::Statement>& statements, const std::string& action,
                   const std::string& resource, const Keys& keys = {}) {
    bool allowed = false;
    for (const infrastructure::Statement& one : statements) {
        const bool applies = any(one.actions, [&](const std::string& a) { return like(a, action); }) &&
                             any(one.resources, [&](const std::string& r) { return like(r, resource); }) &&
                             hold(one.equals, keys, false, same) && hold(one.like, keys, false, alike) &&
                             hold(one.not_equals, keys, true, same);
        if (applies && one.deny) return false;
        allowed = allowed || applies;
    }
    return allowed;
}

}  // namespace pipewright::iam

#include <algorithm>

#include "generator/project/pattern.h"
#include "generator/simulate/parts.h"

namespace pipewright::simulate {

bool is_among(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::string any_of_words(const std::vector<std::string>& all) {
    std::string words;
    for (std::size_t i = 0; i < all.size(); ++i) words += (i == 0 ? "" : i + 1 == all.size() ? " or " : ", ") + all[i];
    return words;
}

bool admits(const hosts::Claims& trust, const Token& token) {
    const auto admitted = [](const std::vector<std::string>& patterns, const std::string& text) {
        return std::any_of(patterns.begin(), patterns.end(),
                           [&](const std::string& one) { return pattern_matches(one, text); });
    };
    // "Every branch" of GitLab's plan jobs is whatever follows, also a "/".
    const auto is_branch = [&](const std::string& subject) {
        return trust.any_branch &&
               std::any_of(trust.subjects.begin(), trust.subjects.end(), [&](const std::string& one) {
                   return one.ends_with('*') && subject.starts_with(one.substr(0, one.size() - 1));
               });
    };
    const bool subject = std::all_of(token.subjects.begin(), token.subjects.end(), [&](const std::string& one) {
        return admitted(trust.subjects, one) || is_branch(one);
    });
    return subject && !token.subjects.empty() && trust.issuer == token.issuer && trust.audience == token.audience &&
           (trust.refs.empty() || admitted(trust.refs, token.ref)) &&
           (trust.environment.empty() || trust.environment == token.environment) &&
           (!trust.protected_ref || token.protected_ref) &&
           (trust.repository_id.empty() || trust.repository_id == token.repository_id) &&
           (trust.workflows.empty() || is_among(trust.workflows, token.workflow));
}

}  // namespace pipewright::simulate

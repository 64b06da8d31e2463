#include "generator/infrastructure/trust.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace pipewright::infrastructure {

namespace {

using Names = std::vector<std::string>;

bool is_pattern(std::string_view text) { return text.find('*') != std::string_view::npos; }

// GitHub makes these refs itself; the "*" stands for the number of a pull request.
bool is_pull(std::string_view ref) { return ref.starts_with("refs/pull/"); }

// StringEquals takes "*" for itself, and both operators have to hold where both are given: so one operator for a list.
// Refs hold no "?" (git-check-ref-format), which StringLike would take for any character.
void check(Way& way, const std::string& key, Names values) {
    if (values.empty()) return;
    Conditions& where = std::any_of(values.begin(), values.end(), is_pattern) ? way.like : way.equals;
    where[key] = std::move(values);
}

// What IAM's "*" matches beyond a trigger's: each text in which a "*" of the pattern stands for a "/" at least. No text
// that the trigger's pattern matches is among them, because it has as many "/" as the pattern and these have more.
Names too_wide(const std::string& pattern) {
    Names all;
    for (std::size_t at = pattern.find('*'); at != std::string::npos; at = pattern.find('*', at + 1))
        all.push_back(pattern.substr(0, at) + "*/*" + pattern.substr(at + 1));
    return all;
}

// Whether some text is matched by both, "*" standing for any text.
bool meet(std::string_view one, std::string_view other) {
    std::vector<std::vector<bool>> reach(one.size() + 1, std::vector<bool>(other.size() + 1, false));
    reach[0][0] = true;
    for (std::size_t i = 0; i <= one.size(); ++i) {
        for (std::size_t j = 0; j <= other.size(); ++j) {
            if (!reach[i][j]) continue;
            const bool star_one = i < one.size() && one[i] == '*';
            const bool star_other = j < other.size() && other[j] == '*';
            if (star_one) reach[i + 1][j] = true;
            if (star_other) reach[i][j + 1] = true;
            if (star_one && j < other.size()) reach[i][j + 1] = true;
            if (star_other && i < one.size()) reach[i + 1][j] = true;
            if (i < one.size() && j < other.size() && one[i] == other[j]) reach[i + 1][j + 1] = true;
        }
    }
    return reach[one.size()][other.size()];
}

// The refusals for a list of alternatives, and whether one of them would refuse another alternative.
struct Refusals {
    Names values;
    bool conflict = false;
};

template <class Free>
Refusals refusals(const Names& alternatives, Free free) {
    Refusals all;
    for (const std::string& one : alternatives) {
        if (free(one)) continue;
        for (std::string& wide : too_wide(one)) {
            for (const std::string& other : alternatives)
                all.conflict = all.conflict || (other != one && meet(wide, other));
            if (std::find(all.values.begin(), all.values.end(), wide) == all.values.end())
                all.values.push_back(std::move(wide));
        }
    }
    return all;
}

// Where a token has to come in: the account's provider on AWS, the pool's own one of these jobs on GCP.
std::string provider_of(const hosts::Claims& claims, const std::string& account) {
    return claims.provider.empty() ? provider_arn(account, claims.issuer) : claims.provider;
}

std::vector<Way> github(const hosts::Claims& claims, const std::string& account) {
    const std::string prefix = claims.issuer + ":";
    const Refusals refused = refusals(claims.refs, is_pull);
    if (refused.conflict) {
        std::vector<Way> all;
        for (const std::string& ref : claims.refs) {
            hosts::Claims one = claims;
            one.refs = {ref};
            // Of the subjects those that belong to the ref; one that names an environment has none.
            const std::string end = is_pull(ref) ? ":pull_request" : ":ref:" + ref;
            std::erase_if(one.subjects, [&](const std::string& subject) { return !subject.ends_with(end); });
            if (one.subjects.empty()) one.subjects = claims.subjects;
            for (Way& way : github(one, account)) all.push_back(std::move(way));
        }
        return all;
    }
    Way way;
    way.provider = provider_of(claims, account);
    way.equals[prefix + "aud"] = {claims.audience};
    check(way, prefix + "sub", claims.subjects);
    check(way, prefix + "ref", claims.refs);
    if (!refused.values.empty()) way.not_like[prefix + "ref"] = refused.values;
    if (!claims.environment.empty()) check(way, prefix + "environment", {claims.environment});
    if (!claims.repository_id.empty()) check(way, prefix + "repository_id", {claims.repository_id});
    Names files;
    for (const std::string& workflow : claims.workflows) {
        for (const std::string& ref : claims.refs) files.push_back(workflow + "@" + ref);
    }
    check(way, prefix + "job_workflow_ref", std::move(files));
    check(way, prefix + "actor", claims.actors);
    return {way};
}

std::vector<Way> gitlab(const hosts::Claims& claims, const std::string& account) {
    const std::string prefix = claims.issuer + ":";
    const Refusals refused = refusals(claims.subjects, [&](const std::string& subject) {
        return claims.any_branch && subject.ends_with(":ref_type:branch:ref:*");
    });
    if (refused.conflict) {
        std::vector<Way> all;
        for (const std::string& subject : claims.subjects) {
            hosts::Claims one = claims;
            one.subjects = {subject};
            for (Way& way : gitlab(one, account)) all.push_back(std::move(way));
        }
        return all;
    }
    Way way;
    way.provider = provider_of(claims, account);
    way.equals[prefix + "aud"] = {claims.audience};
    check(way, prefix + "sub", claims.subjects);
    // GitLab writes both as text ("OpenID Connect (OIDC) Authentication Using ID Tokens").
    if (claims.protected_ref) way.equals[prefix + "ref_protected"] = {"true"};
    if (!claims.environment.empty()) {
        way.equals[prefix + "environment"] = {claims.environment};
        way.equals[prefix + "environment_protected"] = {"true"};
    }
    if (!refused.values.empty()) way.not_like[prefix + "sub"] = refused.values;
    return {way};
}

}  // namespace

std::string provider_arn(const std::string& account, const std::string& issuer) {
    return "arn:aws:iam::" + account + ":oidc-provider/" + issuer;
}

std::vector<Way> ways(const hosts::Claims& claims, const std::string& account) {
    if (claims.issuer.empty() || claims.audience.empty() || claims.subjects.empty() ||
        std::find(claims.subjects.begin(), claims.subjects.end(), "") != claims.subjects.end())
        throw std::logic_error("claims without issuer, audience or subject: a role would be open to strangers");
    return claims.host == Host::github ? github(claims, account) : gitlab(claims, account);
}

}  // namespace pipewright::infrastructure

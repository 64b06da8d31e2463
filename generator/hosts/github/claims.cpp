#include <algorithm>

#include "generator/hosts/github/lower.h"

namespace pipewright::github {

namespace {

// "repo:owner/name", or with the ids that a renamed or recreated repository can't have (facts: subjects of GitHub).
std::vector<std::string> repositories(const GitHubHost& host) {
    const std::size_t slash = host.repository.find('/');
    const std::string classic = "repo:" + host.repository;
    const std::string immutable = "repo:" + host.repository.substr(0, slash) + "@" + host.owner_id + "/" +
                                  host.repository.substr(slash + 1) + "@" + host.repository_id;
    switch (host.subject) {
        case SubjectForm::classic: return {classic};
        case SubjectForm::immutable: return {immutable};
        case SubjectForm::both: return {classic, immutable};
    }
    return {classic};
}

}  // namespace

hosts::Claims claims_of(const GitHubHost& host, const delivery::Condition& when, const std::string& environment,
                        const std::string& workflow, const std::vector<std::string>& actors,
                        const std::string& provider) {
    hosts::Claims claims;
    claims.host = Host::github;
    claims.issuer = "token.actions.githubusercontent.com";
    // Google's default for a provider of its own pools ("Configure Workload Identity Federation").
    claims.audience = provider.empty() ? "sts.amazonaws.com" : "https://iam.googleapis.com/" + provider;
    claims.provider = provider;
    claims.environment = environment;
    claims.repository_id = host.repository_id;
    claims.workflows = {host.repository + "/" + workflow};
    claims.actors = actors;
    bool requests = false;
    const auto add_ref = [&](const std::string& ref) {
        if (std::find(claims.refs.begin(), claims.refs.end(), ref) == claims.refs.end()) claims.refs.push_back(ref);
    };
    for (const delivery::EventClass& one : when.any) {
        switch (one.kind) {
            case delivery::EventKind::push_branch:
            case delivery::EventKind::push_tag:
            case delivery::EventKind::form: add_ref(delivery::full_ref(one)); break;
            case delivery::EventKind::change_request: requests = true; break;
            case delivery::EventKind::schedule: add_ref("refs/heads/" + host.default_branch); break;
        }
    }
    const std::vector<std::string> pushed = claims.refs;
    // The ref of a pull request's run is that of its merge with the target.
    if (requests) add_ref("refs/pull/*/merge");
    for (const std::string& repository : repositories(host)) {
        if (!environment.empty()) {
            claims.subjects.push_back(repository + ":environment:" + environment);
            continue;
        }
        for (const std::string& ref : pushed) claims.subjects.push_back(repository + ":ref:" + ref);
        if (requests) claims.subjects.push_back(repository + ":pull_request");
    }
    return claims;
}

}  // namespace pipewright::github

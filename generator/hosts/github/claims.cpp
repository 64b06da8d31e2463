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

Claims claims_of(const GitHubHost& host, const delivery::Condition& when, const std::string& environment,
                 const std::string& workflow, const std::vector<std::string>& actors) {
    Claims claims;
    claims.audience = "sts.amazonaws.com";
    claims.environment = environment;
    claims.repository_id = host.repository_id;
    claims.workflow = host.repository + "/" + workflow;
    claims.actors = actors;
    bool requests = false;
    for (const delivery::EventClass& one : when.any) {
        switch (one.kind) {
            case delivery::EventKind::push_branch:
            case delivery::EventKind::push_tag: claims.refs.push_back(delivery::full_ref(one)); break;
            case delivery::EventKind::change_request: requests = true; break;
            case delivery::EventKind::schedule: claims.refs.push_back("refs/heads/" + host.default_branch); break;
            case delivery::EventKind::form:
                claims.refs.push_back("refs/heads/" + (one.ref.empty() ? host.default_branch : one.ref));
                break;
        }
    }
    for (const std::string& repository : repositories(host)) {
        if (!environment.empty()) {
            claims.subjects.push_back(repository + ":environment:" + environment);
            continue;
        }
        for (const std::string& ref : claims.refs) claims.subjects.push_back(repository + ":ref:" + ref);
        if (requests) claims.subjects.push_back(repository + ":pull_request");
    }
    return claims;
}

}  // namespace pipewright::github

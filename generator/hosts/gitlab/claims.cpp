#include <algorithm>

#include "generator/hosts/gitlab/lower.h"

namespace pipewright::gitlab {

namespace {

// AWS checks of GitLab's tokens no more than subject and audience (facts: AWS with gitlab.com), so each kind of job
// asks with an audience of its own.
std::string audience(const GitLabHost& host, const char* kind) { return host.url + "/pipewright/" + kind; }

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";

}  // namespace

std::string guard_audience(const GitLabHost& host) { return audience(host, "guard"); }

hosts::Claims claims_of(const GitLabHost& host, const delivery::Condition& when, names::Identity identity, bool gated,
                        const std::string& provider, const std::string& environment) {
    hosts::Claims claims;
    claims.host = Host::gitlab;
    // An instance may live below a path of its server; keys of conditions keep it.
    claims.issuer = host.url.substr(std::string_view("https://").size());
    claims.audience = audience(host, identity == names::Identity::plan ? "plan" : gated ? "gated" : "open");
    claims.provider = provider;
    if (!provider.empty()) {
        claims.environment = environment;
        claims.protected_ref = gated;
    }
    const std::string project = "project_path:" + host.repository + ":ref_type:";
    std::vector<std::string> branches, tags;
    for (const delivery::EventClass& one : when.any) {
        std::string ref = delivery::full_ref(one);
        switch (one.kind) {
            // The token of a merge request's pipeline carries the source branch, which may have any name.
            case delivery::EventKind::change_request: claims.any_branch = true; break;
            case delivery::EventKind::schedule: ref = std::string(kHeads) + host.default_branch; break;
            case delivery::EventKind::push_branch:
            case delivery::EventKind::push_tag:
            case delivery::EventKind::form: break;
        }
        const auto add = [&](std::vector<std::string>& to, std::string_view prefix, const char* type) {
            if (!ref.starts_with(prefix)) return;
            const std::string subject = project + type + ":ref:" + ref.substr(prefix.size());
            if (std::find(to.begin(), to.end(), subject) == to.end()) to.push_back(subject);
        };
        add(branches, kHeads, "branch");
        add(tags, kTags, "tag");
    }
    if (claims.any_branch) branches = {project + "branch:ref:*"};
    claims.subjects = std::move(branches);
    claims.subjects.insert(claims.subjects.end(), tags.begin(), tags.end());
    return claims;
}

}  // namespace pipewright::gitlab

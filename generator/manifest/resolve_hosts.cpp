#include <algorithm>

#include "generator/manifest/resolve.h"

namespace pipewright::manifest {

namespace {

SubjectForm subject_of(const written::GitHub& from, const GitHubHost& host, Diagnostics& diagnostics) {
    const bool ids = !host.owner_id.empty() && !host.repository_id.empty();
    if (!from.subject.given()) {
        if (ids) return SubjectForm::both;
        diagnostics.report(
            Code::classic_subject, host.span, "the cloud will trust only the classic form of GitHub's subject",
            "repositories created, renamed or moved since 15 July 2026 send the immutable one: give owner_id and "
            "repository_id, which `gh api repos/" +
                host.repository + " --jq '.owner.id, .id'` prints; `subject: classic` says that this is meant");
        return SubjectForm::classic;
    }
    if (*from.subject != "classic" && !ids) {
        diagnostics.report(Code::needed_together, from.subject.place(),
                           "subject: " + *from.subject + " needs owner_id and repository_id",
                           "`gh api repos/" + host.repository + " --jq '.owner.id, .id'` prints both");
    }
    if (*from.subject == "immutable") return SubjectForm::immutable;
    return *from.subject == "both" ? SubjectForm::both : SubjectForm::classic;
}

GitHubHost github_of(const written::Manifest& manifest, Diagnostics& diagnostics) {
    const Field<written::GitHub>& from = manifest.hosts->github;
    GitHubHost host;
    host.span = from.key;
    const Field<std::string>& repository = from->repository.given() ? from->repository : manifest.repository;
    host.repository = *repository;
    if (std::count(host.repository.begin(), host.repository.end(), '/') != 1) {
        diagnostics.report(Code::malformed, repository.place(), "GitHub has no repository '" + host.repository + "'",
                           "it has the form owner/name; hosts.github.repository can differ from the top level's");
    }
    host.default_branch = *from->default_branch;
    host.visibility = *from->visibility == "public" ? Visibility::open : Visibility::restricted;
    host.plan = *from->plan == "enterprise" ? GitHubPlan::enterprise
                : *from->plan == "team"     ? GitHubPlan::team
                                            : GitHubPlan::free;
    host.runner = texts(from->runner);
    host.owner_id = *from->owner_id;
    host.repository_id = *from->repository_id;
    host.subject = subject_of(*from, host, diagnostics);
    host.code_scanning = from->code_scanning.given() ? *from->code_scanning : host.visibility == Visibility::open;
    return host;
}

GitLabHost gitlab_of(const written::Manifest& manifest) {
    const Field<written::GitLab>& from = manifest.hosts->gitlab;
    GitLabHost host;
    host.span = from.key;
    host.repository = from->repository.given() ? *from->repository : *manifest.repository;
    host.default_branch = *from->default_branch;
    host.url = *from->url;
    host.plan = *from->plan == "ultimate"  ? GitLabPlan::ultimate
                : *from->plan == "premium" ? GitLabPlan::premium
                                           : GitLabPlan::free;
    host.runner_tags = texts(from->runner_tags);
    host.image = *from->image;
    host.builder = *from->builder;
    return host;
}

}  // namespace

void resolve_hosts(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    to.name = *from.project;
    to.span = from.project.place();
    if (from.hosts->github.given()) to.github = github_of(from, diagnostics);
    if (from.hosts->gitlab.given()) to.gitlab = gitlab_of(from);
    if (!to.github && !to.gitlab) {
        diagnostics.report(Code::empty_value, from.hosts.place(), "'hosts' names no host",
                           "write github: {} or gitlab: {}, or both");
    }
}

}  // namespace pipewright::manifest

#include "generator/manifest/resolve.h"

namespace pipewright::manifest {

namespace {

GitHubHost github_of(const Field<written::GitHub>& from) {
    GitHubHost host;
    host.span = from.key;
    host.repository = *from->repository;
    host.default_branch = *from->default_branch;
    host.visibility = *from->visibility == "public" ? Visibility::open : Visibility::restricted;
    host.plan = *from->plan == "enterprise" ? GitHubPlan::enterprise
                : *from->plan == "team"     ? GitHubPlan::team
                                            : GitHubPlan::free;
    host.runner = texts(from->runner);
    host.owner_id = *from->owner_id;
    host.repository_id = *from->repository_id;
    host.subject = *from->subject == "immutable" ? SubjectForm::immutable
                   : *from->subject == "both"    ? SubjectForm::both
                                                 : SubjectForm::classic;
    host.code_scanning = *from->code_scanning;
    return host;
}

GitLabHost gitlab_of(const Field<written::GitLab>& from) {
    GitLabHost host;
    host.span = from.key;
    host.repository = *from->repository;
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

void resolve_hosts(const written::Manifest& from, Project& to) {
    to.name = *from.project;
    to.span = from.project.place();
    if (from.hosts->github.given()) to.github = github_of(from.hosts->github);
    if (from.hosts->gitlab.given()) to.gitlab = gitlab_of(from.hosts->gitlab);
}

}  // namespace pipewright::manifest

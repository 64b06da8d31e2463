#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A repository that the host can have, and runners that can run the scripts.
void hosts(const Subject& subject) {
    const Field<written::Hosts>& from = subject.written.hosts;
    if (!from->github.given()) return;
    const written::GitHub& github = *from->github;
    const Field<std::string>& repository = github.repository;
    if (sound(repository) && std::count(repository->begin(), repository->end(), '/') > 1) {
        subject.report(Code::malformed, repository.place(), "GitHub has no repository '" + *repository + "'",
                       "it has the form owner/name; hosts.github.repository can differ from the top level's");
    }
    for (const Field<std::string>& label : *github.runner) {
        if (!label->starts_with("windows-") && !label->starts_with("macos-")) continue;
        subject.report(Code::not_applicable, label.place(), "'" + *label + "' can't run these jobs",
                       "they are scripts for bash that build Linux images: take a Linux runner, as in ubuntu-24.04");
    }
    const bool closed = subject.project.github->visibility == Visibility::restricted &&
                        subject.project.github->plan == GitHubPlan::free;
    if (closed && github.code_scanning.given() && *github.code_scanning && sound(github.visibility, github.plan)) {
        subject.report(Code::not_applicable, github.code_scanning.place(),
                       "a private repository on GitHub's free plan has no code scanning",
                       "take it away: the scan still fails the run from delivery.scan.fail_on on");
    }
}

}  // namespace pipewright::manifest::rules

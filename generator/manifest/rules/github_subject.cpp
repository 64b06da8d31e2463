#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// Which form of GitHub's subject the cloud will trust.
void github_subject(const Subject& subject) {
    if (!subject.project.github) return;
    const GitHubHost& host = *subject.project.github;
    const written::GitHub& from = *subject.written.hosts->github;
    if (!sound(from.subject, from.owner_id, from.repository_id, from.repository)) return;
    const std::string command = "`gh api repos/" + host.repository + " --jq '.owner.id, .id'`";
    const bool ids = !host.owner_id.empty() && !host.repository_id.empty();
    if (!from.subject.given() && !ids) {
        subject.report(Code::classic_subject, host.span,
                       "the cloud will trust only the classic form of GitHub's subject",
                       "repositories created, renamed or moved since 15 July 2026 send the immutable one: give "
                       "owner_id and repository_id, which " +
                           command + " prints; `subject: classic` says that this is meant");
    }
}

}  // namespace pipewright::manifest::rules

#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

// Which host deploys what. Two hosts that both deploy everything are nearly always an oversight, so both have to say
// it.
void deployers(const Subject& subject) {
    const written::Hosts& hosts = *subject.written.hosts;
    if (subject.written.hosts.bad() || subject.written.environments.bad()) return;
    const Names names = environment_names(subject.project);
    const auto look = [&](const FieldBase& host, const Field<List<std::string>>& deploys) {
        if (!host.given() || !deploys.given()) return;
        for (const Field<std::string>& one : *deploys) known(subject, one, names, "environment");
    };
    look(hosts.github, hosts.github->deploys);
    look(hosts.gitlab, hosts.gitlab->deploys);
    const bool both = hosts.github.given() && hosts.gitlab.given();
    const bool both_say = hosts.github->deploys.given() && hosts.gitlab->deploys.given();
    if (!both || both_say || !sound(hosts.github->deploys, hosts.gitlab->deploys)) return;
    Names shared;
    for (const Environment& one : subject.project.environments) {
        if (one.on_github && one.on_gitlab) shared.push_back("'" + one.name + "'");
    }
    if (shared.empty()) return;
    const bool github_says = hosts.github->deploys.given();
    subject.report(
        Code::deploys_clash, github_says ? hosts.gitlab.key : hosts.github.key,
        "both hosts would deploy " + listing(shared),
        "give 'deploys' on both hosts; an environment that stands on both is deployed by one after the other");
}

}  // namespace pipewright::manifest::rules

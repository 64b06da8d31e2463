#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// "after" goes on in the same run, so the host that deploys an environment must deploy the one before it as well.
void after_hosts(const Subject& subject) {
    if (!deployers_known(subject)) return;
    each_environment(subject, [&](const Environment& one, const written::Environment& written) {
        const Environment* before = subject.project.environment(one.trigger.value);
        if (one.trigger.kind != TriggerKind::after || !sound(written.deploy_on) || before == nullptr) return;
        if (!before->on_github && !before->on_gitlab) return;
        for (const Host host : {Host::github, Host::gitlab}) {
            if (!one.deployed_by(host) || before->deployed_by(host)) continue;
            const std::string name = host == Host::github ? "GitHub" : "GitLab";
            subject.report_once(
                Code::after_across_hosts, one.trigger.span,
                name + " deploys '" + one.name + "' after '" + before->name + "', which it does not deploy",
                "list '" + before->name + "' in its deploys too, or give '" + one.name +
                    "' a branch or a tag of its own");
        }
    });
}

}  // namespace pipewright::manifest::rules

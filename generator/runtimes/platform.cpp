#include "generator/runtimes/platform.h"

#include "generator/project/registry.h"
#include "generator/runtimes/runtime.h"

namespace pipewright {

std::vector<std::string> missing_modules(const Project& project, const Target& target) {
    std::vector<std::string> missing;
    const auto add = [&](bool wanted, std::string what) {
        if (wanted) missing.push_back(std::move(what));
    };
    add(!runtime(target.runtime)->platform, "the runtime " + target.runtime);
    add(!registries::is_native(project), "images of a shared registry");
    add(target.rollout.kind != RolloutKind::rolling, "a rollout other than rolling");
    add(target.ingress.kind == IngressKind::api_gateway, "an API gateway");
    add(target.ingress.https && target.ingress.https->certificate.empty(), "https without an existing certificate");
    add(target.ingress.https && !target.ingress.https->certificate.empty() && !target.ingress.https->zone.empty(),
        "a name in a hosted zone");
    add(target.ingress.waf, "a web application firewall");
    add(target.database.has_value(), "a database");
    add(target.cache.has_value(), "a cache");
    return missing;
}

std::vector<std::string> omitted_features(const Target& target) {
    std::vector<std::string> omitted;
    if (target.observability.dashboard) omitted.emplace_back("the dashboard");
    if (!target.observability.alarm_email.empty()) omitted.emplace_back("alarms by e-mail");
    return omitted;
}

}  // namespace pipewright

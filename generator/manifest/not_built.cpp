#include <functional>

#include "generator/manifest/load.h"
#include "generator/runtimes/runtime.h"

namespace pipewright::manifest {

namespace {

// What is part of the language and not of this version: one row a feature, with where the manifest asks for it.
struct Row {
    std::string_view what;
    std::function<std::optional<Span>(const Project&)> asked;
};

std::optional<Span> when(bool condition, const Span& span) {
    return condition ? std::optional<Span>(span) : std::nullopt;
}

template <class Test>
std::optional<Span> any_service(const Project& project, Test test) {
    for (const Service& one : project.services) {
        if (test(one)) return one.span;
    }
    return std::nullopt;
}

template <class Test>
std::optional<Span> any_target(const Project& project, Test test) {
    for (const Environment& environment : project.environments) {
        for (const Target& target : environment.targets) {
            if (test(target)) return target.span;
        }
    }
    return std::nullopt;
}

const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        {"a registry other than native",
         [](const Project& p) { return when(p.registry.kind != RegistryKind::native, p.registry.span); }},
        {"a runtime other than ecs-fargate",
         [](const Project& p) {
             return any_target(p, [](const Target& t) { return runtime(t.runtime)->lib.empty(); });
         }},
        {"a rollout other than rolling",
         [](const Project& p) {
             return any_target(p, [](const Target& t) { return t.rollout.kind != RolloutKind::rolling; });
         }},
        {"an ingress of the type api-gateway",
         [](const Project& p) {
             return any_target(p, [](const Target& t) { return t.ingress.kind == IngressKind::api_gateway; });
         }},
        {"a ready image",
         [](const Project& p) { return any_service(p, [](const Service& s) { return !s.content.image.empty(); }); }},
        {"a scheduled service",
         [](const Project& p) { return any_service(p, [](const Service& s) { return !s.schedule.empty(); }); }},
        {"signing images", [](const Project& p) { return when(p.delivery.sign != "none", p.span); }},
        {"notifications", [](const Project& p) { return when(!p.delivery.slack_secret.empty(), p.span); }},
        {"scheduled plans (drift)", [](const Project& p) { return when(!p.delivery.drift_schedule.empty(), p.span); }},
        {"targets in the partitions of China and GovCloud",
         [](const Project& p) {
             return any_target(
                 p, [](const Target& t) { return t.region.starts_with("cn-") || t.region.starts_with("us-gov-"); });
         }},
        {"the check job", [](const Project& p) { return when(!p.delivery.check_url.empty(), p.span); }},
        {"static keys", [](const Project& p) { return when(p.infrastructure.aws_static_keys, p.span); }},
        {"steps and jobs of your own under 'extend'",
         [](const Project& p) { return when(p.extended.known(), p.extended); }},
    };
    return all;
}

}  // namespace

void report_not_built(const Project& project, Diagnostics& diagnostics) {
    for (const Row& row : rows()) {
        if (const std::optional<Span> span = row.asked(project)) {
            diagnostics.report(Code::not_built, *span, "this version can't generate " + std::string(row.what) + " yet",
                               "the manifest is right; nothing was written");
        }
    }
}

}  // namespace pipewright::manifest

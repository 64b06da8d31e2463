#include <functional>

#include "generator/manifest/load.h"
#include "generator/manifest/rules/rules.h"
#include "generator/project/registry.h"

namespace pipewright::manifest {

namespace {

using rules::At;
using rules::Subject;

// What is part of the language and not of this version: one row a feature, with where the manifest asks for it.
struct Feature {
    std::string_view what;
    std::function<std::optional<Span>(const Subject&)> asked;
};

std::optional<Span> when(bool condition, const FieldBase& field) {
    return condition ? std::optional<Span>(field.place()) : std::nullopt;
}

// The first target that asks for it: where in the stack or the target, as the test says.
std::optional<Span> any_target(const Subject& subject, bool (*test)(const Target&),
                               const FieldBase& (*field)(const At&)) {
    std::optional<Span> found;
    rules::each_target(subject, [&](const At& at) {
        if (!found && test(at.target)) found = rules::place(field(at), at.target.span);
    });
    return found;
}

std::optional<Span> any_service(const Subject& subject, Field<std::string> written::Service::*key) {
    for (const Named<written::Service>& one : *subject.written.services) {
        const Field<std::string>& field = one.field.value.*key;
        if (field.given()) return field.key;
    }
    return std::nullopt;
}

const std::vector<Feature>& features() {
    static const std::vector<Feature> all{
        {"copies of images to another cloud out of accounts that only static keys open",
         [](const Subject& s) {
             std::optional<Span> found;
             rules::each_target(s, [&](const At& at) {
                 const bool copies = registries::reads_elsewhere(s.project, at.target);
                 if (!found && copies && s.project.static_keys(s.project.source_of(at.target))) found = at.target.span;
             });
             return found;
         }},
        {"a rollout other than rolling",
         [](const Subject& s) {
             return any_target(
                 s, [](const Target& t) { return t.rollout.kind != RolloutKind::rolling; },
                 [](const At& at) -> const FieldBase& { return at.settings.rollout->type; });
         }},
        {"a scheduled service", [](const Subject& s) { return any_service(s, &written::Service::schedule); }},
        {"signing images by GitHub's attestations",
         [](const Subject& s) { return when(s.project.delivery.sign == "attestation", s.written.delivery->sign); }},
        {"targets in the partitions of China and GovCloud",
         [](const Subject& s) {
             return any_target(
                 s, [](const Target& t) { return t.region.starts_with("cn-") || t.region.starts_with("us-gov-"); },
                 [](const At& at) -> const FieldBase& { return at.written.field->region; });
         }},
    };
    return all;
}

}  // namespace

void report_not_built(const Project& project, const Effective& effective, Diagnostics& diagnostics) {
    const Subject subject{project, effective, *effective.manifest, diagnostics};
    for (const Feature& one : features()) {
        if (const std::optional<Span> span = one.asked(subject)) {
            diagnostics.report(Code::not_built, *span, "this version can't generate " + std::string(one.what) + " yet",
                               "the manifest is right; nothing was written");
        }
    }
}

}  // namespace pipewright::manifest

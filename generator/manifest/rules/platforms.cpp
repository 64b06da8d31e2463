#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// Fargate runs linux/amd64 and linux/arm64 (Amazon ECS, runtimePlatform): an image for neither would never start.
void platforms(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        if (!at.runtime.sizes) return;
        for (const EffectiveService& one : at.fields.services) {
            const written::Service& written = *subject.written.services->at(one.service).field;
            const Field<List<std::string>>& all = written.platforms;
            const auto runs = [](const Field<std::string>& platform) {
                return *platform == "linux/amd64" || *platform == "linux/arm64";
            };
            if (!all.given() || !sound(all) || std::any_of(all->begin(), all->end(), runs)) continue;
            subject.report_once(
                Code::not_applicable, all.place(),
                "ecs-fargate runs none of the platforms of '" + subject.written.services->at(one.service).name + "'",
                "add linux/amd64 or linux/arm64");
        }
    });
}

}  // namespace pipewright::manifest::rules

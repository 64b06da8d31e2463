#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

const Target* source_of(const Project& project, const Environment& environment, const Target& target) {
    const Environment* from = project.environment(environment.promote_from);
    if (from == nullptr || from->targets.empty()) return nullptr;
    const Target* same = from->target(target.stack);
    return same != nullptr ? same : &from->targets.front();
}

}  // namespace

// An image can only be promoted from a target that deploys it: no other has passed it.
void promoted_images(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        if (at.environment.promote_from.empty() || !sound(at.written_environment.promote_from)) return;
        const Target* source = source_of(subject.project, at.environment, at.target);
        if (source == nullptr || source == &at.target) return;
        if (!targets_known(subject, subject.project.environment(at.environment.promote_from))) return;
        const std::vector<const Service*> there = subject.project.images_of(*source);
        for (const Running& running : at.target.services) {
            const Service* service = subject.project.service(running.service);
            const Service* image = subject.project.service(service->image_of);
            const auto index = static_cast<std::size_t>(service - subject.project.services.data());
            const written::Service& written = *subject.written.services->at(index).field;
            if (image == nullptr || !image->has_own_image() || !sound(written.stacks, written.same_image_as)) continue;
            if (std::find(there.begin(), there.end(), image) != there.end()) continue;
            subject.report_once(Code::promotion_source, at.written.field.key,
                                "the image of '" + service->name + "' can't be promoted to " + at.shown() + ": '" +
                                    source->environment + "' on '" + source->stack + "' does not run it",
                                "let '" + service->name + "' run on '" + source->stack + "' too, or give '" +
                                    source->environment + "' a target on '" + at.target.stack + "'");
        }
    });
}

}  // namespace pipewright::manifest::rules

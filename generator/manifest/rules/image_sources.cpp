#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

void shared(const Subject& subject, const Service& service, const written::Service& from) {
    const Field<std::string>& name = from.same_image_as;
    if (!known(subject, name, service_names(subject.project), "service")) return;
    const Service* other = subject.project.service(*name);
    const bool itself = *name == service.name;
    if (itself || (other != nullptr && !other->has_own_image())) {
        subject.report(Code::unknown_reference, name.place(),
                       itself ? "'" + *name + "' can't run its own image as another's"
                              : "'" + *name + "' has no image of its own to share",
                       itself ? "name another service" : "name '" + other->image_of + "', whose image it runs");
    }
}

}  // namespace

void image_sources(const Subject& subject) {
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (written.same_image_as.given() && !subject.written.services.bad()) shared(subject, service, written);
    });
}

}  // namespace pipewright::manifest::rules

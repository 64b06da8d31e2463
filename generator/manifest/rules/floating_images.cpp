#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// An image moves where it has neither a digest nor a tag with a number in it.
bool floats(const std::string& image) {
    if (image.find('@') != std::string::npos) return false;
    const std::size_t colon = image.rfind(':');
    const std::size_t slash = image.rfind('/');
    if (colon == std::string::npos || (slash != std::string::npos && colon < slash)) return true;
    return image.find_first_of("0123456789", colon) == std::string::npos;
}

}  // namespace

// Images in which jobs run. A service's own image is resolved to a digest once, so it may move.
void floating_images(const Subject& subject) {
    const auto warn = [&](const Field<std::string>& image, const std::string& what) {
        if (!image.given() || !floats(*image)) return;
        subject.report(Code::floating_image, image.place(), what + " '" + *image + "', which changes under them",
                       "name a version or a digest");
    };
    each_service(subject, [&](const Service& service, const written::Service& written) {
        warn(written.test->image, "the tests of '" + service.name + "' run in");
        for (const Named<written::SideContainer>& side : *written.test->services)
            warn(side.field->image, "the tests of '" + service.name + "' use");
    });
    warn(subject.written.hosts->gitlab->image, "GitLab's jobs run in");
    for (const Named<written::ExtraJob>& job : *subject.written.extend->jobs)
        warn(job.field->image, "the commands of '" + job.name + "' run in");
}

}  // namespace pipewright::manifest::rules

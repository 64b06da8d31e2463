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

void floating_images(const Subject& subject) {
    for (const Service& service : subject.project.services) {
        if (!service.test) continue;
        const auto warn = [&](const std::string& image) {
            if (!floats(image)) return;
            subject.report(Code::floating_image, service.test->span,
                           "the tests of '" + service.name + "' run in '" + image + "', which changes under them",
                           "name a version or a digest");
        };
        warn(service.test->image);
        for (const SideContainer& side : service.test->services) warn(side.image);
    }
}

}  // namespace pipewright::manifest::rules

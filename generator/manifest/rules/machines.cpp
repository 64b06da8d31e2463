#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// AWS names machines FAMILY.SIZE, databases db.FAMILY.SIZE and caches cache.FAMILY.SIZE; Google Cloud joins by hyphens.
bool of_aws(const std::string& type) { return type.find('.') != std::string::npos; }
bool of_google(const std::string& type) { return !of_aws(type) && type.find('-') != std::string::npos; }

void one_cloud(const Subject& subject, const At& at, const Field<std::string>& type, const std::string& example) {
    if (!type.given() || !sound(type)) return;
    const bool aws = at.target.cloud == Cloud::aws;
    if (aws ? !of_google(*type) : !of_aws(*type)) return;
    subject.report_once(
        Code::not_applicable, type.place(),
        std::string(aws ? "AWS" : "Google Cloud") + " has no '" + *type + "', which " + at.shown() + " would use",
        "as in " + example);
}

// A family is letters, a generation and what is special about it: a 'g' there says Graviton, AWS's own ARM (Amazon EC2,
// "Instance type naming conventions"); a1 was the first of them.
bool is_arm(const std::string& type) {
    const std::string family = type.substr(0, type.find('.'));
    const std::size_t generation = family.find_first_of("0123456789");
    if (generation == std::string::npos) return false;
    const std::size_t special = family.find_first_not_of("0123456789", generation);
    return family == "a1" || (special != std::string::npos && family.find('g', special) != std::string::npos);
}

// An image that is built for the other processor never starts.
void processor(const Subject& subject, const At& at) {
    const Field<std::string>& type = at.settings.instance->type;
    if (at.runtime.sizes || at.target.cloud != Cloud::aws || !sound(type) || !of_aws(at.target.instance_type)) return;
    const std::string wanted = is_arm(at.target.instance_type) ? "linux/arm64" : "linux/amd64";
    for (const EffectiveService& one : at.fields.services) {
        const Named<written::Service>& service = subject.written.services->at(one.service);
        const Service* runs = subject.project.service(service.name);
        const Service* built = runs == nullptr ? nullptr : subject.project.service(runs->image_of);
        if (built == nullptr || !built->is_built() || !sound(service.field->platforms, service.field->same_image_as))
            continue;
        const Names& platforms = built->content.platforms;
        if (std::find(platforms.begin(), platforms.end(), wanted) != platforms.end()) continue;
        subject.report_once(
            Code::contradiction,
            place(type, service.field->platforms.given() ? service.field->platforms.place() : at.target.span),
            "'" + at.target.instance_type + "' runs " + wanted + ", for which the image of '" + service.name +
                "' is not built",
            "add " + wanted + " to its platforms, or take another type");
    }
}

}  // namespace

// Machines that the cloud has, with the processor for which images are built.
void machines(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        const bool aws = at.target.cloud == Cloud::aws;
        one_cloud(subject, at, at.settings.instance->type, aws ? "t3.small" : "e2-small");
        one_cloud(subject, at, at.settings.database->type, aws ? "db.t4g.micro" : "db-custom-1-3840");
        if (aws) one_cloud(subject, at, at.settings.cache->type, "cache.t4g.micro");
        processor(subject, at);
    });
}

}  // namespace pipewright::manifest::rules

#include <map>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// AWS ends a region in a hyphen and a number, Google Cloud in a direction and its number: eu-west-1, europe-west1.
void region(const Subject& subject, const At& at) {
    const Field<std::string>& from = at.written.field->region;
    if (!from.given() || !sound(from)) return;
    const std::size_t number = from->find_last_not_of("0123456789");
    const bool of_aws = number != std::string::npos && (*from)[number] == '-';
    const bool aws = at.target.cloud == Cloud::aws;
    if (of_aws == aws) return;
    subject.report(Code::contradiction, from.place(),
                   "'" + *from + "' is a region of " + (aws ? "Google Cloud" : "AWS") + ", and " + at.shown() +
                       " is on " + (aws ? "AWS" : "Google Cloud"),
                   aws ? "as in eu-west-1" : "as in europe-west1");
}

std::string_view cloud_name(Cloud cloud) { return cloud == Cloud::aws ? "AWS" : "Google Cloud"; }

void keys(const Subject& subject, const At& at) {
    const written::Target& from = *at.written.field;
    bool refused = false;  // then keys of the other cloud stand where its own should
    const auto need = [&](const FieldBase& field, std::string_view key, std::string_view example) {
        if (field.given() || !sound(field) || refused) return;
        subject.report(Code::missing_key, at.written.field.key,
                       "target " + at.shown() + " has no key '" + std::string(key) + "'",
                       "as in " + std::string(example));
    };
    const auto refuse = [&](const FieldBase& field, std::string_view key) {
        if (!field.given()) return;
        refused = true;
        subject.report(
            Code::not_applicable, field.key,
            "'" + std::string(key) + "' does not apply to a target on " + std::string(cloud_name(at.target.cloud)),
            at.target.cloud == Cloud::aws ? "a target on AWS has an account and a region"
                                          : "a target on Google Cloud has a project, its number and a region");
    };
    if (at.target.cloud == Cloud::aws) {
        refuse(from.project, "project");
        refuse(from.project_number, "project_number");
        need(from.account, "account", "account: \"123456789012\", with the quotes");
    } else {
        refuse(from.account, "account");
        need(from.project, "project", "project: acme-shop-dev");
        need(from.project_number, "project_number", "project_number: \"100000000001\", with the quotes");
    }
}

}  // namespace

// Where a target is: the keys of its cloud, and no project with two numbers or number with two projects.
void places(const Subject& subject) {
    std::map<std::string, std::string> numbers;
    std::map<std::string, std::string> projects;
    each_target(subject, [&](const At& at) {
        keys(subject, at);
        region(subject, at);
        const written::Target& from = *at.written.field;
        if (at.target.cloud != Cloud::gcp || !from.project.given() || !from.project_number.given()) return;
        const auto [number, new_project] = numbers.try_emplace(*from.project, *from.project_number);
        const auto [project, new_number] = projects.try_emplace(*from.project_number, *from.project);
        if (number->second != *from.project_number) {
            subject.report(Code::contradiction, from.project_number.place(),
                           "project '" + *from.project + "' has the number " + number->second + " elsewhere",
                           "gcloud projects describe " + *from.project + " --format='value(projectNumber)' prints it");
        } else if (project->second != *from.project) {
            subject.report(
                Code::contradiction, from.project_number.place(),
                "the number " + *from.project_number + " is that of project '" + project->second + "' elsewhere",
                "gcloud projects describe " + *from.project + " --format='value(projectNumber)' prints it");
        }
    });
    // One account has one identity provider, which one project makes.
    std::map<std::string, bool> existing;
    each_target(subject, [&](const At& at) {
        const written::Target& from = *at.written.field;
        if (!from.account.given() || !sound(from.oidc_provider)) return;
        const auto [found, added] = existing.try_emplace(*from.account, at.target.existing_oidc_provider);
        if (added || found->second == at.target.existing_oidc_provider) return;
        subject.report(Code::contradiction, place(from.oidc_provider, at.written.field.key),
                       "oidc_provider of account " + *from.account + " is '" +
                           (at.target.existing_oidc_provider ? "existing" : "create") + "' here and '" +
                           (at.target.existing_oidc_provider ? "create" : "existing") + "' elsewhere",
                       "an account has one provider: say the same in all its targets");
    });
}

}  // namespace pipewright::manifest::rules

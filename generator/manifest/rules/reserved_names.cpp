#include <array>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

constexpr std::array<std::string_view, 3> kFolders{"modules", "accounts", "hosts"};
constexpr std::array<std::string_view, 3> kOutput{"ci", ".github", ".gitlab"};

// The jobs that the pipelines have of their own; a user's may not be called like one.
Names own_jobs(const Project& project) {
    Names all{"check", "check-form", "scan-source"};
    for (const Service& service : project.services) {
        for (const char* verb : {"test-", "try-", "build-", "resolve-", "scan-image-"})
            all.push_back(verb + service.name);
    }
    for (const Environment& environment : project.environments) {
        for (const char* verb : {"guard-", "release-", "announce-", "notify-", "alert-", "promote-"})
            all.push_back(verb + environment.name);
        for (const Target& target : environment.targets) {
            for (const char* verb : {"plan-", "apply-", "deploy-", "rollback-", "destroy-", "drift-"})
                all.push_back(verb + environment.name + "-" + target.stack);
        }
    }
    return all;
}

}  // namespace

// Names and folders that the output needs for itself.
void reserved_names(const Subject& subject) {
    for (const Named<written::Stack>& stack : *subject.written.stacks) {
        if (stack.name == "all") {
            subject.report(Code::reserved_name, stack.field.key, "a stack can't be called 'all'",
                           "in the operators' form that word means every stack");
        }
        for (const std::string_view folder : kFolders) {
            if (stack.name != folder) continue;
            subject.report(Code::reserved_name, stack.field.key, "a stack can't be called '" + stack.name + "'",
                           "the generated Terraform has a folder of that name");
        }
    }
    const Field<std::string>& directory = subject.written.infrastructure->directory;
    for (const std::string_view taken : kOutput) {
        if (!directory.given() || directory->substr(0, directory->find('/')) != taken) continue;
        subject.report(
            Code::reserved_name, directory.place(),
            "the Terraform can't stand in '" + std::string(taken) + "', which holds the pipelines' own files",
            "take another folder, as in infra");
    }
    const Names jobs = own_jobs(subject.project);
    for (const Named<written::ExtraJob>& job : *subject.written.extend->jobs) {
        for (const std::string& own : jobs) {
            if (job.name != own) continue;
            subject.report(Code::reserved_name, job.field.key,
                           "the pipelines have a job '" + job.name + "' of their own", "give yours another name");
        }
    }
}

}  // namespace pipewright::manifest::rules

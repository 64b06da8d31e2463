#include <algorithm>
#include <array>
#include <map>

#include "generator/manifest/rules/rules.h"
#include "generator/project/names.h"

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

// On GitLab these are no jobs ("CI/CD YAML syntax reference", keywords), or jobs that do more than their script.
constexpr std::array<std::string_view, 14> kKeywords{"cache", "default", "false",     "image",   "include",
                                                     "nil",   "pages",   "services",  "spec",    "stages",
                                                     "true",  "types",   "variables", "workflow"};

void own_names(const Subject& subject) {
    const Names jobs = own_jobs(subject.project);
    std::map<std::string, std::string> taken;
    for (const ExtraJob& job : subject.project.extensions.jobs) {
        if (std::find(kKeywords.begin(), kKeywords.end(), job.name) != kKeywords.end()) {
            subject.report(Code::reserved_name, job.span, "on GitLab '" + job.name + "' is no job's name but a keyword",
                           "give your job another name");
            continue;
        }
        // With an identity there may be one for each stack.
        Names names = names::extra_jobs(subject.project, job);
        if (names.empty()) names.push_back(job.name);
        for (const std::string& name : names) {
            const std::string shown = name == job.name ? "" : " (your '" + job.name + "' is one job for each stack)";
            // Jobs that hand on images where there are very many.
            const bool numbered =
                name.starts_with("images-") && name.find_first_not_of("0123456789", 7) == std::string::npos;
            if (numbered || std::find(jobs.begin(), jobs.end(), name) != jobs.end()) {
                subject.report(Code::reserved_name, job.span,
                               "the pipelines have a job '" + name + "' of their own" + shown,
                               "give yours another name");
            } else if (const auto [found, fresh] = taken.emplace(name, job.name); !fresh) {
                subject.report(Code::name_clash, job.span,
                               "'" + found->second + "' and '" + job.name + "' would both be the job '" + name + "'",
                               "rename one of them");
            }
        }
    }
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
    own_names(subject);
}

}  // namespace pipewright::manifest::rules

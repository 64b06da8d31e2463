// What the delivery page tells of one host: made by that host's file, put together in page.cpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/hosts/github/workflow.h"
#include "generator/hosts/gitlab/pipeline.h"
#include "generator/markdown/document.h"

namespace pipewright::print {

// A file of the host with its jobs: the columns Job, What it does, When, After, Identity.
struct JobTable {
    std::string path;
    std::vector<markdown::Row> rows;
};

struct HostPart {
    std::string name;                                       // "GitHub"
    std::map<std::string, markdown::Inlines> gates;         // by environment; without one the host doesn't deploy it
    std::map<std::string, std::string> starts;              // by ENVIRONMENT/STACK: what starts the deploy
    std::map<std::string, std::vector<std::string>> after;  // and the jobs that it comes after
    std::vector<JobTable> tables;
    std::vector<markdown::Item> tasks;  // what a person sets up on the host
    markdown::Inlines form;             // how a person reaches the operators' form; empty without one
};

HostPart github_part(const github::Pipeline& pipeline);
HostPart gitlab_part(const gitlab::Pipeline& pipeline);

// Shorthands for lines of words and code.
markdown::Inlines words(const std::string& text);
markdown::Inlines code(const std::string& text);
markdown::Inlines codes(const std::vector<std::string>& all);  // `a`, `b`
markdown::Inlines operator+(markdown::Inlines left, const markdown::Inlines& right);

// As whom a job acts: the names of its roles, or whose keys it holds.
template <class Job>
markdown::Inlines identity_of(const Job& job) {
    if (!job.identity) return words("none");
    const auto name = [](const std::string& principal) { return code(principal.substr(principal.rfind('/') + 1)); };
    markdown::Inlines who =
        job.static_keys ? words("the keys of ") + code(job.target_environment) : name(job.principal);
    if (job.reader) who = std::move(who) + words(", and reads images as ") + name(job.reader->principal);
    return who;
}

// Long-lived keys: whose they have to be. where: "the environment prod", or empty.
markdown::Item keys_task(const std::string& host, const std::vector<std::string>& names, const markdown::Inlines& where,
                         const std::string& environment);

// Secrets that a person gives the host, with the jobs that read them.
using SecretReaders = std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>;
void note_secrets(const std::vector<std::string>& names, const std::string& job, SecretReaders& all);
markdown::Item secrets_task(const std::string& host, const std::vector<std::string>& names,
                            const std::vector<std::string>& jobs);

// refs/heads/main as "the branch main", refs/tags/v* as "tags v*".
markdown::Inlines ref_words(const std::vector<std::string>& refs);

}  // namespace pipewright::print

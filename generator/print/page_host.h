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

// refs/heads/main as "the branch main", refs/tags/v* as "tags v*".
markdown::Inlines ref_words(const std::vector<std::string>& refs);

}  // namespace pipewright::print

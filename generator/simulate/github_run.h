// One run of one workflow.
#pragma once

#include <map>
#include <set>
#include <string>

#include "generator/simulate/simulate.h"

namespace pipewright::simulate {

class GitHubRun {
public:
    GitHubRun(const GitHubHost& host, const GitHubSide& side, const github::Workflow& workflow, const Event& event);

    std::vector<JobAnswer> jobs();

private:
    const JobAnswer* ended(const std::string& job) const;
    bool holds(const github::Expression& condition) const;
    bool all_before_succeeded(const github::Job& job) const;
    std::string first_bad_need(const github::Job& job) const;
    std::string why_not(const github::Job& job) const;
    std::string form_problem(const github::Job& job) const;
    std::string setting(const github::Job& job, std::string_view name) const;
    void decide(const github::Job& job, JobAnswer& answer) const;
    void let_wait(const github::Job& job, JobAnswer& answer) const;
    Token token_of(const github::Job& job, const hosts::Claims& trusted) const;
    std::string gate_words(const github::Job& job) const;

    const GitHubHost& host_;
    const GitHubSide& side_;
    const github::Workflow& workflow_;
    const Event& event_;
    std::map<std::string, std::string> contexts_;  // what is not here is null
    std::vector<JobAnswer> answers_;
    std::set<std::string> good_;  // jobs that succeeded, and all before them
};

}  // namespace pipewright::simulate

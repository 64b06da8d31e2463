// How the graph becomes workflows; the parts stand in lower.cpp (which workflow holds what), jobs.cpp and steps.cpp.
#pragma once

#include <set>

#include "generator/hosts/github/lower.h"

namespace pipewright::github {

class Lowering {
public:
    Lowering(const Project& project, const delivery::Graph& graph, Origins& origins)
        : project_(project), host_(*project.github), graph_(graph), origins_(origins) {}

    Pipeline lower();

private:
    // A need of a job within one workflow. One that may be skipped counts as done when it was.
    struct Edge {
        std::string job;
        bool may_be_skipped = false;
        bool asks_reviewers = false;  // an apply: of nothing, it is skipped on any event
    };
    using Edges = std::vector<Edge>;

    // lower.cpp
    std::string workflow_path(const std::string& name) const;
    std::string of_project(const std::string& text) const;
    const EnvironmentGate* gate(const std::string& environment) const;
    EnvironmentGate gate_of(const Environment& environment) const;
    std::string home_of(const delivery::Job& job) const;
    bool asks_reviewers(const delivery::Job& job) const;
    std::vector<std::string> stacks_at(const delivery::Job& job, const std::string& home) const;
    delivery::Condition events_in(const delivery::Job& job, const Workflow& workflow) const;
    Workflow delivery_workflow() const;
    Workflow infrastructure_workflow() const;
    Workflow operations_workflow() const;
    Workflow promotion_workflow(const EnvironmentGate& gate) const;
    void complete(Workflow workflow);

    // jobs.cpp
    std::string script(const std::string& name) const;
    Edges edges_of(const delivery::Job& job, const Workflow& workflow) const;
    std::vector<Expression> turn_of(const delivery::Job& job, const Edges& edges, const Workflow& workflow) const;
    void tell_gate(const delivery::Job& from, const Workflow& workflow, Job& job) const;
    bool after_a_skip(const delivery::Job& job, const Workflow& workflow) const;
    std::optional<Expression> condition_in(const delivery::Condition& events, const Workflow& workflow,
                                           bool own_repository) const;
    Job guard(const std::string& environment, const Workflow& workflow) const;
    Job lower(const delivery::Job& from, const Workflow& workflow) const;
    void add_identity(const delivery::Job& from, const delivery::Condition& events, const Workflow& workflow,
                      Job& job) const;
    static bool follows(const delivery::Job& from, const Workflow& workflow);
    std::optional<Value> needs_confirmation(const delivery::Job& from, const Workflow& workflow) const;
    std::vector<delivery::FormRow> form_rows(const delivery::Job& from, const Workflow& workflow) const;

    // steps.cpp
    std::optional<Value> value_of(const delivery::Value& value, const Workflow& workflow) const;
    Settings settings_of(const delivery::Variables& variables, const Workflow& workflow) const;
    void add_container(const delivery::Container& from, const Workflow& workflow, Job& job) const;
    void add_step(const delivery::Step& from, const Workflow& workflow, Job& job) const;
    static Step checkout(Origin origin, bool commits, bool files = false);
    static Step checkout_chosen(Origin origin);

    const Project& project_;
    const GitHubHost& host_;
    const delivery::Graph& graph_;
    Origins& origins_;
    Pipeline pipeline_;
};

// The output of an apply that says "waits" where nothing is applied before its plan is confirmed.
inline constexpr const char* kEnded = "ended";

// Whether the workflow's form has that field.
bool asks(const Workflow& workflow, std::string_view field);

}  // namespace pipewright::github

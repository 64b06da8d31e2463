// GitHub workflows as data: what the printer prints and verification reads. Leaves are typed: text, an expression, or a
// user's own shell lines.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "generator/hosts/claims.h"
#include "generator/hosts/github/expression.h"
#include "generator/hosts/github/pins.h"
#include "generator/project/names.h"
#include "generator/text/origin.h"

namespace pipewright::github {

// A value, whatever it holds: printed so that GitHub expands nothing in it.
struct Text {
    std::string text;
};
// Text of several lines, printed as a block.
struct Lines {
    std::string text;
};
using Value = std::variant<Text, Lines, Expression>;

struct Setting {
    std::string name;
    Value value;
    std::string why = {};
};
using Settings = std::vector<Setting>;

// A run step's program: one of our scripts, or a user's own lines for sh.
struct ScriptCall {
    std::string path;
    // Whether the script takes the place of the step's shell: when a run is cancelled GitHub signals that process
    // alone, and a script that changes a target has to hear of it to put things back.
    bool replaces_shell = false;
};
struct UserLines {
    std::vector<std::string> lines;
    std::string directory;  // from the root of the checkout
};

struct Step {
    std::string name, id;
    std::optional<Expression> only_if;
    const Pin* uses = nullptr;
    Settings with;
    std::optional<std::variant<ScriptCall, UserLines>> run;
    Settings environment;
    Origin origin;
};

struct Permission {
    std::string name, level;
    std::string why;  // printed beside it, for everything but reading contents
};

struct Container {
    std::string image;
    Settings environment;
};

struct Job {
    std::string id, name, about;
    std::vector<std::string> needs;
    std::optional<Expression> only_if;
    std::vector<std::string> runner;
    int timeout_minutes = 10;
    std::string environment;
    std::vector<Permission> permissions;
    std::optional<Container> container;
    std::vector<std::pair<std::string, Container>> sides;
    std::vector<std::string> outputs;  // each is that output of the step "main"
    Settings variables;
    std::vector<Step> steps;
    Origin origin;

    // What verification and the delivery page read; nothing of it is printed in the workflow.
    std::optional<names::Identity> identity;
    std::string principal;
    bool static_keys = false;  // it holds keys of its environment instead of a principal
    std::optional<hosts::Claims> claims;
    std::optional<hosts::Reader> reader;
    std::vector<std::string> secrets;  // of the host, that it is given
    std::string target_environment, target_stack;
    bool changes_target = false;
    std::vector<std::string> events;  // as a person would call them
};

// A field of the form that a person fills in to start a workflow: one of the options, or text.
struct FormInput {
    std::string name, description;
    bool required = true;
    std::vector<std::string> options = {};  // empty: text; else the first one stands there until it is changed
};

// Which part of the graph a workflow holds.
enum class WorkflowKind {
    delivery,        // pushes, and what a change request is tested by
    infrastructure,  // what a change request would change in the clouds, and what differs there by the clock
    operations,      // the operators' form
    promotion,       // an environment whose gate is that a person starts its workflow, with its part of the form
};

struct Workflow {
    WorkflowKind kind = WorkflowKind::delivery;
    std::string path;  // from the root of the repository
    std::string name, about;
    std::string environment;  // promotion: whose
    bool change_requests = false;
    std::vector<std::string> branches, tags;
    std::string schedule;         // cron; GitHub runs it on the default branch alone
    std::vector<FormInput> form;  // not empty: a person starts it
    std::optional<Expression> run_name;
    std::vector<Job> jobs;
    Origin origin;
};

// How a gate is built on GitHub.
enum class GateForm {
    none,
    reviewers,                // the job's environment asks the approvers
    workflow_in_environment,  // a workflow that a person starts, in an environment with restricted refs
    workflow,                 // a workflow that a person starts
    release,                  // the tag itself
};

struct EnvironmentGate {
    std::string environment;
    GateForm form = GateForm::none;
    std::vector<std::string> approvers;
    std::int64_t wait_minutes = 0;
    std::vector<std::string> refs;  // full refs and patterns of refs that may deploy: refs/tags/v*
    std::string workflow;           // path of promote-ENV.yml, where it has one
    bool guarded = false;           // rests on settings of GitHub's that a job can ask for
};

struct Pipeline {
    std::vector<Workflow> workflows;
    std::vector<EnvironmentGate> gates;  // of every environment that GitHub deploys, in order
    std::string webhook;                 // the secret that messages are sent with; empty: nobody is told
};

}  // namespace pipewright::github

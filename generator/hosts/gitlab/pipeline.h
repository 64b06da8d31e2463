// A GitLab pipeline as data: what the printer prints and verification reads. Leaves are typed: text, the name of
// another variable, or a user's own shell lines.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "generator/delivery/graph.h"
#include "generator/hosts/claims.h"
#include "generator/hosts/gitlab/expression.h"
#include "generator/project/names.h"
#include "generator/text/origin.h"

namespace pipewright::gitlab {

// A value, whatever it holds: printed so that GitLab expands nothing in it.
struct Text {
    std::string text;
};
// What another variable holds; nothing where there is none of that name.
struct Reference {
    std::string variable;
};
using Value = std::variant<Text, Reference>;

struct Setting {
    std::string name;
    Value value;
    std::string why = {};
};
using Settings = std::vector<Setting>;

// The first rule that holds puts the job into the pipeline; where none does, it is not there.
struct Rule {
    Expression condition;
    bool by_hand = false;  // the job waits for a person, and what comes after it waits too
    Settings variables;    // of a run that this rule lets in; texts without "$"
    // When its turn has come; GitLab's "always" is also after needs none of which ever began.
    delivery::After after = delivery::After::success;
};

// Which events make a pipeline at all.
struct WorkflowRule {
    Expression condition;
    bool newest_only = false;  // a newer pipeline of the same ref stops what is interruptible in this one
};

struct Need {
    std::string job;
    bool optional = false;   // it may be absent from the pipeline
    bool artifacts = false;  // the variables that it hands on come along
};

// A line of a job's script: one of ours, another program with its arguments, variables that are written down for the
// jobs that follow, or a user's own lines.
struct ScriptCall {
    std::string path;  // from the root of the repository
    std::vector<std::string> arguments;
};
struct Command {
    std::vector<std::string> words;
};
struct HandOn {
    std::vector<std::string> variables;
    std::string file;
};
struct UserLines {
    std::vector<std::string> lines;
    std::string directory;  // from the root of the repository
};
// After the script, however it ended: how that was, as a variable for the jobs that follow.
struct HandOnResult {
    std::string variable;
    std::string file;
};
using ScriptLine = std::variant<ScriptCall, Command, HandOn, UserLines, HandOnResult>;

struct Service {
    std::string name, image;
    Settings variables;
};

// A token that GitLab signs for this job and an audience.
struct IdToken {
    std::string variable, audience;
};

// A deployment to a GitLab environment, or a job that only names it: so that its token says so, or for the variables
// that are scoped to it.
struct Deployment {
    std::string environment;
    bool production = false;
    bool access = false;
};

struct Job {
    std::string id, about;
    std::string stage;
    std::vector<Need> needs;  // none: it starts at once
    std::vector<Rule> rules;
    std::string image;  // empty: the pipeline's own
    std::vector<Service> services;
    int timeout_minutes = 10;
    bool interruptible = false;
    std::optional<Deployment> deployment;
    std::vector<IdToken> tokens;
    Settings variables;
    std::vector<ScriptLine> before, script, afterwards;
    std::string outputs;  // the file of variables that it hands on; empty: none
    Origin origin;

    // What verification and the delivery page read; nothing of it is printed in the pipeline.
    std::string title;
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

// A file that the root includes.
struct File {
    std::string path;  // from the root of the repository
    std::string about;
    std::vector<Job> jobs;
    Origin origin;
};

// A field of the form that a person fills in to run a pipeline: one of the options, or text of a form. What it holds
// stands in the variable FORM_NAME.
struct FormInput {
    std::string name, description;
    std::vector<std::string> options;  // empty: text
    std::string pattern;               // of a text: a regular expression
    std::string preset;
};

// How a gate is built on GitLab.
enum class GateForm {
    none,
    manual_job,  // a job that a person starts, on a protected ref
    deployment,  // the same, and it is the deployment to a protected environment, which takes approvals
    release,     // the protected tag itself
};

struct EnvironmentGate {
    std::string environment;
    GateForm form = GateForm::none;
    std::vector<std::string> approvers;  // whom the approval rules name; nobody checks them but with deployment
    std::vector<std::string> refs;       // full refs and patterns that have to be protected
    std::string job;                     // that a person starts: "release-prod"
};

struct Pipeline {
    std::string path, about;  // of the root file
    std::vector<FormInput> form;
    std::vector<WorkflowRule> rules;
    std::vector<std::string> stages;
    std::string image;
    std::vector<std::string> runner_tags;
    Settings variables;
    std::vector<File> files;
    std::vector<EnvironmentGate> gates;  // of every environment that GitLab deploys, in order
    std::string webhook;                 // the variable that messages are sent with; empty: nobody is told
    std::string schedule;                // cron; a person makes the schedule
    Origin origin;
};

}  // namespace pipewright::gitlab

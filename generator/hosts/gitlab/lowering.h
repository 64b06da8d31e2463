// How the graph becomes a pipeline; the parts stand in lower.cpp (which file holds what, stages, the form), jobs.cpp,
// gather.cpp (what a job may not need by itself) and steps.cpp.
#pragma once

#include "generator/hosts/gitlab/lower.h"

namespace pipewright::gitlab {

class Lowering {
public:
    Lowering(const Project& project, const delivery::Graph& graph, Origins& origins)
        : project_(project), host_(*project.gitlab), graph_(graph), origins_(origins) {}

    Pipeline lower();

private:
    // lower.cpp
    std::string path(const std::string& name) const;
    EnvironmentGate gate_of(const Environment& environment) const;
    const EnvironmentGate* gate(const std::string& environment) const;
    bool builds() const;
    std::string about_images() const;
    File& file_of(const delivery::Job& job);
    void add(const delivery::Job& job);
    void put(File& file, Job job) const;
    void add_stages();
    void add_form();

    // jobs.cpp
    Job lower(const delivery::Job& from) const;
    std::vector<Need> needs_of(const delivery::Job& from) const;
    bool is_told(const delivery::Job& from) const;
    void hand_on_result(const delivery::Job& from, Job& job) const;
    void tell_gate(const delivery::Job& from, Job& job) const;
    RuleSetup rule_setup(const delivery::Job& from) const;
    delivery::Condition gated_events(const std::string& environment) const;
    std::vector<Need> needs_before(const std::string& environment, bool plans) const;
    Job gate_job(const std::string& id, const std::string& environment) const;
    Job guard(const std::string& environment) const;
    Job release(const std::string& environment) const;
    void ask_guard(const std::string& environment, const char* plan, Job& job) const;

    // gather.cpp
    bool gathers() const;
    Need gathered(const delivery::Job& from, Need need) const;
    std::vector<Job> gather_jobs() const;

    // steps.cpp
    ScriptCall script(const std::string& name, std::vector<std::string> arguments = {}) const;
    void add_variables(const delivery::Variables& variables, Job& job) const;
    void add_tools(const std::vector<std::string>& scripts, bool aws, Job& job) const;
    void add_identity(const delivery::Job& from, Job& job) const;
    void add_steps(const delivery::Job& from, Job& job) const;
    void add_builder(bool emulation, Job& job) const;

    const Project& project_;
    const GitLabHost& host_;
    const delivery::Graph& graph_;
    Origins& origins_;
    Pipeline pipeline_;
};

// The variables that a job asks for from the jobs before it, by the name under which a job hands an output on.
std::string handed_on(const delivery::Job& from, const std::string& output);

// What a person filled in, as variables of runs of the form alone.
Settings form_variables(const delivery::Job& from);

// All variables of a job and its steps.
delivery::Variables all_variables(const delivery::Job& from);

// Adds a need, or what it says to the one of that job.
void add(std::vector<Need>& needs, const Need& need);

// The events of a job. The first one of the form runs on whatever a person chose: it says what makes no sense.
delivery::Condition events_of(const delivery::Job& from);

// Where a job's outputs go; no file of the user's is called so.
inline constexpr const char* kOutputs = ".pipewright-outputs.env";

// Sets a variable unless the user's own test has one of that name.
void set(Job& job, std::string name, Value value, std::string why = {});

std::string guard_job(const std::string& environment);
std::string release_job(const std::string& environment);
std::string stage_of(const delivery::Job& job);

}  // namespace pipewright::gitlab

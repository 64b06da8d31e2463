// The parts of the planner, by what the jobs are about; plan.cpp puts them together.
#pragma once

#include "generator/delivery/plan.h"

namespace pipewright::delivery {

class Planner {
public:
    Planner(const Project& project, Host host, Origins& origins) : project_(project), host_(host), origins_(origins) {}

    Graph plan();

private:
    Job& add(Job job);
    void settle_needs();

    // The events of which jobs are (plan.cpp).
    Condition every_event() const;
    Condition builds() const;
    Condition change_requests_and_builds() const;
    Condition by_form(const Environment& environment, const std::string& stack,
                      const std::vector<std::string>& actions) const;

    // What every job on a target is told, and as whom it acts (plan_targets.cpp).
    Variables place(const Target& target, names::Identity identity) const;
    static void sign_in_to(const JobIdentity& who, const Target& target, Variables& to);
    static void tell_keys(Job& job);
    JobIdentity identity_of(const Target& target, names::Identity kind) const;
    Variables registry_credentials(Job& job, RegistryUse use) const;

    // Tests, scans and images (plan_images.cpp).
    bool uploads() const;
    void add_scan(Job& job, std::string name, std::string script, const std::string& category, Variables variables,
                  bool upload) const;
    Variable image_data(const Service& service) const;
    void place_image_job(Job& job, const Service& service) const;
    bool needs_emulation(const Service& service) const;
    void add_build_steps(Job& job, const Service& service) const;
    static void add_build_secrets(const Service& service, Variables& variables);
    void check();
    void scan_source();
    void test(const Service& service);
    void try_build(const Service& service);
    void make_image(const Service& service);
    void tell_signing(Job& job) const;
    void scan_image(const Service& service);

    // The operators' form, and what changes targets (plan_targets.cpp).
    void check_form();
    std::vector<std::string> applying_actions() const;
    std::vector<Need> needs_of(const Environment& environment, const Target& target) const;
    Job target_job_of(const char* verb, JobKind kind, const Environment& environment, const Target& target,
                      names::Identity identity) const;
    void tell_terraform(Job& job, const Target& target) const;
    void tell_runtime(Job& job, const Target& target) const;
    void tell_source(Job& job, const Target& target) const;
    void plan_target(const Environment& environment, const Target& target);
    void apply_target(const Environment& environment, const Target& target);
    void deploy_target(const Environment& environment, const Target& target);
    void roll_back_target(const Environment& environment, const Target& target);
    void destroy_target(const Environment& environment, const Target& target);

    // What looks at targets by the clock, and what tells people of them (plan_told.cpp).
    void drift_target(const Environment& environment, const Target& target);
    void look_for_drift(const Environment& environment);
    Job telling(const std::string& id, JobKind kind, const Environment& environment, const char* event) const;
    void announce(const Environment& environment);
    void notify(const Environment& environment);

    // What the manifest adds of its own (plan_extend.cpp).
    void tell_commands(Variables& variables, const char* name, const std::vector<std::string>& run) const;
    void tell_hooks(Job& job, const Environment& environment) const;
    void wait_for_before(const Environment& environment, std::vector<Need>& needs) const;
    void extra_jobs(const Environment& environment, const ExtraJob& extra);

    const Project& project_;
    Host host_;
    Origins& origins_;
    Graph graph_;
};

}  // namespace pipewright::delivery

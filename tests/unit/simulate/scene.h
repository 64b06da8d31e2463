// Manifests, events, and what simulate says of them.
#pragma once

#include <algorithm>

#include "../scenes.h"
#include "generator/hosts/github/lower.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/simulate/simulate.h"

namespace pipewright::scenes {

inline simulate::Event push(const std::string& ref) {
    simulate::Event event;
    event.kind = ref.starts_with("refs/tags/") ? delivery::EventKind::push_tag : delivery::EventKind::push_branch;
    event.ref = ref;
    return event;
}

inline simulate::Event request(bool fork) {
    simulate::Event event;
    event.kind = delivery::EventKind::change_request;
    event.ref = "refs/heads/topic";
    event.fork = fork;
    return event;
}

inline simulate::Event form(const std::string& action, const std::string& environment,
                            const std::string& ref = "refs/heads/main") {
    simulate::Event event;
    event.kind = delivery::EventKind::form;
    event.ref = ref;
    event.form.action = action;
    event.form.environment = environment;
    if (action == "destroy") event.form.confirm = environment;
    return event;
}

inline simulate::HostAnswer on_github(const Project& project, const simulate::Event& event) {
    Origins origins;
    simulate::GitHubSide side{delivery::plan(project, Host::github, origins), {}};
    side.pipeline = github::lower(project, side.graph, origins);
    return simulate::on_github(project, side, event);
}

inline simulate::HostAnswer on_gitlab(const Project& project, const simulate::Event& event) {
    Origins origins;
    simulate::GitLabSide side{delivery::plan(project, Host::gitlab, origins), {}};
    side.pipeline = gitlab::lower(project, side.graph, origins);
    return simulate::on_gitlab(project, side, event);
}

// The job of the runs that are started or awaited; where it stands in several, the one that is not skipped.
inline simulate::JobAnswer job_of(const simulate::HostAnswer& host, const std::string& id) {
    simulate::JobAnswer found;
    found.because = "there is no such job";
    for (const simulate::RunAnswer& run : host.runs) {
        for (const simulate::JobAnswer& job : run.jobs) {
            const bool goes = job.outcome != simulate::Outcome::skipped && job.outcome != simulate::Outcome::absent;
            if (job.job == id && (found.job.empty() || goes)) found = job;
        }
    }
    return found;
}

inline std::string outcome(const simulate::HostAnswer& host, const std::string& id) {
    return std::string(simulate::to_string(job_of(host, id).outcome));
}

// Jobs that run or wait, in order.
inline std::string going(const simulate::HostAnswer& host) {
    std::string all;
    for (const simulate::RunAnswer& run : host.runs) {
        for (const simulate::JobAnswer& job : run.jobs) {
            if (job.outcome == simulate::Outcome::runs || job.outcome == simulate::Outcome::waits)
                all += (all.empty() ? "" : " ") + job.job;
        }
    }
    return all;
}

inline std::string on_both_hosts(const std::string& manifest) {
    const std::string from = "hosts:\n  github: ";
    std::string text = manifest;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    const std::size_t end = text.find('\n', at + from.size());
    text.insert(end, "\n  gitlab: { plan: free, deploys: [dev, staging, prod] }");
    text.insert(text.rfind('}', end), ", deploys: [dev, staging, prod] ");
    return text;
}

}  // namespace pipewright::scenes

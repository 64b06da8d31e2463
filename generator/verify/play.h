// How the hosts run what was lowered: conditions (hosts/NAME/evaluate.h) and the results of needs, from the hosts'
// documentation and the very trees that are printed.
#pragma once

#include <string>
#include <vector>

#include "generator/verify/world.h"

namespace pipewright::verify {

// The events that could matter to pipelines: every branch, tag pattern and combination of the form that they name, and
// others beside them; change requests from here and from forks; the schedule; and all of it once more inside a fork.
std::vector<Occurrence> occurrences(const Subject& subject);

// GitHub: "Evaluate expressions", "Workflow syntax" (on, needs, if). The jobs that run are in the order of the file. In
// the first run every output says "false", in the second "true".
bool starts(const github::Workflow& workflow, const Occurrence& event);
Run play_github(const github::Workflow& workflow, const std::vector<const Job*>& jobs, const Occurrence& event,
                const std::string& repository, const std::string& output);

// GitLab: "Job rules", "needs". No jobs where no pipeline is made, which a missing need that isn't optional does too.
Run play_gitlab(const gitlab::Pipeline& pipeline, const std::vector<const Job*>& jobs, const Occurrence& event,
                const std::string& repository);

// The repository of an event that happens in a fork.
inline constexpr const char* kFork = "somebody/fork";

}  // namespace pipewright::verify

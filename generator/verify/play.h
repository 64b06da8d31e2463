// How the hosts run what was lowered: GitHub's expressions and the results of needs, GitLab's rules. Written from the
// hosts' documentation, and read from the very trees that are printed.
#pragma once

#include <map>
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

// Whether a rule's condition holds for an event.
bool holds(const gitlab::Expression& condition, const std::map<std::string, std::string>& variables);

// The repository of an event that happens in a fork.
inline constexpr const char* kFork = "somebody/fork";

}  // namespace pipewright::verify

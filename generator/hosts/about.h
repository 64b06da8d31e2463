// What the heads of a host's files say that both hosts' pipelines do.
#pragma once

#include <string>

#include "generator/delivery/graph.h"

namespace pipewright::hosts {

// A sentence that begins with what the graph's jobs look at, as far as there are such jobs: "Tests and scans" and then
// rest, which is joined to it by joint (", ", "; ") and else begins the sentence itself.
std::string about(const delivery::Graph& graph, const std::string& joint, std::string rest);

}  // namespace pipewright::hosts

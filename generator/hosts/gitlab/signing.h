// Who signs images on GitLab, as certificates say it.
#pragma once

#include "generator/hosts/gitlab/lower.h"
#include "generator/hosts/signing.h"

namespace pipewright::gitlab {

// The identities of the jobs that make images; none where nothing is signed.
std::vector<hosts::Signer> signers(const Project& project, const delivery::Graph& graph, const Pipeline& pipeline);

// Tells jobs that sign, or ask for signatures, who signs: on all hosts.
void tell_signers(const std::vector<hosts::Signer>& all, Pipeline& pipeline);

}  // namespace pipewright::gitlab

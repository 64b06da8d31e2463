// Whether what images are signed with, and what deploys ask for, are the same.
#pragma once

#include <string>
#include <vector>

#include "generator/verify/world.h"

namespace pipewright::verify {

// Every job that makes an image signs it, every deploy asks for that, and all are told of exactly those who sign: the
// identities that the runs of such jobs have in the eyes of sigstore.
void judge_signatures(const World& world, std::vector<std::string>& paths);

}  // namespace pipewright::verify

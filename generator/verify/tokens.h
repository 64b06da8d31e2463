// The tokens that hosts give to running jobs, and which roles let them in: read from the ways into the roles as AWS
// checks them (IAM's policy language), so that what is trusted is judged and not what was meant.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "generator/verify/world.h"

namespace pipewright::verify {

// Claims by the names under which the cloud checks them: "sub", "aud", "ref". Who started a run can be anybody: the
// claim "actor" is never there, and a condition on it counts as fulfilled.
struct Token {
    std::string issuer;
    std::map<std::string, std::string> claims;
    friend auto operator<=>(const Token&, const Token&) = default;
};

// The tokens that a job presents in a run: more than one where the subject has two forms. None without an identity.
std::vector<Token> tokens_of(const World& world, const Run& run, const Job& job);

bool admits(const infrastructure::Way& way, const Token& token);

// The roles that a token could take, whatever the job was meant to take.
std::vector<const infrastructure::Role*> open_to(const World& world, const Token& token);

// Whether an event is one on which a job is meant to run: the form can be filled in on any ref.
bool is_meant(const World& world, const Run& run, const Job& job);

// Whether a job before this one stops a run that isn't meant.
bool is_refused(const World& world, const Run& run, std::size_t job);

std::vector<TrustClass> trust_classes(const World& world);

}  // namespace pipewright::verify

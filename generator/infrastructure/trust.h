// From the claims that a host's tokens carry to the conditions under which a cloud lets such a token act as somebody.
// Google's conditions could say the same in other words; both are judged, and later printed, from this one form.
#pragma once

#include <string>
#include <vector>

#include "generator/hosts/claims.h"
#include "generator/infrastructure/policy.h"

namespace pipewright::infrastructure {

// The ARN of an account's identity provider for an issuer.
std::string provider_arn(const std::string& account, const std::string& issuer);

// The ways into a role of this AWS account, or on GCP into the service account of the claims' own provider, for tokens
// with these claims, and for no others: IAM's "*" also matches "/", which that of a trigger doesn't, so what it would
// match too much is refused by another condition. There is more than one way only where that condition would refuse
// what another of the alternatives allows.
std::vector<Way> ways(const hosts::Claims& claims, const std::string& account);

}  // namespace pipewright::infrastructure

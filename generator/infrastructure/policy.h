// Policies of AWS as data: what a role may do, and on which claims it lets itself be taken. Printed as arguments of the
// module identity, which makes IAM's JSON of them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::infrastructure {

// A condition key and the values of which one has to match (of a "not": of which none may match).
using Conditions = std::map<std::string, std::vector<std::string>>;

// What may be done on what: Allow, but for the few that say deny. All conditions hold together.
struct Statement {
    std::string sid;
    bool deny = false;
    std::vector<std::string> actions, resources;
    Conditions equals, like, not_equals;  // StringEquals, StringLike, StringNotEquals

    friend bool operator==(const Statement&, const Statement&) = default;
};

// One way into a role: a token of this provider that fulfils all conditions.
struct Way {
    std::string provider;               // AWS: its ARN; GCP: its path
    Conditions equals, like, not_like;  // StringEquals, StringLike, StringNotLike

    friend bool operator==(const Way&, const Way&) = default;
};

// Whether a pattern of IAM matches a text: "*" stands for any text, "?" for one character.
bool like(std::string_view pattern, std::string_view text);

// The lengths that IAM counts: of the JSON without blanks.
std::size_t policy_length(const std::vector<Statement>& statements);
std::size_t trust_length(const std::vector<Way>& ways);

// IAM's quotas ("IAM and AWS STS quotas"): the inline policies of one role together, a managed policy, a trust policy
// without and with a raised quota.
inline constexpr std::size_t kInlineLimit = 10240;
inline constexpr std::size_t kManagedLimit = 6144;
inline constexpr std::size_t kTrustDefault = 2048;
inline constexpr std::size_t kTrustLimit = 4096;

}  // namespace pipewright::infrastructure

// The kinds of resources that templates name beside their calls, and what they are in a target.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/project/project.h"

namespace pipewright::infrastructure {

// All words that may follow "on", of all clouds; some stand twice.
std::vector<std::string_view> resource_words();

// Whether a word is one of them; the values of conditions may be such words too.
bool is_resource_word(std::string_view word);

// What a policy calls a kind of resource in a target: ARNs on AWS, full resource names on GCP, "*" for those that have
// none; empty where the target has no such thing. A word that the target's cloud doesn't know is a fault of a template:
// an exception that names it.
std::vector<std::string> arns(std::string_view word, const Project& project, const Target& target);

// The words of GCP and what they mean there, for arns().
std::vector<std::string_view> google_words();
std::optional<std::vector<std::string>> google_names(std::string_view word, const Project& project,
                                                     const Target& target);

// The ARNs of the roles and boundaries of all targets in a target's account: what none of its roles may change.
std::vector<std::string> own_arns(const Project& project, const Target& target);

std::string boundary_arn(const Project& project, const Target& target);

// "secret:NAME#KEY" of a manifest: a secret of the target's own store, and the part of it that is meant (empty: all of
// it). Nothing for another source.
struct SecretSource {
    std::string name, key;
};
std::optional<SecretSource> secret_source(std::string_view source);

// What a policy says for a secret of that name: Secrets Manager adds six characters to it.
std::string secret_pattern(const Target& target, std::string_view name);

}  // namespace pipewright::infrastructure

// Who signs images, as the certificates of sigstore's authority (Fulcio) say it: the issuer of the job's token, and the
// file of the pipeline with its ref.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/delivery/event.h"
#include "generator/delivery/value.h"

namespace pipewright::hosts {

// The audience of the token that Fulcio takes.
inline constexpr std::string_view kSigstoreAudience = "sigstore";

struct Signer {
    std::string issuer;    // https://token.actions.githubusercontent.com
    std::string identity;  // https://github.com/OWNER/NAME/.github/workflows/x.yml@REF; "*" doesn't cross "/"

    friend bool operator==(const Signer&, const Signer&) = default;
};

void add(std::vector<Signer>& to, Signer one);

// The full refs and patterns of refs on which a job runs that makes images: of pushes and of the form.
std::vector<std::string> signing_refs(const delivery::Condition& events);

// What scripts are told: a list of {"issuer", "identity"}.
delivery::JsonText json_of(const std::vector<Signer>& all);

}  // namespace pipewright::hosts

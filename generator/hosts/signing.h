// Who signs images, as the certificates of sigstore's authority (Fulcio) say it: the issuer of the job's token, and the
// file of the pipeline with its ref.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/delivery/graph.h"
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

// Whether a job builds or resolves an image, and so signs it.
bool makes_image(const delivery::Job& job);

// What scripts are told: a list of {"issuer", "identity"}.
delivery::JsonText json_of(const std::vector<Signer>& all);

}  // namespace pipewright::hosts

// How the images of a project are signed: the words of delivery.sign.
#pragma once

#include <string_view>

#include "generator/project/project.h"

namespace pipewright {

inline constexpr std::string_view kNoSigning = "none", kCosign = "cosign", kAttestation = "attestation";

// A project that says nothing of it signs nothing.
inline std::string_view signing(const Project& project) {
    return project.delivery.sign.empty() ? kNoSigning : std::string_view(project.delivery.sign);
}

}  // namespace pipewright

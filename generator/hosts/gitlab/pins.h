// The images that generated pipelines run in unless the manifest names another, each by tag and digest
// (docs/decisions has the sources).
#pragma once

#include <string_view>

namespace pipewright::gitlab {

// Debian 13: its awscli, skopeo, docker and buildah are new enough for the scripts.
inline constexpr std::string_view kJobImage =
    "docker.io/library/debian:trixie-20260918-slim@sha256:"
    "a99cfc517144bc59b1978475ec53b46ecabec7e43635402ee5b77cc54cd1b20a";

inline constexpr std::string_view kDockerImage =
    "docker.io/library/docker:29.7.2-dind@sha256:"
    "12e683a161823b2a839aeea999b9d960e6e1f9a97b1679ad6b441982e2d9cf07";

}  // namespace pipewright::gitlab

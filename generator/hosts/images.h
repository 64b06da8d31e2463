// Images that more than one host's pipelines run, each by tag and digest.
#pragma once

#include <string_view>

namespace pipewright::hosts {

// Lets a machine run programs of other processors; what installers of it take by default moves.
inline constexpr std::string_view kBinfmtImage =
    "docker.io/tonistiigi/"
    "binfmt:qemu-v10.2.3-68@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0";

}  // namespace pipewright::hosts

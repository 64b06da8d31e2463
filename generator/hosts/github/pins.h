// The actions that generated workflows use, each at a full commit (a tag can be moved; docs/decisions has the sources).
#pragma once

#include <span>
#include <string_view>

namespace pipewright::github {

struct Pin {
    std::string_view action;   // owner/name, or owner/name/path
    std::string_view version;  // the tag that the commit has; printed beside it
    std::string_view commit;
};

extern const Pin kCheckout, kUploadSarif, kSetUpQemu;

std::span<const Pin* const> pins();

// What kSetUpQemu installs; its default moves.
inline constexpr std::string_view kBinfmtImage =
    "docker.io/tonistiigi/"
    "binfmt:qemu-v10.2.3-68@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0";

}  // namespace pipewright::github

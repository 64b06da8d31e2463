// The actions that generated workflows use, each at a full commit (a tag can be moved; docs/decisions has the sources).
#pragma once

#include <span>
#include <string_view>

#include "generator/hosts/images.h"

namespace pipewright::github {

struct Pin {
    std::string_view action;   // owner/name, or owner/name/path
    std::string_view version;  // the tag that the commit has; printed beside it
    std::string_view commit;
};

extern const Pin kCheckout, kUploadSarif, kSetUpQemu;

std::span<const Pin* const> pins();

// What kSetUpQemu installs.
using hosts::kBinfmtImage;

}  // namespace pipewright::github

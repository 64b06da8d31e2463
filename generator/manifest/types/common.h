// Types that several tables share.
#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::written {

struct Scaling {
    Field<std::int64_t> min, max, cpu_percent;
};

struct Permission {
    Field<List<std::string>> actions, resources, roles;
};

extern const Type kBoolean, kText, kValue, kCommand, kStringMap, kNameList, kImage, kScaling, kPermissions,
    kSecretSources, kBranch, kRepository, kCron, kRelativePath, kCidrList, kVersion, kHostSecret;

}  // namespace pipewright::manifest::written

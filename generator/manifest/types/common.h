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

extern const Type kCommand, kStringMap, kScaling, kPermissions, kSecretSources;

}  // namespace pipewright::manifest::written

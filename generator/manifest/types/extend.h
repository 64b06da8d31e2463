#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::written {

struct Hook {
    Field<List<std::string>> run, environments;
};
struct ExtraJob {
    Field<std::string> after;
    Field<List<std::string>> run;
    Field<std::string> image, identity;
    Field<Map<std::string>> env;
    Field<List<std::string>> secrets;
};
struct Extend {
    Field<Hook> before_deploy, after_deploy;
    Field<Map<ExtraJob>> jobs;
};

extern const Type kExtend;

}  // namespace pipewright::manifest::written

#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::written {

struct GitHub {
    Field<std::string> repository, default_branch;
    Field<List<std::string>> deploys;
    Field<std::string> visibility, plan;
    Field<List<std::string>> runner;
    Field<std::string> subject, owner_id, repository_id;
    Field<bool> code_scanning;
};

struct GitLab {
    Field<std::string> repository, default_branch;
    Field<List<std::string>> deploys;
    Field<std::string> url, plan;
    Field<List<std::string>> runner_tags;
    Field<std::string> image, builder;
};

struct Hosts {
    Field<GitHub> github;
    Field<GitLab> gitlab;
};

extern const Type kHosts;

}  // namespace pipewright::manifest::written

// GitLab pipelines as YAML documents.
#pragma once

#include "generator/hosts/gitlab/pipeline.h"
#include "generator/yaml/document.h"

namespace pipewright::print {

// The root file: the form, what makes a pipeline, stages, and the files that it includes. The headers name the manifest
// that they were made from.
yaml::Document gitlab_root(const gitlab::Pipeline& pipeline, const std::string& manifest_path);

// A file with jobs.
yaml::Document gitlab_file(const gitlab::File& file, const std::string& manifest_path);

}  // namespace pipewright::print

// GitLab pipelines as YAML documents.
#pragma once

#include "generator/hosts/gitlab/pipeline.h"
#include "generator/yaml/document.h"

namespace pipewright::print {

// The root file: the form, what makes a pipeline, stages, and the files that it includes. The headers name the manifest
// that they were made from.
yaml::Document gitlab_root(const gitlab::Pipeline& pipeline, const std::string& manifest_path);

// Whether a person has to start some job of it.
bool waits_for_person(const gitlab::Pipeline& pipeline);

// A file with jobs. waits: whether what needs their outputs may wait for a person.
yaml::Document gitlab_file(const gitlab::File& file, const std::string& manifest_path, bool waits);

}  // namespace pipewright::print

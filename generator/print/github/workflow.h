// GitHub workflows as YAML documents.
#pragma once

#include "generator/hosts/github/workflow.h"
#include "generator/yaml/document.h"

namespace pipewright::print {

// The header names the manifest that it was made from.
yaml::Document github_workflow(const github::Workflow& workflow, const std::string& manifest_path);

// Text as GitHub gives it back: an expression in it is printed as a literal of that text.
std::string github_text(const std::string& text);

}  // namespace pipewright::print

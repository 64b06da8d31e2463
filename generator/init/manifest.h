// The manifest's text, made of the decisions, and the files that go with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/init/decisions.h"

namespace pipewright::init {

// Where the manifest's first line sends editors: `pipewright schema` in a file beside it, so that completion needs no
// network.
inline constexpr std::string_view kSchemaFile = "pipewright.schema.json";

// The manifest, with a comment at everything that was seen somewhere, and with placeholders for what nobody knows.
std::string manifest_text(const Decisions& decisions);

// The same with invented facts in the place of the unknown ones: whatever is wrong with it is not for lack of facts.
std::string trial_text(Decisions decisions);

// The lines that hold a placeholder.
std::vector<std::size_t> open_lines(std::string_view manifest);

// A file beside the manifest, by its path below the manifest's folder.
struct Companion {
    std::string path, bytes;
};

// The schema; and Dockerfiles of ours, each with a .dockerignore, for the services that are to have one.
std::vector<Companion> companions(const Decisions& decisions);

// A template of ours with other defaults of its ARG lines. A name that no ARG line has is a fault of the program
// (std::logic_error), a value that would need quoting keeps the template's default.
std::string with_arguments(std::string_view dockerfile, const StringMap& arguments);

// Pieces of the manifest.
Sketch service_sketch(const ServiceFacts& service, const Names* routes);
void add_stores(const std::vector<Store>& stores, Sketch& stacks);
Sketch environment_sketch(const EnvironmentDecision& environment, const Decisions& decisions);

}  // namespace pipewright::init

// What a folder holds an application of, how it is tested, and which of our Dockerfiles fits it: one file a language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/init/languages/versions.h"
#include "generator/init/tree.h"
#include "generator/project/project.h"

namespace pipewright::init {

// Commands that test the application.
struct Tests {
    std::string image;
    Names run;
    StringMap env;
    std::string where;  // what they follow from: "the script test in package.json"
};

// A Dockerfile of ours: its name in templates/dockerfiles, and the defaults of its ARG lines that are this project's.
struct Recipe {
    std::string name;    // "node-npm"
    std::string ignore;  // "node": the .dockerignore beside it
    StringMap args;
    std::int64_t port = 0;
};

struct App {
    std::string language;  // "Node.js"
    std::string folder;
    std::string where;  // "package.json"
    std::optional<Tests> tests;
    std::optional<Recipe> recipe;
    std::string health, health_where;  // the path of a health check that a framework or the source names
    bool front_end = false;
    Names remarks;
    Names recipe_remarks;  // of our Dockerfile, or why none of ours fits: for a folder without one
};

// The application in a folder, by the first language that knows it; the folder's own files decide.
std::optional<App> see_app(const Tree& tree, const std::string& folder);

// One a language, in its file.
std::optional<App> see_go(const Tree& tree, const std::string& folder);
std::optional<App> see_rust(const Tree& tree, const std::string& folder);
std::optional<App> see_java(const Tree& tree, const std::string& folder);
std::optional<App> see_ruby(const Tree& tree, const std::string& folder);
std::optional<App> see_python(const Tree& tree, const std::string& folder);
std::optional<App> see_node(const Tree& tree, const std::string& folder);
std::optional<App> see_site(const Tree& tree, const std::string& folder);

// For their use.
bool beside(const Tree& tree, const std::string& folder, std::string_view name);
std::string text_in(const Tree& tree, const std::string& folder, std::string_view name);  // empty without the file
bool any_file(const Tree& tree, const std::string& folder, std::string_view part, std::string_view ending);

// The version of the range, with a remark where none is known that the range allows.
std::string version_for(App& app, const Known& known, const std::string& range, const std::string& where);

// Whether a text can be the default of an ARG line as it is: no quotes, no variables, nothing that a shell reads.
bool plain_argument(std::string_view text);

}  // namespace pipewright::init

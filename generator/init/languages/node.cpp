#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "generator/init/languages/language.h"
#include "generator/init/words.h"

namespace pipewright::init {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kCorepack = "npm install --global corepack@0.36.0";

std::string text_at(const Json& object, std::initializer_list<const char*> keys) {
    const Json* at = &object;
    for (const char* key : keys) {
        if (!at->is_object() || !at->contains(key)) return {};
        at = &at->at(key);
    }
    return at->is_string() ? at->get<std::string>() : std::string();
}

bool depends(const Json& package, const std::string& name) {
    for (const char* group : {"dependencies", "devDependencies"}) {
        if (package.contains(group) && package[group].is_object() && package[group].contains(name)) return true;
    }
    return false;
}

template <std::size_t N>
bool depends_on_any(const Json& package, const std::array<const char*, N>& names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return depends(package, name); });
}

// What makes files for a browser, and what answers requests itself.
constexpr std::array<const char*, 7> kBundlers{"vite",   "react-scripts", "@angular/cli", "@vue/cli-service",
                                               "gatsby", "parcel",        "astro"};
constexpr std::array<const char*, 12> kServers{"express", "fastify",       "koa",           "@hapi/hapi",
                                               "next",    "nuxt",          "@nestjs/core",  "hono",
                                               "polka",   "@astrojs/node", "@sveltejs/kit", "@remix-run/node"};

enum class Manager { npm, yarn_classic, yarn, pnpm };

Manager manager_of(const Tree& tree, const std::string& folder, const Json& package) {
    const std::string named = text_at(package, {"packageManager"});
    if (beside(tree, folder, "pnpm-lock.yaml") || named.starts_with("pnpm@")) return Manager::pnpm;
    const std::string lock = text_in(tree, folder, "yarn.lock");
    if (lock.find("yarn lockfile v1") != std::string::npos || named.starts_with("yarn@1")) return Manager::yarn_classic;
    if (!lock.empty() || named.starts_with("yarn@")) return Manager::yarn;
    return Manager::npm;
}

Names install_with(Manager manager, bool locked) {
    switch (manager) {
        case Manager::pnpm: return {std::string(kCorepack), "corepack enable", "pnpm install --frozen-lockfile"};
        case Manager::yarn: return {std::string(kCorepack), "corepack enable", "yarn install --immutable"};
        case Manager::yarn_classic:
            return {std::string(kCorepack), "corepack enable", "yarn install --frozen-lockfile"};
        case Manager::npm: break;
    }
    return {locked ? "npm ci" : "npm install"};
}

std::string run_with(Manager manager, std::string_view script) {
    const std::string name(script);
    if (manager == Manager::npm) return name == "test" ? "npm test" : "npm run " + name;
    return (manager == Manager::pnpm ? "pnpm " : "yarn ") + name;
}

std::string node_version(const Tree& tree, const std::string& folder, const Json& package, App& app) {
    for (const char* name : {".nvmrc", ".node-version"}) {
        const std::string text = text_in(tree, folder, name);
        const std::string version = first_version(text).empty() ? std::string() : choose_named(known_node, text);
        if (!version.empty()) return version;
    }
    return version_for(app, known_node, text_at(package, {"engines", "node"}), "package.json");
}

// What starts the server: the words of the script start, where a shell isn't needed for them; else npm.
std::string start_of(const Tree& tree, const std::string& folder, const Json& package) {
    const std::string script = text_at(package, {"scripts", "start"});
    if (!script.empty()) {
        const bool plain = plain_argument(script) && shell_words(script).has_value();
        return plain ? script : "npm start";
    }
    const std::string main = text_at(package, {"main"});
    for (const std::string& file : {main, std::string("server.js"), std::string("index.js"), std::string("app.js")}) {
        const std::optional<std::string> path = normal_path(".", file);
        if (!file.empty() && path && beside(tree, folder, *path) && plain_argument(*path)) return "node " + *path;
    }
    return {};
}

std::string output_of(const Json& package, App& app) {
    if (depends(package, "react-scripts")) return "build";
    if (depends(package, "gatsby")) return "public";
    if (depends(package, "@angular/cli")) {
        app.recipe_remarks.emplace_back(
            "the Dockerfile takes what Angular builds from dist/NAME/browser: see angular.json");
        const std::string name = text_at(package, {"name"});
        return "dist/" + (plain_argument(name) ? name : "app") + "/browser";
    }
    return "dist";
}

void take_recipe(const Tree& tree, const std::string& folder, const Json& package, Manager manager,
                 const std::string& version, App& app) {
    if (package.contains("workspaces") || beside(tree, folder, "pnpm-workspace.yaml")) {
        app.recipe_remarks.emplace_back("package.json is the root of workspaces, so no Dockerfile is offered for it");
        return;
    }
    const bool links = text_in(tree, folder, ".yarnrc.yml").find("nodeLinker: node-modules") != std::string::npos;
    if (manager == Manager::yarn && !links) {
        app.recipe_remarks.emplace_back(
            "Yarn keeps packages in archives (Plug'n'Play) here, for which no Dockerfile is offered");
        return;
    }
    const bool builds = !text_at(package, {"scripts", "build"}).empty();
    app.front_end = depends_on_any(package, kBundlers) && !depends_on_any(package, kServers);
    const std::string with = manager == Manager::npm ? "npm" : "corepack";
    Recipe recipe{{}, "node", {{"NODE_VERSION", version}}, 0};
    if (manager != Manager::npm) {
        const Names install = install_with(manager, true);
        recipe.args.emplace_back("INSTALL", install.back());
        recipe.args.emplace_back("BUILD", run_with(manager, "build"));
    }
    if (app.front_end && builds) {
        recipe.name = "node-site-" + with;
        recipe.args.emplace_back("OUTPUT", output_of(package, app));
        recipe.port = 8080;
    } else {
        const std::string start = start_of(tree, folder, package);
        if (start.empty()) {
            app.recipe_remarks.emplace_back(
                "package.json has neither a script start nor a main file, so no Dockerfile is offered");
            return;
        }
        recipe.name = "node-" + with;
        recipe.args.emplace_back("START", start);
        recipe.port = 3000;
    }
    app.recipe = std::move(recipe);
}

}  // namespace

std::optional<App> see_node(const Tree& tree, const std::string& folder) {
    if (!beside(tree, folder, "package.json")) return std::nullopt;
    App app;
    app.language = "Node.js";
    app.where = "package.json";
    const Json package = Json::parse(text_in(tree, folder, "package.json"), nullptr, false);
    if (!package.is_object()) {
        app.remarks.emplace_back(below(folder, "package.json") + " can't be read");
        return app;
    }
    if (beside(tree, folder, "bun.lock") || beside(tree, folder, "bun.lockb")) {
        app.remarks.emplace_back(
            "the project is installed with Bun, for which neither tests nor a Dockerfile are written");
        return app;
    }
    const Manager manager = manager_of(tree, folder, package);
    const bool locked = beside(tree, folder, "package-lock.json") || beside(tree, folder, "npm-shrinkwrap.json");
    if (manager == Manager::npm && !locked) {
        app.remarks.emplace_back("there is no package-lock.json: commit one, so that every build installs the same");
    }
    const std::string version = node_version(tree, folder, package, app);
    const std::string test = text_at(package, {"scripts", "test"});
    if (!test.empty() && test.find("no test specified") == std::string::npos) {
        Tests tests{"node:" + version + "-bookworm-slim",
                    install_with(manager, locked),
                    {{"CI", "true"}},
                    "the script test in package.json"};
        tests.run.push_back(run_with(manager, "test"));
        app.tests = std::move(tests);
    }
    take_recipe(tree, folder, package, manager, version, app);
    return app;
}

}  // namespace pipewright::init

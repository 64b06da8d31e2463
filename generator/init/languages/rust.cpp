#include "generator/init/languages/language.h"
#include "generator/init/toml.h"
#include "generator/init/words.h"

namespace pipewright::init {

std::optional<App> see_rust(const Tree& tree, const std::string& folder) {
    if (!beside(tree, folder, "Cargo.toml")) return std::nullopt;
    App app;
    app.language = "Rust";
    app.where = "Cargo.toml";
    const std::vector<TomlEntry> cargo = read_toml(text_in(tree, folder, "Cargo.toml"));
    std::string toolchain = text_in(tree, folder, "rust-toolchain");
    const std::vector<TomlEntry> file = read_toml(text_in(tree, folder, "rust-toolchain.toml"));
    if (!file.empty()) toolchain = toml_value(file, "toolchain", "channel");
    std::string version = first_version(toolchain).empty() ? "" : choose_named(known_rust, toolchain);
    // rust-version is the least that is needed.
    if (version.empty()) {
        const std::string least = toml_value(cargo, "package", "rust-version");
        version = version_for(app, known_rust, least.empty() ? "" : ">=" + least, "Cargo.toml");
    }
    const bool locked = beside(tree, folder, "Cargo.lock");
    const std::string image = "rust:" + version + "-trixie";
    app.tests = Tests{image, {locked ? "cargo test --locked" : "cargo test"}, {}, "Cargo.toml"};
    if (!locked)
        app.remarks.emplace_back("there is no Cargo.lock: commit it, so that every build takes the same crates");

    std::string binary = toml_value(cargo, "package", "default-run");
    if (binary.empty()) binary = toml_value(cargo, "bin", "name");
    if (binary.empty()) binary = toml_value(cargo, "package", "name");
    const bool has_binary = beside(tree, folder, "src/main.rs") || has_table(cargo, "bin");
    if (!has_binary || !plain_argument(binary)) {
        if (has_table(cargo, "workspace")) {
            app.recipe_remarks.emplace_back(
                "Cargo.toml is the root of a workspace, so no Dockerfile is offered for it");
        }
        return app;
    }
    if (locked) app.recipe = Recipe{"rust", "rust", {{"RUST_VERSION", version}, {"BINARY", binary}}, 8080};
    return app;
}

}  // namespace pipewright::init

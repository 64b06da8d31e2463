#include "generator/init/languages/language.h"
#include "generator/init/words.h"

namespace pipewright::init {

namespace {

// The word behind the first directive of this name in a go.mod.
std::string directive(std::string_view text, std::string_view name) {
    for (std::string_view line : lines_of(text)) {
        line = trim(line.substr(0, line.find("//")));
        if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == ' ') {
            return std::string(trim(line.substr(name.size())));
        }
    }
    return {};
}

// The packages of commands: the folder itself, or those in cmd/.
Names commands_in(const Tree& tree, const std::string& folder) {
    Names found;
    for (const std::string& path : tree.files()) {
        if (!path.ends_with(".go") || path.ends_with("_test.go")) continue;
        const std::string place = folder_of(path);
        const bool top = place == folder;
        const bool command = place.starts_with(below(folder, "cmd") + "/") || place == below(folder, "cmd");
        if (!top && !command) continue;
        const std::string name = top ? "." : "./" + (folder == "." ? place : place.substr(folder.size() + 1));
        if (!found.empty() && found.back() == name) continue;
        const std::string text = tree.read(path).value_or("");
        if (has_word(text, "package main") && text.find("func main(") != std::string::npos) found.push_back(name);
    }
    return found;
}

void take_recipe(const Tree& tree, const std::string& folder, const std::string& version, App& app) {
    const Names commands = commands_in(tree, folder);
    if (commands.empty()) return;
    std::string main = commands.front();
    for (const std::string& one : commands) {
        const std::string name = last_part(one);
        if (one == "." || name == "server" || name == "api" || name == "web") {
            main = one;
            break;
        }
    }
    if (!plain_argument(main)) return;
    if (commands.size() > 1) {
        app.recipe_remarks.push_back("there are " + std::to_string(commands.size()) +
                                     " commands; the Dockerfile builds " + main);
    }
    app.recipe = Recipe{"go", "go", {{"GO_VERSION", version}, {"MAIN", main}}, 8080};
}

}  // namespace

std::optional<App> see_go(const Tree& tree, const std::string& folder) {
    if (!beside(tree, folder, "go.mod")) return std::nullopt;
    App app;
    app.language = "Go";
    app.where = "go.mod";
    const std::string text = text_in(tree, folder, "go.mod");
    const std::string asked = directive(text, "go");
    // A newer compiler builds what asks for an older one; an unknown newer one is taken at its word.
    const std::string known = choose(known_go, asked.empty() ? "" : ">=" + asked);
    const std::string version = known.empty() ? choose_named(known_go, asked) : known;
    if (version.empty()) return app;
    if (any_file(tree, folder, "", "_test.go")) {
        app.tests = Tests{"golang:" + version + "-trixie", {"go test ./..."}, {}, "the tests beside go.mod"};
    }
    take_recipe(tree, folder, version, app);
    return app;
}

}  // namespace pipewright::init

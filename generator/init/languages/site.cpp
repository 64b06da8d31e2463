#include "generator/init/languages/language.h"

namespace pipewright::init {

std::optional<App> see_site(const Tree& tree, const std::string& folder) {
    for (const char* place : {".", "public"}) {
        const std::string index = std::string(place) == "." ? "index.html" : std::string(place) + "/index.html";
        if (!beside(tree, folder, index)) continue;
        App app;
        app.language = "a static site";
        app.where = index;
        app.front_end = true;
        app.recipe = Recipe{"site", "site", {{"SITE", place}}, 8080};
        return app;
    }
    return std::nullopt;
}

}  // namespace pipewright::init

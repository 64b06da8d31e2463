#include "generator/init/languages/language.h"

#include <algorithm>
#include <array>

#include "generator/init/words.h"

namespace pipewright::init {

namespace {

using See = std::optional<App> (*)(const Tree&, const std::string&);

// Languages of back ends first: their folders often hold a package.json for assets as well.
constexpr std::array<See, 7> kLanguages{see_go, see_rust, see_java, see_ruby, see_python, see_node, see_site};

// Paths that a health check usually has, the plainer after those that nothing else is called.
constexpr std::array<std::string_view, 10> kHealthPaths{"/healthz",     "/api/healthz", "/health", "/api/health",
                                                        "/health/live", "/livez",       "/readyz", "/health/ready",
                                                        "/ping",        "/up"};

bool is_source(std::string_view path) {
    constexpr std::array<std::string_view, 11> kEndings{".py", ".js", ".ts",   ".mjs", ".cjs", ".go",
                                                        ".rs", ".rb", ".java", ".kt",  ".cs"};
    const bool tests = path.find("test") != std::string_view::npos || path.find("spec") != std::string_view::npos;
    return !tests &&
           std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view end) { return path.ends_with(end); });
}

bool quotes(std::string_view text, std::string_view path) {
    for (const char quote : {'"', '\'', '`'}) {
        const std::string word = quote + std::string(path) + quote;
        if (text.find(word) != std::string_view::npos) return true;
    }
    return false;
}

// Looks for a usual path as a literal in the sources: a hint, and said to be one.
void see_health(const Tree& tree, App& app) {
    if (!app.health.empty() || app.front_end) return;
    constexpr std::size_t kMostFiles = 200;
    std::size_t looked = 0;
    std::size_t best = kHealthPaths.size();
    for (const std::string& path : tree.files()) {
        const bool inside = app.folder == "." || path.starts_with(app.folder + "/");
        if (!inside || !is_source(path) || ++looked > kMostFiles) continue;
        const std::string text = tree.read(path).value_or("");
        for (std::size_t i = 0; i < best; ++i) {
            if (!quotes(text, kHealthPaths[i])) continue;
            best = i;
            app.health = kHealthPaths[i];
            app.health_where = path;
        }
    }
}

}  // namespace

std::optional<App> see_app(const Tree& tree, const std::string& folder) {
    for (const See see : kLanguages) {
        std::optional<App> app = see(tree, folder);
        if (!app) continue;
        app->folder = folder;
        see_health(tree, *app);
        return app;
    }
    return std::nullopt;
}

bool beside(const Tree& tree, const std::string& folder, std::string_view name) {
    return tree.has(below(folder, name));
}

std::string text_in(const Tree& tree, const std::string& folder, std::string_view name) {
    const std::string path = below(folder, name);
    if (last_part(name).starts_with('.')) return tree.read_hidden(path).value_or("");
    return tree.read(path).value_or("");
}

bool any_file(const Tree& tree, const std::string& folder, std::string_view part, std::string_view ending) {
    return std::any_of(tree.files().begin(), tree.files().end(), [&](const std::string& path) {
        const bool inside = folder == "." || path.starts_with(folder + "/");
        return inside && path.ends_with(ending) && path.find(part) != std::string::npos;
    });
}

std::string version_for(App& app, const Known& known, const std::string& range, const std::string& where) {
    std::string version = choose(known, range);
    if (!version.empty()) return version;
    version = known.versions.front();
    app.remarks.push_back(where + " asks for " + std::string(known.language) + " " + range + "; " + version +
                          " was taken: change it to a version that it allows");
    return version;
}

bool plain_argument(std::string_view text) {
    return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(" ._/:=@,+-").find(c) != std::string_view::npos;
    });
}

}  // namespace pipewright::init

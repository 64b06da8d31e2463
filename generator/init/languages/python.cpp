#include <algorithm>
#include <array>

#include "generator/init/languages/language.h"
#include "generator/init/toml.h"
#include "generator/init/words.h"
#include "generator/text/case.h"

namespace pipewright::init {

namespace {

constexpr std::string_view kUv = "pip install uv==0.12.18";
constexpr std::string_view kPoetry = "pip install poetry==2.4.1";

// What is known of a Python project before anything is decided.
struct Project {
    const Tree& tree;
    const std::string& folder;
    std::vector<TomlEntry> pyproject;
    std::string needs;     // all files of requirements and pyproject.toml, in lower case
    std::string dev_file;  // the file of requirements that tests need
    bool requirements = false, uv = false, poetry = false, packaged = false;
};

Project look_at(const Tree& tree, const std::string& folder) {
    Project project{tree, folder, {}, {}, {}};
    const std::string text = text_in(tree, folder, "pyproject.toml");
    project.pyproject = read_toml(text);
    project.requirements = beside(tree, folder, "requirements.txt");
    project.uv = beside(tree, folder, "uv.lock");
    project.poetry = beside(tree, folder, "poetry.lock") || has_table(project.pyproject, "tool.poetry");
    project.packaged = has_table(project.pyproject, "project") || beside(tree, folder, "setup.py");
    project.needs = lower_case(text) + lower_case(text_in(tree, folder, "requirements.txt"));
    for (const char* name :
         {"requirements-dev.txt", "requirements_dev.txt", "dev-requirements.txt", "requirements-test.txt",
          "requirements_test.txt", "test-requirements.txt", "requirements/dev.txt", "requirements/test.txt"}) {
        if (!beside(tree, folder, name)) continue;
        project.dev_file = name;
        project.needs += lower_case(text_in(tree, folder, name));
        break;
    }
    return project;
}

std::string version_of(const Project& project, App& app) {
    const std::string named = text_in(project.tree, project.folder, ".python-version");
    if (!first_version(named).empty()) {
        const std::string version = choose_named(known_python, named);
        if (!version.empty()) return version;
    }
    std::string range = toml_value(project.pyproject, "project", "requires-python");
    if (range.empty()) range = toml_value(project.pyproject, "tool.poetry.dependencies", "python");
    return version_for(app, known_python, range, "pyproject.toml");
}

Names install_for_tests(const Project& project) {
    if (project.uv) return {std::string(kUv), "uv sync --frozen"};
    if (project.poetry) return {std::string(kPoetry), "poetry install"};
    Names run;
    if (project.requirements) run.emplace_back("pip install -r requirements.txt");
    if (!project.dev_file.empty()) run.push_back("pip install -r " + project.dev_file);
    if (!project.requirements && project.packaged) {
        std::string extra;
        for (const char* name : {"test", "tests", "dev"}) {
            const bool there = !toml_value(project.pyproject, "project.optional-dependencies", name).empty();
            if (extra.empty() && there) extra = name;
        }
        run.push_back(extra.empty() ? "pip install ." : "pip install \".[" + extra + "]\"");
    }
    return run;
}

void take_tests(const Project& project, const std::string& version, App& app) {
    const bool pytest = has_word(project.needs, "pytest") || beside(project.tree, project.folder, "conftest.py") ||
                        beside(project.tree, project.folder, "pytest.ini") ||
                        has_table(project.pyproject, "tool.pytest.ini_options");
    const bool files = any_file(project.tree, project.folder, "test_", ".py") ||
                       any_file(project.tree, project.folder, "", "_test.py");
    const bool django = beside(project.tree, project.folder, "manage.py");
    if (!pytest && !files && !(django && any_file(project.tree, project.folder, "", "tests.py"))) return;
    Tests tests{"python:" + version + "-slim", install_for_tests(project), {}, {}};
    const std::string before = project.uv ? "uv run --frozen " : project.poetry ? "poetry run " : "";
    if (django && !pytest) {
        tests.run.push_back(before + "python manage.py test");
        tests.where = "manage.py";
    } else {
        if (!has_word(project.needs, "pytest") && before.empty()) tests.run.emplace_back("pip install pytest");
        tests.run.push_back(before + "pytest -q");
        tests.where = pytest ? "pytest" : "files named test_*.py";
    }
    app.tests = std::move(tests);
}

// The variable that a line assigns a call of this name to, as in `app = FastAPI(`.
std::string assigned(std::string_view line, std::string_view call) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !trim(line.substr(equals + 1)).starts_with(call)) return {};
    std::string_view name = line.substr(0, equals);
    name = trim(name.substr(0, name.find(':')));
    const bool word = !name.empty() && line.front() != ' ' && line.front() != '\t' &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                          return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                      });
    return word ? std::string(name) : std::string();
}

struct Entry {
    std::string server;  // "uvicorn" or "gunicorn"
    std::string source;  // the folder that modules count from: empty, or "src"
    std::string module;  // "app.main:app"
};

// Where the application object is: in the file nearest to the top that makes one.
std::optional<Entry> entry_of(const Project& project) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kCalls{{{"FastAPI(", "uvicorn"},
                                                                                   {"Starlette(", "uvicorn"},
                                                                                   {"Quart(", "uvicorn"},
                                                                                   {"Litestar(", "uvicorn"},
                                                                                   {"Flask(", "gunicorn"}}};
    std::vector<std::string> files;
    for (const std::string& path : project.tree.files()) {
        const bool inside = project.folder == "." || path.starts_with(project.folder + "/");
        const std::string within = project.folder == "." || !inside ? path : path.substr(project.folder.size() + 1);
        if (inside && path.ends_with(".py") && within.find("test") == std::string::npos) files.push_back(within);
    }
    std::stable_sort(files.begin(), files.end(), [](const std::string& one, const std::string& other) {
        return std::count(one.begin(), one.end(), '/') < std::count(other.begin(), other.end(), '/');
    });
    if (files.size() > 200) files.resize(200);
    for (const std::string& path : files) {
        const std::string text = text_in(project.tree, project.folder, path);
        const bool wsgi = last_part(path) == "wsgi.py" && text.find("get_wsgi_application") != std::string::npos;
        std::string variable = wsgi ? "application" : "";
        std::string server = "gunicorn";
        for (const std::string_view line : lines_of(text)) {
            for (const auto& [call, with] : kCalls) {
                if (!variable.empty()) break;
                variable = assigned(line, call);
                if (!variable.empty()) server = with;
            }
        }
        if (variable.empty()) continue;
        Entry entry{server, path.starts_with("src/") ? "src" : "", path.substr(0, path.size() - 3)};
        if (!entry.source.empty()) entry.module.erase(0, 4);
        std::replace(entry.module.begin(), entry.module.end(), '/', '.');
        if (entry.module.ends_with(".__init__")) entry.module.resize(entry.module.size() - 9);
        entry.module += ":" + variable;
        return entry;
    }
    return std::nullopt;
}

std::string start_of(const Project& project, App& app) {
    if (const std::optional<Entry> entry = entry_of(project)) {
        const bool there = has_word(project.needs, entry->server) ||
                           (entry->server == "uvicorn" && project.needs.find("fastapi[") != std::string::npos);
        if (!there) {
            app.recipe_remarks.push_back(entry->server +
                                         " isn't among the requirements, and the Dockerfile starts the application "
                                         "with it: add it");
        }
        if (entry->server == "uvicorn") {
            return "uvicorn " + (entry->source.empty() ? "" : "--app-dir " + entry->source + " ") + entry->module +
                   " --host 0.0.0.0 --port 8000";
        }
        return "gunicorn " + (entry->source.empty() ? "" : "--chdir " + entry->source + " ") +
               "--bind 0.0.0.0:8000 --worker-tmp-dir /tmp " + entry->module;
    }
    for (const char* file : {"main.py", "app.py", "server.py"}) {
        if (beside(project.tree, project.folder, file)) return std::string("python ") + file;
    }
    return {};
}

void take_recipe(const Project& project, const std::string& version, App& app) {
    const std::string start = start_of(project, app);
    if (!plain_argument(start)) {
        app.recipe_remarks.clear();
        app.recipe_remarks.emplace_back(
            "no file starts the application (FastAPI, Flask, Django, main.py), so no Dockerfile is offered");
        return;
    }
    std::string name = "python-requirements";
    if (project.uv) {
        name = "python-uv";
    } else if (beside(project.tree, project.folder, "poetry.lock")) {
        name = "python-poetry";
    } else if (!project.requirements && project.packaged) {
        name = "python-package";
    } else if (!project.requirements) {
        app.recipe_remarks.emplace_back(
            "there is neither requirements.txt nor a lock of uv or Poetry, so no Dockerfile is offered");
        return;
    }
    app.recipe = Recipe{name, "python", {{"PYTHON_VERSION", version}, {"START", start}}, 8000};
}

}  // namespace

std::optional<App> see_python(const Tree& tree, const std::string& folder) {
    App app;
    app.language = "Python";
    for (const char* file : {"pyproject.toml", "requirements.txt", "setup.py", "Pipfile"}) {
        if (app.where.empty() && beside(tree, folder, file)) app.where = file;
    }
    if (app.where.empty()) return std::nullopt;
    const Project project = look_at(tree, folder);
    const std::string version = version_of(project, app);
    if (app.where == "Pipfile") {
        app.remarks.emplace_back("Pipenv isn't known here: neither tests nor a Dockerfile are written");
        return app;
    }
    take_tests(project, version, app);
    take_recipe(project, version, app);
    return app;
}

}  // namespace pipewright::init

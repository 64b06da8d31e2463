#include "generator/init/languages/language.h"
#include "generator/init/words.h"

namespace pipewright::init {

namespace {

bool has_gem(std::string_view gemfile, const std::string& name) {
    for (std::string_view line : lines_of(gemfile)) {
        line = trim(line);
        if (!line.starts_with("gem ") && !line.starts_with("gem(")) continue;
        const std::string_view rest = trim(line.substr(4));
        if (rest.starts_with("\"" + name + "\"") || rest.starts_with("'" + name + "'")) return true;
    }
    return false;
}

std::string asked_version(std::string_view gemfile) {
    for (std::string_view line : lines_of(gemfile)) {
        line = trim(line);
        if (line.starts_with("ruby ") || line.starts_with("ruby(")) return std::string(line.substr(5));
    }
    return {};
}

std::string start_of(const Tree& tree, const std::string& folder, std::string_view gemfile) {
    if (!beside(tree, folder, "config.ru")) return {};
    if (has_gem(gemfile, "puma")) return "bundle exec puma -b tcp://0.0.0.0:3000";
    if (has_gem(gemfile, "rails")) return "bundle exec rails server -b 0.0.0.0 -p 3000";
    return has_gem(gemfile, "rackup") ? "bundle exec rackup -o 0.0.0.0 -p 3000" : std::string();
}

void take_recipe(const Tree& tree, const std::string& folder, std::string_view gemfile, const std::string& version,
                 App& app) {
    const std::string start = start_of(tree, folder, gemfile);
    if (start.empty()) {
        app.recipe_remarks.emplace_back(
            "there is no config.ru with puma, rails or rackup, so no Dockerfile is offered");
        return;
    }
    if (!beside(tree, folder, "Gemfile.lock")) {
        app.recipe_remarks.emplace_back("there is no Gemfile.lock, which a build needs, so no Dockerfile is offered");
        return;
    }
    Recipe recipe{"ruby", "ruby", {{"RUBY_VERSION", version}, {"START", start}}, 3000};
    std::string build = "build-essential git libyaml-dev pkg-config";
    if (has_gem(gemfile, "pg")) {
        build += " libpq-dev";
        recipe.args.emplace_back("RUN_PACKAGES", "ca-certificates libpq5");
    } else if (has_gem(gemfile, "mysql2")) {
        build += " default-libmysqlclient-dev";
        recipe.args.emplace_back("RUN_PACKAGES", "ca-certificates libmariadb3");
    }
    recipe.args.emplace_back("BUILD_PACKAGES", build);
    app.recipe = std::move(recipe);
}

}  // namespace

std::optional<App> see_ruby(const Tree& tree, const std::string& folder) {
    if (!beside(tree, folder, "Gemfile")) return std::nullopt;
    App app;
    app.language = "Ruby";
    app.where = "Gemfile";
    const std::string gemfile = text_in(tree, folder, "Gemfile");
    const std::string named = text_in(tree, folder, ".ruby-version");
    std::string version = first_version(named).empty() ? "" : choose_named(known_ruby, named);
    if (version.empty()) {
        const std::string asked = asked_version(gemfile);
        // `ruby "3.3.5"` is checked by Bundler to the last part.
        const bool exact = asked.find_first_of("<>~") == std::string::npos;
        version = exact && !first_version(asked).empty() ? choose_named(known_ruby, asked) : "";
        if (version.empty())
            version = version_for(app, known_ruby, first_version(asked).empty() ? "" : asked, "Gemfile");
    }
    Tests tests{"ruby:" + version, {"bundle install"}, {{"RAILS_ENV", "test"}}, {}};
    if (has_gem(gemfile, "rspec") || has_gem(gemfile, "rspec-rails")) {
        tests.run.emplace_back("bundle exec rspec");
        tests.where = "rspec in Gemfile";
    } else if (has_gem(gemfile, "rails") && any_file(tree, folder, "test/", "_test.rb")) {
        tests.run.emplace_back("bundle exec rails test");
        tests.where = "the folder test";
    } else if (beside(tree, folder, "Rakefile") && any_file(tree, folder, "test/", ".rb")) {
        tests.run.emplace_back("bundle exec rake test");
        tests.where = "Rakefile";
    }
    if (!has_gem(gemfile, "rails") && !has_gem(gemfile, "rspec-rails")) tests.env.clear();
    if (!tests.where.empty()) app.tests = std::move(tests);
    if (text_in(tree, folder, "config/routes.rb").find("rails/health#show") != std::string::npos) {
        app.health = "/up";
        app.health_where = "config/routes.rb";
    }
    take_recipe(tree, folder, gemfile, version, app);
    return app;
}

}  // namespace pipewright::init

#include <algorithm>
#include <array>

#include "generator/init/admit.h"
#include "generator/init/compose.h"
#include "generator/init/dockerfile.h"
#include "generator/init/facts.h"
#include "generator/init/stores.h"
#include "generator/init/words.h"
#include "generator/text/case.h"

namespace pipewright::init {

namespace {

template <class List>
bool among(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Folders whose Dockerfiles and pages are not what a repository delivers.
constexpr std::array<std::string_view, 12> kAside{"docs",    "doc",      "example",  "examples", "sample", "samples",
                                                  "fixture", "fixtures", "testdata", "test",     "tests",  "hack"};
// Folders that hold Dockerfiles for what lies beside them.
constexpr std::array<std::string_view, 8> kHolders{"docker", "deploy",     "deployment", "ops",
                                                   "build",  "containers", "container",  "packaging"};
// Endings of Dockerfiles that are not for the cloud, and of files that are none.
constexpr std::array<std::string_view, 20> kOther{
    "dev",  "development", "test", "tests", "ci",  "local", "debug", "base",    "builder", "dockerignore",
    "tmpl", "template",    "j2",   "bak",   "old", "orig",  "md",    "example", "sample",  "txt"};

bool aside(std::string_view path) {
    const std::vector<std::string_view> parts = split(path, '/');
    return std::any_of(parts.begin(), parts.end() - 1, [](std::string_view part) { return among(kAside, part); });
}

std::string unique_name(std::string_view wanted, const std::vector<ServiceFacts>& services) {
    std::string name = to_name(wanted, 20);
    if (name.empty()) name = "app";
    const auto taken = [&](const std::string& one) {
        return std::any_of(services.begin(), services.end(), [&](const ServiceFacts& s) { return s.name == one; });
    };
    if (!taken(name)) return name;
    for (int i = 2;; ++i) {
        std::string next = to_name(wanted, 16) + "-" + std::to_string(i);
        if (!taken(next)) return next;
    }
}

bool works_quietly(std::string_view name) {
    constexpr std::array<std::string_view, 9> kWords{"worker",    "consumer", "queue",   "scheduler", "cron",
                                                     "processor", "celery",   "sidekiq", "job"};
    return std::any_of(kWords.begin(), kWords.end(),
                       [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

// "api" of Dockerfile.api and api.Dockerfile; empty for Dockerfile; nothing for what is none, or not for the cloud.
std::optional<std::string> part_of_name(const std::string& file) {
    if (file == "Dockerfile" || file == "Containerfile") return "";
    std::string part;
    if (file.starts_with("Dockerfile.")) {
        part = file.substr(11);
    } else if (file.ends_with(".Dockerfile")) {
        part = file.substr(0, file.size() - 11);
    } else {
        return std::nullopt;
    }
    if (among(kOther, lower_case(part))) return std::nullopt;
    return part == "prod" || part == "production" ? "" : part;
}

// How many of the paths that a Dockerfile copies are there, counted from a folder.
std::size_t found_in(const Tree& tree, const std::string& folder, const std::vector<std::string>& paths) {
    return static_cast<std::size_t>(std::count_if(paths.begin(), paths.end(), [&](const std::string& one) {
        const std::optional<std::string> path = normal_path(folder, one);
        if (!path || *path == folder) return false;
        return std::any_of(tree.files().begin(), tree.files().end(),
                           [&](const std::string& file) { return file == *path || file.starts_with(*path + "/"); });
    }));
}

void take_ports(const Dockerfile& file, const std::string& path, ServiceFacts& service) {
    if (!service.port.known() && !file.ports.empty()) {
        // TLS ends at the ingress: of 443 and 80 the container's part is 80.
        const bool secure = file.ports.front() == 443 || file.ports.front() == 8443;
        const std::int64_t port = secure && file.ports.size() > 1 ? file.ports[1] : file.ports.front();
        service.port = {port, path + ": " + file.ports_where};
    }
    for (const std::int64_t port : file.ports) {
        const std::string text = std::to_string(port);
        if (port != service.port.value && !among(service.more_ports, text)) service.more_ports.push_back(text);
    }
    for (const std::string& word : file.unclear) {
        service.remarks.push_back("EXPOSE " + word + " holds a variable without a value");
    }
}

// What the Dockerfile and the application's own files say of a service whose places are known.
void take_files(const Tree& tree, const std::string& app_folder, ServiceFacts& service) {
    const std::string path = below(service.path, service.dockerfile);
    const std::optional<std::string> text = tree.read(path);
    const Dockerfile file = text ? read_dockerfile(*text, service.build_target) : Dockerfile{};
    take_ports(file, path, service);
    if (!service.health.known() && !file.health.empty())
        service.health = {file.health, path + ": " + file.health_where};
    std::optional<App> app = see_app(tree, app_folder);
    if (!app) return;
    service.remarks.insert(service.remarks.end(), app->remarks.begin(), app->remarks.end());
    service.tests = std::move(app->tests);
    if (service.tests) service.tests->image = like_base(service.tests->image, file.bases);
    if (service.tests && app_folder != service.path) service.test_folder = app_folder;
    service.front_end = app->front_end;
    if (!service.health.known() && !app->health.empty()) {
        service.health = {app->health, "a literal in " + app->health_where + ": is it this service's whole path?"};
        if (app->health_where.find(' ') != std::string::npos) service.health.where = app->health_where;
    }
}

void look_at_dockerfiles(const Tree& tree, Facts& facts) {
    for (const std::string& path : tree.files()) {
        const std::optional<std::string> part = part_of_name(last_part(path));
        if (!part || aside(path)) continue;
        const std::string folder = folder_of(path);
        const Dockerfile file = read_dockerfile(tree.read(path).value_or(""));
        // The build context is where what it copies lies: its own folder, the one that holds it, or the top.
        std::string context = folder;
        std::size_t most = found_in(tree, folder, file.copied);
        for (std::string above = folder; above != ".";) {
            above = folder_of(above);
            const std::size_t found = found_in(tree, above, file.copied);
            if (found > most || (most == 0 && among(kHolders, last_part(folder)) && context == folder)) {
                most = found;
                context = above;
            }
        }
        ServiceFacts service;
        const std::string own = among(kHolders, last_part(folder)) ? context : folder;
        service.name = unique_name(!part->empty() ? *part : own == "." ? "app" : last_part(own), facts.services);
        service.path = context;
        service.dockerfile = context == "." ? path : path.substr(context.size() + 1);
        service.where = path;
        take_files(tree, own, service);
        service.worker = !service.port.known() && works_quietly(service.name);
        if (context != folder && context == "." && folder != ".") {
            service.remarks.emplace_back(
                "it is built from the top, so every change of the repository builds it anew; build.inputs names what "
                "belongs "
                "to it");
        }
        facts.services.push_back(std::move(service));
    }
}

struct Built {
    const ComposeService* from;
    std::size_t group;  // of services that run one image
};

std::vector<Built> built_in(const Compose& compose) {
    std::vector<Built> built;
    for (const ComposeService& one : compose.services) {
        if (!one.built) continue;
        const auto same = std::find_if(built.begin(), built.end(), [&](const Built& other) {
            return other.from->path == one.path && other.from->dockerfile == one.dockerfile &&
                   other.from->target == one.target;
        });
        built.push_back({&one, same == built.end() ? built.size() : same->group});
    }
    // A service without a build may run the image of one that has it.
    for (const ComposeService& one : compose.services) {
        const auto same = std::find_if(built.begin(), built.end(), [&](const Built& other) {
            return !one.built && !one.image.empty() && other.from->image == one.image;
        });
        if (same != built.end()) built.push_back({&one, same->group});
    }
    return built;
}

// Of those that run one image, the one that takes requests; else the first.
const ComposeService* main_of(const std::vector<Built>& built, std::size_t group) {
    const ComposeService* main = nullptr;
    const auto rank = [](const ComposeService& one) {
        return !one.published.empty() ? 2 : !one.exposed.empty() ? 1 : 0;
    };
    for (const Built& one : built) {
        if (one.group != group || !one.from->built) continue;
        if (main == nullptr || rank(*one.from) > rank(*main)) main = one.from;
    }
    return main;
}

// A recipe with what the application says of itself, and with the port that is known of it, if any.
std::optional<Recipe> recipe_of(const App& app, const Seen<std::int64_t>& port = {}) {
    std::optional<Recipe> recipe = app.recipe;
    // nginx asks its own pages, on its own port; every other recipe has an ARG for each.
    const bool asks = recipe && recipe->name.find("site") == std::string::npos;
    if (asks && plain_argument(app.health)) recipe->args.emplace_back("HEALTH_PATH", app.health);
    if (asks && port.known() && port.value != recipe->port) {
        std::erase_if(recipe->args, [](const auto& one) { return one.first == "PORT"; });
        recipe->args.emplace_back("PORT", std::to_string(port.value));
        recipe->port = port.value;
    }
    return recipe;
}

// A Compose file may build what nobody has written yet.
void offer_dockerfile(const Tree& tree, ServiceFacts& service) {
    const std::optional<App> app = service.dockerfile == "Dockerfile" ? see_app(tree, service.path) : std::nullopt;
    if (app) service.missing = recipe_of(*app, service.port);
    if (!service.missing)
        service.remarks.push_back(below(service.path, service.dockerfile) +
                                  " is not there, and the image is built of it");
}

ServiceFacts main_service(const Tree& tree, const Compose& compose, const ComposeService& from, const Facts& facts) {
    ServiceFacts service;
    service.name = unique_name(from.name, facts.services);
    service.where = compose.file + ": " + from.name;
    service.path = from.path;
    service.dockerfile = from.dockerfile;
    if (service.dockerfile.empty()) {
        const bool other = !tree.has(below(from.path, "Dockerfile")) && tree.has(below(from.path, "Containerfile"));
        service.dockerfile = other ? "Containerfile" : "Dockerfile";
    }
    service.build_target = from.target;
    const std::vector<std::int64_t>& ports = from.published.empty() ? from.exposed : from.published;
    if (!ports.empty())
        service.port = {ports.front(), service.where + (from.published.empty() ? ", expose" : ", ports")};
    if (!from.health.empty()) service.health = {from.health, service.where + ", healthcheck"};
    service.command = from.command;
    const std::string own = from.path == "." ? folder_of(service.dockerfile) : from.path;
    take_files(tree, see_app(tree, own) ? own : from.path, service);
    service.worker = !service.port.known();
    if (!tree.taken(below(service.path, service.dockerfile))) offer_dockerfile(tree, service);
    return service;
}

// A further service that runs the image of another: a worker, or what migrates a database.
void add_sharing(const Compose& compose, const ComposeService& from, ServiceFacts& main,
                 std::vector<ServiceFacts>& others, Facts& facts) {
    if (from.command.empty() || from.command == main.command) {
        facts.remarks.push_back(compose.file + " runs '" + from.name + "' as '" + main.name +
                                "' runs: it is left out, and scaling says how many copies there are");
        return;
    }
    if (from.name.find("migrat") != std::string::npos && !main.migrate.known()) {
        main.migrate = {from.command, compose.file + ": " + from.name};
        return;
    }
    ServiceFacts service;
    std::vector<ServiceFacts> taken = facts.services;
    taken.insert(taken.end(), others.begin(), others.end());
    taken.push_back(main);
    service.name = unique_name(from.name, taken);
    service.where = compose.file + ": " + from.name;
    service.same_image_as = main.name;
    service.command = from.command;
    const std::vector<std::int64_t>& ports = from.published.empty() ? from.exposed : from.published;
    if (!ports.empty())
        service.port = {ports.front(), service.where + (from.published.empty() ? ", expose" : ", ports")};
    service.worker = ports.empty();
    others.push_back(std::move(service));
}

void take_stores(const Compose& compose, const std::vector<Built>& built, Facts& facts) {
    for (const ComposeService& one : compose.services) {
        const bool ours = std::any_of(built.begin(), built.end(), [&](const Built& b) { return b.from == &one; });
        if (ours) continue;
        std::optional<Store> store = store_of(one, compose.file);
        if (!store) {
            facts.remarks.push_back(compose.file + " also runs '" + one.name + "' (" + one.image +
                                    "), which no stack has: the cloud or somebody else has to offer it");
            continue;
        }
        const auto same = std::find_if(facts.stores.begin(), facts.stores.end(),
                                       [&](const Store& other) { return other.cache == store->cache; });
        if (same == facts.stores.end()) {
            facts.stores.push_back(std::move(*store));
        } else {
            facts.remarks.push_back(compose.file + " also runs '" + one.name + "' (" + one.image +
                                    "); a stack has one " + (store->cache ? "cache" : "database"));
        }
    }
}

void look_at_compose(const Tree& tree, const Compose& compose, Facts& facts) {
    facts.remarks.insert(facts.remarks.end(), compose.remarks.begin(), compose.remarks.end());
    const std::vector<Built> built = built_in(compose);
    take_stores(compose, built, facts);
    std::vector<Reached> reached;
    std::vector<const ComposeService*> sources;  // one a service of facts
    for (const Built& one : built) {
        const ComposeService* main = main_of(built, one.group);
        if (one.from != main) continue;
        ServiceFacts service = main_service(tree, compose, *main, facts);
        std::vector<ServiceFacts> others;
        std::vector<const ComposeService*> their;
        for (const Built& other : built) {
            if (other.group != one.group || other.from == main) continue;
            add_sharing(compose, *other.from, service, others, facts);
            their.resize(others.size(), other.from);
        }
        facts.services.push_back(std::move(service));
        sources.push_back(main);
        facts.services.insert(facts.services.end(), others.begin(), others.end());
        sources.insert(sources.end(), their.begin(), their.end());
    }
    const bool any_published =
        std::any_of(sources.begin(), sources.end(), [](const ComposeService* one) { return !one->published.empty(); });
    for (std::size_t i = 0; i < sources.size(); ++i) {
        facts.services[i].inside = any_published && sources[i]->published.empty() && !facts.services[i].worker;
        reached.push_back({sources[i]->name, facts.services[i].name, facts.services[i].port.value});
    }
    for (std::size_t i = 0; i < sources.size(); ++i) {
        link(*sources[i], facts.stores, reached, facts.services[i]);
        add_side_containers(facts.stores, facts.services[i]);
    }
}

// Applications in folders without a Dockerfile, of which one of ours could make images.
void look_for_offers(const Tree& tree, Facts& facts) {
    Names folders{"."};
    for (const std::string& path : tree.files()) {
        const std::string folder = folder_of(path);
        const bool near = std::count(folder.begin(), folder.end(), '/') <= 1;
        if (near && !aside(path) && folders.back() != folder && !among(folders, folder)) folders.push_back(folder);
    }
    for (const std::string& folder : folders) {
        const bool inside = std::any_of(facts.offers.begin(), facts.offers.end(), [&](const ServiceFacts& one) {
            return one.path == "." || folder.starts_with(one.path + "/");
        });
        std::optional<App> app = inside ? std::nullopt : see_app(tree, folder);
        if (!app) continue;
        Names remarks = std::move(app->remarks);
        remarks.insert(remarks.end(), app->recipe_remarks.begin(), app->recipe_remarks.end());
        if (app->recipe && tree.taken(below(folder, "Dockerfile"))) {
            remarks.emplace_back("something that is no file of this folder is called Dockerfile, so none is offered");
            app->recipe.reset();
        }
        if (!app->recipe) {
            for (const std::string& one : remarks) facts.remarks.push_back((folder == "." ? "" : folder + ": ") + one);
            continue;
        }
        ServiceFacts service;
        service.remarks = std::move(remarks);
        service.name = unique_name(folder == "." ? "app" : last_part(folder), facts.offers);
        service.where = below(folder, app->where) + " (" + app->language + ")";
        service.path = folder;
        service.dockerfile = "Dockerfile";
        service.port = {app->recipe->port, "the Dockerfile that init offers"};
        if (!app->health.empty()) {
            const bool named = app->health_where.find(' ') != std::string::npos;
            service.health = {
                app->health,
                named ? app->health_where : "a literal in " + app->health_where + ": is it this service's whole path?"};
        }
        service.tests = std::move(app->tests);
        service.front_end = app->front_end;
        service.recipe = recipe_of(*app);
        facts.offers.push_back(std::move(service));
    }
}

// Dockerfiles that the Compose file doesn't name.
void say_what_is_left(const Tree& tree, const std::string& compose_file, Facts& facts) {
    for (const std::string& path : tree.files()) {
        const std::optional<std::string> part = part_of_name(last_part(path));
        const bool taken = std::any_of(facts.services.begin(), facts.services.end(), [&](const ServiceFacts& one) {
            return one.same_image_as.empty() && below(one.path, one.dockerfile) == path;
        });
        if (part && !taken && !aside(path))
            facts.remarks.push_back(path + " was left alone: " + compose_file + " doesn't build it");
    }
}

}  // namespace

void look_at_services(const Tree& tree, Facts& facts) {
    const std::optional<Compose> compose = read_compose(tree);
    if (compose) look_at_compose(tree, *compose, facts);
    const bool from_compose = !facts.services.empty();
    if (!from_compose) look_at_dockerfiles(tree, facts);
    if (facts.services.empty()) look_for_offers(tree, facts);
    if (from_compose) say_what_is_left(tree, compose->file, facts);
    admit(facts);
}

}  // namespace pipewright::init

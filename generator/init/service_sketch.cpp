#include <algorithm>

#include "generator/init/manifest.h"
#include "generator/text/suggest.h"

namespace pipewright::init {

namespace {

void beside(Sketch& map, std::string key, Sketch value, std::string comment) {
    map.put(std::move(key), std::move(value));
    map.twigs.back().beside = std::move(comment);
}

Sketch pairs(const StringMap& map) {
    Sketch sketch = Sketch::map();
    for (const auto& [name, value] : map) sketch.put(name, Sketch::of(value));
    return sketch;
}

Sketch on_one_line(Sketch sketch) {
    sketch.flow = true;
    return sketch;
}

// A list on one line as long as that stays readable.
Sketch list_of(const Names& texts) {
    std::size_t length = 0;
    for (const std::string& text : texts) length += text.size() + 4;
    Sketch sketch = Sketch::words(texts);
    sketch.flow = length <= 90;
    return sketch;
}

Sketch tests_of(const ServiceFacts& service) {
    const Tests& tests = *service.tests;
    Sketch sketch = Sketch::map();
    sketch.put("image", Sketch::of(tests.image));
    if (!service.test_folder.empty()) sketch.put("dir", Sketch::of(service.test_folder));
    if (!tests.env.empty()) sketch.put("env", pairs(tests.env));
    sketch.put("run", list_of(tests.run));
    if (service.beside_tests.empty()) return sketch;
    Sketch& sides = sketch.put("services", Sketch::map());
    for (const SideContainer& side : service.beside_tests) {
        Sketch& one = sides.put(side.name, Sketch::map(true));
        one.put("image", Sketch::of(side.image));
        if (!side.env.empty()) one.put("env", on_one_line(pairs(side.env)));
    }
    return sketch;
}

void add_traffic(const ServiceFacts& service, const Names* routes, Sketch& sketch) {
    if (service.worker && !service.port.known()) return;
    if (service.port.known()) {
        beside(sketch, "port", Sketch::number(service.port.value), service.port.where);
    } else {
        beside(sketch, "port", Sketch::of(std::string(kPlaceholder)),
               "not seen; a service that takes no traffic has no port and no health");
    }
    if (service.health.known()) {
        beside(sketch, "health", Sketch::of(service.health.value), service.health.where);
    } else {
        beside(sketch, "health", Sketch::of("/"), "not seen: what the load balancer asks, and 200 to 399 is healthy");
    }
    if (routes != nullptr) {
        beside(sketch, "routes", Sketch::words(*routes),
               routes->empty() ? "not published by the Compose file: only other services reach it"
                               : "guessed from its name");
    }
}

}  // namespace

Sketch service_sketch(const ServiceFacts& service, const Names* routes) {
    Sketch sketch = Sketch::map();
    if (!service.same_image_as.empty()) {
        sketch.put("same_image_as", Sketch::of(service.same_image_as));
    } else {
        if (service.path != "." || service.command.empty()) sketch.put("path", Sketch::of(service.path));
        if (service.dockerfile != "Dockerfile") sketch.put("dockerfile", Sketch::of(service.dockerfile));
        if (!service.build_target.empty())
            sketch.put("build", Sketch::map(true)).put("target", Sketch::of(service.build_target));
    }
    if (!service.command.empty()) sketch.put("command", list_of(service.command));
    add_traffic(service, routes, sketch);
    if (!service.calls.empty()) sketch.put("calls", list_of(service.calls));
    if (!service.env.empty()) sketch.put("env", pairs(service.env));
    if (!service.secrets.empty()) sketch.put("secrets", pairs(service.secrets));
    if (service.migrate.known()) beside(sketch, "migrate", list_of(service.migrate.value), service.migrate.where);
    if (service.tests)
        sketch.put("test", tests_of(service), {"Run before a build; they follow from " + service.tests->where + "."});
    return sketch;
}

void add_stores(const std::vector<Store>& stores, Sketch& stacks) {
    for (Twig& stack : stacks.twigs) {
        for (const Store& store : stores) {
            Sketch value = Sketch::map(true);
            value.put("engine", Sketch::of(store.engine));
            if (!store.version.empty() && !store.cache) value.put("version", Sketch::of(store.version));
            stack.value.put(store.cache ? "cache" : "database", std::move(value), {"Seen in " + store.where + "."});
        }
    }
}

}  // namespace pipewright::init

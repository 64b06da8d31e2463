#include "generator/manifest/resolve.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest {

namespace {

Content content_of(const written::Service& from, const Project& project) {
    Content content;
    content.image = *from.image;
    if (!content.image.empty()) return content;
    content.path = under(project, *from.path);
    content.dockerfile = *from.dockerfile;
    content.platforms = texts(from.platforms);
    content.args = pairs(from.build->args);
    content.target = *from.build->target;
    content.salt = *from.build->salt;
    for (const std::string& input : texts(from.build->inputs)) content.inputs.push_back(under(project, input));
    for (const auto& [id, variable] : pairs(from.build->secrets)) content.secrets.push_back({id, variable});
    return content;
}

Test test_of(const Field<written::Test>& from, const Content& content, const Project& project) {
    Test test;
    test.span = from.key;
    test.image = *from->image;
    test.directory = from->dir.given() ? under(project, *from->dir) : content.path.empty() ? "." : content.path;
    test.env = pairs(from->env);
    test.run = texts(from->run);
    for (const Field<std::string>& line : *from->run) test.run_spans.push_back(line.span);
    for (const Named<written::SideContainer>& side : *from->services) {
        test.services.push_back({side.name, *side.field->image, pairs(side.field->env)});
    }
    return test;
}

Health health_of(const written::Health& from) {
    return {*from.path,    *from.codes,     *from.interval,     *from.timeout,
            *from.healthy, *from.unhealthy, *from.grace_seconds};
}

// A build and a ready image, or an image of another service, exclude each other.
void check_image_keys(const Named<written::Service>& named, Diagnostics& diagnostics) {
    const written::Service& from = *named.field;
    if (!from.image.given() && !from.same_image_as.given()) return;
    const std::string other = from.image.given() ? "image" : "same_image_as";
    const auto exclude = [&](const FieldBase& field, std::string_view key) {
        if (!field.given()) return;
        diagnostics.report(
            Code::exclusive_keys, field.key,
            "'" + std::string(key) + "' and '" + other + "' exclude each other in service '" + named.name + "'",
            "keep the one that says where the image comes from");
    };
    exclude(from.path, "path");
    exclude(from.dockerfile, "dockerfile");
    exclude(from.build, "build");
    exclude(from.platforms, "platforms");
    if (from.image.given() && from.same_image_as.given()) exclude(from.same_image_as, "same_image_as");
}

// Behind a port a service has routes and a health check; without one it takes no traffic.
void resolve_traffic(const Named<written::Service>& named, Service& service, Diagnostics& diagnostics) {
    const written::Service& from = *named.field;
    const bool listens = from.port.given();
    const auto needs_port = [&](const FieldBase& field, std::string_view key) {
        if (!field.given() || listens) return;
        diagnostics.report(Code::needed_together, field.key,
                           "'" + std::string(key) + "' needs a port in service '" + named.name + "'",
                           "give the port that the container listens on, or take the key away");
    };
    needs_port(from.health, "health");
    needs_port(from.smoke, "smoke");
    needs_port(from.routes, "routes");
    needs_port(from.open_routes, "public");
    if (listens) {
        service.port = *from.port;
        if (from.health.state != State::removed) service.health = health_of(*from.health);
        service.routes = from.routes.given() ? texts(from.routes) : Names{"/*"};
        service.open_routes = texts(from.open_routes);
    }
}

}  // namespace

void resolve_services(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    for (const Named<written::Stack>& stack : *from.stacks) to.stacks.push_back(stack.name);
    for (const Named<written::Service>& named : *from.services) {
        const written::Service& one = *named.field;
        check_image_keys(named, diagnostics);
        Service service;
        service.name = named.name;
        service.span = named.field.key;
        service.image_of = one.same_image_as.given() ? *one.same_image_as : named.name;
        if (service.has_own_image()) service.content = content_of(one, to);
        service.command = texts(one.command);
        resolve_traffic(named, service, diagnostics);
        service.calls = texts(one.calls);
        if (one.test.given()) service.test = test_of(one.test, service.content, to);
        service.schedule = *one.schedule;
        service.migrate = texts(one.migrate);
        service.read_only = *one.read_only;
        service.stacks = one.stacks.given() ? texts(one.stacks) : to.stacks;
        if (one.same_image_as.given() && service.command.empty()) {
            diagnostics.report(Code::needed_together, one.same_image_as.key,
                               "'same_image_as' needs a command in service '" + named.name + "'",
                               "say what this service runs in the other's image");
        }
        to.services.push_back(std::move(service));
    }
}

}  // namespace pipewright::manifest

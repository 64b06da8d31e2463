#include "generator/manifest/resolve.h"

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

}  // namespace

void resolve_services(const written::Manifest& from, Project& to) {
    for (const Named<written::Stack>& stack : *from.stacks) to.stacks.push_back(stack.name);
    for (const Named<written::Service>& named : *from.services) {
        const written::Service& one = *named.field;
        Service service;
        service.name = named.name;
        service.span = named.field.key;
        service.image_of = one.same_image_as.given() ? *one.same_image_as : named.name;
        if (service.has_own_image()) service.content = content_of(one, to);
        service.command = texts(one.command);
        if (one.port.given()) {
            service.port = *one.port;
            if (one.health.present()) service.health = health_of(*one.health);
            service.routes = texts(one.routes);
            service.open_routes = texts(one.open_routes);
        }
        service.calls = texts(one.calls);
        if (one.test.given()) service.test = test_of(one.test, service.content, to);
        service.schedule = *one.schedule;
        service.migrate = texts(one.migrate);
        service.read_only = *one.read_only;
        service.stacks = texts(one.stacks);
        to.services.push_back(std::move(service));
    }
}

}  // namespace pipewright::manifest

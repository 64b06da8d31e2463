#include <algorithm>
#include <map>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// A route of a service that listens, with its place.
struct Claim {
    const Service* service;
    std::string route;
    Span span;
};

bool runs_on(const Service& service, const std::string& stack) {
    return std::find(service.stacks.begin(), service.stacks.end(), stack) != service.stacks.end();
}

std::vector<Claim> claims(const Subject& subject) {
    std::vector<Claim> all;
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (!service.port || !sound(written.port, written.routes, written.stacks)) return;
        for (const Field<std::string>& route : *written.routes)
            all.push_back({&service, *route, place(route, service.span)});
    });
    return all;
}

// One request, one service: a route may be claimed once on each stack.
void claimed_twice(const Subject& subject, const std::vector<Claim>& all) {
    for (const std::string& stack : subject.project.stacks) {
        std::map<std::string, const Service*> first;
        for (const Claim& one : all) {
            if (!runs_on(*one.service, stack)) continue;
            const auto [found, added] = first.try_emplace(one.route, one.service);
            if (added || found->second == one.service) continue;
            subject.report_once(
                Code::route_clash, one.span,
                "'" + found->second->name + "' and '" + one.service->name + "' both claim the route " + one.route,
                one.route == "/*"
                    ? "give one of them routes of its own, as in routes: [\"/" + one.service->name + "/*\"]"
                    : "let one of them have it");
        }
    }
}

// A route below a prefix of the same service adds nothing, unless another service has something in between.
void covered(const Subject& subject, const std::vector<Claim>& all) {
    const auto below = [](const std::string& route, const std::string& prefix) {
        if (!prefix.ends_with("/*") || route == prefix) return false;
        const std::string stem = route.ends_with("/*") ? route.substr(0, route.size() - 2) : route;
        return route_leads_to(prefix, stem.empty() ? "/" : stem);
    };
    for (const Claim& one : all) {
        for (const Claim& wide : all) {
            if (wide.service != one.service || !below(one.route, wide.route)) continue;
            const bool parted = std::any_of(all.begin(), all.end(), [&](const Claim& other) {
                return other.service != one.service && below(one.route, other.route) && below(other.route, wide.route);
            });
            if (parted) continue;
            subject.report_once(
                Code::route_covered, one.span,
                "the route " + one.route + " of '" + one.service->name + "' adds nothing to its " + wide.route,
                "take it away");
        }
    }
}

// Routes where nothing comes from outside would be ignored.
void without_ingress(const Subject& subject) {
    if (!targets_known(subject)) return;
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (!written.routes.given() || written.routes->empty() || !sound(written.routes, written.stacks)) return;
        bool runs = false;
        bool reached = false;
        each_target(subject, [&](const At& at) {
            if (at.target.running(service.name) == nullptr) return;
            runs = true;
            reached = reached || at.target.ingress.kind != IngressKind::none || !sound(at.settings.ingress);
        });
        if (!runs || reached) return;
        subject.report(Code::not_applicable, written.routes.key,
                       "no ingress leads to '" + service.name + "', so nothing comes by its routes",
                       "take them away, or give a stack an ingress; other services call it by its name");
    });
}

}  // namespace

void routes(const Subject& subject) {
    const std::vector<Claim> all = claims(subject);
    claimed_twice(subject, all);
    covered(subject, all);
    without_ingress(subject);
}

}  // namespace pipewright::manifest::rules

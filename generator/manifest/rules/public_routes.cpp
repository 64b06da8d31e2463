#include <algorithm>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

bool asks_for_keys(const written::Stack& settings) {
    return *settings.ingress->type == "api-gateway" && *settings.ingress->api_key;
}

// Whether every request of a public route is one of the service's own.
bool within(const std::string& open, const Field<List<std::string>>& routes) {
    return std::any_of(routes->begin(), routes->end(), [&](const Field<std::string>& route) {
        if (!open.ends_with("/*")) return route_leads_to(*route, open);
        const std::string stem = open.substr(0, open.size() - 2);
        return route->ends_with("/*") && route_leads_to(*route, stem.empty() ? "/" : stem);
    });
}

}  // namespace

// Routes that need no key: only where others need one, and only those that lead to the service.
void public_routes(const Subject& subject) {
    for (std::size_t i = 0; i < subject.project.services.size(); ++i) {
        const Service& service = subject.project.services[i];
        const written::Service& written = *subject.written.services->at(i).field;
        if (!written.open_routes.given() || written.open_routes->empty() || !service.port) continue;
        if (!sound(written.open_routes, written.routes, written.port, written.stacks)) continue;
        bool runs = false;
        bool keyed = false;
        each_target(subject, [&](const At& at) {
            if (at.target.running(service.name) == nullptr) return;
            runs = true;
            keyed = keyed || asks_for_keys(at.settings) || !sound(at.settings.ingress);
        });
        if (runs && !keyed && targets_known(subject)) {
            subject.report(Code::not_applicable, written.open_routes.key,
                           "'public' says nothing of '" + service.name + "': no request to it needs a key",
                           "take it away; only an api-gateway with keys has routes without one");
            continue;
        }
        for (const Field<std::string>& open : *written.open_routes) {
            if (within(*open, written.routes)) continue;
            subject.report(Code::not_applicable, open.place(), "no route of '" + service.name + "' leads to " + *open,
                           "add it to routes as well");
        }
    }
}

}  // namespace pipewright::manifest::rules

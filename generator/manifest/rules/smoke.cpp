#include <algorithm>
#include <map>

#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

bool needs_key(const At& at, const written::Service& service, std::string_view path) {
    const written::Ingress& ingress = *at.settings.ingress;
    return *ingress.type == "api-gateway" && *ingress.api_key && !any_route_leads_to(service.open_routes, path);
}

// A path that was given is asked whatever it leads to, so it must lead to the service.
void given(const Subject& subject, const At& at, const Service& service, const written::Service& written) {
    const Field<std::string>& path = written.smoke->path;
    if (!any_route_leads_to(written.routes, *path)) {
        subject.report_once(Code::smoke_astray, path.place(),
                            "no route of '" + service.name + "' leads to " + *path + ", which its smoke test would ask",
                            written.routes->empty() ? "take the smoke test away: the rollout's own health decides then"
                                                    : "ask a path below " + listing(service.routes));
    } else if (needs_key(at, written, *path)) {
        subject.report_once(Code::smoke_astray, path.place(),
                            *path + " needs a key in " + at.shown() + ", and the smoke test has none",
                            "add it to public, or ask a path that stands there");
    }
}

// An ingress that the runtime lacks, or a gateway that shall be internal, is told of elsewhere.
bool ingress_stands(const At& at) {
    const std::vector<IngressKind>& offered = at.runtime.ingresses;
    if (std::find(offered.begin(), offered.end(), at.target.ingress.kind) == offered.end()) return false;
    return sound(at.settings.ingress) &&
           !(at.target.ingress.internal && at.target.ingress.kind != IngressKind::load_balancer);
}

std::string why_none(const At& at, const written::Service& service) {
    if (at.target.ingress.kind == IngressKind::none) return "nothing leads to it from outside (ingress: none)";
    if (!at.target.ingress.open_to_runners()) return "the runners can't reach the ingress";
    const std::string& path = *service.health->path;
    if (needs_key(at, service, path)) return "its path needs a key";
    return "none of its routes leads to " + path;
}

}  // namespace

void smoke(const Subject& subject) {
    for (std::size_t i = 0; i < subject.project.services.size(); ++i) {
        const Service& service = subject.project.services[i];
        const written::Service& written = *subject.written.services->at(i).field;
        if (!sound(written.port, written.health, written.smoke, written.routes, written.open_routes) || !service.port)
            continue;
        std::map<std::string, Names> none;  // why there is no smoke test, and where
        bool any_ingress = false;
        bool runs = false;
        each_target(subject, [&](const At& at) {
            const Running* running = at.target.running(service.name);
            if (running == nullptr || !ingress_stands(at)) return;
            runs = true;
            any_ingress = any_ingress || at.target.ingress.kind != IngressKind::none;
            if (written.smoke->path.given()) {
                if (at.target.ingress.kind != IngressKind::none) given(subject, at, service, written);
            } else if (!running->smoke && written.smoke.state == State::absent && service.health &&
                       !service.routes.empty()) {
                Names& where = none[why_none(at, written)];
                if (where.empty() || where.back() != at.target.environment) where.push_back(at.target.environment);
            }
        });
        if (runs && !any_ingress && targets_known(subject) && written.smoke.given()) {
            subject.report(Code::not_applicable, written.smoke.key,
                           "no ingress leads to '" + service.name + "', so no smoke test can ask it",
                           "take it away: the rollout's own health decides there");
        }
        for (const auto& [why, where] : none) {
            subject.report(Code::no_smoke, service.span,
                           "'" + service.name + "' gets no smoke test in " + listing(where) + ": " + why,
                           "the rollout's own health check decides there");
        }
    }
}

}  // namespace pipewright::manifest::rules

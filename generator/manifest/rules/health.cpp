#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// What an AWS load balancer takes for healthy: codes from 200 to 499 (Elastic Load Balancing, Matcher).
bool codes_fit(const std::string& codes) {
    for (std::size_t at = 0; at + 3 <= codes.size(); at += 4) {
        if (codes[at] < '2' || codes[at] > '4') return false;
    }
    return true;
}

}  // namespace

void health(const Subject& subject) {
    each_service(subject, [&](const Service& service, const written::Service& written) {
        const written::Health& check = *written.health;
        if (!written.health.given() || !service.port) return;
        if (sound(check.timeout, check.interval) && *check.timeout >= *check.interval) {
            subject.report(Code::health_impossible, place(check.timeout, place(check.interval, written.health.place())),
                           "a check of '" + service.name + "' takes up to " + std::to_string(*check.timeout) +
                               " seconds, and the next begins after " + std::to_string(*check.interval),
                           "let timeout be shorter than interval");
        }
    });
    each_target(subject, [&](const At& at) {
        if (at.target.cloud != Cloud::aws || at.target.ingress.kind != IngressKind::load_balancer) return;
        for (const EffectiveService& one : at.fields.services) {
            const written::Service& written = *subject.written.services->at(one.service).field;
            const Field<std::string>& codes = written.health->codes;
            if (!codes.given() || codes_fit(*codes) || !sound(at.settings.ingress)) continue;
            subject.report_once(Code::health_impossible, codes.place(),
                                "a load balancer on AWS can't take " + *codes + " for healthy",
                                "take codes from 200 to 499");
        }
    });
}

}  // namespace pipewright::manifest::rules

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A production environment that nothing holds back is nearly always a mistake; whoever means it says so.
void production(const Subject& subject) {
    each_environment(subject, [&](const Environment& one, const written::Environment& written) {
        if (!sound(written.gate, written.production, written.ungated_production)) return;
        const bool meant = *written.ungated_production;
        if (one.production && !one.gate.closed() && !meant) {
            subject.report(Code::ungated_production, one.gate.span, "'" + one.name + "' is production and has no gate",
                           "write gate: manual, or gate: release with a tag; or ungated_production: true beside it");
        }
        if (!meant || (one.production && !one.gate.closed())) return;
        subject.report(Code::not_applicable, written.ungated_production.key,
                       one.production
                           ? "'ungated_production' contradicts the gate of '" + one.name + "'"
                           : "'ungated_production' says nothing of '" + one.name + "', which is no production",
                       "take it away");
    });
}

}  // namespace pipewright::manifest::rules

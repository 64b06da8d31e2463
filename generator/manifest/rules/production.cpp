#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A production environment that nothing holds back is nearly always a mistake; whoever means it says so.
void production(const Subject& subject) {
    for (std::size_t i = 0; i < subject.project.environments.size(); ++i) {
        const Environment& one = subject.project.environments[i];
        const bool meant = *subject.written.environments->at(i).field->ungated_production;
        if (!one.production || one.gate.closed() || meant) continue;
        subject.report(Code::ungated_production, one.gate.span, "'" + one.name + "' is production and has no gate",
                       "write gate: manual, or gate: release with a tag; or ungated_production: true beside it");
    }
}

}  // namespace pipewright::manifest::rules

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A lock table is used with lock: dynamodb alone, and then goes with the bucket.
void states(const Subject& subject) {
    const written::State& state = *subject.written.infrastructure->state;
    if (!sound(state.lock) || subject.written.infrastructure.bad()) return;
    const bool tables = *state.lock == "dynamodb";
    const auto unused = [&](const FieldBase& table) {
        if (!table.given() || tables) return;
        subject.report(Code::not_applicable, table.key, "nothing uses a lock table: states are locked in their bucket",
                       "take it away, or write lock: dynamodb");
    };
    unused(state.table);
    each_target(subject, [&](const At& at) {
        const written::TargetState& here = *at.written.field->state;
        unused(here.table);
        if (!tables || at.target.cloud != Cloud::aws || !here.bucket.given() || here.table.given() ||
            !sound(here.table))
            return;
        subject.report(Code::needed_together, here.bucket.key,
                       "an existing bucket needs an existing lock table beside it in " + at.shown(),
                       "state: { bucket: …, table: … }, or lock: native for all");
    });
}

}  // namespace pipewright::manifest::rules

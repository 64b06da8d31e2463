#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

bool counts_instances(const Runtime& runtime) { return !runtime.sizes && runtime.cloud == Cloud::aws; }

}  // namespace

// At least as many copies as at most; and no scaling where a fixed number of instances runs one copy each.
void scaling(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        for (const FieldBase* field :
             {static_cast<const FieldBase*>(&subject.written.stacks->at(at.fields.stack).field->scaling),
              static_cast<const FieldBase*>(&at.written.field->scaling)}) {
            if (!counts_instances(at.runtime) || !field->given()) continue;
            subject.report_once(Code::not_applicable, field->key,
                                "'scaling' does not go with " + std::string(at.runtime.name) +
                                    ": its group has exactly as many instances as instance.count says",
                                "take it away, or change instance.count");
        }
        if (counts_instances(at.runtime)) return;
        for (std::size_t i = 0; i < at.target.services.size(); ++i) {
            const written::ServiceOverride& fields = *at.fields.services[i].settings;
            const Running& running = at.target.services[i];
            if (!sound(fields.scaling)) continue;
            const FieldBase& least = fields.scaling->min;
            // Application Auto Scaling: a policy does nothing while its metric has no data, and no task has no load.
            if (at.runtime.sizes && running.scaling.min == 0) {
                subject.report_once(Code::out_of_bounds, place(least, fields.scaling.place()),
                                    "nothing would ever start a task of '" + running.service + "' in '" +
                                        at.target.environment + "': " + std::string(at.runtime.name) +
                                        " scales by the load of those that run",
                                    "let min be at least 1");
                continue;
            }
            if (running.scaling.min <= running.scaling.max) continue;
            const FieldBase& most = fields.scaling->max;
            const bool later = most.given() && (!least.given() || most.span.offset > least.span.offset);
            subject.report_once(Code::out_of_bounds, later ? most.place() : place(least, fields.scaling.place()),
                                "'" + running.service + "' would run at least " + std::to_string(running.scaling.min) +
                                    " and at most " + std::to_string(running.scaling.max) + " times in '" +
                                    at.target.environment + "'",
                                "let max be at least min");
        }
    });
}

}  // namespace pipewright::manifest::rules

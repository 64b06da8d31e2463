#include <algorithm>

#include "generator/manifest/rules/rules.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

bool holds(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Whether a name is that of an environment further up; says what is wrong where it isn't.
bool comes_before(const Subject& subject, const std::string& environment, const Names& before,
                  const Field<std::string>& name, const std::string& key) {
    const Names all = environment_names(subject.project);
    if (name.doubtful || holds(before, *name)) return true;
    if (!holds(all, *name)) {
        subject.report(Code::unknown_reference, name.place(), "there is no environment '" + *name + "'",
                       before.empty() ? "the first environment comes after none: give it a branch or a tag"
                                      : suggestion(*name, before));
        return false;
    }
    subject.report(Code::promotion_circle, name.place(),
                   *name == environment
                       ? "'" + environment + "' can't come after itself"
                       : "'" + environment + "' can't come after '" + *name + "', which stands behind it",
                   "environments are written in the order of promotion; " + key + " names one further up");
    return false;
}

}  // namespace

// Promotion goes forward only, from an environment that is there; the first gets what is built.
void promotion(const Subject& subject) {
    Names before;
    each_environment(subject, [&](const Environment& environment, const written::Environment& written) {
        const Field<written::Trigger>& trigger = written.deploy_on;
        const bool after_good =
            !trigger->after.given() || comes_before(subject, environment.name, before, trigger->after, "after");
        const bool first = before.empty();
        if (written.promote_from.given() && first) {
            subject.report(Code::promotion_source, written.promote_from.key,
                           "'" + environment.name + "' is the first environment and promotes from none",
                           "the first environment gets what is built");
        } else if (written.promote_from.given()) {
            comes_before(subject, environment.name, before, written.promote_from, "promote_from");
        }
        if (first && after_good && sound(trigger) && trigger->manual.given() && *trigger->manual &&
            !trigger->branch.given() && !trigger->tag.given()) {
            subject.report(Code::first_trigger, environment.trigger.span,
                           "the first environment, '" + environment.name + "', must be deployed on a branch or a tag",
                           "that event starts the build");
        }
        before.push_back(environment.name);
    });
}

}  // namespace pipewright::manifest::rules

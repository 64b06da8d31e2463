#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// Services name stacks, environments name stacks, and a user's own jobs name environments.
void references(const Subject& subject) {
    const Names environments = environment_names(subject.project);
    const bool stacks_known = !subject.written.stacks.bad();
    if (stacks_known) {
        each_service(subject, [&](const Service&, const written::Service& written) {
            if (!written.stacks.given()) return;
            for (const Field<std::string>& stack : *written.stacks)
                known(subject, stack, subject.project.stacks, "stack");
        });
        each_environment(subject, [&](const Environment&, const written::Environment& written) {
            for (const Named<written::Target>& target : *written.targets) {
                Field<std::string> name;
                name.value = target.name;
                name.key = target.field.key;
                known(subject, name, subject.project.stacks, "stack");
            }
        });
    }
    if (subject.written.environments.bad()) return;
    const written::Extend& extend = *subject.written.extend;
    for (const Field<written::Hook>* hook : {&extend.before_deploy, &extend.after_deploy}) {
        for (const Field<std::string>& one : *(*hook)->environments) known(subject, one, environments, "environment");
    }
    for (const Named<written::ExtraJob>& job : *extend.jobs) {
        if (job.field->after.given()) known(subject, job.field->after, environments, "environment");
    }
}

}  // namespace pipewright::manifest::rules

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// The cloud of a stack follows its runtime.
void stacks(const Subject& subject) {
    for (const Named<written::Stack>& stack : *subject.written.stacks) {
        const written::Stack& written = *stack.field;
        if (!stack.field.given()) continue;
        const Runtime* runs = written.runtime.given() ? runtime(*written.runtime) : nullptr;
        if (runs == nullptr || !written.cloud.given() || *written.cloud == to_string(runs->cloud)) continue;
        subject.report(Code::contradiction, written.cloud.place(),
                       "'" + std::string(runs->name) + "' runs on " +
                           (runs->cloud == Cloud::aws ? "AWS" : "Google Cloud") + " alone",
                       "take 'cloud' away: it follows the runtime");
    }
}

}  // namespace pipewright::manifest::rules

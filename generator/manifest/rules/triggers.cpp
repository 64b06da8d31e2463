#include "generator/manifest/rules/rules.h"
#include "generator/project/pattern.h"

namespace pipewright::manifest::rules {

// Two environments on one branch, or on tag patterns that one tag can match, would both change at once: which of them
// an image has passed could not be told any more.
void triggers(const Subject& subject) {
    const auto& all = subject.project.environments;
    const auto trusted = [&](std::size_t i) { return sound(subject.written.environments->at(i).field->deploy_on); };
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Trigger& one = all[i].trigger;
            const Trigger& other = all[j].trigger;
            if (one.kind != other.kind || !trusted(i) || !trusted(j)) continue;
            const bool branches = one.kind == TriggerKind::branch && one.value == other.value;
            const bool tags = one.kind == TriggerKind::tag && patterns_overlap(one.value, other.value);
            if (branches) {
                subject.report_once(
                    Code::trigger_clash, one.span,
                    "'" + all[j].name + "' and '" + all[i].name + "' are both deployed on branch '" + one.value + "'",
                    "let the later one come after the earlier: deploy_on: { after: " + all[j].name + " }");
            } else if (tags) {
                subject.report_once(Code::trigger_clash, one.span,
                                    "one tag can match both '" + other.value + "' of '" + all[j].name + "' and '" +
                                        one.value + "' of '" + all[i].name + "'",
                                    "use prefixes that differ, as in staging-* and release-*");
            }
        }
    }
}

}  // namespace pipewright::manifest::rules

#include "generator/verify/verify.h"

#include <algorithm>

#include "generator/verify/rules.h"
#include "generator/verify/tokens.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::holds: return "holds";
        case Outcome::broken: return "broken";
        case Outcome::not_asked: return "not asked";
    }
    return {};
}

bool Result::holds() const {
    return std::none_of(rules.begin(), rules.end(),
                        [](const Judged& one) { return one.verdict.outcome == Outcome::broken; });
}

Result verify(const Subject& subject) {
    const World world(subject);
    Result result;
    for (const Rule& rule : rules()) {
        Judged judged{rule.number, rule.title, rule.judge(world)};
        std::vector<std::string>& paths = judged.verdict.paths;
        if (!paths.empty()) judged.verdict.outcome = Outcome::broken;
        std::stable_sort(paths.begin(), paths.end(), [](const std::string& a, const std::string& b) {
            const std::size_t a_steps = steps(a), b_steps = steps(b);
            return a_steps != b_steps ? a_steps < b_steps : a.size() < b.size();
        });
        result.rules.push_back(std::move(judged));
    }
    result.classes = trust_classes(world);
    return result;
}

void report(const Result& result, const Project& project, Diagnostics& diagnostics) {
    for (const Judged& one : result.rules) {
        if (one.verdict.outcome == Outcome::broken) {
            const std::size_t more = one.verdict.paths.size() - 1;
            diagnostics.report(Code::broken_rule, project.span,
                               "rule " + std::to_string(one.number) + " is broken (" + std::string(one.title) +
                                   "): " + one.verdict.paths.front() +
                                   (more == 0 ? "" : ", and " + counted(more, "other way") + " like it"),
                               "nothing is generated while a rule is broken; 'pipewright verify' lists every way");
        }
        for (const std::string& warning : one.verdict.warnings) {
            if (one.number == 7) {
                diagnostics.report(Code::static_keys, project.span, warning,
                                   "let jobs sign in by oidc: the cloud then knows which job it is");
                continue;
            }
            diagnostics.report(Code::weakly_apart, project.span, warning,
                               "give the gated environment a branch of its own, or a tag: then nobody else's jobs "
                               "have a token of its ref");
        }
    }
}

}  // namespace pipewright::verify

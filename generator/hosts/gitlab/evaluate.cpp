#include "generator/hosts/gitlab/evaluate.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "generator/project/pattern.h"

namespace pipewright::gitlab {

namespace {

using E = Expression;
using delivery::EventKind;

std::optional<std::string> value_of(const std::string& variable, const Variables& variables) {
    const auto found = variables.find(variable);
    if (found == variables.end()) return std::nullopt;
    return found->second;
}

}  // namespace

bool holds(const E& condition, const Variables& variables) {
    const std::optional<std::string> value = value_of(condition.variable(), variables);
    const auto each = [&](const E& one) { return holds(one, variables); };
    switch (condition.kind()) {
        case E::Kind::equal: return value == condition.texts().front();
        case E::Kind::differs: return value != condition.texts().front();
        case E::Kind::same: return value == value_of(condition.texts().front(), variables);
        case E::Kind::one_of:
            return value &&
                   std::find(condition.texts().begin(), condition.texts().end(), *value) != condition.texts().end();
        case E::Kind::matches: return value && pattern_matches(condition.texts().front(), *value);
        case E::Kind::both: return std::all_of(condition.parts().begin(), condition.parts().end(), each);
        case E::Kind::either: return std::any_of(condition.parts().begin(), condition.parts().end(), each);
    }
    return false;
}

Variables predefined(EventKind kind, const std::string& ref, const std::string& project, const std::string& source) {
    constexpr std::string_view kHeads = "refs/heads/", kTags = "refs/tags/";
    Variables all{{"CI_PROJECT_PATH", project}};
    switch (kind) {
        case EventKind::push_branch:
        case EventKind::push_tag: all["CI_PIPELINE_SOURCE"] = "push"; break;
        case EventKind::schedule: all["CI_PIPELINE_SOURCE"] = "schedule"; break;
        case EventKind::form: all["CI_PIPELINE_SOURCE"] = "web"; break;
        case EventKind::change_request:
            all["CI_PIPELINE_SOURCE"] = "merge_request_event";
            all["CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"] = source;
            return all;
    }
    if (ref.starts_with(kHeads)) all["CI_COMMIT_BRANCH"] = ref.substr(kHeads.size());
    if (ref.starts_with(kTags)) all["CI_COMMIT_TAG"] = ref.substr(kTags.size());
    return all;
}

}  // namespace pipewright::gitlab

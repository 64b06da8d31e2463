#include <algorithm>

#include "generator/hosts/gitlab/lower.h"

namespace pipewright::gitlab {

namespace {

using E = Expression;
using delivery::EventClass;
using delivery::EventKind;

constexpr const char* kSource = "CI_PIPELINE_SOURCE";
constexpr const char* kProject = "CI_PROJECT_PATH";

E source_is(const char* source) { return E::equal(kSource, source); }

// A person runs a pipeline on GitLab's page, or by its API. A push can carry values for the form too, and is none.
E by_person() { return E::one_of(kSource, {"api", "trigger", "web"}); }

std::optional<E> pushes(const delivery::Condition& condition) {
    std::vector<E> refs;
    for (const EventClass& one : condition.any) {
        if (one.kind == EventKind::push_branch) refs.push_back(E::equal("CI_COMMIT_BRANCH", one.ref));
        if (one.kind == EventKind::push_tag) refs.push_back(E::matches("CI_COMMIT_TAG", one.ref));
    }
    if (refs.empty()) return std::nullopt;
    return E::all_of({source_is("push"), E::any_of(std::move(refs))});
}

// Runs of the form on one target, some of whose actions a person starts once more.
struct Asked {
    std::string environment, stack;
    bool by_hand = false;
    std::vector<std::string> actions;
};

std::vector<Asked> asked(const delivery::Condition& condition, const std::vector<std::string>& by_hand) {
    std::vector<Asked> all;
    for (const EventClass& one : condition.any) {
        if (one.kind != EventKind::form) continue;
        const bool hand = std::find(by_hand.begin(), by_hand.end(), one.action) != by_hand.end();
        const auto same = [&](const Asked& other) {
            return other.environment == one.environment && other.stack == one.stack && other.by_hand == hand;
        };
        auto found = std::find_if(all.begin(), all.end(), same);
        if (found == all.end()) found = all.insert(all.end(), {one.environment, one.stack, hand, {}});
        found->actions.push_back(one.action);
    }
    return all;
}

E form_is(const Asked& one) {
    std::vector<E> parts{by_person()};
    const bool any = std::find(one.actions.begin(), one.actions.end(), "") != one.actions.end();
    parts.push_back(any ? E::differs("FORM_ACTION", "none") : E::one_of("FORM_ACTION", one.actions));
    if (!one.environment.empty()) parts.push_back(E::equal("FORM_ENVIRONMENT", one.environment));
    if (!one.stack.empty()) parts.push_back(E::equal("FORM_CLOUD", one.stack));
    return E::all_of(std::move(parts));
}

// a && b && c reads better than a && (b && c).
E both(E first, E second) {
    std::vector<E> parts{std::move(first)};
    if (second.kind() == E::Kind::both) {
        parts.insert(parts.end(), second.parts().begin(), second.parts().end());
    } else {
        parts.push_back(std::move(second));
    }
    return E::all_of(std::move(parts));
}

}  // namespace

std::vector<Rule> rules_of(const GitLabHost& host, const delivery::Condition& condition, const RuleSetup& setup) {
    std::vector<Rule> rules;
    const auto add = [&](E expression, bool by_hand, Settings variables) {
        if (setup.own_project) expression = both(E::equal(kProject, host.repository), std::move(expression));
        rules.push_back({std::move(expression), by_hand, std::move(variables), setup.after});
    };
    const auto requests = [&](bool forks) {
        return std::any_of(condition.any.begin(), condition.any.end(), [&](const EventClass& one) {
            return one.kind == EventKind::change_request && one.forks == forks;
        });
    };
    const E request = source_is("merge_request_event");
    if (requests(true) && !setup.own_project) {
        add(request, false, {});
    } else if (requests(true) || requests(false)) {
        add(both(request, E::same("CI_MERGE_REQUEST_SOURCE_PROJECT_PATH", kProject)), false, {});
    }
    if (std::optional<E> pushed = pushes(condition)) add(std::move(*pushed), false, {});
    // A schedule can be made for any branch; what a cloud trusts is the default one.
    if (delivery::overlaps(condition, {{delivery::on_schedule()}}))
        add(both(source_is("schedule"), E::equal("CI_COMMIT_BRANCH", host.default_branch)), false, {});
    for (const Asked& one : asked(condition, setup.by_hand)) add(form_is(one), one.by_hand, setup.form_variables);
    return rules;
}

std::vector<WorkflowRule> workflow_rules(const GitLabHost& host, const delivery::Condition& all) {
    delivery::Condition condition;
    bool form = false;
    for (EventClass one : all.any) {
        form = form || one.kind == EventKind::form;
        one.forks = true;
        if (one.kind != EventKind::form) delivery::add(condition, {{std::move(one)}});
    }
    // What a person asks for is looked at by the pipeline's first job, which can say what is wrong with it.
    if (form) condition.any.push_back(delivery::form("", "", "", ""));
    std::vector<WorkflowRule> rules;
    for (Rule& one : rules_of(host, condition, {})) {
        const bool request = one.condition.print() == source_is("merge_request_event").print();
        rules.push_back({std::move(one.condition), request});
    }
    return rules;
}

}  // namespace pipewright::gitlab

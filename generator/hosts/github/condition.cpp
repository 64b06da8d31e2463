#include <algorithm>

#include "generator/hosts/github/lower.h"

namespace pipewright::github {

namespace {

using E = Expression;

E event_is(const char* name) { return E::equal(E::context("github.event_name"), E::literal(name)); }

// A tag pattern as an expression. GitHub's expressions have no globs: beginning, end and the literals between them
// stand for the pattern, and the workflow's own filter has already refused every tag that no pattern matches.
E tag_matches(const std::string& pattern) {
    const std::string ref = "refs/tags/" + pattern;
    const std::size_t first = ref.find('*');
    if (first == std::string::npos) return E::equal(E::context("github.ref"), E::literal(ref));
    std::vector<E> parts{E::call("startsWith", {E::context("github.ref"), E::literal(ref.substr(0, first))})};
    std::size_t at = first + 1;
    for (std::size_t star = ref.find('*', at); star != std::string::npos; star = ref.find('*', at)) {
        if (star > at)
            parts.push_back(E::call("contains", {E::context("github.ref"), E::literal(ref.substr(at, star - at))}));
        at = star + 1;
    }
    if (at < ref.size()) parts.push_back(E::call("endsWith", {E::context("github.ref"), E::literal(ref.substr(at))}));
    return E::all_of(std::move(parts));
}

std::vector<std::string> refs(const delivery::Condition& condition, delivery::EventKind kind) {
    std::vector<std::string> found;
    for (const delivery::EventClass& one : condition.any) {
        if (one.kind == kind) found.push_back(one.ref);
    }
    return found;
}

bool has_all(const std::vector<std::string>& some, const std::vector<std::string>& all) {
    return std::all_of(all.begin(), all.end(),
                       [&](const std::string& one) { return std::find(some.begin(), some.end(), one) != some.end(); });
}

}  // namespace

std::optional<Expression> condition_of(const delivery::Condition& condition, const Workflow& workflow) {
    if (!workflow.form.empty()) return std::nullopt;
    const std::vector<std::string> branches = refs(condition, delivery::EventKind::push_branch);
    const std::vector<std::string> tags = refs(condition, delivery::EventKind::push_tag);
    const bool requests = std::any_of(condition.any.begin(), condition.any.end(), [](const delivery::EventClass& one) {
        return one.kind == delivery::EventKind::change_request;
    });
    const bool all_branches = has_all(branches, workflow.branches);
    const bool all_tags = has_all(tags, workflow.tags);
    const bool all_pushes = all_branches && all_tags && (!branches.empty() || !tags.empty());
    if (all_pushes && (requests || !workflow.change_requests)) return std::nullopt;

    std::vector<E> any;
    if (requests) any.push_back(event_is("pull_request"));
    if (all_pushes) {
        any.push_back(event_is("push"));
    } else {
        std::vector<E> pushed;
        for (const std::string& branch : branches) {
            pushed.push_back(E::equal(E::context("github.ref"), E::literal("refs/heads/" + branch)));
        }
        for (const std::string& tag : tags) pushed.push_back(tag_matches(tag));
        if (!pushed.empty()) any.push_back(E::all_of({event_is("push"), E::any_of(std::move(pushed))}));
    }
    return E::any_of(std::move(any));
}

}  // namespace pipewright::github

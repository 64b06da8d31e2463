#include <algorithm>
#include <set>

#include "generator/project/pattern.h"
#include "generator/verify/play.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using E = gitlab::Expression;
using delivery::EventKind;
using Texts = std::vector<std::string>;

// What pipelines name.
struct Named {
    Texts branches, tags;  // names and patterns
    Texts actions, environments, stacks;
};

void look_at(const E& one, Named& named) {
    Texts* to = nullptr;
    if (one.variable() == "CI_COMMIT_BRANCH") to = &named.branches;
    if (one.variable() == "CI_COMMIT_TAG") to = &named.tags;
    if (one.variable() == "FORM_ACTION") to = &named.actions;
    if (one.variable() == "FORM_ENVIRONMENT") to = &named.environments;
    if (one.variable() == "FORM_CLOUD") to = &named.stacks;
    if (to != nullptr && one.kind() != E::Kind::same) {
        for (const std::string& text : one.texts()) add_once(*to, text);
    }
    for (const E& part : one.parts()) look_at(part, named);
}

void add_options(const std::string& field, const Texts& options, Named& named) {
    Texts* to = field == "action" || field == "ACTION"             ? &named.actions
                : field == "environment" || field == "ENVIRONMENT" ? &named.environments
                : field == "cloud" || field == "CLOUD"             ? &named.stacks
                                                                   : nullptr;
    if (to == nullptr) return;
    for (const std::string& one : options) add_once(*to, one);
}

void add_ref(const std::string& ref, Named& named) {
    if (ref.starts_with("refs/heads/")) add_once(named.branches, ref.substr(11));
    if (ref.starts_with("refs/tags/")) add_once(named.tags, ref.substr(10));
}

Named named_in(const Subject& subject) {
    Named named;
    if (subject.github != nullptr) {
        add_once(named.branches, subject.project.github->default_branch);
        for (const github::EnvironmentGate& gate : subject.github->gates) {
            for (const std::string& ref : gate.refs) add_ref(ref, named);
        }
        for (const github::Workflow& workflow : subject.github->workflows) {
            for (const std::string& one : workflow.branches) add_once(named.branches, one);
            for (const std::string& one : workflow.tags) add_once(named.tags, one);
            for (const github::FormInput& one : workflow.form) add_options(one.name, one.options, named);
            if (!workflow.environment.empty()) add_once(named.environments, workflow.environment);
        }
    }
    if (subject.gitlab != nullptr) {
        add_once(named.branches, subject.project.gitlab->default_branch);
        for (const gitlab::EnvironmentGate& gate : subject.gitlab->gates) {
            for (const std::string& ref : gate.refs) add_ref(ref, named);
        }
        for (const gitlab::FormInput& one : subject.gitlab->form) add_options(one.name, one.options, named);
        for (const gitlab::WorkflowRule& rule : subject.gitlab->rules) look_at(rule.condition, named);
        for (const gitlab::File& file : subject.gitlab->files) {
            for (const gitlab::Job& job : file.jobs) {
                for (const gitlab::Rule& rule : job.rules) look_at(rule.condition, named);
            }
        }
    }
    return named;
}

// Tags that a pattern matches, those that others match too among them.
std::set<std::string> tags_of(const std::string& pattern, const Texts& all) {
    const auto filled = [&](const std::string& with) {
        std::string text;
        for (const char c : pattern) text += c == '*' ? with : std::string(1, c);
        return text;
    };
    std::set<std::string> tags{filled("1")};
    for (const std::string& other : all) {
        if (other == pattern || !patterns_overlap(pattern, other)) continue;
        Texts fillings{""};
        std::string literal;
        for (const char c : other + "*") {
            if (c != '*' && c != '/') {
                literal += c;
                continue;
            }
            if (!literal.empty()) fillings.push_back(literal);
            literal.clear();
        }
        for (const std::string& one : fillings) {
            if (pattern_matches(other, filled(one))) tags.insert(filled(one));
        }
    }
    return tags;
}

// Refs on which a person could fill in the form: with many combinations, those that the chosen place is about.
std::vector<std::string> refs_of_form(const Named& named, const std::vector<std::string>& tags) {
    Texts refs;
    for (const std::string& one : named.branches) refs.push_back("refs/heads/" + one);
    for (const std::string& one : tags) refs.push_back("refs/tags/" + one);
    const std::size_t combinations = named.actions.size() * named.environments.size() * named.stacks.size();
    if (combinations * refs.size() > 4000) refs.resize(1);
    refs.emplace_back("refs/heads/another-branch");
    refs.emplace_back("refs/tags/another-tag");
    return refs;
}

}  // namespace

std::vector<Occurrence> occurrences(const Subject& subject) {
    const Named named = named_in(subject);
    std::vector<Occurrence> all;
    const auto add = [&](Occurrence one) {
        one.elsewhere = false;
        all.push_back(one);
        if (one.kind == EventKind::change_request && one.fork) return;
        one.elsewhere = true;
        one.told = "in a fork, " + one.told;
        all.push_back(std::move(one));
    };
    const auto pushed = [&](EventKind kind, const std::string& ref, std::string told, std::string class_of = {}) {
        Occurrence one;
        one.kind = kind;
        one.ref = ref;
        one.class_of = std::move(class_of);
        one.told = std::move(told);
        add(std::move(one));
    };
    for (const std::string& one : named.branches) pushed(EventKind::push_branch, "refs/heads/" + one, "push to " + one);
    pushed(EventKind::push_branch, "refs/heads/another-branch", "push to another branch");
    Texts tags;
    for (const std::string& pattern : named.tags) {
        for (const std::string& tag : tags_of(pattern, named.tags)) {
            add_once(tags, tag);
            pushed(EventKind::push_tag, "refs/tags/" + tag, "tag " + pattern, pattern);
        }
    }
    pushed(EventKind::push_tag, "refs/tags/another-tag", "another tag");
    Texts homes;
    if (subject.github != nullptr) add_once(homes, subject.project.github->default_branch);
    if (subject.gitlab != nullptr) add_once(homes, subject.project.gitlab->default_branch);
    if (homes.empty()) homes = {"main"};
    for (const std::string& one : homes) pushed(EventKind::schedule, "refs/heads/" + one, "schedule");
    for (const bool fork : {false, true}) {
        Occurrence one;
        one.kind = EventKind::change_request;
        one.ref = "refs/heads/another-branch";
        one.class_of = "*";
        one.fork = fork;
        one.told = fork ? "change request of a fork" : "change request";
        add(std::move(one));
    }
    const Texts refs = refs_of_form(named, tags);
    // A workflow of one environment doesn't ask for it.
    Texts environments = named.environments, stacks = named.stacks, actions = named.actions;
    for (Texts* one : {&environments, &stacks, &actions}) {
        if (!among(*one, "")) one->emplace_back();
    }
    for (const std::string& action : actions) {
        for (const std::string& environment : environments) {
            for (const std::string& stack : stacks) {
                for (const std::string& ref : refs) {
                    Occurrence one;
                    one.kind = EventKind::form;
                    one.ref = ref;
                    for (const std::string& pattern : named.tags) {
                        if (ref.starts_with("refs/tags/") && pattern_matches(pattern, ref.substr(10)))
                            one.class_of = pattern;
                    }
                    one.action = action;
                    one.environment = environment;
                    one.stack = stack;
                    one.told = "form" + (action.empty() ? "" : " " + action) +
                               (environment.empty() ? "" : " of " + environment) +
                               (stack.empty() ? "" : " on " + stack) + " at " + ref.substr(ref.find('/', 5) + 1);
                    add(std::move(one));
                }
            }
        }
    }
    return all;
}

}  // namespace pipewright::verify

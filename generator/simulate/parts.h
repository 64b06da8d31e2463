// The parts of a simulation that both hosts share.
#pragma once

#include <map>

#include "generator/simulate/simulate.h"

namespace pipewright::simulate {

// refs/heads/main as main.
std::string short_ref(std::string_view ref);
bool is_tag(std::string_view ref);

// The event as the graph knows it.
delivery::Event of_graph(const Event& event);

// What the form's first job says of what a person chose: empty where it lets the run go on, else one clause. rows is
// the JSON that its script is given.
struct Chosen {
    std::string action, environment, stack, service, image, confirm, ref;
};
std::string form_refused(const std::string& rows, const Chosen& chosen);

// The smallest part of a condition that has to hold and doesn't, by what holds(PART) says.
template <class Expression, class Holds>
const Expression& broken_part(const Expression& condition, const Holds& holds) {
    if (condition.kind() != Expression::Kind::both) return condition;
    for (const Expression& one : condition.parts()) {
        if (!holds(one)) return broken_part(one, holds);
    }
    return condition;
}

bool is_among(const std::vector<std::string>& all, const std::string& one);

// "a, b or c".
std::string any_of_words(const std::vector<std::string>& all);

// As whom a job (of either host) acts.
template <class Job>
void tell_identity(const Job& job, JobAnswer& answer) {
    if (!job.identity) return;
    answer.identity = names::to_string(*job.identity);
    answer.role = job.principal;
    if (job.static_keys) answer.keys = job.target_environment;
    if (job.reader) answer.reader = job.reader->principal;
}

// Whether the role of a job, which trusts these claims, admits a token.
bool admits(const hosts::Claims& trust, const Token& token);

}  // namespace pipewright::simulate

#include "generator/delivery/graph.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "generator/delivery/plan.h"
#include "generator/text/case.h"

namespace pipewright::delivery {

const Job* Graph::job(std::string_view id) const {
    const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const Job& one) { return one.id == id; });
    return found == jobs.end() ? nullptr : &*found;
}

std::string digest_variable(std::string_view service) { return "DIGEST_" + variable_word(service); }

std::vector<DataFile> data_files(const Graph& graph) {
    std::map<std::string, DataFile> all;
    for (const Job& job : graph.jobs) {
        for (const Variable& one : job.variables) {
            const auto* file = std::get_if<DataFile>(&one.value);
            if (file == nullptr) continue;
            const auto there = all.emplace(file->name, *file).first;
            if (there->second.content.text() != file->content.text())
                throw std::logic_error("two jobs disagree on what stands in " + file->name);
        }
    }
    std::vector<DataFile> list;
    for (auto& [name, file] : all) list.push_back(std::move(file));
    return list;
}

namespace {

// Why a job stays where it is although the event is one of its own; nothing where it goes on.
template <class Of>
std::string held_back(const Job& job, Of of) {
    bool began = false, failed = false;
    for (const Need& need : job.needs) {
        const Outcome needed = of(need.job);
        began = began || needed == Outcome::runs || needed == Outcome::fails;
        failed = failed || needed == Outcome::fails;
        const bool good = needed == Outcome::runs || (needed == Outcome::absent && !need.required);
        if (job.after == After::success && !good)
            return need.job + (needed == Outcome::fails ? " failed" : " did not run");
    }
    if (job.after == After::always && !began) return "nothing that it tells of ran";
    if (job.after == After::failure && !failed) return "nothing failed";
    return {};
}

}  // namespace

nlohmann::ordered_json form_json(const std::vector<FormRow>& rows) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const FormRow& row : rows) {
        list.push_back({{"environment", row.environment},
                        {"stack", row.stack},
                        {"actions", row.actions},
                        {"services", row.services},
                        {"images", row.images},
                        {"confirmed", row.confirmed},
                        {"refs", std::vector<std::string>{row.ref}}});
    }
    return list;
}

nlohmann::ordered_json results_json(const std::vector<ToldResult>& told) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const ToldResult& one : told)
        list.push_back({{"stack", one.stack}, {"job", one.verb}, {"result", result_variable(one.job)}});
    return list;
}

std::vector<JobOutcome> evaluate(const Graph& graph, const Event& event, const std::vector<std::string>& failing) {
    std::vector<JobOutcome> outcomes;
    const auto of = [&](const std::string& id) {
        const auto found =
            std::find_if(outcomes.begin(), outcomes.end(), [&](const JobOutcome& one) { return one.job == id; });
        return found == outcomes.end() ? Outcome::absent : found->outcome;
    };
    for (const Job& job : graph.jobs) {
        JobOutcome outcome{job.id, Outcome::runs, {}};
        if (!holds(job.when, event)) {
            outcome.outcome = Outcome::absent;
            outcome.because = "the event is none of its own";
        } else {
            outcome.because = held_back(job, of);
            if (!outcome.because.empty()) outcome.outcome = Outcome::skipped;
        }
        const bool fails = std::find(failing.begin(), failing.end(), job.id) != failing.end();
        if (outcome.outcome == Outcome::runs && fails) outcome.outcome = Outcome::fails;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace pipewright::delivery

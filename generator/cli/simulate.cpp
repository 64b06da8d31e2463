// What each host does with an event: generator/simulate answers, from the pipelines that generate would write.
#include "generator/simulate/simulate.h"

#include <algorithm>
#include <sstream>

#include "generator/cli/models.h"
#include "generator/text/render.h"

namespace pipewright::cli {

namespace {

simulate::Event event_of(const EventWords& words) {
    simulate::Event event;
    if (words.kind == "change-request") event.kind = delivery::EventKind::change_request;
    if (words.kind == "schedule") event.kind = delivery::EventKind::schedule;
    if (words.kind == "form") event.kind = delivery::EventKind::form;
    event.ref = words.ref;
    event.fork = words.fork;
    event.rerun = words.rerun;
    event.no_changes = words.no_changes;
    event.fails = words.fails;
    event.form = {words.action, words.environment, words.cloud, words.service,
                  words.image,  words.confirm,     words.commit};
    return event;
}

// The host's jobs that are said to fail, of those that there are.
std::string unknown_job(const simulate::Event& event, const std::vector<std::string>& known) {
    for (const std::string& one : event.fails) {
        if (std::find(known.begin(), known.end(), one) == known.end()) return one;
    }
    return {};
}

// What the hosts answer with, made once.
struct Sides {
    std::optional<simulate::GitHubSide> github;
    std::optional<simulate::GitLabSide> gitlab;
    std::vector<std::string> known;  // all jobs
};

Sides sides_of(const Project& project, const Models& models) {
    Sides sides;
    if (project.github) {
        sides.github = simulate::GitHubSide{*models.github_graph, *models.github};
        for (const github::Workflow& workflow : sides.github->pipeline.workflows) {
            for (const github::Job& job : workflow.jobs) sides.known.push_back(job.id);
        }
    }
    if (project.gitlab) {
        sides.gitlab = simulate::GitLabSide{*models.gitlab_graph, *models.gitlab};
        for (const gitlab::File& file : sides.gitlab->pipeline.files) {
            for (const gitlab::Job& job : file.jobs) sides.known.push_back(job.id);
        }
    }
    return sides;
}

// Empty, or what makes no sense about the event.
std::string answer_to(const EventWords& words, const Project& project, const Sides& sides, simulate::Answer& answer) {
    answer.event = event_of(words);
    const std::string problem = simulate::complete(project, answer.event);
    if (!problem.empty()) return problem;
    const std::string nobody = unknown_job(answer.event, sides.known);
    if (!nobody.empty()) return "there is no job '" + nobody + "'";
    if (sides.github) answer.hosts.push_back(simulate::on_github(project, *sides.github, answer.event));
    if (sides.gitlab) answer.hosts.push_back(simulate::on_gitlab(project, *sides.gitlab, answer.event));
    return {};
}

Exit wrong(const std::string& problem, Console& console) {
    console.err += "error: " + visible(problem) + " [" + std::string(describe(Code::bad_call).id) +
                   "]\n      = see pipewright simulate --help\n";
    return kWrong;
}

// One event a line, and one line for each: the answer, or {"problem": …}.
Exit answer_lines(const std::string& lines, const Project& project, const Sides& sides, Console& console) {
    Exit exit = kFine;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        EventWords words;
        simulate::Answer answer;
        std::string problem = read_event(line, words);
        if (problem.empty()) problem = answer_to(words, project, sides, answer);
        if (!problem.empty()) exit = kWrong;
        console.out +=
            (problem.empty() ? simulate::json_of(answer, simulate::Layout::line) : simulate::json_of_problem(problem)) +
            "\n";
    }
    return exit;
}

}  // namespace

Exit simulate(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    if (!load(run, call, path)) return finish(run, call, kWrong, console);
    const std::optional<Models> models = decide(run);
    if (!models) return finish(run, call, kWrong, console);
    const Sides sides = sides_of(*run.project, *models);

    if (!call.events.empty()) {
        const system::Result<std::string> lines = disk.read(call.events);
        if (!lines) return wrong(lines.failure().sentence(), console);
        return finish(run, call, answer_lines(lines.value(), *run.project, sides, console), console);
    }
    simulate::Answer answer;
    const std::string problem = answer_to(call.event, *run.project, sides, answer);
    if (!problem.empty()) return wrong(problem, console);
    if (call.format == Format::text) {
        console.out += simulate::text_of(answer);
    } else {
        console.report.simulation = simulate::json_of(answer);
    }
    return finish(run, call, kFine, console);
}

}  // namespace pipewright::cli

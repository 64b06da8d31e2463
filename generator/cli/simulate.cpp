// What each host does with an event: generator/simulate answers, from the pipelines that generate would write.
#include "generator/simulate/simulate.h"

#include <algorithm>

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

Exit wrong(const std::string& problem, Console& console) {
    console.err += "error: " + visible(problem) + " [" + std::string(describe(Code::bad_call).id) +
                   "]\n      = see pipewright simulate --help\n";
    return kWrong;
}

}  // namespace

Exit simulate(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    if (!load(run, call, path)) return finish(run, call, kWrong, console);
    const std::optional<Models> models = decide(run);
    if (!models) return finish(run, call, kWrong, console);
    const Project& project = *run.project;

    simulate::Answer answer;
    answer.event = event_of(call.event);
    const std::string problem = simulate::complete(project, answer.event);
    if (!problem.empty()) return wrong(problem, console);
    std::vector<std::string> known;
    if (project.github) {
        const simulate::GitHubSide side{*models->github_graph, *models->github};
        for (const github::Workflow& workflow : side.pipeline.workflows) {
            for (const github::Job& job : workflow.jobs) known.push_back(job.id);
        }
        answer.hosts.push_back(simulate::on_github(project, side, answer.event));
    }
    if (project.gitlab) {
        const simulate::GitLabSide side{*models->gitlab_graph, *models->gitlab};
        for (const gitlab::File& file : side.pipeline.files) {
            for (const gitlab::Job& job : file.jobs) known.push_back(job.id);
        }
        answer.hosts.push_back(simulate::on_gitlab(project, side, answer.event));
    }
    const std::string nobody = unknown_job(answer.event, known);
    if (!nobody.empty()) return wrong("there is no job '" + nobody + "'", console);
    if (call.format == Format::text) {
        console.out += simulate::text_of(answer);
    } else {
        console.report.simulation = simulate::json_of(answer);
    }
    return finish(run, call, kFine, console);
}

}  // namespace pipewright::cli

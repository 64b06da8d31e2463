#include <nlohmann/json.hpp>

#include "generator/simulate/parts.h"

namespace pipewright::simulate {

namespace {

using Json = nlohmann::ordered_json;

const char* kind_of(delivery::EventKind kind) {
    switch (kind) {
        case delivery::EventKind::push_branch:
        case delivery::EventKind::push_tag: return "push";
        case delivery::EventKind::change_request: return "change-request";
        case delivery::EventKind::schedule: return "schedule";
        case delivery::EventKind::form: return "form";
    }
    return "push";
}

Json json_of(const Event& event) {
    Json json{{"event", kind_of(event.kind)}, {"ref", event.ref}, {"fork", event.fork}, {"rerun", event.rerun}};
    if (event.no_changes) json["no_changes"] = true;
    if (!event.fails.empty()) json["fails"] = event.fails;
    if (event.kind == delivery::EventKind::form) {
        Json form{{"action", event.form.action}, {"environment", event.form.environment}};
        const auto add = [&](const char* name, const std::optional<std::string>& value) {
            if (value) form[name] = *value;
        };
        add("cloud", event.form.cloud);
        add("service", event.form.service);
        add("image", event.form.image);
        add("confirm", event.form.confirm);
        add("commit", event.form.commit);
        json["form"] = form;
    }
    json["words"] = describe(event);
    return json;
}

Json json_of(const Token& token) {
    Json json{{"iss", token.issuer}, {"sub", token.subjects}, {"aud", token.audience}};
    if (!token.ref.empty()) json["ref"] = token.ref;
    if (!token.environment.empty()) json["environment"] = token.environment;
    if (token.protected_ref) json["ref_protected"] = true;
    if (!token.repository_id.empty()) json["repository_id"] = token.repository_id;
    if (!token.workflow.empty()) json["job_workflow_ref"] = token.workflow + "@" + token.ref;
    if (!token.actors.empty()) json["admitted_actors"] = token.actors;
    json["trusted"] = token.trusted;
    return json;
}

Json json_of(const JobAnswer& job) {
    Json json{{"job", job.job}, {"title", job.title}, {"outcome", to_string(job.outcome)}};
    if (!job.because.empty()) json["because"] = job.because;
    if (!job.note.empty()) json["note"] = job.note;
    if (!job.after.empty()) json["after"] = job.after;
    if (job.wait.person != Person::nobody) {
        json["waits_for"] = {{"person", to_string(job.wait.person)}, {"where", job.wait.where}, {"who", job.wait.who}};
        if (job.wait.minutes > 0) json["waits_for"]["minutes"] = job.wait.minutes;
    }
    if (!job.behind.empty()) json["behind"] = job.behind;
    if (!job.identity.empty()) {
        json["identity"] = {{"kind", job.identity}};
        if (job.keys.empty()) {
            json["identity"]["role"] = job.role;
        } else {
            json["identity"]["keys_of"] = job.keys;
        }
    }
    if (job.token) json["token"] = json_of(*job.token);
    if (!job.reader.empty()) json["reads_images_as"] = {{"role", job.reader}};
    if (job.reader_token) json["reads_images_as"]["token"] = json_of(*job.reader_token);
    if (!job.environment.empty()) json["target"] = {{"environment", job.environment}};
    if (!job.stack.empty()) json["target"]["stack"] = job.stack;
    json["changes_target"] = job.changes_target;
    if (!job.gate.empty()) json["gate"] = job.gate;
    return json;
}

}  // namespace

std::string json_of(const Answer& answer, Layout layout) {
    Json json{{"event", json_of(answer.event)}, {"hosts", Json::array()}};
    for (const HostAnswer& host : answer.hosts) {
        Json runs = Json::array();
        for (const RunAnswer& run : host.runs) {
            Json jobs = Json::array();
            for (const JobAnswer& job : run.jobs) jobs.push_back(json_of(job));
            Json one{{"path", run.path}, {"name", run.name}, {"started", run.started}};
            if (!run.because.empty()) one["because"] = run.because;
            if (!run.jobs.empty()) one["ref"] = run.ref;
            one["jobs"] = std::move(jobs);
            runs.push_back(std::move(one));
        }
        json["hosts"].push_back(
            {{"host", pipewright::to_string(host.host)}, {"repository", host.repository}, {"runs", std::move(runs)}});
    }
    return json.dump(layout == Layout::document ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

std::string json_of_problem(const std::string& problem) {
    return Json{{"problem", problem}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pipewright::simulate

#include "generator/print/github/workflow.h"

#include "generator/print/header.h"

namespace pipewright::print {

namespace {

using yaml::Member;
using yaml::Trimmings;
using Value = yaml::Value;
using Members = std::vector<Member>;

Value text(const std::string& value) { return Value::text(github_text(value)); }

Value braced(const github::Expression& expression) { return Value::text("${{ " + expression.print() + " }}"); }

// GitHub reads numbers and booleans of a workflow as text where it wants text; these few read better without quotes.
Value plain(const std::string& value) {
    if (value == "true" || value == "false") return Value::boolean(value == "true");
    if (!value.empty() && value.size() < 10 && value.find_first_not_of("0123456789") == std::string::npos &&
        (value.size() == 1 || value.front() != '0')) {
        return Value::integer(std::stoll(value));
    }
    return text(value);
}

Value value_of(const github::Value& value, bool input) {
    if (const auto* one = std::get_if<github::Text>(&value)) return input ? plain(one->text) : text(one->text);
    if (const auto* lines = std::get_if<github::Lines>(&value)) return Value::block(github_text(lines->text));
    return braced(std::get<github::Expression>(value));
}

Value settings(const github::Settings& all, bool input) {
    Members members;
    for (const github::Setting& one : all) {
        Trimmings trimmings;
        trimmings.beside = one.why;
        members.push_back({one.name, value_of(one.value, input), std::move(trimmings)});
    }
    return Value::mapping(std::move(members));
}

std::string script_of(const github::UserLines& user) {
    std::string script;
    for (const std::string& line : user.lines) script += line + "\n";
    return script;
}

// A path as one word of a shell: a folder of the repository may be called anything.
std::string shell_word(const std::string& path) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
    const std::string from_here = path.front() == '-' ? "./" + path : path;
    if (from_here.find_first_not_of(kPlain) == std::string::npos) return from_here;
    std::string quoted = "'";
    for (const char c : from_here) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

Value step(const github::Step& from) {
    Members members;
    const auto put = [&](std::string key, Value value) { members.push_back({std::move(key), std::move(value)}); };
    put("name", text(from.name));
    if (!from.id.empty()) put("id", text(from.id));
    if (from.only_if) put("if", Value::text(from.only_if->print()));
    if (from.uses != nullptr) {
        Trimmings trimmings;
        trimmings.beside = from.uses->version;
        members.push_back({"uses", Value::text(std::string(from.uses->action) + "@" + std::string(from.uses->commit)),
                           std::move(trimmings)});
    }
    if (!from.with.empty()) put("with", settings(from.with, true));
    if (from.run) {
        if (const auto* call = std::get_if<github::ScriptCall>(&*from.run)) {
            Trimmings trimmings;
            if (call->replaces_shell) trimmings.beside = "exec, so that the script hears of a cancelled run";
            members.push_back(
                {"run", text((call->replaces_shell ? "exec " : "") + shell_word(call->path)), std::move(trimmings)});
        } else {
            const auto& user = std::get<github::UserLines>(*from.run);
            put("shell", Value::text("sh"));
            if (user.directory != ".") put("working-directory", text(user.directory));
            // A user's own program: the manifest refuses a host's expression in it.
            put("run", Value::block(script_of(user)));
        }
    }
    if (!from.environment.empty()) put("env", settings(from.environment, false));
    return Value::mapping(std::move(members));
}

Value permissions(const std::vector<github::Permission>& all) {
    Members members;
    for (const github::Permission& one : all) {
        Trimmings trimmings;
        trimmings.beside = one.why;
        members.push_back({one.name, Value::text(one.level), std::move(trimmings)});
    }
    return Value::mapping(std::move(members));
}

Value container(const github::Container& one) {
    Members members;
    Trimmings trimmings;
    // zizmor wants a digest; which image the tests run in is the manifest's decision, and pipewright warns of one that
    // moves.
    if (one.image.find('@') == std::string::npos)
        trimmings.beside = "zizmor: ignore[unpinned-images] named by the manifest";
    members.push_back({"image", text(one.image), std::move(trimmings)});
    if (!one.environment.empty()) members.push_back({"env", settings(one.environment, false)});
    return Value::mapping(std::move(members));
}

Value texts(const std::vector<std::string>& all) {
    std::vector<Value> values;
    for (const std::string& one : all) values.push_back(text(one));
    return Value::flow_sequence(std::move(values));
}

Value job(const github::Job& from) {
    Members members;
    const auto put = [&](std::string key, Value value) { members.push_back({std::move(key), std::move(value)}); };
    put("name", text(from.name));
    if (from.needs.size() == 1) put("needs", text(from.needs.front()));
    if (from.needs.size() > 1) put("needs", texts(from.needs));
    if (from.only_if) put("if", Value::text(from.only_if->print()));
    put("runs-on", from.runner.size() == 1 ? text(from.runner.front()) : texts(from.runner));
    put("timeout-minutes", Value::integer(from.timeout_minutes));
    if (!from.environment.empty()) put("environment", text(from.environment));
    put("permissions", permissions(from.permissions));
    if (from.container) put("container", container(*from.container));
    if (!from.sides.empty()) {
        Members sides;
        for (const auto& [name, one] : from.sides) sides.push_back({name, container(one)});
        put("services", Value::mapping(std::move(sides)));
    }
    if (!from.outputs.empty()) {
        Members outputs;
        for (const std::string& one : from.outputs) {
            outputs.push_back({one, braced(github::Expression::context("steps.main.outputs." + one))});
        }
        put("outputs", Value::mapping(std::move(outputs)));
    }
    if (!from.variables.empty()) put("env", settings(from.variables, false));
    std::vector<yaml::Item> steps;
    for (const github::Step& one : from.steps) {
        Trimmings trimmings;
        trimmings.origin = one.origin;
        steps.push_back({step(one), std::move(trimmings)});
    }
    put("steps", Value::sequence(std::move(steps)));
    return Value::mapping(std::move(members));
}

Value events(const github::Workflow& workflow) {
    Members members;
    if (!workflow.form.empty()) {
        Members inputs;
        for (const github::FormInput& one : workflow.form) {
            Members field{{"description", text(one.description)},
                          {"type", Value::text(one.options.empty() ? "string" : "choice")},
                          {"required", Value::boolean(one.required)}};
            if (!one.options.empty()) field.push_back({"options", texts(one.options)});
            inputs.push_back({one.name, Value::mapping(std::move(field))});
        }
        members.push_back({"workflow_dispatch", Value::mapping({{"inputs", Value::mapping(std::move(inputs))}})});
    }
    if (workflow.change_requests) members.push_back({"pull_request", Value::null()});
    if (!workflow.branches.empty() || !workflow.tags.empty()) {
        Members push;
        if (!workflow.branches.empty()) push.push_back({"branches", texts(workflow.branches)});
        if (!workflow.tags.empty()) push.push_back({"tags", texts(workflow.tags)});
        members.push_back({"push", Value::mapping(std::move(push))});
    }
    if (!workflow.schedule.empty()) {
        members.push_back(
            {"schedule", Value::sequence({{Value::mapping({{"cron", Value::text(workflow.schedule)}})}})});
    }
    return Value::mapping(std::move(members));
}

// Runs of one change request supersede each other. Every other run has a group of its own: GitHub keeps only one
// waiting run of a group, so a shared one would drop deploys; what changes a target takes its lease instead.
Member concurrency(const github::Workflow& workflow) {
    using E = github::Expression;
    const E run = E::context("github.run_id");
    const E who = workflow.change_requests ? E::any_of({E::context("github.event.pull_request.number"), run}) : run;
    Trimmings trimmings;
    trimmings.blank_before = true;
    trimmings.above = {
        workflow.change_requests
            ? "Only runs of one change request supersede each other; a running change is never cancelled."
            : "Each run has a group of its own, so that none is dropped; what changes a target takes its lease."};
    const Value cancel = workflow.change_requests
                             ? braced(E::equal(E::context("github.event_name"), E::literal("pull_request")))
                             : Value::boolean(false);
    return {"concurrency",
            Value::mapping({{"group", Value::text("${{ github.workflow }}-${{ " + who.print() + " }}")},
                            {"cancel-in-progress", cancel}}),
            std::move(trimmings)};
}

}  // namespace

std::string github_text(const std::string& text) {
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 3, "${{") == 0) {
            escaped += "${{ '${{' }}";
            i += 2;
        } else {
            escaped += text[i];
        }
    }
    return escaped;
}

yaml::Document github_workflow(const github::Workflow& workflow, const std::string& manifest_path) {
    const auto spaced = [](std::vector<std::string> above = {}) {
        Trimmings trimmings;
        trimmings.blank_before = true;
        trimmings.above = std::move(above);
        return trimmings;
    };
    Members members;
    members.push_back({"name", text(workflow.name)});
    if (workflow.run_name) members.push_back({"run-name", braced(*workflow.run_name)});
    members.push_back({"on", events(workflow), spaced(), true});
    members.push_back({"permissions", Value::flow_mapping({}), spaced({"No job gets more than it asks for below."})});
    members.push_back(concurrency(workflow));
    members.push_back(
        {"defaults", Value::mapping({{"run", Value::mapping({{"shell", Value::text("bash")}})}}), spaced()});
    Members jobs;
    for (const github::Job& one : workflow.jobs) {
        Trimmings trimmings;
        trimmings.blank_before = !jobs.empty();
        if (!one.about.empty()) trimmings.above = {one.about};
        trimmings.origin = one.origin;
        jobs.push_back({one.id, job(one), std::move(trimmings)});
    }
    members.push_back({"jobs", Value::mapping(std::move(jobs)), spaced()});
    yaml::Document document;
    document.head = header_lines(manifest_path);
    document.head.push_back(workflow.about);
    document.origin = workflow.origin;
    document.roots.push_back(Value::mapping(std::move(members)));
    return document;
}

}  // namespace pipewright::print

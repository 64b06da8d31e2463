#include "generator/print/gitlab/pipeline.h"

#include <algorithm>

#include "generator/print/header.h"

namespace pipewright::print {

namespace {

using yaml::Member;
using yaml::Trimmings;
using Value = yaml::Value;
using Members = std::vector<Member>;

Value text(const std::string& value) {
    return value.find('\n') == std::string::npos ? Value::text(value) : Value::block(value);
}

Value texts(const std::vector<std::string>& all) {
    std::vector<Value> values;
    for (const std::string& one : all) values.push_back(Value::text(one));
    return Value::flow_sequence(std::move(values));
}

// GitLab and its runners expand $NAME, ${NAME} and %NAME% in variables; a name that stands alone is meant so.
Value variable(const gitlab::Value& value) {
    if (const auto* other = std::get_if<gitlab::Reference>(&value)) return Value::text("$" + other->variable);
    const std::string& plain = std::get<gitlab::Text>(value).text;
    if (plain.find_first_of("$%") == std::string::npos) return text(plain);
    return Value::mapping({{"value", text(plain)}, {"expand", Value::boolean(false)}});
}

// A service's variables have no "expand" (GitLab hands them on as text); the runner takes $$ for $, and knows no
// %NAME%.
Value service_variable(const gitlab::Value& value) {
    if (const auto* other = std::get_if<gitlab::Reference>(&value)) return Value::text("$" + other->variable);
    std::string escaped;
    for (const char c : std::get<gitlab::Text>(value).text) escaped += c == '$' ? std::string("$$") : std::string(1, c);
    return text(escaped);
}

template <class Print>
Value settings(const gitlab::Settings& all, Print print) {
    Members members;
    for (const gitlab::Setting& one : all) {
        Trimmings trimmings;
        trimmings.beside = one.why;
        members.push_back({one.name, print(one.value), std::move(trimmings)});
    }
    return Value::mapping(std::move(members));
}

// One word of a shell, whatever it holds.
std::string shell_word(const std::string& word) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@";
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string command(std::vector<std::string> words) {
    // A folder of the repository may be called anything, also like an option.
    if (words.front().starts_with('-')) words.front().insert(0, "./");
    std::string line;
    for (const std::string& one : words) line += (line.empty() ? "" : " ") + shell_word(one);
    return line;
}

Value script(const std::vector<gitlab::ScriptLine>& lines) {
    std::vector<yaml::Item> items;
    for (const gitlab::ScriptLine& line : lines) {
        if (const auto* call = std::get_if<gitlab::ScriptCall>(&line)) {
            std::vector<std::string> words{call->path};
            words.insert(words.end(), call->arguments.begin(), call->arguments.end());
            items.push_back({Value::text(command(std::move(words)))});
        } else if (const auto* program = std::get_if<gitlab::Command>(&line)) {
            items.push_back({Value::text(command(program->words))});
        } else if (const auto* hand_on = std::get_if<gitlab::HandOn>(&line)) {
            std::string printed = "printf '%s\\n'";
            for (const std::string& one : hand_on->variables) printed += " \"" + one + "=$" + one + "\"";
            items.push_back({Value::text(printed + " >" + shell_word(hand_on->file))});
        } else if (const auto* result = std::get_if<gitlab::HandOnResult>(&line)) {
            items.push_back({Value::text("printf '%s\\n' \"" + result->variable + "=$CI_JOB_STATUS\" >>" +
                                         shell_word(result->file))});
        } else {
            const auto& user = std::get<gitlab::UserLines>(line);
            if (user.directory != ".") items.push_back({Value::text("cd -- " + shell_word(user.directory))});
            // One program, so that a line may end what another began.
            std::string all;
            for (const std::string& one : user.lines) all += one + "\n";
            items.push_back({Value::block(all)});
        }
    }
    return Value::sequence(std::move(items));
}

Value needs(const std::vector<gitlab::Need>& all) {
    std::vector<yaml::Item> items;
    for (const gitlab::Need& one : all) {
        Members members{{"job", Value::text(one.job)}};
        if (one.optional) members.push_back({"optional", Value::boolean(true)});
        members.push_back({"artifacts", Value::boolean(one.artifacts)});
        items.push_back({Value::flow_mapping(std::move(members))});
    }
    if (items.empty()) return Value::flow_sequence({});
    return Value::sequence(std::move(items));
}

Value rules(const std::vector<gitlab::Rule>& all) {
    std::vector<yaml::Item> items;
    for (const gitlab::Rule& one : all) {
        Members members{{"if", Value::text(one.condition.print())}};
        if (one.by_hand) {
            members.push_back({"when", Value::text("manual")});
            members.push_back({"allow_failure", Value::boolean(false)});
        }
        if (one.after == delivery::After::always) members.push_back({"when", Value::text("always")});
        if (one.after == delivery::After::failure) members.push_back({"when", Value::text("on_failure")});
        if (!one.variables.empty()) members.push_back({"variables", settings(one.variables, variable)});
        items.push_back({Value::mapping(std::move(members))});
    }
    return Value::sequence(std::move(items));
}

Value services(const std::vector<gitlab::Service>& all) {
    std::vector<yaml::Item> items;
    for (const gitlab::Service& one : all) {
        Members members{{"name", Value::text(one.image)}, {"alias", Value::text(one.name)}};
        if (!one.variables.empty()) members.push_back({"variables", settings(one.variables, service_variable)});
        items.push_back({Value::mapping(std::move(members))});
    }
    return Value::sequence(std::move(items));
}

std::string minutes(int number) { return std::to_string(number) + " minutes"; }

Value job(const gitlab::Job& from, bool waits) {
    Members members;
    const auto put = [&](std::string key, Value value) { members.push_back({std::move(key), std::move(value)}); };
    put("stage", Value::text(from.stage));
    put("needs", needs(from.needs));
    put("rules", rules(from.rules));
    if (!from.image.empty()) put("image", Value::text(from.image));
    if (!from.services.empty()) put("services", services(from.services));
    put("timeout", Value::text(minutes(from.timeout_minutes)));
    if (from.interruptible) put("interruptible", Value::boolean(true));
    if (from.deployment) {
        Members deployment{{"name", Value::text(from.deployment->environment)},
                           {"action", Value::text(from.deployment->access ? "access" : "start")}};
        if (from.deployment->production) deployment.push_back({"deployment_tier", Value::text("production")});
        put("environment", Value::mapping(std::move(deployment)));
    }
    if (!from.tokens.empty()) {
        Members tokens;
        for (const gitlab::IdToken& one : from.tokens)
            tokens.push_back({one.variable, Value::mapping({{"aud", Value::text(one.audience)}})});
        put("id_tokens", Value::mapping(std::move(tokens)));
    }
    if (!from.variables.empty()) put("variables", settings(from.variables, variable));
    if (!from.before.empty()) put("before_script", script(from.before));
    put("script", script(from.script));
    if (!from.afterwards.empty()) put("after_script", script(from.afterwards));
    if (!from.outputs.empty()) {
        Trimmings kept;
        if (waits) kept.beside = "what needs it may wait for a person";
        put("artifacts", Value::mapping({{"reports", Value::mapping({{"dotenv", Value::text(from.outputs)}})},
                                         {"expire_in", Value::text("90 days"), std::move(kept)}}));
    }
    return Value::mapping(std::move(members));
}

Value form(const std::vector<gitlab::FormInput>& all) {
    Members inputs;
    for (const gitlab::FormInput& one : all) {
        Members members{{"description", Value::text(one.description)}, {"type", Value::text("string")}};
        if (!one.options.empty()) members.push_back({"options", texts(one.options)});
        if (!one.pattern.empty()) members.push_back({"regex", Value::text(one.pattern)});
        members.push_back({"default", Value::text(one.preset)});
        inputs.push_back({one.name, Value::mapping(std::move(members))});
    }
    return Value::mapping({{"spec", Value::mapping({{"inputs", Value::mapping(std::move(inputs))}})}});
}

// GitLab pastes what a person filled in into the text of this file, so it stands between quotes, which a flow mapping
// needs round brackets; the fields' options and patterns let nothing through that could end them.
Member form_variable(const gitlab::FormInput& one) {
    return {"FORM_" + one.name, Value::flow_mapping({{"value", Value::text("$[[ inputs." + one.name + " ]]")},
                                                     {"expand", Value::boolean(false)}})};
}

Value workflow(const std::vector<gitlab::WorkflowRule>& all) {
    std::vector<yaml::Item> items;
    for (const gitlab::WorkflowRule& one : all) {
        Members members{{"if", Value::text(one.condition.print())}};
        if (one.newest_only) {
            members.push_back({"auto_cancel", Value::mapping({{"on_new_commit", Value::text("interruptible")}})});
        }
        items.push_back({Value::mapping(std::move(members))});
    }
    return Value::mapping({{"auto_cancel", Value::mapping({{"on_new_commit", Value::text("none")}})},
                           {"rules", Value::sequence(std::move(items))}});
}

Trimmings spaced(std::vector<std::string> above = {}) {
    Trimmings trimmings;
    trimmings.blank_before = true;
    trimmings.above = std::move(above);
    return trimmings;
}

}  // namespace

yaml::Document gitlab_root(const gitlab::Pipeline& pipeline, const std::string& manifest_path) {
    yaml::Document document;
    document.head = header_lines(manifest_path);
    document.head.push_back(pipeline.about);
    document.origin = pipeline.origin;
    if (!pipeline.form.empty()) document.roots.push_back(form(pipeline.form));
    Members members;
    Trimmings first;
    const bool deploys = !pipeline.gates.empty();
    const std::string schedule = pipeline.schedule.empty() ? "" : " A schedule looks for drift.";
    first.above = {"One pipeline for a merge request, one for a push that " +
                       std::string(deploys ? "an environment waits for" : "the other host deploys") +
                       std::string(pipeline.form.empty() ? "." : ", one for the form.") + schedule,
                   "A new push to a merge request stops the checks of the older one; all else runs to its end."};
    members.push_back({"workflow", workflow(pipeline.rules), std::move(first)});
    members.push_back({"stages", texts(pipeline.stages), spaced()});
    Members defaults{{"image", Value::text(pipeline.image)}};
    if (!pipeline.runner_tags.empty()) defaults.push_back({"tags", texts(pipeline.runner_tags)});
    defaults.push_back({"interruptible", Value::boolean(false)});
    members.push_back({"default", Value::mapping(std::move(defaults)), spaced()});
    Members variables = settings(pipeline.variables, variable).members();
    for (const gitlab::FormInput& one : pipeline.form) variables.push_back(form_variable(one));
    members.push_back(
        {"variables", Value::mapping(std::move(variables)),
         spaced({"A variable that a person types when running a pipeline wins over any in these files. What protects a",
                 "target is what its cloud trusts: this project" + std::string(deploys ? ", the ref" : "") +
                     " and the audience in a job's token.",
                 "Switch such variables off: Settings, CI/CD, Variables, minimum role: no one allowed."})});
    std::vector<yaml::Item> includes;
    for (const gitlab::File& one : pipeline.files)
        includes.push_back({Value::mapping({{"local", Value::text("/" + one.path)}})});
    members.push_back({"include", Value::sequence(std::move(includes)), spaced()});
    document.roots.push_back(Value::mapping(std::move(members)));
    return document;
}

bool waits_for_person(const gitlab::Pipeline& pipeline) {
    return std::any_of(pipeline.files.begin(), pipeline.files.end(), [](const gitlab::File& file) {
        return std::any_of(file.jobs.begin(), file.jobs.end(), [](const gitlab::Job& job) {
            return std::any_of(job.rules.begin(), job.rules.end(), [](const gitlab::Rule& one) { return one.by_hand; });
        });
    });
}

yaml::Document gitlab_file(const gitlab::File& file, const std::string& manifest_path, bool waits) {
    Members jobs;
    for (const gitlab::Job& one : file.jobs) {
        Trimmings trimmings;
        trimmings.blank_before = !jobs.empty();
        if (!one.about.empty()) trimmings.above = {one.about};
        trimmings.origin = one.origin;
        jobs.push_back({one.id, job(one, waits), std::move(trimmings)});
    }
    yaml::Document document;
    document.head = header_lines(manifest_path);
    document.head.push_back(file.about);
    document.origin = file.origin;
    document.roots.push_back(Value::mapping(std::move(jobs)));
    return document;
}

}  // namespace pipewright::print

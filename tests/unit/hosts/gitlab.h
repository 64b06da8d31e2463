// Pipelines for tests of GitLab's lowering, and what GitLab's rules say about an event.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "../scenes.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/project/pattern.h"

namespace pipewright::scenes {

using namespace pipewright::gitlab;
using E = Expression;

struct Lowered {
    Project project;
    delivery::Graph graph;
    Pipeline pipeline;
};

inline Lowered lowered(const std::string& manifest) {
    Lowered result;
    result.project = project_of(manifest);
    Origins origins;
    result.graph = delivery::plan(result.project, Host::gitlab, origins);
    result.pipeline = lower(result.project, result.graph, origins);
    return result;
}

// The manifest of the scenes, on GitLab.
inline std::string scene(const std::string& host, const std::string& trigger, const std::string& gate) {
    std::string manifest = three(host, trigger, gate);
    return manifest.replace(manifest.find("  github: "), 10, "  gitlab: ");
}

inline const std::string kManual = scene("{}", "{ after: staging }", "manual");
inline const std::string kRelease = scene("{}", "{ tag: \"v*\" }", "release");
inline const std::string kOpen =
    "  qa: { deploy_on: { tag: \"qa-*/x*.y\" }, targets: { aws: { account: \"444444444444\", region: "
    "eu-west-1 } } }\n";

inline std::vector<const gitlab::Job*> jobs_of(const Pipeline& pipeline) {
    std::vector<const gitlab::Job*> all;
    for (const File& file : pipeline.files) {
        for (const gitlab::Job& job : file.jobs) all.push_back(&job);
    }
    return all;
}

inline const gitlab::Job* find(const Pipeline& pipeline, const std::string& id) {
    for (const gitlab::Job* job : jobs_of(pipeline)) {
        if (job->id == id) return job;
    }
    return nullptr;
}

inline const gitlab::Job& job_of(const Pipeline& pipeline, const std::string& id) {
    const gitlab::Job* job = find(pipeline, id);
    REQUIRE_MESSAGE(job != nullptr, "no job " << id);
    return *job;
}

inline std::string needs(const gitlab::Job& job) {
    std::string all;
    for (const Need& one : job.needs) {
        all += (all.empty() ? "" : " ") + one.job + (one.optional ? "?" : "") + (one.artifacts ? "!" : "");
    }
    return all;
}

inline std::string value(const Settings& settings, const std::string& name) {
    for (const Setting& one : settings) {
        if (one.name != name) continue;
        if (const auto* other = std::get_if<Reference>(&one.value)) return "$" + other->variable;
        return std::get<gitlab::Text>(one.value).text;
    }
    return "absent";
}

// What GitLab knows when it makes a pipeline.
using Variables = std::map<std::string, std::string>;

inline bool holds(const E& expression, const Variables& variables) {
    const auto value = [&](const std::string& name) -> const std::string* {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : &found->second;
    };
    const auto part = [&](const E& one) { return holds(one, variables); };
    const std::string* is = value(expression.variable());
    const auto equals = [&](const std::string& text) { return is != nullptr && *is == text; };
    switch (expression.kind()) {
        case E::Kind::equal: return equals(expression.texts().front());
        case E::Kind::differs: return !equals(expression.texts().front());
        case E::Kind::same: {
            const std::string* other = value(expression.texts().front());
            return is == nullptr ? other == nullptr : other != nullptr && *is == *other;
        }
        case E::Kind::one_of: return std::any_of(expression.texts().begin(), expression.texts().end(), equals);
        case E::Kind::matches: return is != nullptr && pattern_matches(expression.texts().front(), *is);
        case E::Kind::both: return std::all_of(expression.parts().begin(), expression.parts().end(), part);
        case E::Kind::either: return std::any_of(expression.parts().begin(), expression.parts().end(), part);
    }
    return false;
}

inline const Rule* rule_for(const gitlab::Job& job, const Variables& variables) {
    for (const Rule& one : job.rules) {
        if (holds(one.condition, variables)) return &one;
    }
    return nullptr;
}

// As GitLab says it; a fork's merge request has its pipeline in the fork, or in the project when a member runs it
// there.
inline Variables variables_of(const delivery::Event& event, const std::string& project = "acme/shop") {
    Variables all{
        {"CI_PROJECT_PATH", project}, {"FORM_ACTION", "none"}, {"FORM_ENVIRONMENT", "dev"}, {"FORM_CLOUD", "aws"}};
    switch (event.kind) {
        case delivery::EventKind::push_branch:
            all["CI_PIPELINE_SOURCE"] = "push";
            all["CI_COMMIT_BRANCH"] = event.ref;
            break;
        case delivery::EventKind::push_tag:
            all["CI_PIPELINE_SOURCE"] = "push";
            all["CI_COMMIT_TAG"] = event.ref;
            break;
        case delivery::EventKind::change_request:
            all["CI_PIPELINE_SOURCE"] = "merge_request_event";
            all["CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"] = event.fork ? "somebody/shop" : project;
            break;
        case delivery::EventKind::schedule: all["CI_PIPELINE_SOURCE"] = "schedule"; break;
        case delivery::EventKind::form:
            all["CI_PIPELINE_SOURCE"] = "web";
            all["CI_COMMIT_BRANCH"] = event.ref;
            all["FORM_ACTION"] = event.action;
            all["FORM_ENVIRONMENT"] = event.environment;
            all["FORM_CLOUD"] = event.stack;
            break;
    }
    return all;
}

inline std::vector<delivery::Event> grid() {
    using delivery::EventKind;
    std::vector<delivery::Event> all;
    for (const char* branch : {"main", "topic", "v1", "release"})
        all.push_back({EventKind::push_branch, branch, false, {}, {}, {}});
    for (const char* tag : {"v1.0.0", "v", "v1/2", "w1", "main", "qa-/x.y", "qa-1/xz.y", "qa-1/x/y.y"})
        all.push_back({EventKind::push_tag, tag, false, {}, {}, {}});
    for (const bool fork : {false, true}) all.push_back({EventKind::change_request, "topic", fork, {}, {}, {}});
    all.push_back({EventKind::schedule, "main", false, {}, {}, {}});
    for (const char* action : {"infra", "deploy", "rollback", "destroy"}) {
        for (const char* environment : {"dev", "staging", "prod", "qa", "nowhere"}) {
            for (const char* stack : {"aws", "other"})
                all.push_back({EventKind::form, "main", false, action, environment, stack});
        }
    }
    return all;
}

// The jobs that a pipeline has for an event; with "?" those that wait for a person.
inline std::string running(const Pipeline& pipeline, const Variables& variables) {
    std::string all;
    for (const gitlab::Job* job : jobs_of(pipeline)) {
        const Rule* rule = rule_for(*job, variables);
        if (rule == nullptr) continue;
        all += (all.empty() ? "" : " ") + job->id + (rule->by_hand ? "?" : "");
    }
    return all;
}

inline std::string asked(const Pipeline& pipeline, const char* action, const char* environment) {
    return running(pipeline, variables_of({delivery::EventKind::form, "main", false, action, environment, "aws"}));
}

}  // namespace pipewright::scenes

#include "generator/verify/tokens.h"

#include <algorithm>

#include "generator/infrastructure/policy.h"
#include "generator/verify/gate.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using delivery::EventKind;

std::vector<Token> of_github(const GitHubHost& host, const Run& run, const Job& job) {
    const bool request = run.event.kind == EventKind::change_request;
    Token token;
    token.issuer = "token.actions.githubusercontent.com";
    const std::string ref = request ? "refs/pull/1/merge" : run.event.ref;
    token.claims = {{"ref", ref},
                    {"repository_id", host.repository_id},
                    {"job_workflow_ref", host.repository + "/" + run.workflow->path + "@" + ref}};
    const std::string& environment = job.github->environment;
    if (!environment.empty()) token.claims["environment"] = environment;
    // "OpenID Connect": what follows the repository in the subject.
    const std::string end = !environment.empty() ? ":environment:" + environment
                            : request            ? std::string(":pull_request")
                                                 : ":ref:" + ref;
    const std::size_t slash = host.repository.find('/');
    std::vector<std::string> repositories;
    if (host.subject != SubjectForm::immutable) repositories.push_back(host.repository);
    if (host.subject != SubjectForm::classic) {
        repositories.push_back(host.repository.substr(0, slash) + "@" + host.owner_id + "/" +
                               host.repository.substr(slash + 1) + "@" + host.repository_id);
    }
    std::vector<Token> all;
    for (const Taken& taken : taken_by(job)) {
        for (const std::string& one : repositories) {
            all.push_back(token);
            all.back().claims["aud"] = taken.claims->audience;
            all.back().claims["sub"] = "repo:" + one + end;
        }
    }
    return all;
}

// What a gate rests on counts as set up: that it is, the guard asks.
bool is_protected(const World& world, const Run& run) {
    if (run.event.kind == EventKind::change_request) return false;
    const std::vector<gitlab::EnvironmentGate>& gates = world.subject().gitlab->gates;
    return std::any_of(gates.begin(), gates.end(), [&](const gitlab::EnvironmentGate& one) {
        return one.form != gitlab::GateForm::none &&
               std::any_of(one.refs.begin(), one.refs.end(),
                           [&](const std::string& ref) { return is_ref(ref, run.event.ref); });
    });
}

bool has_approvals(const World& world, const std::string& environment) {
    const std::vector<gitlab::EnvironmentGate>& gates = world.subject().gitlab->gates;
    return std::any_of(gates.begin(), gates.end(), [&](const gitlab::EnvironmentGate& one) {
        return one.environment == environment && one.form == gitlab::GateForm::deployment;
    });
}

std::vector<Token> of_gitlab(const World& world, const Run& run, const Job& job) {
    const GitLabHost& host = *world.project().gitlab;
    std::vector<Token> all;
    for (const gitlab::IdToken& one : job.gitlab->tokens) {
        Token token;
        token.issuer = host.url.substr(host.url.find("//") + 2);
        const bool tag = run.event.ref.starts_with("refs/tags/");
        token.claims = {{"aud", one.audience},
                        {"sub", "project_path:" + host.repository + ":ref_type:" + (tag ? "tag" : "branch") +
                                    ":ref:" + run.event.ref.substr(tag ? 10 : 11)},
                        {"ref_protected", is_protected(world, run) ? "true" : "false"}};
        if (job.gitlab->deployment) {
            const std::string& environment = job.gitlab->deployment->environment;
            token.claims["environment"] = environment;
            token.claims["environment_protected"] = has_approvals(world, environment) ? "true" : "false";
        }
        all.push_back(std::move(token));
    }
    return all;
}

// Whether the values of a condition's key hold for a claim; like takes "*" and "?".
bool holds_for(const infrastructure::Conditions& conditions, const Token& token, bool wild) {
    return std::all_of(conditions.begin(), conditions.end(), [&](const auto& condition) {
        const auto& [key, values] = condition;
        if (!key.starts_with(token.issuer + ":")) return false;
        const std::string name = key.substr(token.issuer.size() + 1);
        if (name == "actor") return true;
        const auto claim = token.claims.find(name);
        return claim != token.claims.end() &&
               std::any_of(values.begin(), values.end(), [&, &values = values](const std::string& value) {
                   return wild ? infrastructure::like(value, claim->second) : value == claim->second;
               });
    });
}

}  // namespace

std::vector<Token> tokens_of(const World& world, const Run& run, const Job& job) {
    // A fork's job gets no token of this repository.
    if (run.event.elsewhere || run.event.fork) return {};
    if (run.host == Host::gitlab) return of_gitlab(world, run, job);
    return of_github(*world.project().github, run, job);
}

bool admits(const infrastructure::Way& way, const Token& token) {
    // A provider of GCP lets in by its conditions alone, which name the issuer too.
    const bool google = way.provider.starts_with("projects/");
    if (!google && !way.provider.ends_with(":oidc-provider/" + token.issuer)) return false;
    if (!holds_for(way.equals, token, false) || !holds_for(way.like, token, true)) return false;
    return std::none_of(way.not_like.begin(), way.not_like.end(), [&](const auto& one) {
        infrastructure::Conditions single{one};
        return holds_for(single, token, true);
    });
}

std::vector<const infrastructure::Role*> open_to(const World& world, const Token& token) {
    std::vector<const infrastructure::Role*> all;
    for (const infrastructure::TargetModel& target : world.model().targets) {
        for (const infrastructure::Role& role : target.roles) {
            if (std::any_of(role.ways.begin(), role.ways.end(), [&](const auto& way) { return admits(way, token); }))
                all.push_back(&role);
        }
    }
    return all;
}

bool is_meant(const World& world, const Run& run, const Job& job) {
    if (run.event.kind != EventKind::form) return true;
    if (run.workflow != nullptr && run.workflow->kind == github::WorkflowKind::promotion)
        return run.event.ref == "refs/heads/" + world.project().github->default_branch;
    // The form is about one environment; jobs of others that it starts serve that one.
    const Environment* environment = world.project().environment(run.event.environment);
    if (environment == nullptr) environment = world.project().environment(job.environment);
    return environment != nullptr && is_ref(ref_of(world.project(), *environment), run.event.ref);
}

bool is_refused(const World& world, const Run& run, std::size_t job) {
    if (is_meant(world, run, *run.jobs[job].job)) return false;
    const std::vector<std::size_t> before = run.before(job);
    return std::any_of(before.begin(), before.end(),
                       [&](const std::size_t one) { return run.jobs[one].job->runs("check-form.sh"); });
}

std::vector<TrustClass> trust_classes(const World& world) {
    struct Found {
        TrustClass one;
        std::vector<const infrastructure::Role*> roles;
    };
    std::vector<Found> all;
    for (const Run& run : world.runs()) {
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            const Job& job = *run.jobs[i].job;
            if (is_refused(world, run, i)) continue;
            for (const Token& token : tokens_of(world, run, job)) {
                const std::vector<const infrastructure::Role*> roles = open_to(world, token);
                if (roles.empty()) continue;
                auto found = std::find_if(all.begin(), all.end(), [&](const Found& other) {
                    return other.one.host == run.host && other.roles == roles;
                });
                if (found == all.end()) {
                    all.push_back({});
                    found = all.end() - 1;
                    found->one.host = run.host;
                    found->roles = roles;
                }
                std::string presents = token.claims.at("sub");
                const std::string ref = run.event.ref.substr(run.event.ref.find('/', 5) + 1);
                if (!run.event.class_of.empty() && presents.ends_with(":" + ref))
                    presents.replace(presents.size() - ref.size(), ref.size(), run.event.class_of);
                if (run.host == Host::gitlab) presents += " for " + token.claims.at("aud");
                add_once(found->one.presents, presents);
                add_once(found->one.jobs, told(job));
                if (run.event.kind == EventKind::change_request) found->one.change_requests = true;
            }
        }
    }
    std::vector<TrustClass> classes;
    for (Found& found : all) {
        std::set<std::string> calls, writing;
        for (const infrastructure::Role* role : found.roles) {
            found.one.roles.push_back(role->name);
            for (const infrastructure::Statement& statement : role->statements) {
                if (statement.deny) continue;
                for (const std::string& action : statement.actions) {
                    calls.insert(action);
                    if (writes(action)) writing.insert(action);
                }
            }
        }
        for (const infrastructure::TargetModel& target : world.model().targets) {
            const Environment* environment = world.project().environment(target.environment);
            if (environment == nullptr || !environment->gate.closed()) continue;
            for (const infrastructure::Role& role : target.roles) {
                const bool open = std::find(found.roles.begin(), found.roles.end(), &role) != found.roles.end();
                if (open && changes_more_than_images(role)) add_once(found.one.gates, target.environment);
            }
        }
        found.one.calls = calls.size();
        found.one.writes.assign(writing.begin(), writing.end());
        classes.push_back(std::move(found.one));
    }
    return classes;
}

}  // namespace pipewright::verify

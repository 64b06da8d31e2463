// Rule 5: the claims that an identity trusts are those that its jobs present, with every claim that the cloud can
// check; a class with a change request's job writes nothing, and one that can change a gated environment holds no job
// outside that gate.
#include <algorithm>
#include <map>
#include <set>

#include "generator/infrastructure/policy.h"
#include "generator/verify/gate.h"
#include "generator/verify/rules.h"
#include "generator/verify/tokens.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using infrastructure::Conditions;
using infrastructure::Role;
using infrastructure::Way;

// What a cloud can check of a token of each host. Google Cloud can check all of it: of GitLab's that is also what a
// gate rests on.
std::vector<std::string> checkable(const World& world, const Job& job, const hosts::Claims& claims,
                                   const Token& token) {
    if (job.host == Host::gitlab) {
        std::vector<std::string> all{"sub", "aud"};
        if (claims.provider.empty()) return all;
        const Environment* environment = world.project().environment(job.environment);
        const bool gated = environment != nullptr && environment->gate.closed() && world.changes(job);
        if (gated) all.emplace_back("ref_protected");
        // Any job can name an environment that nobody protected.
        const auto is_protected = token.claims.find("environment_protected");
        if (gated && is_protected != token.claims.end() && is_protected->second == "true")
            all.insert(all.end(), {"environment", "environment_protected"});
        return all;
    }
    std::vector<std::string> all{"sub", "aud", "ref", "job_workflow_ref"};
    if (token.claims.contains("environment")) all.emplace_back("environment");
    if (!world.project().github->repository_id.empty()) all.emplace_back("repository_id");
    return all;
}

bool checks(const Way& way, const std::string& key) { return way.equals.contains(key) || way.like.contains(key); }

// What the jobs of each role present on the events that they are meant for.
using Presented = std::map<const Role*, std::vector<Token>>;

void trusts_one(const World& world, const Run& run, std::size_t at, const Taken& taken, Presented& presented,
                std::vector<std::string>& paths) {
    const Job& job = *run.jobs[at].job;
    const Role* role = world.role(taken.principal);
    if (role == nullptr) {
        add_once(paths, run.path(at) + " takes a role that isn't there: " + taken.principal);
        return;
    }
    for (const Token& token : tokens_of(world, run, job)) {
        // Other tokens of the job are for another identity, or for no cloud: what only asks GitLab about itself, or
        // signs an image.
        if (token.claims.at("aud") != taken.claims->audience) continue;
        std::vector<Token>& own = presented[role];
        if (std::find(own.begin(), own.end(), token) != own.end()) continue;
        own.push_back(token);
        bool let_in = false;
        for (const Way& way : role->ways) {
            if (!admits(way, token)) continue;
            let_in = true;
            for (const std::string& claim : checkable(world, job, *taken.claims, token)) {
                if (!checks(way, token.issuer + ":" + claim))
                    add_once(paths, role->name + " doesn't check the claim " + claim + " of " + told(job));
            }
        }
        if (!let_in) {
            add_once(paths,
                     run.path(at) + " presents " + token.claims.at("sub") + ", which " + role->name + " doesn't trust");
        }
    }
}

void trusts_its_jobs(const World& world, Presented& presented, std::vector<std::string>& paths) {
    for (const Run& run : world.runs()) {
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            const Job& job = *run.jobs[i].job;
            if (run.event.elsewhere || !is_meant(world, run, job)) continue;
            for (const Taken& one : taken_by(job)) trusts_one(world, run, i, one, presented, paths);
        }
    }
}

// Whatever a role trusts is presented by some job of its own.
void trusts_no_others(const World& world, const Presented& presented, std::vector<std::string>& paths) {
    for (const infrastructure::TargetModel& target : world.model().targets) {
        for (const Role& role : target.roles) {
            const auto found = presented.find(&role);
            for (const Way& way : role.ways) {
                for (const auto& [conditions, wild] : {std::pair{&way.equals, false}, std::pair{&way.like, true}}) {
                    for (const auto& [key, values] : *conditions) {
                        const std::string claim = key.substr(key.rfind(':') + 1);
                        if (claim == "actor") continue;
                        for (const std::string& value : values) {
                            const bool own =
                                found != presented.end() &&
                                std::any_of(found->second.begin(), found->second.end(), [&](const Token& token) {
                                    const auto is = token.claims.find(claim);
                                    return key == token.issuer + ":" + claim && is != token.claims.end() &&
                                           (wild ? infrastructure::like(value, is->second) : value == is->second);
                                });
                            if (!own) {
                                add_once(paths, role.name + " trusts " + claim + " " + value +
                                                    ", which none of its jobs presents");
                            }
                        }
                    }
                }
            }
        }
    }
}

// The gated environments that roles can change.
std::vector<const Environment*> behind_gates(const World& world, const std::vector<const Role*>& roles) {
    std::vector<const Environment*> all;
    for (const infrastructure::TargetModel& target : world.model().targets) {
        const Environment* environment = world.project().environment(target.environment);
        if (environment == nullptr || !environment->gate.closed()) continue;
        for (const Role& role : target.roles) {
            const bool open = std::find(roles.begin(), roles.end(), &role) != roles.end();
            if (!open || !changes_more_than_images(role)) continue;
            if (std::find(all.begin(), all.end(), environment) == all.end()) all.push_back(environment);
        }
    }
    return all;
}

std::string writing_of(const std::vector<const Role*>& roles) {
    for (const Role* role : roles) {
        for (const infrastructure::Statement& one : role->statements) {
            for (const std::string& action : one.actions) {
                if (!one.deny && writes(action)) return role->name + " (" + action + ")";
            }
        }
    }
    return {};
}

// All audiences that ways of an issuer ask for.
std::set<std::string> audiences(const World& world, const std::string& issuer) {
    std::set<std::string> all;
    for (const infrastructure::TargetModel& target : world.model().targets) {
        for (const Role& role : target.roles) {
            for (const Way& way : role.ways) {
                const auto found = way.equals.find(issuer + ":aud");
                if (found != way.equals.end()) all.insert(found->second.begin(), found->second.end());
            }
        }
    }
    return all;
}

// Jobs that nothing but their own text keeps from the identities of a gated environment.
struct Weak {
    std::map<Host, std::vector<std::string>> by_audience;  // they would have to name another audience
    std::vector<std::string> by_role;  // they would have to name another role; a gate of their own holds them
};
using Weaknesses = std::map<std::string, Weak>;

// Whether a job waits for a person of its own, though not for the one whom the other environment asks.
bool behind_own_gate(const World& world, const Run& run, std::size_t job) {
    const Environment* own = world.project().environment(run.jobs[job].job->environment);
    return own != nullptr && own->gate.closed() && unheld(world, run, job, *own).empty();
}

// The job's own text names the audience. A plan of the environment itself reads what is behind the gate anyhow, and
// nobody but who may push there changes that text.
void judge_audiences(const World& world, const Run& run, std::size_t at, const Token& token, Weaknesses& weak) {
    const Job& job = *run.jobs[at].job;
    for (const std::string& audience : audiences(world, token.issuer)) {
        Token other = token;
        other.claims["aud"] = audience;
        if (other == token) continue;
        for (const Environment* environment : behind_gates(world, open_to(world, other))) {
            if (job.environment != environment->name && !unheld(world, run, at, *environment).empty())
                add_once(weak[environment->name].by_audience[run.host], told(job));
        }
    }
}

void judge_classes(const World& world, Verdict& verdict) {
    Weaknesses weak;
    for (const Run& run : world.runs()) {
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            if (is_refused(world, run, i)) continue;
            const Job& job = *run.jobs[i].job;
            for (const Token& token : tokens_of(world, run, job)) {
                const std::vector<const Role*> roles = open_to(world, token);
                const std::string path = "on " + host_word(run.host) + ": " + run.path(i);
                if (run.event.kind == delivery::EventKind::change_request) {
                    if (const std::string what = writing_of(roles); !what.empty())
                        add_once(verdict.paths, path + " could take " + what);
                }
                for (const Environment* environment : behind_gates(world, roles)) {
                    if (unheld(world, run, i, *environment).empty()) continue;
                    if (behind_own_gate(world, run, i)) {
                        add_once(weak[environment->name].by_role, told(job));
                    } else {
                        add_once(verdict.paths, path + " could take an identity of " + environment->name +
                                                    ", whose gate doesn't hold it");
                    }
                }
                judge_audiences(world, run, i, token, weak);
            }
        }
    }
    for (const auto& [environment, one] : weak) {
        const std::string end =
            " from the identities of " + environment + ": who may change the pipeline on their ref could name another";
        for (const auto& [host, jobs] : one.by_audience) {
            verdict.warnings.push_back("on " + host_word(host) + " only the audience that a job itself names keeps " +
                                       some_of(jobs) + end);
        }
        if (!one.by_role.empty()) {
            verdict.warnings.push_back("behind another gate, only the role that a job itself names keeps " +
                                       some_of(one.by_role) + end);
        }
    }
}

}  // namespace

Verdict trust(const World& world) {
    Verdict verdict;
    Presented presented;
    trusts_its_jobs(world, presented, verdict.paths);
    trusts_no_others(world, presented, verdict.paths);
    judge_classes(world, verdict);
    std::size_t roles = 0, tokens = 0;
    for (const infrastructure::TargetModel& target : world.model().targets) roles += target.roles.size();
    for (const auto& [role, own] : presented) tokens += own.size();
    verdict.proof = counted(roles, "role") + " trust" + (roles == 1 ? "s" : "") + " exactly the " +
                    counted(tokens, "token") + " of their jobs, in " +
                    counted(trust_classes(world).size(), "trust class");
    if (roles == 0 && verdict.paths.empty()) {
        const std::size_t keys = world.key_holders();
        verdict.outcome = Outcome::not_asked;
        verdict.proof =
            keys == 0 ? "no job has an identity" : counted(keys, "job") + " hold keys, which trust whoever has them";
    }
    return verdict;
}

}  // namespace pipewright::verify

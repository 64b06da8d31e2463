// Rule 12: every job has a timeout and the smallest token permissions that its steps need.
#include <algorithm>
#include <map>

#include "generator/hosts/github/pins.h"
#include "generator/hosts/signing.h"
#include "generator/project/signing.h"
#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

// GitHub and GitLab end a job after six hours at the latest; what takes longer is no job's timeout.
constexpr int kMostMinutes = 360;

using Permissions = std::map<std::string, std::string>;

// Whether a job signs with a token of its own, which sigstore takes.
bool signs(const Job& job) { return job.text("SIGN") == kCosign && (job.runs("build.sh") || job.runs("resolve.sh")); }

// What a job's token needs, from its steps ("Automatic token authentication").
Permissions needed(const World& world, const Job& job) {
    Permissions all;
    for (const github::Step& step : job.github->steps) {
        if (step.uses == nullptr) continue;
        if (step.uses->action == github::kCheckout.action) all["contents"] = "read";
        if (step.uses->action == github::kUploadSarif.action) {
            all["security-events"] = "write";
            // Of a private repository the upload asks for the run that it belongs to.
            if (world.project().github->visibility == Visibility::restricted) all["actions"] = "read";
        }
    }
    if (!taken_by(job).empty() || signs(job)) all["id-token"] = "write";
    // GitHub's own registry is opened by the job's own token.
    const Leaf* token = job.leaf("REGISTRY_TOKEN");
    if (token != nullptr && !token->is_text && token->value == "github.token") all["packages"] = registry_use(job);
    // Reads the settings of an environment.
    if (job.runs("guard.sh")) all["actions"] = "read";
    return all;
}

void judge_permissions(const World& world, const Job& job, std::vector<std::string>& paths) {
    Permissions given;
    for (const github::Permission& one : job.github->permissions) given[one.name] = one.level;
    const Permissions wanted = needed(world, job);
    for (const auto& [name, level] : given) {
        const auto found = wanted.find(name);
        if (found == wanted.end() || found->second != level)
            add_once(paths, told(job) + " has the permission " + name + ": " + level + ", which no step of it needs");
    }
    for (const auto& [name, level] : wanted) {
        if (!given.contains(name))
            add_once(paths, told(job) + " lacks the permission " + name + ": " + level + ", which a step of it needs");
    }
}

bool is_for_signing(const gitlab::IdToken& one) {
    return one.variable == "SIGSTORE_ID_TOKEN" && one.audience == hosts::kSigstoreAudience;
}

// On GitLab a token for clouds is the permission; what only asks GitLab about itself has one that no cloud trusts.
void judge_tokens(const World& world, const Job& job, std::vector<std::string>& paths) {
    const std::vector<Taken> taken = taken_by(job);
    for (const gitlab::IdToken& one : job.gitlab->tokens) {
        if (std::any_of(taken.begin(), taken.end(),
                        [&](const Taken& its) { return its.claims->audience == one.audience; }))
            continue;
        if (signs(job) && is_for_signing(one)) continue;
        bool trusted = false;
        for (const infrastructure::TargetModel& target : world.model().targets) {
            for (const infrastructure::Role& role : target.roles) {
                for (const infrastructure::Trust& trust : role.trust)
                    trusted = trusted || trust.claims.audience == one.audience;
            }
        }
        if (trusted || !job.runs("guard-gitlab.sh"))
            add_once(paths, told(job) + " has a token for " + one.audience + ", which no step of it needs");
    }
    const auto& tokens = job.gitlab->tokens;
    if (signs(job) && std::none_of(tokens.begin(), tokens.end(), is_for_signing))
        add_once(paths, told(job) + " signs an image and has no token for it");
    for (const Taken& its : taken) {
        if (std::none_of(tokens.begin(), tokens.end(),
                         [&](const gitlab::IdToken& one) { return one.audience == its.claims->audience; }))
            add_once(paths, told(job) + " has an identity and no token for it");
    }
}

}  // namespace

Verdict least(const World& world) {
    Verdict verdict;
    int longest = 0;
    for (const Job& job : world.jobs()) {
        const int minutes = job.github != nullptr ? job.github->timeout_minutes : job.gitlab->timeout_minutes;
        longest = std::max(longest, minutes);
        if (minutes <= 0 || minutes > kMostMinutes)
            add_once(verdict.paths, told(job) + " has a timeout of " + std::to_string(minutes) + " minutes");
        if (job.github != nullptr) judge_permissions(world, job, verdict.paths);
        if (job.gitlab != nullptr) judge_tokens(world, job, verdict.paths);
    }
    verdict.proof = counted(world.jobs().size(), "job") + " end after " + std::to_string(longest) +
                    " minutes at the latest; each token's permissions are those of its steps";
    return verdict;
}

}  // namespace pipewright::verify

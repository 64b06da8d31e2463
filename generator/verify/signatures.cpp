#include "generator/verify/signatures.h"

#include <nlohmann/json.hpp>
#include <set>

#include "generator/project/signing.h"
#include "generator/verify/tokens.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using Identities = std::set<std::pair<std::string, std::string>>;

bool makes_image(const Job& job) { return job.runs("build.sh") || job.runs("resolve.sh"); }

// As Fulcio writes certificates ("OIDC in Fulcio"): for GitHub the claim job_workflow_ref, for GitLab
// ci_config_ref_uri. A ref that stands for others is meant as the pattern.
std::pair<std::string, std::string> identity_of(const World& world, const Run& run) {
    std::string ref = run.event.ref;
    if (!run.event.class_of.empty()) ref = ref.substr(0, ref.find('/', 5) + 1) + run.event.class_of;
    if (run.host == Host::github) {
        return {"https://token.actions.githubusercontent.com",
                "https://github.com/" + world.project().github->repository + "/" + run.workflow->path + "@" + ref};
    }
    const GitLabHost& host = *world.project().gitlab;
    return {host.url, host.url + "/" + host.repository + "//" + world.subject().gitlab->path + "@" + ref};
}

Identities those_who_sign(const World& world) {
    Identities all;
    for (const Run& run : world.runs()) {
        if (run.event.elsewhere || run.event.fork) continue;
        for (std::size_t i = 0; i < run.jobs.size(); ++i) {
            if (makes_image(*run.jobs[i].job) && !is_refused(world, run, i)) all.insert(identity_of(world, run));
        }
    }
    return all;
}

void judge_told(const Job& job, const Identities& wanted, std::vector<std::string>& paths) {
    const nlohmann::json list = nlohmann::json::parse(job.text("SIGNERS"), nullptr, false);
    Identities given;
    if (list.is_array()) {
        for (const nlohmann::json& one : list) {
            if (one.is_object()) given.emplace(one.value("issuer", ""), one.value("identity", ""));
        }
    }
    for (const auto& [issuer, identity] : given) {
        if (!wanted.contains({issuer, identity}))
            add_once(paths, told(job) + " takes the signature of " + identity + ", which makes no image");
    }
    for (const auto& [issuer, identity] : wanted) {
        if (!given.contains({issuer, identity}))
            add_once(paths, told(job) + " does not take the signature of " + identity + ", which makes images");
    }
}

}  // namespace

void judge_signatures(const World& world, std::vector<std::string>& paths) {
    const std::string_view sign = signing(world.project());
    const Identities wanted = sign == kNoSigning ? Identities() : those_who_sign(world);
    for (const Job& job : world.jobs()) {
        if (!makes_image(job) && !job.runs("deploy.sh")) continue;
        const std::string is = job.leaf("SIGN") == nullptr ? std::string(kNoSigning) : job.text("SIGN");
        if (is != sign) {
            add_once(paths, told(job) + " is told of the signing '" + is + "' instead of '" + std::string(sign) + "'");
        } else if (sign != kNoSigning) {
            judge_told(job, wanted, paths);
        }
    }
}

}  // namespace pipewright::verify

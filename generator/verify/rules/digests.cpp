// Rule 2: every deploy takes its digest from the build (or resolve) job, or from what passed in promote_from; no deploy
// names a tag. Where images are signed, it asks for the signature of exactly the jobs that make them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/project/registry.h"
#include "generator/project/signing.h"
#include "generator/verify/rules.h"
#include "generator/verify/signatures.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

using Json = nlohmann::json;

bool makes(const Job& job, const std::string& image) {
    return (job.runs("build.sh") || job.runs("resolve.sh")) && job.text("SERVICE") == image;
}

const Job* job_beside(const World& world, const Job& job, const std::string& id) {
    for (const Job& one : world.jobs()) {
        if (one.host == job.host && one.workflow == job.workflow && one.id == id) return &one;
    }
    return nullptr;
}

// GitLab: the digest comes under its own name with the variables that a needed job hands on, perhaps by one between.
bool handed_on(const World& world, const Job& job, const std::string& variable, const std::string& image) {
    for (const gitlab::Need& need : job.gitlab->needs) {
        const Job* other = need.artifacts ? job_beside(world, job, need.job) : nullptr;
        if (other == nullptr || other->gitlab->outputs.empty()) continue;
        if (makes(*other, image)) return true;
        const bool passes = std::any_of(other->gitlab->script.begin(), other->gitlab->script.end(),
                                        [&](const gitlab::ScriptLine& line) {
                                            const auto* hand_on = std::get_if<gitlab::HandOn>(&line);
                                            return hand_on != nullptr && among(hand_on->variables, variable);
                                        });
        if (passes && handed_on(world, *other, variable, image)) return true;
    }
    return false;
}

// GitHub: the output of a job that is needed.
bool taken_from(const World& world, const Job& job, const Leaf& leaf, const std::string& image) {
    const std::string start = "needs.", end = ".outputs.digest";
    if (leaf.is_text || !leaf.value.starts_with(start) || !leaf.value.ends_with(end)) return false;
    const std::string id = leaf.value.substr(start.size(), leaf.value.size() - start.size() - end.size());
    const Job* other = job_beside(world, job, id);
    return other != nullptr && makes(*other, image) && among(job.github->needs, id);
}

// An image's address that names a tag or a digest.
bool names_tag(const std::string& address) {
    return address.find('@') != std::string::npos || address.find(':', address.rfind('/') + 1) != std::string::npos;
}

void look_for_tags(const World& world, const Job& job, std::vector<std::string>& paths) {
    const std::string services = world.services_of(job);
    if (services.empty()) return;
    const Json list = Json::parse(services, nullptr, false);
    if (!list.is_array()) {
        add_once(paths, told(job) + " is told of its services by something else than a list");
        return;
    }
    for (const Json& service : list) {
        for (const char* key : {"repository", "source", "image"}) {
            if (!service.contains(key) || !service.at(key).is_string()) continue;
            const std::string address = service.at(key).get<std::string>();
            const Service* known = world.project().service(service.value("name", ""));
            if (known != nullptr && !known->content.image.empty() && known->content.image == address) continue;
            if (names_tag(address)) add_once(paths, told(job) + " names " + address);
        }
    }
}

// Where its images come out of a registry in another cloud, it is let in there, and nowhere else beside its own.
void judge_reader(const World& world, const Job& job, const Target& target, std::vector<std::string>& paths) {
    const Target& source = world.project().source_of(target);
    const bool wanted = registries::reads_elsewhere(world.project(), target);
    const std::string from = source.environment + " on " + source.stack;
    if (!wanted && job.reader != nullptr)
        add_once(paths,
                 told(job) + " reads images as " + job.reader->principal + ", and has all it needs from " + from);
    if (!wanted) return;
    if (job.reader == nullptr) {
        add_once(paths, told(job) + " has no identity that reads the registry of " + from);
    } else if (job.reader->environment != source.environment || job.reader->stack != source.stack) {
        add_once(paths, told(job) + " reads the registry of " + job.reader->environment + " on " + job.reader->stack +
                            " instead of that of " + from);
    }
}

void judge(const World& world, const Job& job, std::vector<std::string>& paths) {
    const Environment* environment = world.project().environment(job.environment);
    const Target* target = world.target_of(job);
    if (environment == nullptr || target == nullptr) return;
    look_for_tags(world, job, paths);
    judge_reader(world, job, *target, paths);
    if (!environment->promote_from.empty()) {
        for (const Leaf& leaf : job.leaves) {
            if (leaf.name.starts_with("DIGEST_"))
                add_once(paths,
                         told(job) + " is given a digest in " + leaf.name + " instead of looking for what passed");
        }
        const Environment* source = world.project().environment(environment->promote_from);
        const Target* from = source == nullptr ? nullptr : source->target(job.stack);
        if (from == nullptr && source != nullptr) from = &source->targets.front();
        if (from == nullptr) return;
        const std::string is = job.text("SOURCE_ENVIRONMENT") + " on " + job.text("SOURCE_STACK");
        const std::string wanted = from->environment + " on " + from->stack;
        if (is != wanted) add_once(paths, told(job) + " promotes what passed " + is + " instead of " + wanted);
        return;
    }
    for (const Running& running : target->services) {
        const std::string& image = world.project().service(running.service)->image_of;
        const std::string variable = delivery::digest_variable(image);
        const Leaf* leaf = job.leaf(variable);
        const bool good = job.github != nullptr ? leaf != nullptr && taken_from(world, job, *leaf, image)
                                                : leaf == nullptr && handed_on(world, job, variable, image);
        if (!good) {
            add_once(paths, told(job) + " takes " + variable + " from " +
                                (leaf == nullptr ? std::string("nowhere") : "'" + leaf->value + "'") +
                                " instead of the build of " + image);
        }
    }
}

void judge_graph(const delivery::Graph* graph, std::vector<std::string>& paths) {
    if (graph == nullptr) return;
    for (const delivery::Job& job : graph->jobs) {
        for (const delivery::Variable& one : job.variables) {
            if (!one.name.starts_with("DIGEST_") || job.kind != delivery::JobKind::deploy) continue;
            const auto* output = std::get_if<delivery::JobOutput>(&one.value);
            if (output == nullptr || output->output != "digest")
                add_once(paths, job.id + " of the graph takes " + one.name + " from no job's digest");
        }
    }
}

}  // namespace

Verdict digests(const World& world) {
    Verdict verdict;
    std::size_t built = 0, promoted = 0, back = 0;
    for (const Job& job : world.jobs()) {
        if (job.runs("rollback.sh")) {
            ++back;
            look_for_tags(world, job, verdict.paths);
            if (!job.text("IMAGE").empty())
                add_once(verdict.paths, told(job) + " goes back to an image that nobody chose: " + job.text("IMAGE"));
        }
        if (!job.runs("deploy.sh")) continue;
        const Environment* environment = world.project().environment(job.environment);
        ++(environment != nullptr && environment->promote_from.empty() ? built : promoted);
        judge(world, job, verdict.paths);
    }
    judge_graph(world.subject().github_graph, verdict.paths);
    judge_graph(world.subject().gitlab_graph, verdict.paths);
    judge_signatures(world, verdict.paths);
    verdict.proof = counted(built, "deploy") + " of what was built, " + std::to_string(promoted) +
                    " of what passed before, " + counted(back, "rollback") + "; none names a tag";
    if (signing(world.project()) != kNoSigning)
        verdict.proof += "; each asks for a signature of the jobs that make images, and of no others";
    if (built + promoted == 0) verdict = {Outcome::not_asked, "nothing is deployed", {}, {}};
    return verdict;
}

}  // namespace pipewright::verify

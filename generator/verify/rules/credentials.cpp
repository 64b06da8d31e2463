// Rule 7: no long-lived cloud credential is named anywhere, but for those that static-keys declares.
#include <algorithm>
#include <set>

#include "generator/embed/templates.h"
#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

constexpr std::string_view kNames[] = {"AWS_ACCESS_KEY_ID",  "AWS_SECRET_ACCESS_KEY",
                                       "AWS_SESSION_TOKEN",  "GOOGLE_APPLICATION_CREDENTIALS",
                                       "GOOGLE_CREDENTIALS", "GCP_SA_KEY",
                                       "GCLOUD_SERVICE_KEY"};

// Terraform that makes such a credential.
constexpr std::string_view kResources[] = {"\"aws_iam_access_key\"", "\"aws_iam_user\"",
                                           "\"google_service_account_key\""};

// "AKIA" and sixteen characters: the id of a key of an IAM user ("IAM identifiers"), but for AWS's own examples, which
// tests like to take. Or a private key's own words.
bool looks_like_key(const std::string& text) {
    for (std::size_t at = text.find("AKIA"); at != std::string::npos; at = text.find("AKIA", at + 1)) {
        std::size_t end = at + 4;
        while (end < text.size() && ((text[end] >= 'A' && text[end] <= 'Z') || (text[end] >= '2' && text[end] <= '7')))
            ++end;
        if (end - at == 20 && !std::string_view(text).substr(at, 20).ends_with("EXAMPLE")) return true;
    }
    return text.find("-----BEGIN PRIVATE KEY-----") != std::string::npos ||
           text.find("-----BEGIN RSA PRIVATE KEY-----") != std::string::npos;
}

// "secrets.AWS_ACCESS_KEY_ID": the name is a word of its own.
bool names_one(const std::string& text) {
    return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view name) {
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
            const std::size_t end = at + name.size();
            const auto word = [&](std::size_t i) {
                return (text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= 'a' && text[i] <= 'z') || text[i] == '_';
            };
            if (end == text.size() || !word(end)) return true;
        }
        return false;
    });
}

class Search {
public:
    explicit Search(const World& world) : world_(world) {}

    std::size_t places = 0;
    std::vector<std::string> paths;
    std::vector<std::string> declared;  // what static-keys declares, and jobs are given

    // A variable. A text of that name can be what a user's test calls by it; in a job with an identity it can't.
    void variable(const std::string& where, const Leaf& leaf, bool identity, const Job* job = nullptr) {
        ++places;
        if (looks_like_key(leaf.value)) add_once(paths, where + " holds a key in " + leaf.name);
        const std::string own = job == nullptr ? "" : names::environment_secret(job->environment, leaf.name);
        const bool is_key = leaf.name == "AWS_ACCESS_KEY_ID" || leaf.name == "AWS_SECRET_ACCESS_KEY";
        if (is_key && job != nullptr && has_keys(*job) && !leaf.is_text && leaf.value == "secrets." + own) {
            add_once(declared, own);
            return;
        }
        const bool named = names_one(leaf.name) && (identity || !leaf.is_text);
        if (named || (!leaf.is_text && names_one(leaf.value)))
            add_once(paths, where + " is given " + (named ? leaf.name : leaf.value) + ", a long-lived credential");
    }

    void text(const std::string& where, const std::string& what) {
        ++places;
        if (looks_like_key(what)) add_once(paths, where + " holds a key");
    }

    // GitLab gives scoped variables to every job that names their environment.
    void environment(const std::string& where, const Job& job) {
        if (!world_.holds_keys(job)) return;
        const std::string& name = job.gitlab->deployment->environment;
        if (name != job.environment) add_once(paths, where + " is given the keys of " + name);
        for (const char* key : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
            add_once(declared, key + (" of " + name));
    }

private:
    bool has_keys(const Job& job) const {
        const Target* target = world_.target_of(job);
        return job.github != nullptr && job.identity && target != nullptr && world_.project().static_keys(*target);
    }

    const World& world_;
};

void look_at(const Job& job, Search& search) {
    const std::string where = told(job);
    for (const Leaf& leaf : job.leaves) search.variable(where, leaf, job.identity.has_value(), &job);
    if (job.gitlab != nullptr) search.environment(where, job);
    if (job.github != nullptr) {
        for (const github::Step& step : job.github->steps) {
            for (const github::Setting& one : step.with) {
                const auto* expression = std::get_if<github::Expression>(&one.value);
                if (expression != nullptr) search.variable(where, {one.name, false, expression->print()}, true, &job);
            }
            if (!step.run) continue;
            if (const auto* user = std::get_if<github::UserLines>(&*step.run)) {
                for (const std::string& line : user->lines) search.text(where, line);
            }
        }
    } else {
        for (const auto* lines : {&job.gitlab->before, &job.gitlab->script}) {
            for (const gitlab::ScriptLine& line : *lines) {
                if (const auto* user = std::get_if<gitlab::UserLines>(&line)) {
                    for (const std::string& one : user->lines) search.text(where, one);
                }
                if (const auto* command = std::get_if<gitlab::Command>(&line)) {
                    for (const std::string& one : command->words) search.text(where, one);
                }
            }
        }
    }
}

void look_at(const std::string& where, const infrastructure::Value& value, Search& search) {
    if (const auto* text = std::get_if<std::string>(&value.is)) search.text(where, *text);
    if (const auto* list = std::get_if<infrastructure::List>(&value.is)) {
        for (const infrastructure::Value& one : *list) look_at(where, one, search);
    }
    if (const auto* object = std::get_if<infrastructure::Object>(&value.is)) {
        for (const infrastructure::Member& one : *object) look_at(where, one.value, search);
    }
}

// Keys say nothing of who uses them: only the host's settings keep those of a gated environment to its jobs.
void judge_keys(const World& world, Verdict& verdict) {
    std::set<std::pair<std::string, Host>> told_of;
    for (const Job& job : world.jobs()) {
        const Environment* environment = world.project().environment(job.environment);
        if (environment == nullptr || !environment->gate.closed() || !world.holds_keys(job)) continue;
        if (!told_of.emplace(environment->name, job.host).second) continue;
        if (job.host == Host::github && !world.project().github->deployment_refs()) {
            verdict.warnings.push_back(
                "on GitHub, whoever may push any branch can write a workflow that reads the keys of " +
                environment->name + ": on this plan no secret is kept from it");
        }
        if (job.host == Host::gitlab && world.project().gitlab->plan == GitLabPlan::free) {
            verdict.warnings.push_back(
                "on GitLab, who may change the pipeline on a protected ref could name the environment " +
                environment->name + " in another job, and hold its keys");
        }
    }
}

}  // namespace

Verdict credentials(const World& world) {
    Search search(world);
    for (const Job& job : world.jobs()) look_at(job, search);
    if (world.subject().gitlab != nullptr) {
        for (const gitlab::Setting& one : world.subject().gitlab->variables) {
            const auto* text = std::get_if<gitlab::Text>(&one.value);
            search.variable("the pipeline",
                            {one.name, text != nullptr,
                             text != nullptr ? text->text : std::get<gitlab::Reference>(one.value).variable},
                            true);
        }
    }
    for (const infrastructure::Root& root : world.model().roots) {
        for (const infrastructure::Call& call : root.calls) {
            for (const infrastructure::Member& one : call.arguments) look_at(root.path, one.value, search);
        }
    }
    for (const std::string& file : world.model().module_files) {
        for (const std::string_view resource : kResources) {
            if (embed::bytes_of(file).find(resource) != std::string_view::npos)
                add_once(search.paths, file + " makes " + std::string(resource));
        }
    }
    Verdict verdict;
    verdict.paths = std::move(search.paths);
    verdict.proof = counted(search.places, "value") + " of jobs and roots, and " +
                    counted(world.model().module_files.size(), "file") + " of modules: none is or names one";
    if (!search.declared.empty()) verdict.proof += " but what static-keys declares: " + listed(search.declared);
    judge_keys(world, verdict);
    return verdict;
}

}  // namespace pipewright::verify

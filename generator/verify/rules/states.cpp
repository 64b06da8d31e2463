// Rule 9: no two roots share a state; no root can be initialised against another target's state.
#include <algorithm>
#include <map>

#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

const infrastructure::TargetModel* owner_of(const World& world, const std::string& root) {
    for (const infrastructure::TargetModel& target : world.model().targets) {
        if (target.bootstrap_root == root || target.platform_root == root) return &target;
    }
    return nullptr;
}

void judge(const World& world, const infrastructure::Root& root, std::vector<std::string>& paths) {
    const infrastructure::Backend& backend = root.backend;
    for (const infrastructure::Provider& provider : root.providers) {
        if (provider.account != backend.account)
            add_once(paths, root.path + " changes the account " + provider.account + " and keeps its state in " +
                                backend.account);
    }
    if (root.kind == infrastructure::RootKind::account) {
        for (const infrastructure::TargetModel& target : world.model().targets) {
            if (target.account_root == root.path && target.account != backend.account)
                add_once(paths,
                         root.path + " of the account " + target.account + " keeps its state in " + backend.account);
        }
        return;
    }
    const infrastructure::TargetModel* target = owner_of(world, root.path);
    const std::string state = backend.bucket + "/" + backend.key;
    if (target == nullptr) {
        add_once(paths, root.path + " belongs to no target, and keeps its state in " + state);
        return;
    }
    if (backend.bucket != target->state_bucket || backend.account != target->account ||
        backend.region != target->region) {
        add_once(paths, root.path + " keeps its state in " + state + ", which is not that of " + target->environment +
                            " on " + target->stack);
    }
}

}  // namespace

Verdict states(const World& world) {
    Verdict verdict;
    std::map<std::string, std::string> states;
    std::vector<std::string> folders;
    for (const infrastructure::Root& root : world.model().roots) {
        const std::string state = root.backend.bucket + "/" + root.backend.key;
        const auto [found, fresh] = states.emplace(state, root.path);
        if (!fresh) add_once(verdict.paths, found->second + " and " + root.path + " share the state " + state);
        if (among(folders, root.path)) add_once(verdict.paths, "two roots stand in " + root.path);
        folders.push_back(root.path);
        judge(world, root, verdict.paths);
    }
    // Jobs are told the folder of their root.
    std::size_t jobs = 0;
    for (const Job& job : world.jobs()) {
        const std::string root = job.text("ROOT");
        const bool runs_terraform = std::any_of(job.scripts.begin(), job.scripts.end(), [](const std::string& script) {
            return script.starts_with("terraform-");
        });
        if (root.empty() || !runs_terraform) continue;
        ++jobs;
        const infrastructure::TargetModel* owner = owner_of(world, root);
        if (owner != nullptr && (owner->environment != job.environment || owner->stack != job.stack))
            add_once(verdict.paths,
                     told(job) + " runs in " + root + ", the root of " + owner->environment + " on " + owner->stack);
    }
    verdict.proof = counted(world.model().roots.size(), "root") + " with as many states, " + counted(jobs, "job") +
                    " in the root of their own target";
    if (world.model().roots.empty()) verdict = {Outcome::not_asked, "there are no Terraform roots", {}, {}};
    if (!verdict.paths.empty()) verdict.outcome = Outcome::broken;
    return verdict;
}

}  // namespace pipewright::verify

#include "generator/verify/rules.h"

namespace pipewright::verify {

namespace {

constexpr Rule kRules[] = {
    {1, "each image is built or resolved by one job, for the first environment, and no deploy goes round it",
     one_build},
    {2, "every deploy takes its digest from the build, or from what passed before it; none names a tag", digests},
    {3, "every job that can change a gated target sits behind its gate", gates},
    {4, "no job of a change request can write; none of a fork has an identity", change_requests},
    {5, "identities trust what their jobs present, and no class of jobs reaches behind a gate", trust},
    {6, "an identity may do what its jobs call, on its own target, and what the manifest adds", permissions},
    {7, "no long-lived cloud credential is named", credentials},
    {8, "what changes a target takes its lease, and is never cancelled", leases},
    {9, "no two roots share a state, and none can be initialised against another target's", states},
    {10, "actions are pinned to a commit, images to a digest or an exact version", pins},
    {11, "no text of a contributor reaches a shell but through an environment variable", shells},
    {12, "every job has a timeout and the smallest permissions of its token", least},
};

}  // namespace

std::span<const Rule> rules() { return kRules; }

}  // namespace pipewright::verify

// The trust that is printed, judged by IAM's own rules over tokens that should and that shouldn't get in.
#include "generator/infrastructure/trust.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "generator/project/pattern.h"
#include "iam.h"

using namespace pipewright;

namespace {

const std::string kAccount = "111111111111";
const std::string kGitHub = "token.actions.githubusercontent.com";
const std::string kGitHubProvider = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
const std::string kGitLabProvider = "arn:aws:iam::111111111111:oidc-provider/gitlab.com";

// What GitHub puts into a job's token.
struct GitHubJob {
    std::string repository = "acme/shop";
    std::string ref = "refs/heads/main";
    std::string environment = {};
    bool pull_request = false;
    std::string workflow = "acme/shop/.github/workflows/delivery.yml";
    std::string id = "42";
    std::string actor = "octocat";
    std::string audience = "sts.amazonaws.com";

    iam::Keys keys() const {
        const std::string context = !environment.empty() ? "environment:" + environment
                                    : pull_request       ? std::string("pull_request")
                                                         : "ref:" + ref;
        iam::Keys keys{{kGitHub + ":aud", audience},
                       {kGitHub + ":sub", "repo:" + repository + ":" + context},
                       {kGitHub + ":ref", ref},
                       {kGitHub + ":repository_id", id},
                       {kGitHub + ":actor", actor},
                       {kGitHub + ":job_workflow_ref", workflow + "@" + ref},
                       {kGitHub + ":repository", repository}};
        if (!environment.empty()) keys[kGitHub + ":environment"] = environment;
        return keys;
    }
};

hosts::Claims github(const std::vector<std::string>& refs) {
    hosts::Claims claims;
    claims.issuer = kGitHub;
    claims.audience = "sts.amazonaws.com";
    claims.refs = refs;
    claims.repository_id = "42";
    claims.workflows = {"acme/shop/.github/workflows/delivery.yml"};
    for (const std::string& ref : refs)
        claims.subjects.push_back("repo:acme/shop:" + (ref.starts_with("refs/pull/") ? "pull_request" : "ref:" + ref));
    return claims;
}

bool in(const hosts::Claims& claims, const GitHubJob& job) {
    return iam::lets_in(infrastructure::ways(claims, kAccount), kGitHubProvider, job.keys());
}

hosts::Claims gitlab(const std::vector<std::string>& ends, const std::string& kind, bool any_branch = false) {
    hosts::Claims claims;
    claims.host = Host::gitlab;
    claims.issuer = "gitlab.com";
    claims.audience = "https://gitlab.com/pipewright/" + kind;
    claims.any_branch = any_branch;
    for (const std::string& end : ends) claims.subjects.push_back("project_path:acme/sub/shop:ref_type:" + end);
    return claims;
}

bool in(const hosts::Claims& claims, const std::string& subject, const std::string& kind) {
    return iam::lets_in(infrastructure::ways(claims, kAccount), kGitLabProvider,
                        {{"gitlab.com:sub", subject}, {"gitlab.com:aud", "https://gitlab.com/pipewright/" + kind}});
}

}  // namespace

TEST_CASE("a branch: its own jobs get in, and nobody else") {
    const hosts::Claims main = github({"refs/heads/main"});
    CHECK(in(main, {}));
    CHECK_FALSE(in(main, {.ref = "refs/heads/main2"}));
    CHECK_FALSE(in(main, {.ref = "refs/heads/feature/main"}));
    CHECK_FALSE(in(main, {.ref = "refs/tags/main"}));
    CHECK_FALSE(in(main, {.ref = "refs/heads/Main"}));
    CHECK_FALSE(in(main, {.repository = "evil/shop"}));
    CHECK_FALSE(in(main, {.repository = "acme/shop2"}));
    CHECK_FALSE(in(main, {.id = "43"}));  // the name again, another repository
    CHECK_FALSE(in(main, {.environment = "prod"}));
    CHECK_FALSE(in(main, {.ref = "refs/pull/7/merge", .pull_request = true}));
    CHECK_FALSE(in(main, {.workflow = "acme/shop/.github/workflows/other.yml"}));
    CHECK_FALSE(in(main, {.workflow = "evil/tools/.github/workflows/delivery.yml"}));
    CHECK_FALSE(in(main, {.audience = "https://github.com/acme"}));
    // A token of another issuer with the same claims.
    CHECK_FALSE(iam::lets_in(infrastructure::ways(main, kAccount), kGitLabProvider, GitHubJob{}.keys()));
    // A workflow of the same file on another branch: the ref in job_workflow_ref is the file's own.
    iam::Keys moved = GitHubJob{}.keys();
    moved[kGitHub + ":job_workflow_ref"] = "acme/shop/.github/workflows/delivery.yml@refs/heads/evil";
    CHECK_FALSE(iam::lets_in(infrastructure::ways(main, kAccount), kGitHubProvider, moved));
}

TEST_CASE("a tag pattern's '*' doesn't cross '/', though IAM's does") {
    for (const std::string pattern : {"v*", "*", "r-*/x*.y", "release/*", "*/*", "a*b*c", "v*.*.*"}) {
        const hosts::Claims tagged = github({"refs/tags/" + pattern});
        for (const std::string tag :
             {"v1",     "v1.2.3",    "v",         "v1/2",        "x/v1",     "r-1/x2.y", "r-1/2/x.y",
              "r-/x.y", "r-1/x/2.y", "release/1", "release/1/2", "release",  "a/b",      "abc",
              "axbxc",  "a/bc",      "ab/c",      "a/b/c",       "v1.2/3.4", "V1",       "*"}) {
            CAPTURE(pattern);
            CAPTURE(tag);
            CHECK(in(tagged, {.ref = "refs/tags/" + tag}) == pattern_matches(pattern, tag));
            CHECK_FALSE(in(tagged, {.ref = "refs/heads/" + tag}));
            CHECK_FALSE(in(tagged, {.repository = "evil/shop", .ref = "refs/tags/" + tag}));
            CHECK_FALSE(in(tagged, {.ref = "refs/tags/" + tag, .audience = "sts.amazonaws.com.evil"}));
        }
    }
}

TEST_CASE("alternatives: each for itself, also where one's refusal would hit another") {
    const hosts::Claims plans = github({"refs/pull/*/merge", "refs/heads/release/1/x", "refs/tags/v*"});
    CHECK(infrastructure::ways(plans, kAccount).size() == 1);
    CHECK(in(plans, {.ref = "refs/pull/12/merge", .pull_request = true}));
    CHECK(in(plans, {.ref = "refs/heads/release/1/x"}));
    CHECK(in(plans, {.ref = "refs/tags/v2"}));
    CHECK_FALSE(in(plans, {.ref = "refs/tags/v2/x"}));
    CHECK_FALSE(in(plans, {.ref = "refs/heads/release/1/y"}));
    CHECK_FALSE(in(plans, {.repository = "evil/shop", .ref = "refs/pull/12/merge", .pull_request = true}));

    const hosts::Claims both = github({"refs/heads/main", "refs/tags/v*", "refs/tags/v1/*"});
    CHECK(infrastructure::ways(both, kAccount).size() == 3);
    CHECK(in(both, {}));
    CHECK(in(both, {.ref = "refs/tags/v1"}));
    CHECK(in(both, {.ref = "refs/tags/v1/2"}));
    CHECK_FALSE(in(both, {.ref = "refs/tags/v2/2"}));
    CHECK_FALSE(in(both, {.ref = "refs/tags/v1/2/3"}));
}

TEST_CASE("an environment: its subject names no ref, so the ref is asked beside it") {
    hosts::Claims prod = github({"refs/heads/main"});
    prod.subjects = {"repo:acme/shop:environment:prod", "repo:acme@1/shop@42:environment:prod"};
    prod.environment = "prod";
    CHECK(in(prod, {.environment = "prod"}));
    CHECK(in(prod, {.repository = "acme@1/shop@42", .environment = "prod"}));
    CHECK_FALSE(in(prod, {}));
    CHECK_FALSE(in(prod, {.environment = "dev"}));
    CHECK_FALSE(in(prod, {.ref = "refs/heads/evil", .environment = "prod"}));
    CHECK_FALSE(in(prod, {.ref = "refs/pull/1/merge", .environment = "prod"}));
    CHECK_FALSE(in(prod, {.repository = "acme@2/shop@42", .environment = "prod"}));
    prod.refs = {"refs/tags/v*", "refs/tags/v1/*"};
    CHECK(in(prod, {.ref = "refs/tags/v1/2", .environment = "prod"}));
    CHECK_FALSE(in(prod, {.ref = "refs/tags/v2/2", .environment = "prod"}));
}

TEST_CASE("approvers who start a workflow, and several files of workflows") {
    hosts::Claims started = github({"refs/heads/main"});
    started.actors = {"octocat", "hubot"};
    started.workflows = {"acme/shop/.github/workflows/promote-prod.yml", "acme/shop/.github/workflows/operations.yml"};
    const std::string promote = "acme/shop/.github/workflows/promote-prod.yml";
    CHECK(in(started, {.workflow = promote}));
    CHECK(in(started, {.workflow = "acme/shop/.github/workflows/operations.yml", .actor = "hubot"}));
    CHECK_FALSE(in(started, {.workflow = promote, .actor = "mallory"}));
    CHECK_FALSE(in(started, {}));
}

TEST_CASE("GitLab: subject and audience are all that AWS can check") {
    const hosts::Claims main = gitlab({"branch:ref:main"}, "open");
    CHECK(in(main, "project_path:acme/sub/shop:ref_type:branch:ref:main", "open"));
    CHECK_FALSE(in(main, "project_path:acme/sub/shop:ref_type:branch:ref:main", "plan"));
    CHECK_FALSE(in(main, "project_path:acme/sub/shop:ref_type:branch:ref:main", "guard"));
    CHECK_FALSE(in(main, "project_path:acme/sub/shop:ref_type:tag:ref:main", "open"));
    CHECK_FALSE(in(main, "project_path:acme/sub/shop:ref_type:branch:ref:main/x", "open"));
    CHECK_FALSE(in(main, "project_path:evil/shop:ref_type:branch:ref:main", "open"));
    CHECK_FALSE(in(main, "project_path:fork/sub/shop:ref_type:branch:ref:main", "open"));

    const hosts::Claims tagged = gitlab({"tag:ref:v*", "branch:ref:a/b/c"}, "gated");
    CHECK(in(tagged, "project_path:acme/sub/shop:ref_type:tag:ref:v1", "gated"));
    CHECK(in(tagged, "project_path:acme/sub/shop:ref_type:branch:ref:a/b/c", "gated"));
    CHECK_FALSE(in(tagged, "project_path:acme/sub/shop:ref_type:tag:ref:v1/x", "gated"));
    CHECK_FALSE(in(tagged, "project_path:acme/sub/shop:ref_type:branch:ref:v1", "gated"));

    const hosts::Claims crossed = gitlab({"tag:ref:v*", "tag:ref:v1/*"}, "gated");
    CHECK(in(crossed, "project_path:acme/sub/shop:ref_type:tag:ref:v1/2", "gated"));
    CHECK_FALSE(in(crossed, "project_path:acme/sub/shop:ref_type:tag:ref:v2/2", "gated"));

    const hosts::Claims plans = gitlab({"branch:ref:*", "tag:ref:v*"}, "plan", true);
    CHECK(in(plans, "project_path:acme/sub/shop:ref_type:branch:ref:feature/a/b", "plan"));
    CHECK(in(plans, "project_path:acme/sub/shop:ref_type:tag:ref:v1", "plan"));
    CHECK_FALSE(in(plans, "project_path:acme/sub/shop:ref_type:tag:ref:v1/2", "plan"));
    CHECK_FALSE(in(plans, "project_path:acme/sub/shop:ref_type:tag:ref:w1", "plan"));
    CHECK_FALSE(in(plans, "project_path:acme/sub/shop2:ref_type:branch:ref:x", "plan"));
}

TEST_CASE("a trust without subject or audience is never made") {
    hosts::Claims nobody = github({"refs/heads/main"});
    nobody.subjects.clear();
    CHECK_THROWS_AS(infrastructure::ways(nobody, kAccount), std::logic_error);
    nobody = github({"refs/heads/main"});
    nobody.audience.clear();
    CHECK_THROWS_AS(infrastructure::ways(nobody, kAccount), std::logic_error);
}

TEST_CASE("on Google Cloud the claims' own provider lets in, and looks at what AWS can't") {
    hosts::Claims claims;
    claims.host = Host::gitlab;
    claims.issuer = "gitlab.com";
    claims.audience = "https://gitlab.com/pipewright/gated";
    claims.subjects = {"project_path:acme/shop:ref_type:branch:ref:main"};
    claims.provider = "projects/42/locations/global/workloadIdentityPools/ci-shop/providers/gitlab-prod-gcp-deploy";
    claims.protected_ref = true;
    claims.environment = "prod";
    const iam::Keys right{{"gitlab.com:aud", claims.audience},
                          {"gitlab.com:sub", claims.subjects.front()},
                          {"gitlab.com:ref_protected", "true"},
                          {"gitlab.com:environment", "prod"},
                          {"gitlab.com:environment_protected", "true"}};
    const auto lets_in = [&](const iam::Keys& keys, const std::string& provider) {
        return iam::lets_in(infrastructure::ways(claims, ""), provider, keys);
    };
    CHECK(lets_in(right, claims.provider));
    CHECK_FALSE(lets_in(right, kGitLabProvider));
    for (const auto& [key, value] : right) {
        iam::Keys without = right, wrong = right;
        without.erase(key);
        wrong[key] = "false";
        CAPTURE(key);
        CHECK_FALSE(lets_in(without, claims.provider));
        CHECK_FALSE(lets_in(wrong, claims.provider));
    }
}

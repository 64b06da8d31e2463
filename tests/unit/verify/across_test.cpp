// Images that are read in another cloud: by whom, and what the rules say where that is somebody else or may do more.
#include <set>

#include "made.h"

using namespace pipewright;

namespace {

struct Across : scenes::Made {
    Across() : Made("native-clouds") {}

    infrastructure::Role& puller(const std::string& environment, const std::string& stack) {
        for (infrastructure::TargetModel& target : model.targets) {
            if (target.environment != environment || target.stack != stack) continue;
            for (infrastructure::Role& role : target.roles) {
                if (role.kind == names::Identity::pull) return role;
            }
        }
        FAIL("nobody pulls from " << environment << " on " << stack);
        return model.targets.front().roles.front();
    }
};

std::set<std::string> calls_of(const infrastructure::Role& role) {
    std::set<std::string> all;
    for (const infrastructure::Statement& one : role.statements) {
        for (const std::string& action : one.actions) {
            for (const std::string& resource : one.resources) all.insert(action + " on " + resource);
        }
    }
    return all;
}

std::string text_of(const std::vector<github::Setting>& all, const std::string& name) {
    for (const github::Setting& one : all) {
        if (one.name == name) return std::get<github::Text>(one.value).text;
    }
    return "absent";
}

}  // namespace

TEST_CASE("only deploys whose images are in the other cloud have a second identity, the source's, which reads") {
    Across across;
    std::set<std::string> readers;
    for (const delivery::Graph* graph : {&across.github_graph, &across.gitlab_graph}) {
        for (const delivery::Job& job : graph->jobs) {
            if (!job.reader) continue;
            readers.insert(job.id + " as " + job.reader->principal);
            CHECK(job.reader->kind == names::Identity::pull);
        }
    }
    const std::string google = "@acme-ferry-staging.iam.gserviceaccount.com";
    CHECK(readers == std::set<std::string>{"deploy-dev-gcp as arn:aws:iam::111111111111:role/ferry-dev-aws-pull",
                                           "deploy-prod-aws as ferry-staging-gcp-pull" + google});
    const std::string repositories = "arn:aws:ecr:eu-west-1:111111111111:repository/ferry/dev/aws/*";
    CHECK(calls_of(across.puller("dev", "aws")) ==
          std::set<std::string>{"ecr:GetAuthorizationToken on *", "ecr:BatchGetImage on " + repositories,
                                "ecr:BatchCheckLayerAvailability on " + repositories,
                                "ecr:GetDownloadUrlForLayer on " + repositories});
    CHECK(calls_of(across.puller("staging", "gcp")) ==
          std::set<std::string>{
              "artifactregistry.repositories.downloadArtifacts on projects/acme-ferry-staging/locations/europe-west1/"
              "repositories/ferry-staging-gcp"});
    for (const auto& rule : across.result().rules) CHECK(rule.verdict.outcome == verify::Outcome::holds);
}

TEST_CASE("who is let in there are these jobs alone, by the tokens of their own events") {
    Across across;
    const infrastructure::Role& aws = across.puller("dev", "aws");
    REQUIRE(aws.trust.size() == 2);
    for (const infrastructure::Trust& one : aws.trust) CHECK(one.jobs == std::vector<std::string>{"deploy-dev-gcp"});
    for (const infrastructure::Way& way : aws.ways) CHECK(way.provider.starts_with("arn:aws:iam::111111111111:oidc"));
    const infrastructure::Role& google = across.puller("staging", "gcp");
    REQUIRE(google.trust.size() == 2);
    for (const infrastructure::Trust& one : google.trust) {
        CHECK(one.jobs == std::vector<std::string>{"deploy-prod-aws"});
        CHECK(one.claims.provider ==
              "projects/100000000002/locations/global/workloadIdentityPools/ci-ferry/providers/" +
                  std::string(one.host == Host::github ? "github" : "gitlab") + "-staging-gcp-pull");
    }
    // Behind the gate of prod, with all that says so.
    CHECK(google.trust.front().claims.subjects.front() == "repo:acme/ferry:environment:prod");
    CHECK(google.trust.back().claims.protected_ref);
    CHECK(google.trust.back().claims.audience == "https://gitlab.com/pipewright/gated");
}

TEST_CASE("the job is told of both clouds, and asks its host for a token for each") {
    Across across;
    const github::Job& job = across.on_github("promote-prod.yml", "deploy-prod-aws");
    CHECK(text_of(job.variables, "CLOUD") == "aws");
    CHECK(text_of(job.variables, "AWS_ROLE_ARN") == "arn:aws:iam::333333333333:role/ferry-prod-aws-deploy");
    CHECK(text_of(job.variables, "SOURCE_CLOUD") == "gcp");
    CHECK(text_of(job.variables, "SOURCE_REGISTRY") == "artifact-registry");
    CHECK(text_of(job.variables, "GCP_PROJECT") == "acme-ferry-staging");
    CHECK(text_of(job.variables, "SOURCE_ENVIRONMENT") == "staging");
    // In the first environment nothing has to have passed.
    const github::Job& first = across.on_github("delivery.yml", "deploy-dev-gcp");
    CHECK(text_of(first.variables, "SOURCE_CLOUD") == "aws");
    CHECK(text_of(first.variables, "SOURCE_ENVIRONMENT") == "absent");
    const gitlab::Job& other = across.on_gitlab("deploy-prod-aws");
    REQUIRE(other.tokens.size() == 2);
    CHECK(other.tokens[0].variable == "AWS_ID_TOKEN");
    CHECK(other.tokens[1].variable == "GCP_ID_TOKEN");
    CHECK(text_of(across.on_github("promote-prod.yml", "deploy-prod-gcp").variables, "SOURCE_CLOUD") == "absent");
}

TEST_CASE("an identity that could do more than read there breaks rule 6, one that nobody lets in rule 5") {
    Across more;
    more.puller("dev", "aws").statements.front().actions.emplace_back("ecr:PutImage");
    CHECK(more.said(6).find("ferry-dev-aws-pull may ecr:PutImage") != std::string::npos);
    Across less;
    less.puller("staging", "gcp").statements.clear();
    CHECK(less.said(6).find("artifactregistry.repositories.downloadArtifacts") != std::string::npos);
    Across closed;
    closed.puller("dev", "aws").ways.clear();
    CHECK(closed.said(5).find("deploy-dev-gcp presents") != std::string::npos);
    Across open;
    open.puller("staging", "gcp").ways.push_back(open.puller("dev", "aws").ways.front());
    CHECK(open.said(5).find("ferry-staging-gcp-pull trusts") != std::string::npos);
}

TEST_CASE("a job that lacks it, has it without a need, or has another target's breaks rule 2") {
    Across lacks;
    lacks.on_gitlab("deploy-prod-aws").reader.reset();
    CHECK(lacks.said(2) == "deploy-prod-aws has no identity that reads the registry of staging on gcp");
    Across needless;
    needless.on_gitlab("deploy-prod-gcp").reader = needless.on_gitlab("deploy-prod-aws").reader;
    CHECK(needless.said(2).find("deploy-prod-gcp reads images as ferry-staging-gcp-pull") != std::string::npos);
    Across another;
    another.on_github("promote-prod.yml", "deploy-prod-aws").reader =
        another.on_github("delivery.yml", "deploy-dev-gcp").reader;
    CHECK(another.said(2).find("reads the registry of dev on aws instead of that of staging on gcp") !=
          std::string::npos);
}

TEST_CASE("a token that the second identity has no use for, or lacks, breaks rule 12") {
    Across lacks;
    lacks.on_gitlab("deploy-prod-aws").tokens.clear();
    CHECK(lacks.said(12) == "deploy-prod-aws has an identity and no token for it");
    Across keyless;
    github::Job& job = keyless.on_github("delivery.yml", "deploy-dev-gcp");
    std::erase_if(job.permissions, [](const github::Permission& one) { return one.name == "id-token"; });
    CHECK(keyless.said(12).find("lacks the permission id-token: write") != std::string::npos);
}

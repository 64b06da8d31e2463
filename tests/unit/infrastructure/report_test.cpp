// Values that Terraform or AWS would refuse are errors here, where the manifest can be pointed at.
#include "uses.h"

using namespace pipewright;

namespace {

std::string said(const std::string& manifest) { return scenes::modelled(manifest).messages(); }

// What is said of a project in which something was changed behind the back of the manifest's own rules.
template <class Change>
std::string said_of(Change change) {
    return scenes::modelled(scenes::two(),
                            [&](Project& project) { change(project, project.environments.front().targets.front()); })
        .messages();
}

std::string given_network(const std::string& vpc, const Names& inner, const Names& outer) {
    return said_of([&](Project&, Target& target) {
        target.network.mode = "existing";
        target.network.vpc = vpc;
        target.network.private_subnets = inner;
        target.network.public_subnets = outer;
    });
}

std::string health(std::int64_t interval, std::int64_t timeout, const std::string& codes) {
    return said_of([&](Project& project, Target&) {
        project.services.front().health->interval = interval;
        project.services.front().health->timeout = timeout;
        project.services.front().health->codes = codes;
    });
}

std::string state(const std::string& lock, const std::string& bucket, const std::string& table) {
    return said_of([&](Project& project, Target& target) {
        project.infrastructure.lock = lock;
        target.state_bucket = bucket;
        target.state_table = table;
    });
}

const std::string kVpc = "vpc-0123456789abcdef0";
const std::string kOne = "subnet-0123456789abcdef0", kTwo = "subnet-0123456789abcdef1", kThree = "subnet-01234567";

}  // namespace

TEST_CASE("networks that are given, and endpoints") {
    CHECK(given_network(kVpc, {kOne}, {kTwo, kThree}).empty());
    CHECK(given_network(kVpc, {kOne}, {kTwo}).starts_with("PW0104 a load balancer stands in two subnets"));
    CHECK(given_network(kVpc, {kOne}, {kTwo, kOne})
              .starts_with("PW0106 the subnet 'subnet-0123456789abcdef0' can't be private and public"));
    CHECK(given_network(kVpc, {kOne}, {kTwo, "public-2"}).starts_with("PW0106 'public-2' is no id of a subnet"));
    CHECK(given_network(kVpc, {kOne}, {kTwo, "subnet-012345678"}).starts_with("PW0106"));
    CHECK(given_network("main", {kOne}, {kTwo, kThree}).starts_with("PW0106 'main' is no id of a VPC"));
    const auto endpoints = [](const Names& all) {
        return said_of([&](Project&, Target& target) { target.network.endpoints = all; });
    };
    CHECK(endpoints({"sqs", "ecr.api"}).empty());
    CHECK(endpoints({"sqs", "s3"}).starts_with("PW0211 S3 has an endpoint in any case"));
    CHECK(endpoints({"dynamodb"}).starts_with("PW0211 an interface endpoint of DynamoDB has no private DNS name"));
}

TEST_CASE("services: health, platforms, variables") {
    CHECK(health(10, 9, "200-299,404").empty());
    CHECK(health(10, 10, "200").starts_with("PW0104 a health check of 'api' would begin"));
    CHECK(health(15, 5, "200-500").starts_with("PW0104 a load balancer of AWS can't take 200-500"));
    CHECK(health(15, 5, "101,200").starts_with("PW0104"));
    CHECK(said_of([](Project&, Target& target) {
              target.services.front().scaling.min = 0;
          }).starts_with("PW0104 nothing would ever start a task of 'api' in 'dev' on 'aws'"));
    const auto platforms = [](const Names& all) {
        return said_of([&](Project& project, Target&) { project.services.front().content.platforms = all; });
    };
    CHECK(platforms({"linux/s390x", "linux/arm64"}).empty());
    CHECK(platforms({"linux/s390x"}).starts_with("PW0211 Fargate runs none"));
    CHECK(said_of([](Project&, Target& target) {
              target.services.front().env = {{"A", "x"}};
              target.services.front().secrets = {{"A", "secret:s"}};
          }).starts_with("PW0202 'A' of 'api' is plain configuration and a secret"));
}

TEST_CASE("certificates and states") {
    const auto certificate = [](const std::string& arn) {
        return said_of([&](Project&, Target& target) { target.ingress.https = Https{"a.example.com", "", "", arn}; });
    };
    CHECK(certificate("arn:aws:acm:eu-west-1:111111111111:certificate/1").empty());
    CHECK(certificate("mine").starts_with("PW0106 'mine' is no ARN of a certificate"));
    CHECK(state("native", "", "").empty());
    CHECK(state("native", "b-1", "").empty());
    CHECK(state("native", "", "t-1").starts_with("PW0211 nothing uses the lock table"));
    CHECK(state("dynamodb", "b-1", "").starts_with("PW0203 an existing state bucket needs"));
    CHECK(state("dynamodb", "b-1", "t-1").empty());
    CHECK(state("dynamodb", "", "t-1").empty());
}

TEST_CASE("a trust beyond IAM's default is a warning, beyond its limit an error") {
    const auto with_refs = [](std::size_t count) {
        const Project project = scenes::project_of(scenes::two());
        std::vector<hosts::Use> uses = scenes::uses_of(project);
        for (hosts::Use& use : uses) {
            for (std::size_t i = 0; i < count; ++i) {
                use.claims.refs.push_back("refs/heads/a-branch-" + std::to_string(i));
                use.claims.subjects.push_back("repo:acme/shop:ref:" + use.claims.refs.back());
            }
        }
        Origins origins;
        Diagnostics diagnostics;
        infrastructure::model(project, uses, origins, diagnostics);
        return diagnostics;
    };
    CHECK(with_refs(5).warnings() == 0);
    const Diagnostics warned = with_refs(12);
    CHECK(warned.warnings() == 7);
    CHECK_FALSE(warned.has_errors());
    CHECK(describe(warned.sorted().front().code).id == "PW0310");
    const Diagnostics refused = with_refs(40);
    CHECK(refused.errors() == 7);
    CHECK(describe(refused.sorted().front().code).id == "PW0220");
}

TEST_CASE("a gated target in the account of one that no gate holds is a warning") {
    CHECK(said(scenes::two()).empty());
    const scenes::Modelled shared = scenes::modelled(scenes::two("", "", "", "111111111111"));
    CHECK(shared.messages() ==
          "PW0314 the infra role of 'dev' on 'aws' could change the network of 'prod' on 'aws': no gate holds it, and "
          "both are in the account 111111111111\n");
    CHECK_FALSE(shared.diagnostics.has_errors());
}

TEST_CASE("a branch that no policy can name") {
    const Project project = scenes::project_of(scenes::two());
    std::vector<hosts::Use> uses = scenes::uses_of(project);
    const auto errors_of = [&](const std::string& branch) {
        uses[0].claims.refs = {"refs/heads/" + branch};
        uses[0].claims.subjects = {"repo:acme/shop:ref:refs/heads/" + branch};
        Origins origins;
        Diagnostics diagnostics;
        infrastructure::model(project, uses, origins, diagnostics);
        return diagnostics.errors();
    };
    CHECK(errors_of("caf\xC3\xA9") == 0);
    CHECK(errors_of("\xE6\x97\xA5\xE6\x9C\xAC") == 1);
    CHECK(errors_of("\xC4\x80") == 1);
}

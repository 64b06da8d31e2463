// Values that Terraform or AWS would refuse are errors here, where the manifest can be pointed at.
#include "uses.h"

using namespace pipewright;

namespace {

std::string said(const std::string& manifest) { return scenes::modelled(manifest).messages(); }

std::string network(const std::string& keys) { return said(scenes::two("", ", network: { " + keys + " }")); }

const std::string kVpc =
    "mode: existing, vpc: vpc-0123456789abcdef0, private_subnets: [subnet-0123456789abcdef0], public_subnets: ";

}  // namespace

TEST_CASE("networks that are given, and endpoints") {
    CHECK(network(kVpc + "[subnet-0123456789abcdef1, subnet-0123456789abcdef2]").empty());
    CHECK(network(kVpc + "[subnet-0123456789abcdef1]").starts_with("PW0104 a load balancer stands in two subnets"));
    CHECK(network(kVpc + "[subnet-0123456789abcdef1, subnet-0123456789abcdef0]")
              .starts_with("PW0106 the subnet 'subnet-0123456789abcdef0' can't be private and public"));
    CHECK(network(kVpc + "[subnet-0123456789abcdef1, public-2]").starts_with("PW0106 'public-2' is no id of a subnet"));
    CHECK(network("mode: existing, vpc: main, private_subnets: [subnet-0123456789abcdef0], public_subnets: "
                  "[subnet-0123456789abcdef1, subnet-0123456789abcdef2]")
              .starts_with("PW0106 'main' is no id of a VPC"));
    CHECK(network("endpoints: [sqs, ecr.api, execute-api]").empty());
    CHECK(network("endpoints: [s3]").starts_with("PW0211 S3 has an endpoint in any case"));
}

TEST_CASE("services: health, platforms, variables") {
    CHECK(said(scenes::two("")).empty());
    const auto health = [](const std::string& keys) {
        std::string manifest = scenes::two();
        const std::string plain = "health: /health";
        return said(manifest.replace(manifest.find(plain), plain.size(), "health: { path: /h, " + keys + " }"));
    };
    CHECK(health("interval: 10, timeout: 9").empty());
    CHECK(health("interval: 10, timeout: 10").starts_with("PW0104 a health check of 'api' would begin"));
    CHECK(health("codes: \"200-299,404\"").empty());
    CHECK(health("codes: \"200-500\"").starts_with("PW0104 a load balancer of AWS can't take 200-500"));
    CHECK(health("codes: \"101,200\"").starts_with("PW0104"));
    CHECK(said(scenes::two(", platforms: [linux/s390x]")).starts_with("PW0211 Fargate runs none"));
    CHECK(said(scenes::two(", env: { A: x }, secrets: { A: \"secret:s\" }"))
              .starts_with("PW0202 'A' of 'api' is plain configuration and a secret"));
}

TEST_CASE("certificates and states") {
    const std::string https = ", ingress: { type: load-balancer, https: { domain: a.example.com, certificate: ";
    CHECK(said(scenes::two("", https + "\"arn:aws:acm:eu-west-1:111111111111:certificate/1\" } }")).empty());
    CHECK(said(scenes::two("", https + "mine } }")).starts_with("PW0106 'mine' is no ARN of a certificate"));
    const auto state = [](const std::string& keys, const std::string& more) {
        std::string manifest = scenes::two("", "", more);
        const std::string place = "region: eu-west-1 }";
        return said(manifest.replace(manifest.find(place), place.size(), "region: eu-west-1, state: " + keys + " }"));
    };
    const std::string table = "infrastructure: { state: { lock: dynamodb } }\n";
    CHECK(state("{ bucket: b-1 }", "").empty());
    CHECK(state("{ table: t-1 }", "").starts_with("PW0211 nothing uses the lock table"));
    CHECK(state("{ bucket: b-1 }", table).starts_with("PW0203 an existing state bucket needs"));
    CHECK(state("{ bucket: b-1, table: t-1 }", table).empty());
    CHECK(state("{ table: t-1 }", table).empty());
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

TEST_CASE("a branch that no policy can name") {
    const Project project = scenes::project_of(scenes::two());
    std::vector<hosts::Use> uses = scenes::uses_of(project);
    const auto said_of = [&](const std::string& branch) {
        uses[0].claims.refs = {"refs/heads/" + branch};
        uses[0].claims.subjects = {"repo:acme/shop:ref:refs/heads/" + branch};
        Origins origins;
        Diagnostics diagnostics;
        infrastructure::model(project, uses, origins, diagnostics);
        return diagnostics.errors();
    };
    CHECK(said_of("caf\xC3\xA9") == 0);
    CHECK(said_of("\xE6\x97\xA5\xE6\x9C\xAC") == 1);
    CHECK(said_of("\xC4\x80") == 1);
}

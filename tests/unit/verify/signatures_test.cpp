// Rules 2 and 12 where images are signed: who signs, who asks for it, and with which token.
#include "generator/project/signing.h"
#include "house.h"

using namespace pipewright;
using scenes::House;

namespace {

const std::string kOnGitHub = "https://github.com/acme/shop/.github/workflows/delivery.yml@refs/heads/main";
const std::string kOnGitLab = "https://gitlab.com/acme/shop//.gitlab-ci.yml@refs/heads/main";

std::string told_of(const std::string& github, const std::string& gitlab) {
    return R"([{"issuer":"https://token.actions.githubusercontent.com","identity":")" + github +
           R"("},{"issuer":"https://gitlab.com","identity":")" + gitlab + R"("}])";
}

// The house, in which both hosts sign with cosign.
House signing_house() {
    House house;
    house.project.delivery.sign = kCosign;
    house.gitlab.path = ".gitlab-ci.yml";
    const std::string signers = told_of(kOnGitHub, kOnGitLab);
    for (const char* id : {"build-api", "deploy-dev-aws", "deploy-prod-aws"}) {
        auto& there = house.on_github("delivery.yml", id).variables;
        there.push_back({"SIGN", github::Text{"cosign"}});
        there.push_back({"SIGNERS", github::Text{signers}});
        auto& here = house.on_gitlab(id).variables;
        here.push_back({"SIGN", gitlab::Text{"cosign"}});
        here.push_back({"SIGNERS", gitlab::Text{signers}});
    }
    house.on_gitlab("build-api").tokens.push_back({"SIGSTORE_ID_TOKEN", "sigstore"});
    return house;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("2: signed by those who make images, and asked for by every deploy") {
    const House house = signing_house();
    CHECK(house.said(2) == "holds");
    CHECK(house.said(5) == "holds");
    CHECK(house.said(12) == "holds");
    CHECK(has(house.verdict(2).proof, "asks for a signature"));
}

TEST_CASE("2: a deploy that asks for no signature, and one that was told of another kind") {
    House house = signing_house();
    scenes::setting(house.on_github("delivery.yml", "deploy-prod-aws"), "SIGN") = github::Text{"none"};
    CHECK(house.said(2) == "deploy-prod-aws of delivery.yml is told of the signing 'none' instead of 'cosign'");
    House missing = signing_house();
    missing.on_gitlab("build-api").variables.clear();
    CHECK(has(missing.said(2), "build-api is told of the signing 'none' instead of 'cosign'"));
    House nobody = signing_house();
    nobody.project.delivery.sign = kNoSigning;
    CHECK(has(nobody.said(2), "is told of the signing 'cosign' instead of 'none'"));
}

TEST_CASE("2: a deploy that believes others, or not those who sign") {
    House wide = signing_house();
    const std::string any = "https://github.com/acme/shop/.github/workflows/delivery.yml@refs/heads/*";
    scenes::setting(wide.on_github("delivery.yml", "deploy-dev-aws"), "SIGNERS") =
        github::Text{told_of(any, kOnGitLab)};
    CHECK(has(wide.said(2), "deploy-dev-aws of delivery.yml takes the signature of " + any + ", which makes no image"));
    CHECK(has(wide.said(2), "does not take the signature of " + kOnGitHub + ", which makes images"));
    House empty = signing_house();
    scenes::setting(empty.on_gitlab("deploy-prod-aws"), "SIGNERS") = gitlab::Text{"everybody"};
    CHECK(has(empty.said(2), "deploy-prod-aws does not take the signature of " + kOnGitLab));
    // Of a workflow that makes no image any more nobody's signature counts.
    House gone = signing_house();
    gone.on_github("delivery.yml", "build-api").steps.back().run = github::ScriptCall{"ci/key.sh", false};
    CHECK(has(gone.said(2), "takes the signature of " + kOnGitHub + ", which makes no image"));
}

TEST_CASE("12: the token that signs is there where it is needed, and nowhere else") {
    House without = signing_house();
    without.on_gitlab("build-api").tokens.pop_back();
    CHECK(without.said(12) == "build-api signs an image and has no token for it");
    House other = signing_house();
    other.on_gitlab("scan-source").tokens = {{"SIGSTORE_ID_TOKEN", "sigstore"}};
    CHECK(other.said(12) == "scan-source has a token for sigstore, which no step of it needs");
    House anywhere = signing_house();
    anywhere.on_gitlab("build-api").tokens.back().audience = "https://gitlab.com/pipewright/guard";
    CHECK(has(anywhere.said(12), "build-api signs an image and has no token for it"));
}

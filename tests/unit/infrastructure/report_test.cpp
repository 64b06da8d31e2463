// Values that Terraform or AWS would refuse are errors here, where the manifest can be pointed at.
#include "uses.h"

using namespace pipewright;

namespace {

std::string said(const std::string& manifest) { return scenes::modelled(manifest).messages(); }

}  // namespace

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

// What printers make of a project: hostile values stay values, lines know where they come from, and a change of one
// value changes the lines that a reader would expect.
#include "generator/print/print.h"

#include <set>

#include "../scenes.h"
#include "generator/hosts/github/lower.h"
#include "generator/print/github/workflow.h"

using namespace pipewright;

namespace {

struct Printed {
    Origins origins;
    files::FileTree tree;
    Project project;
    Sources sources;
};

std::unique_ptr<Printed> printed(const std::string& manifest) {
    auto result = std::make_unique<Printed>();
    Diagnostics diagnostics;
    const SourceId source = result->sources.add("pipewright.yaml", manifest);
    auto project = manifest::load(result->sources, source, {"", "pipewright.yaml"}, diagnostics);
    REQUIRE_MESSAGE(project.has_value(), render_text(diagnostics.sorted(), result->sources, false));
    result->project = *project;
    const delivery::Graph graph = delivery::plan(result->project, Host::github, result->origins);
    const github::Pipeline pipeline = github::lower(result->project, graph, result->origins);
    const infrastructure::Model model =
        infrastructure::model(result->project, github::uses(pipeline), result->origins, diagnostics);
    print::Output output;
    output.project = result->project.name;
    output.manifest_path = "pipewright.yaml";
    output.github = &pipeline;
    output.infrastructure = &model;
    output.settings = &result->project;
    for (const delivery::DataFile& one : delivery::data_files(graph))
        output.data.emplace_back(delivery::path_of(result->project, one), one.content.text());
    output.scripts = github::scripts(pipeline);
    print::print_all(output, result->tree, diagnostics);
    CHECK_FALSE(diagnostics.has_errors());
    return result;
}

std::vector<std::string> lines_of(const std::string& bytes) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < bytes.size()) {
        const std::size_t end = bytes.find('\n', begin);
        lines.push_back(bytes.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

const std::string kDelivery = ".github/workflows/delivery.yml";

// The lines of a file of the second manifest that differ from those of the first, which has as many.
std::vector<std::string> changed(const std::string& before, const std::string& after,
                                 const std::string& file = kDelivery) {
    const auto a = lines_of(printed(before)->tree.find(file)->bytes);
    const auto b = lines_of(printed(after)->tree.find(file)->bytes);
    std::vector<std::string> lines;
    CHECK(a.size() == b.size());
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i] != b[i]) lines.push_back(b[i].substr(b[i].find_first_not_of(' ')));
    }
    return lines;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

const std::string kManifest = scenes::three(scenes::kPublic, "{ after: staging }", scenes::kReviewed);

}  // namespace

TEST_CASE("a host's expression in a value is printed as a literal of itself") {
    CHECK(print::github_text("plain") == "plain");
    CHECK(print::github_text("${{ secrets.X }}") == "${{ '${{' }} secrets.X }}");
    CHECK(print::github_text("$${{{{") == "$${{ '${{' }}{{");
    CHECK(print::github_text("${ {") == "${ {");
}

TEST_CASE("one value changes the lines that a reader would expect") {
    using Lines = std::vector<std::string>;
    CHECK(
        changed(kManifest,
                replaced(kManifest,
                         "deploy_on: { after: dev }, targets: { aws: { account: \"222222222222\", region: eu-west-1 }",
                         "deploy_on: { after: dev }, targets: { aws: { account: \"222222222222\", region: eu-west-1, "
                         "scaling: { min: 3, max: 5 } }"),
                "ci/targets/staging-aws.json") == Lines{"\"minimum\": 3,", "\"maximum\": 5,"});
    // What waits longer needs more time.
    CHECK(changed(kManifest, kManifest + "delivery: { smoke: { retries: 30 } }\n") ==
          Lines{"timeout-minutes: 130", "SMOKE_RETRIES: \"30\"", "timeout-minutes: 130", "SMOKE_RETRIES: \"30\"",
                "timeout-minutes: 130", "SMOKE_RETRIES: \"30\""});
    CHECK(changed(kManifest, kManifest + "delivery: { sbom: false }\n") == Lines{"SBOM: \"false\""});
    CHECK(changed(kManifest, replaced(kManifest, "approvers: [acme/owners]", "approvers: [octocat]")) ==
          Lines{"GATE_APPROVERS: '[\"octocat\"]'"});
    CHECK(changed(kManifest, "# a comment\n" + kManifest).empty());
}

TEST_CASE("the same manifest gives the same bytes") {
    const auto one = printed(kManifest);
    const auto other = printed(kManifest);
    CHECK(one->tree.files().size() == other->tree.files().size());
    for (const auto& [path, file] : one->tree.files()) CHECK(other->tree.find(path)->bytes == file.bytes);
}

TEST_CASE("every line of the workflow knows where in the manifest it comes from") {
    const auto result = printed(kManifest);
    const files::File& file = *result->tree.find(kDelivery);
    const auto lines = lines_of(file.bytes);
    REQUIRE(file.lines.size() == lines.size());
    std::string rule, place;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        CAPTURE(lines[i]);
        CHECK(file.lines[i].known());
        if (lines[i] != "    name: Deploy prod on aws") continue;
        const OriginEntry& entry = result->origins.at(file.lines[i]);
        rule = entry.rule;
        const Source& source = result->sources.at(entry.span.source);
        place = source.bytes().substr(entry.span.offset, entry.span.length) + " in line " +
                std::to_string(source.position(entry.span.offset).line);
    }
    CHECK(rule == "deploy of a target");
    CHECK(place == "aws in line 13");
}

TEST_CASE("what a script sources comes along, and nothing that no job needs") {
    const auto result = printed(kManifest);
    std::set<std::string> scripts;
    for (const auto& [path, file] : result->tree.files()) {
        if (path.rfind("ci/", 0) != 0) continue;
        scripts.insert(path);
        CHECK(file.mode == (path.rfind("ci/lib/", 0) == 0 || path.ends_with(".json") ? files::Mode::regular
                                                                                     : files::Mode::executable));
        for (const std::string& line : lines_of(file.bytes)) {
            const std::size_t source = line.find(". \"$here/lib/");
            if (source == std::string::npos || line.find_first_not_of(' ') != source) continue;
            std::string name = line.substr(source + 13, line.size() - source - 14);
            for (const auto& [variable, word] :
                 {std::pair{"$CLOUD", "aws"}, std::pair{"$REGISTRY", "ecr"}, std::pair{"$RUNTIME", "ecs-fargate"}}) {
                const std::size_t at = name.find(variable);
                if (at != std::string::npos) name.replace(at, std::string_view(variable).size(), word);
            }
            CAPTURE(path + " sources " + name);
            CHECK(result->tree.find("ci/lib/" + name) != nullptr);
        }
    }
    CHECK(scripts.count("ci/guard.sh") == 1);
    CHECK(scripts.count("ci/lib/registry.sh") == 1);
    CHECK(scripts.count("ci/lib/registry-ghcr.sh") == 0);
    const auto released = printed(scenes::three(scenes::kPublic, "{ tag: \"v*\" }", "release"));
    CHECK(released->tree.find("ci/guard.sh") == nullptr);
    CHECK(released->tree.find("ci/guard-tags.sh") != nullptr);
    CHECK(scripts.count("ci/guard-tags.sh") == 0);
    const auto unscanned = printed(kManifest + "delivery: { scan: { source: false } }\n");
    CHECK(unscanned->tree.find("ci/scan-source.sh") == nullptr);
    CHECK(unscanned->tree.find("ci/scan-image.sh") != nullptr);
}

TEST_CASE("the lock's pins are the actions that the workflows use") {
    Origins origins;
    const Project project = scenes::project_of(kManifest);
    const github::Pipeline pipeline = github::lower(project, delivery::plan(project, Host::github, origins), origins);
    print::Output output;
    output.github = &pipeline;
    std::set<std::string> names;
    for (const files::Pin& pin : print::used_pins(output)) names.insert(pin.name);
    CHECK(names == std::set<std::string>{"actions/checkout", "github/codeql-action/upload-sarif"});
}

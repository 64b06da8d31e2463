// GitLab's files: values stay values whatever they hold, and a manifest below the root has its files beside it.
#include "../scenes.h"
#include "generator/hosts/gitlab/lower.h"
#include "generator/print/gitlab/pipeline.h"
#include "generator/print/print.h"
#include "generator/yaml/read.h"

using namespace pipewright;

namespace {

struct Printed {
    Origins origins;
    files::FileTree tree;
    Diagnostics diagnostics;
};

std::unique_ptr<Printed> printed(const std::string& manifest, const std::string& folder = {}) {
    auto result = std::make_unique<Printed>();
    Project project = scenes::project_of(manifest);
    project.folder = folder;
    const gitlab::Pipeline pipeline =
        gitlab::lower(project, delivery::plan(project, Host::gitlab, result->origins), result->origins);
    print::Output output;
    output.folder = folder;
    output.manifest_path = print::below(output, "pipewright.yaml");
    output.gitlab = &pipeline;
    print::print_gitlab(output, result->tree, result->diagnostics);
    return result;
}

std::string scene(const std::string& host = "{}") {
    std::string manifest = scenes::three(host, "{ after: staging }", "manual");
    return manifest.replace(manifest.find("  github: "), 10, "  gitlab: ");
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

const std::string& bytes(const Printed& from, const std::string& path) {
    const files::File* file = from.tree.find(path);
    REQUIRE_MESSAGE(file != nullptr, "no file " << path);
    return file->bytes;
}

// What a reader makes of one document.
yaml::Node read(const std::string& text) {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("printed.yml", text);
    std::optional<yaml::Node> root = yaml::read(sources, source, diagnostics);
    REQUIRE_MESSAGE(root.has_value(), render_text(diagnostics.sorted(), sources, false));
    return *root;
}

const yaml::Node& at(const yaml::Node& node, const std::vector<std::string>& keys) {
    const yaml::Node* found = &node;
    for (const std::string& key : keys) {
        found = found->find(key);
        REQUIRE_MESSAGE(found != nullptr, "no key " << key);
    }
    return *found;
}

yaml::Node job_with(gitlab::Job job) {
    job.id = "job";
    gitlab::File file;
    file.jobs.push_back(std::move(job));
    return at(read(yaml::print(print::gitlab_file(file, "pipewright.yaml", false)).bytes), {"job"});
}

std::size_t count(const std::string& text, const std::string& word) {
    std::size_t all = 0;
    for (std::size_t i = text.find(word); i != std::string::npos; i = text.find(word, i + 1)) ++all;
    return all;
}

}  // namespace

TEST_CASE("a text in a variable is that text, whatever it holds") {
    for (const char* text : {"$CI_JOB_TOKEN", "${X}", "%CI_JOB_TOKEN%", "$$", "a$b\nc: d", "$[[ inputs.x ]]", "100%"}) {
        CAPTURE(text);
        gitlab::Job job;
        job.variables = {{"X", gitlab::Text{text}}};
        const yaml::Node node = job_with(job);
        CHECK(at(node, {"variables", "X", "value"}).text == text);
        CHECK(at(node, {"variables", "X", "expand"}).text == "false");
    }
    for (const char* text : {"plain", "it's \"quoted\"", "a\nb: c", "- #", "", "yes", "012", "é ✓"}) {
        CAPTURE(text);
        gitlab::Job job;
        job.variables = {{"X", gitlab::Text{text}}};
        CHECK(at(job_with(job), {"variables", "X"}).text == text);
    }
    gitlab::Job job;
    job.variables = {{"X", gitlab::Reference{"NPM_TOKEN"}}};
    CHECK(at(job_with(job), {"variables", "X"}).text == "$NPM_TOKEN");
}

TEST_CASE("a service's variable doubles what the runner would expand") {
    gitlab::Job job;
    job.services = {{"db", "postgres:16", {{"P", gitlab::Text{"$A ${B} $$ %C%"}}, {"Q", gitlab::Text{"plain"}}}}};
    const yaml::Node node = job_with(job);
    const yaml::Node& service = at(node, {"services"}).items.front();
    CHECK(at(service, {"variables", "P"}).text == "$$A $${B} $$$$ %C%");
    CHECK(at(service, {"variables", "Q"}).text == "plain");
    CHECK(at(service, {"alias"}).text == "db");
}

TEST_CASE("a user's lines are one program, in their folder; our own words are words of a shell") {
    gitlab::Job job;
    job.before = {gitlab::ScriptCall{"-odd $(id)/ci/install-tools.sh", {"aws", "a b"}}};
    job.script = {gitlab::UserLines{{"if true; then", "echo \"a: b\" # c", "fi"}, "app dir/$(id)'s"},
                  gitlab::Command{{"echo", "it's $HOME"}}, gitlab::HandOn{{"A", "B"}, ".out"}};
    const yaml::Node node = job_with(job);
    CHECK(at(node, {"before_script"}).items.front().text == "'./-odd $(id)/ci/install-tools.sh' aws 'a b'");
    const std::vector<yaml::Node>& script = at(node, {"script"}).items;
    REQUIRE(script.size() == 4);
    CHECK(script[0].text == "cd -- 'app dir/$(id)'\\''s'");
    CHECK(script[1].text == "if true; then\necho \"a: b\" # c\nfi\n");
    CHECK(script[2].text == "echo 'it'\\''s $HOME'");
    CHECK(script[3].text == "printf '%s\\n' \"A=$A\" \"B=$B\" >.out");
}

TEST_CASE("a rule by hand blocks, and a need says whether it may be absent and whether its variables come along") {
    gitlab::Job job;
    job.rules = {{gitlab::Expression::equal("A", "it's"), true, {{"X", gitlab::Reference{"FORM_X"}}}},
                 {gitlab::Expression::equal("B", "c"), false, {}}};
    job.needs = {{"one", false, true}, {"two", true, false}};
    const yaml::Node node = job_with(job);
    const std::vector<yaml::Node>& rules = at(node, {"rules"}).items;
    CHECK(at(rules[0], {"if"}).text == "$A == \"it's\"");
    CHECK(at(rules[0], {"when"}).text == "manual");
    CHECK(at(rules[0], {"allow_failure"}).text == "false");
    CHECK(at(rules[0], {"variables", "X"}).text == "$FORM_X");
    CHECK(rules[1].find("when") == nullptr);
    CHECK(rules[1].find("allow_failure") == nullptr);
    const std::vector<yaml::Node>& needs = at(node, {"needs"}).items;
    CHECK(at(needs[0], {"artifacts"}).text == "true");
    CHECK(needs[0].find("optional") == nullptr);
    CHECK(at(needs[1], {"artifacts"}).text == "false");
    CHECK(at(needs[1], {"optional"}).text == "true");
    CHECK(at(job_with({}), {"needs"}).items.empty());
}

TEST_CASE("what a person fills in is pasted between quotes, in the root file and nowhere else") {
    const auto result = printed(scene());
    const std::string root = bytes(*result, ".gitlab-ci.yml");
    CHECK(count(root, "$[[") == 6);
    for (const char* field : {"ACTION", "ENVIRONMENT", "CLOUD", "SERVICE", "IMAGE", "CONFIRM"}) {
        const std::string name = field;
        CHECK(root.find("  FORM_" + name + ": { value: \"$[[ inputs." + name + " ]]\", expand: false }\n") !=
              std::string::npos);
    }
    for (const auto& [path, file] : result->tree.files()) {
        if (path == ".gitlab-ci.yml") continue;
        CHECK(file.bytes.find("$[[") == std::string::npos);
        CHECK(file.bytes.find("spec:") == std::string::npos);
        CHECK(file.bytes.find("\n---") == std::string::npos);
    }
    const std::size_t end = root.find("\n---\n");
    REQUIRE(end != std::string::npos);
    const yaml::Node header = read(root.substr(0, end + 1));
    CHECK(header.entries.size() == 1);
    CHECK(at(header, {"spec", "inputs", "ACTION", "default"}).text == "none");
    const yaml::Node body = read(root.substr(end + 5));
    CHECK(at(body, {"include"}).items.size() == result->tree.files().size() - 1);
    for (const yaml::Node& one : at(body, {"include"}).items) {
        const std::string path = at(one, {"local"}).text;
        CHECK(path.front() == '/');
        bytes(*result, path.substr(1));
    }
    const auto bare = printed(scene() + "delivery: { operations: false }\n");
    CHECK(bytes(*bare, ".gitlab-ci.yml").find("spec:") == std::string::npos);
    CHECK(bytes(*bare, ".gitlab-ci.yml").find("FORM_") == std::string::npos);
}

TEST_CASE("a hostile manifest reaches no file but as text") {
    std::string manifest = scene("{ runner_tags: [\"a: b\", \"#x\"] }");
    manifest =
        replaced(manifest, "image: \"python:3.12\", run: [pytest]",
                 "image: \"python:3.12\", dir: \"x/$(id)\", env: { A: \"$CI_JOB_TOKEN\", B: \"$[[ inputs.x ]]\", "
                 "C: \"'\\\"\\n---\\nroot: 1\" }, run: [\"echo \\\"a: b\\\" # c\"]");
    manifest = replaced(manifest, "branch: main", "branch: \"feature/#1=a@b\"");
    const auto result = printed(manifest);
    const yaml::Node images = read(bytes(*result, ".gitlab/ci/images.yml"));
    const yaml::Node& test = at(images, {"test-api"});
    CHECK(at(test, {"variables", "A", "value"}).text == "$CI_JOB_TOKEN");
    CHECK(at(test, {"variables", "B", "value"}).text == "$[[ inputs.x ]]");
    CHECK(at(test, {"variables", "B", "expand"}).text == "false");
    CHECK(at(test, {"variables", "C"}).text == "'\"\n---\nroot: 1");
    CHECK(at(test, {"script"}).items[0].text == "cd -- 'x/$(id)'");
    // The branch stands in conditions as one expression that matches it alone.
    const std::string condition = at(at(images, {"build-api", "rules"}).items[0], {"if"}).text;
    CHECK(condition ==
          "$CI_PROJECT_PATH == \"acme/shop\" && $CI_PIPELINE_SOURCE == \"push\" && "
          "$CI_COMMIT_BRANCH == \"feature/#1=a@b\"");
}

TEST_CASE("every line knows where in the manifest it comes from, and the same manifest gives the same bytes") {
    const auto one = printed(scene());
    const auto other = printed(scene());
    for (const auto& [path, file] : one->tree.files()) {
        CAPTURE(path);
        CHECK(file.lines.size() == count(file.bytes, "\n"));
        for (const Origin& origin : file.lines) CHECK(origin.known());
        CHECK(file.bytes.starts_with(
            "# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.\n"));
        CHECK(bytes(*other, path) == file.bytes);
    }
    CHECK_FALSE(one->diagnostics.has_errors());
}

TEST_CASE("a manifest below the root has a configuration of its own, for the project's settings to name") {
    const auto result = printed(scene(), "services/my shop");
    std::vector<std::string> paths;
    for (const auto& [path, file] : result->tree.files()) paths.push_back(path);
    for (const std::string& path : paths) CHECK(path.starts_with("services/my shop/.gitlab"));
    const std::string root = bytes(*result, "services/my shop/.gitlab-ci.yml");
    CHECK(root.find("  - local: /services/my shop/.gitlab/ci/images.yml\n") != std::string::npos);
    CHECK(bytes(*result, "services/my shop/.gitlab/ci/images.yml").find("- \"'services/my shop/ci/build.sh'\"\n") !=
          std::string::npos);
    for (const char* odd : {"a$b", "a*b", "a%b%"}) {
        const auto refused = printed(scene(), odd);
        CHECK(refused->diagnostics.has_errors());
        CHECK(refused->tree.files().empty());
    }
}

TEST_CASE("files say of themselves what their jobs do, and nothing else") {
    const std::string root = ".gitlab-ci.yml", images = ".gitlab/ci/images.yml";
    const auto has = [](const Printed& from, const std::string& path, const std::string& part) {
        return bytes(from, path).find(part) != std::string::npos;
    };
    const auto all = printed(scene());
    CHECK(has(*all, root, "# Tests and scans, builds each image once and promotes it"));
    CHECK(has(*all, images, "# Tests and scans, and builds each image once."));
    CHECK(has(*all, images, "expire_in: 90 days # what needs it may wait for a person"));
    std::string bare = replaced(scene(), ", test: { image: \"python:3.12\", run: [pytest] }", "");
    CHECK(has(*printed(bare), root, "# Scans, builds each image once"));
    bare += "delivery: { scan: { source: false, image: false } }\n";
    CHECK(has(*printed(bare), root, "# Builds each image once"));

    std::string beside = scene("{ deploys: [] }");
    beside.insert(beside.find("  gitlab: "),
                  "  github: { visibility: public, subject: classic, deploys: [dev, staging, prod] }\n");
    beside = replaced(beside, "gate: manual", "gate: { type: manual, approvers: { github: [acme/owners] } }");
    const auto nothing = printed(beside);
    CHECK(
        has(*nothing, root, "# Tests and scans, and shows what would change; nothing is built or deployed from here."));
    CHECK(has(*nothing, root, "one for a push that the other host deploys."));
    CHECK(has(*nothing, root, "its cloud trusts: this project and the audience"));
    CHECK_FALSE(has(*nothing, ".gitlab/ci/infrastructure.yml", "may wait"));
}

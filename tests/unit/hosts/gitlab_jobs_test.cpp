// Lowering to GitLab: what jobs need, what they are told, where they run, and what GitLab's limits make of them.
#include "gitlab.h"

using namespace pipewright;
using namespace pipewright::gitlab;
using namespace pipewright::scenes;

TEST_CASE("needs: what comes before, optional where it may be absent, with artifacts where they are used") {
    const Pipeline pipeline = lowered(kManual).pipeline;
    CHECK(needs(job_of(pipeline, "test-api")).empty());
    CHECK(needs(job_of(pipeline, "build-api")) == "check-form? test-api?");
    CHECK(needs(job_of(pipeline, "scan-image-api")) == "build-api!");
    CHECK(needs(job_of(pipeline, "apply-dev-aws")) ==
          "check-form? build-api? scan-image-api? scan-source? plan-dev-aws!");
    CHECK(needs(job_of(pipeline, "deploy-dev-aws")) ==
          "check-form? build-api! scan-image-api scan-source? plan-dev-aws! apply-dev-aws");
    CHECK(needs(job_of(pipeline, "plan-prod-aws")) == "check-form? deploy-staging-aws?");
    CHECK(needs(job_of(pipeline, "guard-prod")) == "check-form? deploy-staging-aws?");
    CHECK(needs(job_of(pipeline, "release-prod")) == "check-form? deploy-staging-aws? plan-prod-aws? guard-prod");
    CHECK(needs(job_of(pipeline, "apply-prod-aws")) == "check-form? deploy-staging-aws? plan-prod-aws! release-prod");
    CHECK(needs(job_of(pipeline, "deploy-prod-aws")) ==
          "check-form? deploy-staging-aws? plan-prod-aws! apply-prod-aws release-prod");
    CHECK(needs(job_of(pipeline, "rollback-prod-aws")) == "check-form release-prod");
    CHECK(needs(job_of(pipeline, "destroy-dev-aws")) == "check-form plan-dev-aws!");
    CHECK(needs(job_of(lowered(kRelease).pipeline, "deploy-prod-aws")) ==
          "check-form? scan-source? plan-prod-aws! apply-prod-aws guard-prod");
}

TEST_CASE("every need is there whenever it is not optional, and stands in no later stage") {
    for (const std::string& manifest :
         {kManual + kOpen, kRelease + kOpen, scene("{ plan: premium }", "{ manual: true }", "manual"),
          kManual + "infrastructure: { apply: manual }\n"}) {
        const Lowered it = lowered(manifest);
        const std::vector<std::string>& stages = it.pipeline.stages;
        for (const gitlab::Job* job : jobs_of(it.pipeline)) {
            CAPTURE(job->id);
            CHECK_FALSE(job->rules.empty());
            CHECK(job->needs.size() <= 50);
            const auto place = [&](const gitlab::Job& one) {
                return std::find(stages.begin(), stages.end(), one.stage) - stages.begin();
            };
            CHECK(place(*job) < static_cast<std::ptrdiff_t>(stages.size()));
            for (const Need& need : job->needs) {
                CAPTURE(need.job);
                const gitlab::Job& other = job_of(it.pipeline, need.job);
                CHECK(place(other) <= place(*job));
                CHECK((!need.artifacts || !other.outputs.empty()));
                for (const delivery::Event& event : grid()) {
                    const Variables variables = variables_of(event);
                    if (rule_for(*job, variables) == nullptr || need.optional) continue;
                    CHECK(rule_for(other, variables) != nullptr);
                }
            }
        }
    }
}

TEST_CASE("what a person filled in is there in runs of the form alone") {
    const Pipeline pipeline = lowered(kManual).pipeline;
    const gitlab::Job& deploy = job_of(pipeline, "deploy-dev-aws");
    CHECK(value(deploy.variables, "FORCE") == "absent");
    CHECK(value(deploy.variables, "SERVICE") == "absent");
    const auto in = [&](const gitlab::Job& job, const delivery::Event& event, const char* name) {
        return value(rule_for(job, variables_of(event))->variables, name);
    };
    const delivery::Event push{delivery::EventKind::push_branch, "main", false, {}, {}, {}};
    const delivery::Event form{delivery::EventKind::form, "main", false, "deploy", "dev", "aws"};
    CHECK(in(deploy, push, "FORCE") == "absent");
    CHECK(in(deploy, push, "SERVICE") == "absent");
    CHECK(in(deploy, form, "FORCE") == "true");
    CHECK(in(deploy, form, "SERVICE") == "$FORM_SERVICE");
    CHECK(in(job_of(pipeline, "plan-dev-aws"), push, "ACTION") == "absent");
    CHECK(in(job_of(pipeline, "plan-dev-aws"), form, "ACTION") == "$FORM_ACTION");
    CHECK(in(job_of(pipeline, "check-form"), form, "STACK_CHOSEN") == "$FORM_CLOUD");
    CHECK(in(job_of(pipeline, "check-form"), form, "CONFIRM") == "$FORM_CONFIRM");
    CHECK(value(job_of(pipeline, "check-form").variables, "FORM").find("\"refs\": [\"refs/heads/main\"]") !=
          std::string::npos);
    // No rule may read what a job sets for itself.
    for (const gitlab::Job* job : jobs_of(pipeline)) {
        for (const Setting& one : job->variables) {
            CHECK_FALSE(one.name.starts_with("FORM_"));
            CHECK_FALSE(one.name.starts_with("CI_"));
        }
    }
    std::set<std::string> fields;
    for (const FormInput& one : pipeline.form) {
        fields.insert(one.name);
        const bool choice = std::find(one.options.begin(), one.options.end(), one.preset) != one.options.end();
        CHECK((choice || (one.options.empty() && one.preset.empty() && !one.pattern.empty())));
    }
    CHECK(fields == std::set<std::string>{"ACTION", "ENVIRONMENT", "CLOUD", "SERVICE", "IMAGE", "CONFIRM"});
    CHECK(lowered(kManual + "delivery: { operations: false }\n").pipeline.form.empty());
}

TEST_CASE("outputs come under the name that the script hands them on by, so that no variable repeats them") {
    const Lowered it = lowered(kManual);
    for (const delivery::Job& job : it.graph.jobs) {
        CHECK(job_of(it.pipeline, job.id).outputs.empty() == job.outputs.empty());
        for (const delivery::Variable& one : job.variables) {
            if (!std::holds_alternative<delivery::JobOutput>(one.value)) continue;
            CAPTURE(job.id + " " + one.name);
            CHECK(value(job_of(it.pipeline, job.id).variables, one.name) == "absent");
        }
    }
    CHECK(value(job_of(it.pipeline, "build-api").variables, "OUTPUT_FILE") == job_of(it.pipeline, "build-api").outputs);
}

TEST_CASE("builds: docker beside the job, or buildah without privilege") {
    const std::string platforms = ", platforms: [linux/amd64, linux/arm64] }\nstacks";
    const auto with = [&](const char* builder) {
        std::string manifest = scene(std::string("{ builder: ") + builder + " }", "{ after: staging }", "manual");
        const std::string end = " }\nstacks";
        return lowered(manifest.replace(manifest.find(end), end.size(), platforms)).pipeline;
    };
    const auto commands = [](const gitlab::Job& job) {
        std::string all;
        for (const ScriptLine& line : job.before) {
            if (const auto* call = std::get_if<ScriptCall>(&line)) {
                for (const std::string& one : call->arguments) all += one + " ";
            } else if (const auto* command = std::get_if<Command>(&line)) {
                all += "| " + command->words[1] + " ";
            }
        }
        return all;
    };
    const Pipeline docker = with("docker");
    for (const char* id : {"build-api", "try-api"}) {
        const gitlab::Job& job = job_of(docker, id);
        REQUIRE(job.services.size() == 1);
        CHECK(job.services.front().name == "docker");
        CHECK(job.services.front().image.find("-dind@sha256:") != std::string::npos);
        CHECK(value(job.variables, "DOCKER_HOST") == "tcp://docker:2376");
        CHECK(value(job.variables, "BUILDER") == "absent");
        CHECK(commands(job).find("docker docker-buildx") != std::string::npos);
        CHECK(commands(job).ends_with("| run "));
    }
    const Pipeline buildah = with("buildah");
    for (const char* id : {"build-api", "try-api"}) {
        const gitlab::Job& job = job_of(buildah, id);
        CHECK(job.services.empty());
        CHECK(value(job.variables, "BUILDER") == "buildah");
        CHECK(value(job.variables, "DOCKER_HOST") == "absent");
        CHECK(commands(job).find("docker") == std::string::npos);
        CHECK(commands(job).find("buildah") != std::string::npos);
        CHECK(job.about.find("QEMU") != std::string::npos);
    }
    CHECK(job_of(docker, "deploy-dev-aws").services.empty());
}

TEST_CASE("tests run in the user's image beside their services, and the user's variables win over ours") {
    std::string manifest = kManual;
    const std::string test = "image: \"python:3.12\", run: [pytest] }";
    manifest.replace(manifest.find(test), test.size(),
                     "image: \"python:3.12\", dir: \"a b\", env: { GIT_DEPTH: \"7\", X: \"$Y\" }, run: [\"if true; "
                     "then\", \"pytest; fi\"], "
                     "services: { db: { image: \"postgres:16\", env: { P: \"$Q\" } } } }");
    const Pipeline pipeline = lowered(manifest).pipeline;
    const gitlab::Job& job = job_of(pipeline, "test-api");
    CHECK(job.image == "python:3.12");
    CHECK(job.before.empty());
    CHECK(value(job.variables, "GIT_DEPTH") == "7");
    CHECK(value(job.variables, "X") == "$Y");
    REQUIRE(job.services.size() == 1);
    CHECK(job.services.front().name == "db");
    REQUIRE(job.script.size() == 1);
    CHECK(std::get<UserLines>(job.script.front()).directory == "a b");
    CHECK(std::get<UserLines>(job.script.front()).lines.size() == 2);
    CHECK(job.interruptible);
}

TEST_CASE("uses and scripts are those of the jobs") {
    const Lowered it = lowered(kManual);
    std::map<std::string, hosts::Use> all;
    for (const hosts::Use& one : uses(it.pipeline)) all[one.job] = one;
    for (const delivery::Job& job : it.graph.jobs) CHECK(all.contains(job.id) == job.identity.has_value());
    CHECK(all.at("deploy-prod-aws").kind == names::Identity::deploy);
    CHECK(all.at("deploy-prod-aws").environment == "prod");
    CHECK(all.at("deploy-prod-aws").stack == "aws");
    CHECK(all.at("deploy-prod-aws").scripts == std::vector<std::string>{"deploy.sh"});
    const std::vector<std::string> called = scripts(it.pipeline);
    const std::set<std::string> unique(called.begin(), called.end());
    CHECK(unique.size() == called.size());
    for (const char* one :
         {"install-tools.sh", "guard-gitlab.sh", "check-form.sh", "build.sh", "try.sh", "terraform-plan.sh",
          "terraform-apply.sh", "terraform-destroy.sh", "rollback.sh", "deploy.sh"}) {
        CHECK(unique.contains(one));
    }
}

TEST_CASE("a host that deploys nothing tests and plans, and asks for no gate") {
    Project project = scenes::project_of(kManual);
    for (Environment& one : project.environments) one.on_gitlab = false;
    Origins origins;
    const Pipeline pipeline = lower(project, delivery::plan(project, Host::gitlab, origins), origins);
    CHECK(pipeline.gates.empty());
    CHECK(pipeline.form.empty());
    CHECK(running(pipeline, variables_of({delivery::EventKind::change_request, "t", false, {}, {}, {}})) ==
          "scan-source test-api try-api plan-dev-aws plan-staging-aws plan-prod-aws");
    CHECK(running(pipeline, variables_of({delivery::EventKind::push_branch, "main", false, {}, {}, {}})) ==
          "scan-source test-api");
}

TEST_CASE("many images are gathered, so that no job needs more than GitLab takes, and all digests arrive") {
    std::string services = "services:\n";
    for (char first = 'a'; first < 'a' + 8; ++first) {
        for (char second = 'a'; second < 'a' + 8; ++second) {
            const std::string name = std::string(1, first) + "-" + second;
            services += "  " + name + ": { path: " + name + ", port: 8000, routes: [\"/" + name + "\"] }\n";
        }
    }
    const std::size_t begin = kManual.find("services:\n");
    const std::string manifest = kManual.substr(0, begin) + services + kManual.substr(kManual.find("stacks:\n"));
    const Lowered it = lowered(manifest);
    const gitlab::Job& deploy = job_of(it.pipeline, "deploy-dev-aws");
    CHECK(needs(deploy) ==
          "check-form? images-1! images-2! images-3! images-4! scan-source? plan-dev-aws! apply-dev-aws");
    CHECK(needs(job_of(it.pipeline, "apply-dev-aws")) ==
          "check-form? images-1? images-2? images-3? images-4? scan-source? plan-dev-aws!");
    CHECK(needs(job_of(it.pipeline, "scan-image-a-a")) == "build-a-a!");
    std::set<std::string> handed, wanted, waited;
    for (const gitlab::Job* job : jobs_of(it.pipeline)) {
        CAPTURE(job->id);
        CHECK(job->needs.size() <= 50);
        if (!job->id.starts_with("images-")) continue;
        const HandOn& on = std::get<HandOn>(job->script.front());
        CHECK(on.variables.size() <= 20);
        CHECK(on.file == job->outputs);
        handed.insert(on.variables.begin(), on.variables.end());
        for (const Need& need : job->needs) waited.insert(need.job);
        CHECK_FALSE(job->identity.has_value());
        for (const delivery::Event& event : grid()) {
            const Variables variables = variables_of(event);
            CHECK((rule_for(*job, variables) == nullptr) ==
                  (rule_for(job_of(it.pipeline, "build-a-a"), variables) == nullptr));
        }
    }
    for (const delivery::Variable& one : it.graph.job("deploy-dev-aws")->variables) {
        if (one.name.starts_with("DIGEST_")) wanted.insert(one.name);
    }
    CHECK(wanted.size() == 64);
    CHECK(handed == wanted);
    CHECK(waited.size() == 128);
}

// Lowering to GitLab: expressions, gates by plan, rules against the graph's own evaluator, and what tokens carry.
#include "gitlab.h"

using namespace pipewright;
using namespace pipewright::gitlab;
using namespace pipewright::scenes;

TEST_CASE("expressions are printed so that no text of them can be anything else") {
    CHECK(E::equal("A", "x").print() == "$A == \"x\"");
    CHECK(E::equal("A", "it's B").print() == "$A == \"it's B\"");
    CHECK(E::equal("A", "\"x\" || B").print() == "$A == '\"x\" || B'");
    CHECK(E::equal("A", "$B").print() == "$A =~ /^\\x24B$/");
    CHECK(E::equal("A", "'\"/.*").print() == "$A =~ /^\\x27\\x22\\/\\.\\x2A$/");
    CHECK(E::differs("A", "none").print() == "$A != \"none\"");
    CHECK(E::differs("A", "'\"").print() == "$A !~ /^\\x27\\x22$/");
    CHECK(E::same("A", "B").print() == "$A == $B");
    CHECK(E::one_of("A", {"x"}).print() == "$A == \"x\"");
    CHECK(E::one_of("A", {"x", "y.z"}).print() == "$A =~ /^(x|y\\.z)$/");
    CHECK(E::matches("A", "v1").print() == "$A == \"v1\"");
    CHECK(E::matches("A", "r-*/x*.y").print() == "$A =~ /^r-[^\\/]*\\/x[^\\/]*\\.y$/");
    CHECK(E::matches("A", "*+(é").print() == "$A =~ /^[^\\/]*\\x2B\\x28é$/");
    const E a = E::equal("A", "x");
    CHECK(E::all_of({a, E::any_of({a, a})}).print() == "$A == \"x\" && ($A == \"x\" || $A == \"x\")");
    CHECK(E::any_of({a, E::all_of({a, a})}).print() == "$A == \"x\" || ($A == \"x\" && $A == \"x\")");
    CHECK(E::all_of({a}).print() == "$A == \"x\"");
}

TEST_CASE("the gate is the strongest that the plan has") {
    const auto form = [](const char* plan, const char* trigger, const char* gate) {
        const std::string host = std::string("{ plan: ") + plan + " }";
        return lowered(scene(host, trigger, gate)).pipeline.gates.back().form;
    };
    for (const char* plan : {"free", "premium", "ultimate"}) {
        const bool free = std::string(plan) == "free";
        CHECK(form(plan, "{ after: staging }", "manual") == (free ? GateForm::manual_job : GateForm::deployment));
        CHECK(form(plan, "{ tag: \"v*\" }", "manual") == (free ? GateForm::manual_job : GateForm::deployment));
        CHECK(form(plan, "{ tag: \"v*\" }", "release") == GateForm::release);
    }
    const Pipeline pipeline = lowered(kManual).pipeline;
    REQUIRE(pipeline.gates.size() == 3);
    CHECK(pipeline.gates.front().form == GateForm::none);
    CHECK(pipeline.gates.back().job == "release-prod");
    CHECK(pipeline.gates.back().refs == std::vector<std::string>{"refs/heads/main"});
}

TEST_CASE("rules say what the graph's conditions say, for every event") {
    for (const std::string& manifest :
         {kManual + kOpen, kRelease + kOpen, scene("{ plan: premium }", "{ manual: true }", "manual"),
          kManual + "delivery: { operations: false }\n", kManual + "infrastructure: { apply: manual }\n"}) {
        const Lowered it = lowered(manifest);
        for (const delivery::Event& event : grid()) {
            const Variables variables = variables_of(event);
            for (const delivery::Job& job : it.graph.jobs) {
                CAPTURE(job.id);
                CAPTURE(
                    delivery::full_ref({event.kind, event.ref, true, event.action, event.environment, event.stack}));
                CAPTURE(event.action + " " + event.environment + " " + event.stack);
                const bool runs = rule_for(job_of(it.pipeline, job.id), variables) != nullptr;
                const bool form = event.kind == delivery::EventKind::form;
                // What a person chose is looked at, whatever it is.
                if (job.kind == delivery::JobKind::check_form) {
                    CHECK(runs == form);
                } else {
                    CHECK(runs == delivery::holds(job.when, event));
                }
            }
            // A pipeline is made for what some job runs on, and for what a person asked; nothing else makes one.
            const bool any = std::any_of(it.graph.jobs.begin(), it.graph.jobs.end(),
                                         [&](const delivery::Job& job) { return delivery::holds(job.when, event); });
            const bool made = std::any_of(it.pipeline.rules.begin(), it.pipeline.rules.end(),
                                          [&](const WorkflowRule& one) { return holds(one.condition, variables); });
            const bool asked = event.kind == delivery::EventKind::form && !it.pipeline.form.empty();
            CHECK(made == (any || asked));
        }
    }
}

TEST_CASE(
    "a form is what a person runs: a push that carries its fields is a push, and without an action nothing runs") {
    const Pipeline pipeline = lowered(kManual).pipeline;
    Variables push = variables_of({delivery::EventKind::push_branch, "main", false, {}, {}, {}});
    const std::string usual = running(pipeline, push);
    push["FORM_ACTION"] = "destroy";
    CHECK(running(pipeline, push) == usual);
    CHECK(usual.find("check-form") == std::string::npos);
    Variables none = variables_of({delivery::EventKind::form, "main", false, "none", "dev", "aws"});
    CHECK(running(pipeline, none).empty());
    for (const WorkflowRule& one : pipeline.rules) CHECK_FALSE(holds(one.condition, none));
    for (const char* source : {"api", "trigger"}) {
        Variables asked = variables_of({delivery::EventKind::form, "main", false, "rollback", "dev", "aws"});
        asked["CI_PIPELINE_SOURCE"] = source;
        CHECK(running(pipeline, asked) == "check-form rollback-dev-aws");
    }
}

TEST_CASE("only merge requests are stopped by a newer pipeline") {
    for (const WorkflowRule& one : lowered(kManual).pipeline.rules) {
        const bool request =
            holds(one.condition, variables_of({delivery::EventKind::change_request, "t", false, {}, {}, {}}));
        CHECK(one.newest_only == request);
    }
}

TEST_CASE("a person stands before a gated environment, and before a change that nobody has seen") {
    const Pipeline manual = lowered(kManual).pipeline;
    CHECK(asked(manual, "infra", "dev") == "plan-dev-aws apply-dev-aws? check-form");
    CHECK(asked(manual, "destroy", "dev") == "plan-dev-aws check-form destroy-dev-aws?");
    CHECK(asked(manual, "infra", "prod") == "plan-prod-aws guard-prod release-prod? apply-prod-aws check-form");
    CHECK(asked(manual, "deploy", "prod") ==
          "plan-prod-aws guard-prod release-prod? apply-prod-aws deploy-prod-aws check-form");
    CHECK(asked(manual, "rollback", "prod") == "guard-prod release-prod? check-form rollback-prod-aws");
    CHECK(asked(manual, "destroy", "prod") == "check-form");
    const Variables push = variables_of({delivery::EventKind::push_branch, "main", false, {}, {}, {}});
    CHECK(running(manual, push).find("guard-prod release-prod? apply-prod-aws deploy-prod-aws") != std::string::npos);
    CHECK(running(manual, push).find("apply-dev-aws deploy-dev-aws") != std::string::npos);
    const Pipeline release = lowered(kRelease).pipeline;
    CHECK(find(release, "release-prod") == nullptr);
    CHECK(asked(release, "infra", "prod") == "plan-prod-aws guard-prod apply-prod-aws? check-form");
    CHECK(asked(release, "deploy", "prod") == "plan-prod-aws guard-prod apply-prod-aws deploy-prod-aws check-form");
    CHECK(running(release, variables_of({delivery::EventKind::push_tag, "v1", false, {}, {}, {}})) ==
          "scan-source plan-prod-aws guard-prod apply-prod-aws deploy-prod-aws");
}

TEST_CASE("tokens: an audience for each kind, the subject of the very ref, and any branch for plans alone") {
    const Pipeline pipeline = lowered(kManual).pipeline;
    const auto claims = [](const Pipeline& from, const char* id) { return *job_of(from, id).claims; };
    const std::string main = "project_path:acme/shop:ref_type:branch:ref:main";
    for (const char* id : {"build-api", "scan-image-api", "apply-dev-aws", "deploy-staging-aws", "rollback-dev-aws",
                           "destroy-dev-aws"}) {
        CAPTURE(id);
        CHECK(claims(pipeline, id).audience == "https://gitlab.com/pipewright/open");
        CHECK(claims(pipeline, id).subjects == std::vector<std::string>{main});
        CHECK_FALSE(claims(pipeline, id).any_branch);
        CHECK(claims(pipeline, id).issuer == "gitlab.com");
        CHECK(claims(pipeline, id).host == Host::gitlab);
    }
    for (const char* id : {"apply-prod-aws", "deploy-prod-aws", "rollback-prod-aws"}) {
        CHECK(claims(pipeline, id).audience == "https://gitlab.com/pipewright/gated");
        CHECK(claims(pipeline, id).subjects == std::vector<std::string>{main});
    }
    CHECK(claims(pipeline, "plan-prod-aws").audience == "https://gitlab.com/pipewright/plan");
    CHECK(claims(pipeline, "plan-prod-aws").any_branch);
    CHECK(claims(pipeline, "plan-prod-aws").subjects ==
          std::vector<std::string>{"project_path:acme/shop:ref_type:branch:ref:*"});
    const Pipeline release = lowered(kRelease).pipeline;
    const std::string tag = "project_path:acme/shop:ref_type:tag:ref:v*";
    CHECK(claims(release, "deploy-prod-aws").subjects == std::vector<std::string>{tag});
    CHECK(claims(release, "rollback-prod-aws").subjects == std::vector<std::string>{tag});
    CHECK(claims(release, "plan-prod-aws").subjects ==
          std::vector<std::string>{"project_path:acme/shop:ref_type:branch:ref:*", tag});
    const Pipeline own =
        lowered(scene("{ url: \"https://git.example.org/lab\", repository: a/b/c }", "{ after: staging }", "manual"))
            .pipeline;
    CHECK(claims(own, "deploy-prod-aws").issuer == "git.example.org/lab");
    CHECK(claims(own, "deploy-prod-aws").audience == "https://git.example.org/lab/pipewright/gated");
    CHECK(claims(own, "deploy-prod-aws").subjects ==
          std::vector<std::string>{"project_path:a/b/c:ref_type:branch:ref:main"});
}

TEST_CASE("a job has a cloud's token if and only if it has an identity; then no fork runs it and nothing stops it") {
    for (const std::string& manifest :
         {kManual, kRelease, scene("{ plan: ultimate, builder: buildah }", "{ after: staging }", "manual")}) {
        const Lowered it = lowered(manifest);
        for (const gitlab::Job* job : jobs_of(it.pipeline)) {
            CAPTURE(job->id);
            const bool token = std::any_of(job->tokens.begin(), job->tokens.end(),
                                           [](const IdToken& one) { return one.variable == "AWS_ID_TOKEN"; });
            CHECK(token == job->identity.has_value());
            CHECK(token == job->claims.has_value());
            if (token) CHECK(job->tokens.front().audience == job->claims->audience);
            CHECK(job->timeout_minutes > 0);
            const bool gate = job->id.starts_with("guard-") || job->id.starts_with("release-");
            if (!token && !gate) continue;
            CHECK_FALSE(job->interruptible);
            for (const delivery::Event& event : grid()) {
                CHECK(rule_for(*job, variables_of(event, "somebody/shop")) == nullptr);
                if (event.fork) CHECK(rule_for(*job, variables_of(event)) == nullptr);
            }
        }
    }
}

TEST_CASE(
    "guards ask with an audience that nothing trusts, and the environment's own protection where it is a deployment") {
    const Pipeline free = lowered(kManual).pipeline;
    const gitlab::Job& guard = job_of(free, "guard-prod");
    REQUIRE(guard.tokens.size() == 1);
    CHECK(guard.tokens.front().variable == "GATE_ID_TOKEN");
    CHECK(guard.tokens.front().audience == "https://gitlab.com/pipewright/guard");
    CHECK(value(guard.variables, "GATE_PLAN") == "free");
    CHECK(value(guard.variables, "GATE_ENVIRONMENT") == "prod");
    CHECK_FALSE(guard.deployment.has_value());
    const gitlab::Job& release = job_of(free, "release-prod");
    CHECK(release.tokens.empty());
    CHECK_FALSE(release.deployment.has_value());
    CHECK(value(release.variables, "GIT_STRATEGY") == "none");
    const Pipeline premium = lowered(scene("{ plan: premium }", "{ after: staging }", "manual")).pipeline;
    CHECK_FALSE(job_of(premium, "guard-prod").deployment.has_value());
    const gitlab::Job& deployment = job_of(premium, "release-prod");
    REQUIRE(deployment.deployment.has_value());
    CHECK(deployment.deployment->environment == "prod");
    CHECK(deployment.deployment->production);
    CHECK(value(deployment.variables, "GATE_PLAN") == "premium");
    CHECK_FALSE(deployment.identity.has_value());
    for (const gitlab::Job* job : jobs_of(premium)) {
        if (job->id != "release-prod") CHECK_FALSE(job->deployment.has_value());
    }
}

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/delivery/planner.h"
#include "generator/delivery/services.h"
#include "generator/project/registry.h"
#include "generator/project/signing.h"

namespace pipewright::delivery {

namespace {

std::string word(FailOn level) {
    switch (level) {
        case FailOn::critical: return "critical";
        case FailOn::high: return "high";
        case FailOn::medium: return "medium";
        case FailOn::none: return "none";
    }
    return "none";
}

}  // namespace

// Findings are uploaded where the host's plan has a place for them.
bool Planner::uploads() const { return host_ == Host::github && project_.github && project_.github->code_scanning; }

void Planner::add_scan(Job& job, std::string name, std::string script, const std::string& category, Variables variables,
                       bool upload) const {
    variables.push_back(text("FAIL_ON", word(project_.delivery.fail_on)));
    if (upload) {
        variables.push_back(text("REPORT", "report.sarif"));
        job.writes_report = true;
    }
    job.steps.push_back({RunScript{std::move(name), std::move(script), std::move(variables), {}}, job.origin});
    if (upload) job.steps.push_back({UploadReport{"report.sarif", category}, job.origin});
}

// Whether what is committed is what the manifest generates. It holds nothing, so it also runs for a fork.
void Planner::check() {
    if (project_.delivery.check_url.empty()) return;
    Job job;
    job.id = "check";
    job.kind = JobKind::check;
    job.title = "Check the generated files";
    job.about = "Is what is committed what pipewright makes of the manifest? Runs the very program that it names.";
    job.when = {{change_request()}};
    job.timeout_minutes = 10;
    job.origin = origins_.intern(project_.span, "check of the generated files");
    job.steps.push_back({Checkout{}, job.origin});
    job.steps.push_back(
        {RunScript{"Check the generated files",
                   "check.sh",
                   {text("CHECK_URL", project_.delivery.check_url),
                    text("CHECK_SHA256", project_.delivery.check_sha256), text("MANIFEST", project_.manifest_path)},
                   {}},
         job.origin});
    add(std::move(job));
}

void Planner::scan_source() {
    Job job;
    job.id = "scan-source";
    job.kind = JobKind::scan_source;
    job.title = "Scan the source";
    job.about = "Looks for known vulnerabilities and for secrets in what is committed.";
    job.when = every_event();
    job.timeout_minutes = 15;
    job.origin = origins_.intern(project_.span, "scan of the source");
    job.steps.push_back({Checkout{}, job.origin});
    add_scan(job, "Scan the source", "scan-source.sh", "source", {}, uploads());
    add(std::move(job));
}

void Planner::test(const Service& service) {
    Job job;
    job.id = "test-" + service.name;
    job.kind = JobKind::test;
    job.title = "Test " + service.name;
    job.when = change_requests_and_builds();
    job.service = service.name;
    job.timeout_minutes = 30;
    job.origin = origins_.intern(service.test->span, "tests of a service");
    job.container = Container{service.test->image, {}};
    for (const pipewright::SideContainer& side : service.test->services) {
        SideContainer container{side.name, side.image, {}};
        for (const auto& [name, value] : side.env) container.variables.push_back(text(name, value));
        job.container->sides.push_back(std::move(container));
    }
    RunCommands commands{"Test " + service.name, service.test->directory, service.test->run, {}};
    for (const auto& [name, value] : service.test->env) commands.variables.push_back(text(name, value));
    job.steps.push_back({Checkout{}, job.origin});
    job.steps.push_back({std::move(commands), job.origin});
    add(std::move(job));
}

// Whether a platform is not the runner's own. GitHub's ARM runners have "arm" in their labels; a runner that says
// nothing counts as x86-64, and emulation that is not needed does no harm.
bool Planner::needs_emulation(const Service& service) const {
    std::string native = "linux/amd64";
    if (host_ == Host::github && project_.github) {
        for (const std::string& label : project_.github->runner) {
            if (label.find("arm") != std::string::npos || label.find("ARM") != std::string::npos)
                native = "linux/arm64";
        }
    }
    const Names& platforms = service.content.platforms;
    return std::any_of(platforms.begin(), platforms.end(), [&](const std::string& one) { return one != native; });
}

void Planner::add_build_steps(Job& job, const Service& service) const {
    job.steps.push_back({Checkout{}, job.origin});
    if (needs_emulation(service)) job.steps.push_back({SetUpEmulation{}, job.origin});
}

void Planner::add_build_secrets(const Service& service, Variables& variables) {
    for (const BuildSecret& one : service.content.secrets)
        variables.push_back({"SECRET_" + one.variable, Secret{one.variable}, {}});
}

void Planner::try_build(const Service& service) {
    Job job;
    job.id = "try-" + service.name;
    job.kind = JobKind::try_build;
    job.title = "Try to build " + service.name;
    job.about = "Builds without pushing; a job of its own, so that it holds no identity.";
    job.when.any = {change_request()};
    job.service = service.name;
    job.timeout_minutes = 45;
    job.origin = origins_.intern(service.span, "trial build of a service");
    job.variables = {text("SERVICE", service.name), image_data(service)};
    add_build_steps(job, service);
    Variables variables;
    if (project_.delivery.scan_image) {
        variables.push_back(text("FAIL_ON", word(project_.delivery.fail_on)));
    } else {
        variables.push_back(text("SCAN", "false"));
    }
    // A fork's change request is given no secrets by either host; its build then fails where it needs one.
    add_build_secrets(service, variables);
    job.steps.push_back({RunScript{"Build without pushing", "try.sh", std::move(variables), {}}, job.origin});
    add(std::move(job));
}

// What the image of a service is made of, and where it lives at first.
Variable Planner::image_data(const Service& service) const {
    const Target& target = project_.first().targets.front();
    return {"SERVICES_FILE",
            DataFile{"images/" + service.name + ".json", JsonText(image_service(project_, target, service))},
            {}};
}

// Images belong to the first environment's first target. Where a token opens the registry there is nothing to do in the
// cloud, so the job acts as nobody there.
void Planner::place_image_job(Job& job, const Service& service) const {
    const Target& target = project_.first().targets.front();
    job.service = service.name;
    job.environment = target.environment;
    job.stack = target.stack;
    if (registries::by_cloud(project_)) {
        job.identity = identity_of(target, names::Identity::build);
        job.variables = {text("ENVIRONMENT", target.environment), text("CLOUD", std::string(to_string(target.cloud)))};
        sign_in_to(*job.identity, target, job.variables);
    }
    job.variables.push_back(text("REGISTRY", std::string(registries::word(project_, target))));
    job.variables.push_back(text("SERVICE", service.name));
    job.variables.push_back(image_data(service));
}

// The job of which every deploy of the first environment has the digest: a build, or for a ready image the copy of what
// its reference means at that moment.
void Planner::make_image(const Service& service) {
    const bool built = service.is_built();
    Job job;
    job.id = image_job(service);
    job.kind = built ? JobKind::build : JobKind::resolve;
    job.title = (built ? "Build " : "Resolve the image of ") + service.name;
    job.about = built ? "Looks for these contents first; nothing but this job builds them."
                      : "Nothing but this job makes a digest of the reference; one that was resolved keeps what it was "
                        "then.";
    job.when = builds();
    job.needs = {{kCheckForm}};
    if (service.test) job.needs.push_back({"test-" + service.name});
    place_image_job(job, service);
    job.timeout_minutes = 60;
    job.origin = origins_.intern(service.span, built ? "build of a service" : "ready image of a service");
    Variables variables = registry_credentials(job, RegistryUse::writes);
    if (built) {
        add_build_steps(job, service);
        variables.push_back(text("SBOM", project_.delivery.sbom ? "true" : "false"));
        add_build_secrets(service, variables);
        job.steps.push_back({RunScript{"Build and push", "build.sh", std::move(variables), "main"}, job.origin});
    } else {
        job.steps.push_back({Checkout{}, job.origin});
        job.steps.push_back({RunScript{"Resolve and copy", "resolve.sh", std::move(variables), "main"}, job.origin});
    }
    tell_signing(job);
    job.outputs = {"digest"};
    add(std::move(job));
}

// Who signs stands in what the hosts make of the jobs (hosts/NAME/signing.cpp); this says that somebody does.
void Planner::tell_signing(Job& job) const {
    if (signing(project_) != kNoSigning) job.variables.push_back(text("SIGN", std::string(signing(project_))));
}

void Planner::scan_image(const Service& service) {
    Job job;
    job.id = "scan-image-" + service.name;
    job.kind = JobKind::scan_image;
    job.title = "Scan the image of " + service.name;
    job.when = builds();
    job.needs = {{image_job(service)}};
    place_image_job(job, service);
    job.timeout_minutes = 20;
    job.origin = origins_.intern(service.span, "scan of an image");
    job.variables.push_back({digest_variable(service.name), JobOutput{image_job(service), "digest"}});
    job.steps.push_back({Checkout{}, job.origin});
    add_scan(job, "Scan the image", "scan-image.sh", "image-" + service.name,
             registry_credentials(job, RegistryUse::reads), uploads());
    add(std::move(job));
}

}  // namespace pipewright::delivery

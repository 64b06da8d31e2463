#include "generator/manifest/resolve.h"

namespace pipewright::manifest {

namespace {

constexpr std::string_view kNewestTerraform = "1.11.4";
constexpr std::string_view kNewestOpenTofu = "1.12.6";

Registry registry_of(const written::Manifest& manifest, Diagnostics& diagnostics) {
    const written::Registry& from = *manifest.registry;
    Registry registry;
    registry.span = manifest.registry.place();
    if (from.kind.present()) {
        registry.kind = *from.kind == "ghcr"     ? RegistryKind::ghcr
                        : *from.kind == "gitlab" ? RegistryKind::gitlab
                                                 : RegistryKind::native;
        return registry;
    }
    int given = 0;
    const auto shared = [&](const Field<written::SharedRegistry>& field, RegistryKind kind) {
        if (!field.given()) return;
        ++given;
        registry.kind = kind;
        registry.pull_secret = *field->pull_secret;
    };
    shared(from.ghcr, RegistryKind::ghcr);
    shared(from.gitlab, RegistryKind::gitlab);
    if (from.dockerhub.given()) {
        ++given;
        registry.kind = RegistryKind::dockerhub;
        registry.space = *from.dockerhub->space;
        registry.pull_secret = *from.dockerhub->pull_secret;
    }
    if (from.ecr.given()) {
        ++given;
        registry.kind = RegistryKind::ecr;
        registry.account = *from.ecr->account;
        registry.region = *from.ecr->region;
    }
    if (given != 1) {
        diagnostics.report(
            Code::exclusive_keys, registry.span, "'registry' must name exactly one registry",
            "native, ghcr, gitlab, { dockerhub: { namespace: NAME } } or { ecr: { account: ID, region: REGION } }");
    }
    return registry;
}

Delivery delivery_of(const written::Delivery& from) {
    Delivery delivery;
    delivery.scan_source = *from.scan->source;
    delivery.scan_image = *from.scan->image;
    const std::string& level = *from.scan->fail_on;
    delivery.fail_on = level == "critical" ? FailOn::critical
                       : level == "high"   ? FailOn::high
                       : level == "medium" ? FailOn::medium
                                           : FailOn::none;
    delivery.sbom = *from.sbom;
    delivery.sign = *from.sign;
    delivery.smoke_retries = *from.smoke->retries;
    delivery.smoke_delay_seconds = *from.smoke->delay_seconds;
    if (from.notify.given()) delivery.slack_secret = *from.notify->slack;
    if (from.drift.given()) delivery.drift_schedule = *from.drift->schedule;
    delivery.operations = *from.operations;
    if (from.check.given()) {
        delivery.check_url = *from.check->url;
        delivery.check_sha256 = *from.check->sha256;
    }
    return delivery;
}

}  // namespace

void resolve_settings(const written::Manifest& from, Project& to, Diagnostics& diagnostics) {
    to.registry = registry_of(from, diagnostics);
    to.delivery = delivery_of(*from.delivery);
    const written::Infrastructure& infrastructure = *from.infrastructure;
    InfrastructureSettings& settings = to.infrastructure;
    settings.tool = *infrastructure.tool;
    settings.version = infrastructure.version.given()
                           ? *infrastructure.version
                           : std::string(settings.tool == "opentofu" ? kNewestOpenTofu : kNewestTerraform);
    settings.directory = *infrastructure.directory;
    settings.lock = *infrastructure.state->lock;
    settings.state_bucket = infrastructure.state->bucket.given() ? *infrastructure.state->bucket : to.name + "-tfstate";
    settings.state_table = infrastructure.state->table.given() ? *infrastructure.state->table : settings.state_bucket;
    settings.apply_gated = *infrastructure.apply == "gated";
    const written::IdentityKinds& kinds = *infrastructure.identity;
    const Field<std::string>& aws = kinds.aws.given() ? kinds.aws : kinds.all;
    settings.aws_static_keys = aws.given() && *aws == "static-keys";
    settings.permissions = texts(infrastructure.permissions);
    const written::Extend& extend = *from.extend;
    if (extend.before_deploy.given() || extend.after_deploy.given() || !extend.jobs->empty())
        to.extended = from.extend.key;
    if (settings.aws_static_keys) {
        diagnostics.report(Code::static_keys, aws.place(), "jobs sign in to AWS with long-lived keys",
                           "oidc needs no key that could leak, and expires by itself");
    }
}

}  // namespace pipewright::manifest

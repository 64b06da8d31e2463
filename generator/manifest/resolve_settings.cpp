#include "generator/manifest/resolve.h"

namespace pipewright::manifest {

namespace {

Registry registry_of(const Field<written::Registry>& from) {
    Registry registry;
    registry.span = from.place();
    if (from->kind.present()) {
        registry.kind = *from->kind == "ghcr"     ? RegistryKind::ghcr
                        : *from->kind == "gitlab" ? RegistryKind::gitlab
                                                  : RegistryKind::native;
        return registry;
    }
    const auto shared = [&](const Field<written::SharedRegistry>& field, RegistryKind kind) {
        if (!field.given()) return;
        registry.kind = kind;
        registry.pull_secret = *field->pull_secret;
    };
    shared(from->ghcr, RegistryKind::ghcr);
    shared(from->gitlab, RegistryKind::gitlab);
    if (from->dockerhub.given()) {
        registry.kind = RegistryKind::dockerhub;
        registry.space = *from->dockerhub->space;
        registry.pull_secret = *from->dockerhub->pull_secret;
    }
    if (from->ecr.given()) {
        registry.kind = RegistryKind::ecr;
        registry.account = *from->ecr->account;
        registry.region = *from->ecr->region;
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

InfrastructureSettings infrastructure_of(const written::Infrastructure& from) {
    InfrastructureSettings settings;
    settings.tool = *from.tool;
    settings.version = *from.version;
    settings.directory = *from.directory;
    settings.lock = *from.state->lock;
    settings.state_bucket = *from.state->bucket;
    settings.state_table = *from.state->table;
    settings.apply_gated = *from.apply == "gated";
    const written::IdentityKinds& kinds = *from.identity;
    settings.aws_static_keys = *(kinds.aws.given() ? kinds.aws : kinds.all) == "static-keys";
    settings.permissions = texts(from.permissions);
    return settings;
}

std::optional<Hook> hook_of(const Field<written::Hook>& from) {
    if (!from.given()) return std::nullopt;
    return Hook{texts(from->run), texts(from->environments)};
}

ExtraJob job_of(const Named<written::ExtraJob>& from) {
    const written::ExtraJob& written = *from.field;
    ExtraJob job;
    job.name = from.name;
    job.span = from.field.key;
    job.after = *written.after;
    job.run = texts(written.run);
    if (written.image.given()) job.image = *written.image;
    job.identity = *written.identity == "plan"     ? ExtraIdentity::plan
                   : *written.identity == "deploy" ? ExtraIdentity::deploy
                                                   : ExtraIdentity::none;
    job.env = pairs(written.env);
    job.secrets = texts(written.secrets);
    return job;
}

}  // namespace

void resolve_settings(const written::Manifest& from, Project& to) {
    to.registry = registry_of(from.registry);
    to.delivery = delivery_of(*from.delivery);
    to.infrastructure = infrastructure_of(*from.infrastructure);
    const written::Extend& extend = *from.extend;
    to.extensions.before_deploy = hook_of(extend.before_deploy);
    to.extensions.after_deploy = hook_of(extend.after_deploy);
    for (const Named<written::ExtraJob>& one : *extend.jobs) to.extensions.jobs.push_back(job_of(one));
}

}  // namespace pipewright::manifest

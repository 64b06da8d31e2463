// What must hold between keys: one rule a file, all listed in rules.cpp. Rules also look at a manifest whose shape is
// wrong. A rule asks whether the fields that it follows from are sound before it says a word, so that one mistake gives
// one message; the project holds harmless values where the manifest holds bad ones.
#pragma once

#include "generator/manifest/effective.h"
#include "generator/project/project.h"
#include "generator/text/diagnostic.h"

namespace pipewright::manifest::rules {

struct Subject {
    const Project& project;
    const Effective& effective;
    const written::Manifest& written;  // the effective manifest's
    Diagnostics& diagnostics;

    void report(Code code, const Span& span, std::string message, std::string help = {}) const {
        diagnostics.report(code, span, std::move(message), std::move(help));
    }
    // For a value that many targets share: the first of them speaks for all.
    void report_once(Code code, const Span& span, std::string message, std::string help = {}) const {
        if (!diagnostics.said(code, span)) report(code, span, std::move(message), std::move(help));
    }
};

// Whether something follows from these fields.
template <class... Fields>
bool sound(const Fields&... fields) {
    return (!fields.doubtful && ...);
}

// Where a field was written, or, where it wasn't, where what it belongs to was.
inline Span place(const FieldBase& field, const Span& otherwise) {
    return field.state == State::given && field.place().known() ? field.place() : otherwise;
}

// One target, and all that is known of it.
struct At {
    const Environment& environment;
    const written::Environment& written_environment;
    const Target& target;
    const Named<written::Target>& written;
    const EffectiveTarget& fields;
    const written::Stack& settings;
    const Runtime& runtime;

    std::string shown() const { return "'" + target.environment + "' on '" + target.stack + "'"; }
};

template <class Visit>
void each_target(const Subject& subject, Visit visit) {
    for (std::size_t i = 0; i < subject.project.environments.size(); ++i) {
        const Environment& environment = subject.project.environments[i];
        const written::Environment& written = *subject.written.environments->at(i).field;
        for (std::size_t j = 0; j < environment.targets.size(); ++j) {
            const EffectiveTarget& fields = subject.effective.environments[i].targets[j];
            visit(At{environment, written, environment.targets[j], written.targets->at(fields.target), fields,
                     *fields.settings, *fields.runtime});
        }
    }
}

// Each environment of the project with its fields.
template <class Visit>
void each_environment(const Subject& subject, Visit visit) {
    for (std::size_t i = 0; i < subject.project.environments.size(); ++i) {
        visit(subject.project.environments[i], *subject.written.environments->at(i).field);
    }
}

// Each service of the project with its fields.
template <class Visit>
void each_service(const Subject& subject, Visit visit) {
    for (std::size_t i = 0; i < subject.project.services.size(); ++i) {
        visit(subject.project.services[i], *subject.written.services->at(i).field);
    }
}

// Whether every target that was written is there, in all environments or in one: only then does anything follow from
// there being none.
bool targets_known(const Subject& subject, const Environment* only = nullptr);

Names service_names(const Project& project);
Names environment_names(const Project& project);

// Reports a name that isn't among those known; says nothing of one that is bad already.
bool known(const Subject& subject, const Field<std::string>& field, const Names& names, std::string_view what);

// Whether it is known which host deploys what: all 'deploys' are sound, name environments that are there, and where two
// hosts deploy one environment both say so.
bool deployers_known(const Subject& subject);

void check_all(const Subject& subject);

// What is named is there
void references(const Subject& subject);      // stacks, services and environments that are named
void calls(const Subject& subject);           // services that may be called
void secret_sources(const Subject& subject);  // databases and caches that secrets come from
void overrides(const Subject& subject);       // what an environment says of a service

// When an environment changes, and who lets it
void promotion(const Subject& subject);        // forward, from what is there
void promoted_images(const Subject& subject);  // every image passes where it is promoted from
void triggers(const Subject& subject);         // no two environments on one event
void after_hosts(const Subject& subject);      // one run, one host
void deployers(const Subject& subject);        // which host deploys what
void never_deployed(const Subject& subject);   // every environment can be deployed
void production(const Subject& subject);       // production has a gate
void gates(const Subject& subject);            // gates that the host can build
void gates_on_github(const Subject& subject, const Environment& environment, const written::Gate& written);
void gates_on_gitlab(const Subject& subject, const Environment& environment, const written::Gate& written);

// Services
void image_sources(const Subject& subject);          // where an image comes from
void schedules(const Subject& subject);              // what a scheduled service can't have
void routes(const Subject& subject);                 // no request belongs to two services
void public_routes(const Subject& subject);          // routes without a key
void smoke(const Subject& subject);                  // smoke tests that reach their service
void health(const Subject& subject);                 // health checks that a balancer takes
void fargate_sizes(const Subject& subject);          // pairs that Fargate offers
void platforms(const Subject& subject);              // images that run where they are deployed
void service_sizes(const Subject& subject);          // cpu, memory and scaling that something uses
void scaling(const Subject& subject);                // at least as many as at most
void environment_variables(const Subject& subject);  // no name twice in a container
void plain_secrets(const Subject& subject);          // no secret in plain sight
void permissions(const Subject& subject);            // permissions that a cloud can give

// Stacks and targets
void stacks(const Subject& subject);         // runtime, cloud, names
void places(const Subject& subject);         // account, region, project
void runtime_fit(const Subject& subject);    // values that the runtime knows
void machines(const Subject& subject);       // machines that the cloud has, and that run the images
void unheeded(const Subject& subject);       // keys that nothing heeds
void networks(const Subject& subject);       // ranges, subnets, ways out
void network_parts(const Subject& subject);  // ids and endpoints
void ssh(const Subject& subject);            // port 22
void https(const Subject& subject);          // names and certificates
void states(const Subject& subject);         // where Terraform's states and locks are

// What a user adds
void extensions(const Subject& subject);  // commands that jobs can run as they are

// Whether a variable of that name would get in the way of a job that takes an identity.
bool is_reserved_variable(std::string_view name);

// The whole
void hosts(const Subject& subject);            // at least one, with a repository that it can have
void github_subject(const Subject& subject);   // the form of GitHub's subject
void registries(const Subject& subject);       // exactly one, which workloads can pull from
void signing(const Subject& subject);          // signatures that the host can make
void static_keys(const Subject& subject);      // long-lived keys
void name_clashes(const Subject& subject);     // names that join to one
void reserved_names(const Subject& subject);   // names that the output needs itself
void floating_images(const Subject& subject);  // images that move
void unused(const Subject& subject);           // what nothing uses

}  // namespace pipewright::manifest::rules

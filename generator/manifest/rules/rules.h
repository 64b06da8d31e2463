// What must hold between keys: one rule a file, all listed in rules.cpp. A rule sees a resolved project and reports.
#pragma once

#include "generator/manifest/types/manifest.h"
#include "generator/project/project.h"
#include "generator/text/diagnostic.h"

namespace pipewright::manifest::rules {

struct Subject {
    const Project& project;
    const written::Manifest& written;
    Diagnostics& diagnostics;

    void report(Code code, const Span& span, std::string message, std::string help = {}) const {
        diagnostics.report(code, span, std::move(message), std::move(help));
    }
};

void check_all(const Subject& subject);

void triggers(const Subject& subject);         // no two environments on one event
void after_hosts(const Subject& subject);      // one run, one host
void gates(const Subject& subject);            // gates that the host can build
void production(const Subject& subject);       // production has a gate
void references(const Subject& subject);       // what is named is there
void routes(const Subject& subject);           // no request belongs to two services
void fargate_sizes(const Subject& subject);    // pairs that Fargate offers
void runtime_fit(const Subject& subject);      // keys that the runtime knows
void name_clashes(const Subject& subject);     // names that join to one
void networks(const Subject& subject);         // ssh_from, existing networks
void pulls(const Subject& subject);            // images that nobody may pull
void floating_images(const Subject& subject);  // images of tests that move

}  // namespace pipewright::manifest::rules

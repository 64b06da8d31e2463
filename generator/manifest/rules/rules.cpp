#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

void check_all(const Subject& subject) {
    references(subject);
    triggers(subject);
    after_hosts(subject);
    production(subject);
    gates(subject);
    routes(subject);
    runtime_fit(subject);
    fargate_sizes(subject);
    networks(subject);
    name_clashes(subject);
    pulls(subject);
    floating_images(subject);
}

}  // namespace pipewright::manifest::rules

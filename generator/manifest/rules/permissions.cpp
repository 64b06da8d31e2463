#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// An entry is for AWS (actions on resources) or for Google Cloud (roles).
void look_at(const Subject& subject, const Field<written::Permission>& one, const std::string& service, bool aws,
             bool gcp) {
    if (!sound(one)) return;
    const bool actions = one->actions.given();
    const bool roles = one->roles.given();
    if ((actions && !aws && !roles) || (roles && !gcp && !actions)) {
        subject.report_once(Code::not_applicable, one.place(),
                            std::string("a permission of '") + service + "' is for " +
                                (actions ? "AWS" : "Google Cloud") + ", where it does not run",
                            actions ? "on Google Cloud it takes roles" : "on AWS it takes actions and resources");
    }
}

}  // namespace

void permissions(const Subject& subject) {
    const bool known = targets_known(subject);
    each_service(subject, [&](const Service& service, const written::Service& written) {
        if (!sound(written.stacks)) return;
        bool aws = false;
        bool gcp = false;
        each_target(subject, [&](const At& at) {
            if (at.target.running(service.name) == nullptr) return;
            aws = aws || at.target.cloud == Cloud::aws;
            gcp = gcp || at.target.cloud == Cloud::gcp;
        });
        if (!known || (!aws && !gcp)) aws = gcp = true;
        for (const Field<written::Permission>& one : *written.permissions)
            look_at(subject, one, service.name, aws, gcp);
        each_environment(subject, [&](const Environment&, const written::Environment& environment) {
            for (const Named<written::ServiceOverride>& over : *environment.services) {
                if (over.name != service.name) continue;
                for (const Field<written::Permission>& one : *over.field->permissions)
                    look_at(subject, one, service.name, aws, gcp);
            }
        });
    });
}

}  // namespace pipewright::manifest::rules

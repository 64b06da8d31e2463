#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// A range of length 0 is the whole world, however it is written.
void ssh(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        const Field<std::string>& from = at.settings.network->ssh_from;
        if (!from.given() || !from->ends_with("/0")) return;
        subject.report_once(Code::open_ssh, from.place(), "port 22 would be open to the world",
                            "name your own address, as in 203.0.113.7/32, or take ssh_from away: EC2 Instance Connect "
                            "needs no open port");
    });
}

}  // namespace pipewright::manifest::rules

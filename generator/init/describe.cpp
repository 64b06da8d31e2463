#include "generator/init/decisions.h"
#include "generator/text/suggest.h"

namespace pipewright::init {

namespace {

std::string line_of(const ServiceFacts& service) {
    std::string line = "service " + service.name + ": " + service.where;
    if (service.port.known()) line += ", port " + std::to_string(service.port.value);
    if (service.worker) line += ", takes no traffic";
    if (service.health.known()) line += ", health " + service.health.value;
    if (service.tests) line += ", tests: " + service.tests->run.back();
    return line;
}

}  // namespace

Names describe(const Facts& facts) {
    Names lines;
    for (const Remote& remote : facts.git.remotes) {
        if (!remote.host) continue;
        lines.push_back(std::string(*remote.host == Host::github ? "GitHub " : "GitLab ") + remote.path + " on " +
                        remote.server + " (the remote " + remote.name + ")");
    }
    if (!facts.git.default_branch.empty())
        lines.push_back("branch " + facts.git.default_branch + " (" + facts.git.branch_where + ")");
    for (const ServiceFacts& one : facts.services) lines.push_back(line_of(one));
    for (const ServiceFacts& one : facts.offers) lines.push_back("an application without a Dockerfile: " + one.where);
    for (const Store& one : facts.stores) {
        lines.push_back((one.cache ? "cache " : "database ") + one.engine +
                        (one.version.empty() ? "" : " " + one.version) + " (" + one.where + ")");
    }
    if (facts.region.known()) lines.push_back("region " + facts.region.value + " (" + facts.region.where + ")");
    for (const std::vector<ServiceFacts>* list : {&facts.services, &facts.offers}) {
        for (const ServiceFacts& one : *list) {
            for (const std::string& remark : one.remarks) lines.push_back("note: " + one.name + ": " + remark);
        }
    }
    for (const std::string& remark : facts.remarks) lines.push_back("note: " + remark);
    if (lines.empty()) lines.emplace_back("nothing that says what this repository is");
    return lines;
}

}  // namespace pipewright::init

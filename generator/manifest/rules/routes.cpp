#include <map>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// One request, one service: a route may be claimed once on each stack.
void routes(const Subject& subject) {
    for (const std::string& stack : subject.project.stacks) {
        std::map<std::string, std::string> claimed;
        for (const Service& service : subject.project.services) {
            bool here = false;
            for (const std::string& one : service.stacks) here = here || one == stack;
            if (!here) continue;
            for (const std::string& route : service.routes) {
                const auto [found, added] = claimed.try_emplace(route, service.name);
                if (added) continue;
                subject.report(Code::route_clash, service.span,
                               "'" + found->second + "' and '" + service.name + "' both claim the route " + route,
                               route == "/*"
                                   ? "give one of them routes of its own, as in routes: [\"/" + service.name + "/*\"]"
                                   : "let one of them have it");
            }
        }
    }
}

}  // namespace pipewright::manifest::rules

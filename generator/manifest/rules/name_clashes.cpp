#include <array>
#include <map>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

// Names are joined by hyphens and may hold hyphens: a-b on c and a on b-c would be one job, one role, one path.
void name_clashes(const Subject& subject) {
    static constexpr std::array<std::string_view, 3> kFolders{"modules", "accounts", "hosts"};
    for (const Named<written::Stack>& stack : *subject.written.stacks) {
        for (const std::string_view folder : kFolders) {
            if (stack.name != folder) continue;
            subject.report(
                Code::reserved_name, stack.field.key,
                "a stack can't be called '" + stack.name + "': the generated Terraform has a folder of that name");
        }
    }
    std::map<std::string, std::string> targets;
    for (const Environment& environment : subject.project.environments) {
        for (const Target& target : environment.targets) {
            const std::string shown = "'" + environment.name + "' on '" + target.stack + "'";
            const auto [found, added] = targets.try_emplace(environment.name + "-" + target.stack, shown);
            if (added) continue;
            subject.report(Code::name_clash, target.span,
                           found->second + " and " + shown + " both join to '" + found->first + "'",
                           "rename one of them");
        }
    }
    // A target's cloud names end in a service's or an identity's: prod + aws-build and a role of prod-aws would meet.
    std::map<std::string, std::string> families;
    for (const auto& [stem, shown] : targets) {
        for (const Service& service : subject.project.services) {
            const std::string mine = "service '" + service.name + "' of " + shown;
            const auto [found, added] = families.try_emplace(stem + "-" + service.name, mine);
            if (added) continue;
            subject.report(Code::name_clash, service.span,
                           found->second + " and " + mine + " both join to '" + found->first + "'",
                           "rename one of them");
        }
    }
}

}  // namespace pipewright::manifest::rules

#include "generator/hosts/about.h"

#include <algorithm>

namespace pipewright::hosts {

std::string about(const delivery::Graph& graph, const std::string& joint, std::string rest) {
    using delivery::JobKind;
    const auto has = [&](JobKind kind) {
        return std::any_of(graph.jobs.begin(), graph.jobs.end(),
                           [&](const delivery::Job& one) { return one.kind == kind; });
    };
    const bool tests = has(JobKind::test);
    const bool scans = has(JobKind::scan_source) || has(JobKind::scan_image);
    if (tests || scans) return (!scans ? "Tests" : tests ? "Tests and scans" : "Scans") + joint + rest;
    if (rest.front() >= 'a' && rest.front() <= 'z') rest.front() = static_cast<char>(rest.front() - 'a' + 'A');
    return rest;
}

}  // namespace pipewright::hosts

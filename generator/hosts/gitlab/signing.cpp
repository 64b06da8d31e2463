#include "generator/hosts/gitlab/signing.h"

#include <algorithm>

#include "generator/project/signing.h"

namespace pipewright::gitlab {

// The certificate names the pipeline's root file (the claim ci_config_ref_uri).
std::vector<hosts::Signer> signers(const Project& project, const delivery::Graph& graph, const Pipeline& pipeline) {
    std::vector<hosts::Signer> all;
    if (signing(project) == kNoSigning) return all;
    const GitLabHost& host = *project.gitlab;
    for (const delivery::Job& job : graph.jobs) {
        if (!hosts::makes_image(job)) continue;
        for (const delivery::EventClass& event : job.when.any) {
            const bool of_a_ref = event.kind == delivery::EventKind::push_branch ||
                                  event.kind == delivery::EventKind::push_tag ||
                                  event.kind == delivery::EventKind::form;
            if (!of_a_ref) continue;
            hosts::add(all, {host.url, host.url + "/" + host.repository + "//" + pipeline.path + "@" +
                                           delivery::full_ref(event)});
        }
    }
    return all;
}

void tell_signers(const std::vector<hosts::Signer>& all, Pipeline& pipeline) {
    for (File& file : pipeline.files) {
        for (Job& job : file.jobs) {
            const auto sign = std::find_if(job.variables.begin(), job.variables.end(),
                                           [](const Setting& one) { return one.name == "SIGN"; });
            if (sign != job.variables.end())
                job.variables.insert(sign + 1, {"SIGNERS", Text{hosts::json_of(all).text()}, ""});
        }
    }
}

}  // namespace pipewright::gitlab

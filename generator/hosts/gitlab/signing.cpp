#include <algorithm>

#include "generator/hosts/gitlab/lower.h"

namespace pipewright::gitlab {

// The certificate names the pipeline's root file (the claim ci_config_ref_uri).
std::vector<hosts::Signer> signers_of(const GitLabHost& host, const delivery::Condition& events,
                                      const std::string& file) {
    std::vector<hosts::Signer> all;
    for (const std::string& ref : hosts::signing_refs(events))
        hosts::add(all, {host.url, host.url + "/" + host.repository + "//" + file + "@" + ref});
    return all;
}

std::vector<hosts::Signer> signers(const Pipeline& pipeline) {
    std::vector<hosts::Signer> all;
    for (const File& file : pipeline.files) {
        for (const Job& job : file.jobs) {
            for (const hosts::Signer& one : job.signs_as) hosts::add(all, one);
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

#include <algorithm>

#include "generator/hosts/gitlab/lower.h"

namespace pipewright::gitlab {

namespace {

bool runs(const Job& job, std::string_view script) {
    return std::any_of(job.script.begin(), job.script.end(), [&](const ScriptLine& line) {
        const auto* call = std::get_if<ScriptCall>(&line);
        return call != nullptr && call->path.ends_with(script);
    });
}

Settings::const_iterator sign_of(const Job& job) {
    return std::find_if(job.variables.begin(), job.variables.end(),
                        [](const Setting& one) { return one.name == "SIGN"; });
}

// What a subject says of the ref: project_path:GROUP/PROJECT:ref_type:branch:ref:main.
struct Place {
    std::string project, ref;
};
Place place_of(const std::string& subject) {
    constexpr std::string_view kProject = "project_path:", kType = ":ref_type:", kRef = ":ref:";
    const std::size_t type = subject.find(kType);
    const std::size_t ref = subject.find(kRef, type + kType.size());
    const std::string kind = subject.substr(type + kType.size(), ref - type - kType.size());
    return {subject.substr(kProject.size(), type - kProject.size()),
            (kind == "tag" ? "refs/tags/" : "refs/heads/") + subject.substr(ref + kRef.size())};
}

}  // namespace

// The certificate names the pipeline's root file (ci_config_ref_uri).
std::vector<hosts::Signer> signers(const Pipeline& pipeline) {
    std::vector<hosts::Signer> all;
    for (const File& file : pipeline.files) {
        for (const Job& job : file.jobs) {
            if (!runs(job, "/build.sh") && !runs(job, "/resolve.sh")) continue;
            if (sign_of(job) == job.variables.end()) continue;
            const std::string host = "https://" + job.claims->issuer;
            for (const std::string& subject : job.claims->subjects) {
                const Place place = place_of(subject);
                hosts::add(all, {host, host + "/" + place.project + "//" + pipeline.path + "@" + place.ref});
            }
        }
    }
    return all;
}

void tell_signers(const std::vector<hosts::Signer>& all, Pipeline& pipeline) {
    for (File& file : pipeline.files) {
        for (Job& job : file.jobs) {
            const auto sign = sign_of(job);
            if (sign != job.variables.end())
                job.variables.insert(sign + 1, {"SIGNERS", Text{hosts::json_of(all).text()}, ""});
        }
    }
}

}  // namespace pipewright::gitlab

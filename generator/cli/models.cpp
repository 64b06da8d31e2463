#include "generator/cli/models.h"

#include <algorithm>

#include "generator/delivery/plan.h"
#include "generator/hosts/github/signing.h"
#include "generator/hosts/gitlab/signing.h"
#include "generator/manifest/load.h"

namespace pipewright::cli {

verify::Subject Models::subject(const Project& project) const {
    return {project,
            infrastructure,
            github_graph ? &*github_graph : nullptr,
            github ? &*github : nullptr,
            gitlab_graph ? &*gitlab_graph : nullptr,
            gitlab ? &*gitlab : nullptr};
}

std::optional<Models> decide(Run& run) {
    manifest::report_not_built(*run.project, run.effective, run.diagnostics);
    if (run.diagnostics.has_errors()) return std::nullopt;
    const Project& project = *run.project;
    Models models;
    std::vector<hosts::Use> uses;
    const auto take = [&](const std::vector<hosts::Use>& more, const std::vector<std::string>& called) {
        uses.insert(uses.end(), more.begin(), more.end());
        models.scripts.insert(models.scripts.end(), called.begin(), called.end());
    };
    // The hosts that there are: a new one is a line here and one in print.cpp.
    if (project.github) {
        models.github_graph = delivery::plan(project, Host::github, run.origins);
        models.github = github::lower(project, *models.github_graph, run.origins);
        take(github::uses(*models.github), github::scripts(*models.github));
    }
    if (project.gitlab) {
        models.gitlab_graph = delivery::plan(project, Host::gitlab, run.origins);
        models.gitlab = gitlab::lower(project, *models.gitlab_graph, run.origins);
        take(gitlab::uses(*models.gitlab), gitlab::scripts(*models.gitlab));
    }
    for (const auto* graph : {&models.github_graph, &models.gitlab_graph}) {
        if (!*graph) continue;
        for (const delivery::DataFile& one : delivery::data_files(**graph)) {
            std::pair<std::string, std::string> file{delivery::path_of(project, one), one.content.text()};
            if (std::find(models.data.begin(), models.data.end(), file) == models.data.end())
                models.data.push_back(std::move(file));
        }
    }
    std::vector<hosts::Signer> signers;
    if (models.github) signers = github::signers(project, *models.github_graph, *models.github);
    if (models.gitlab) {
        for (hosts::Signer& one : gitlab::signers(project, *models.gitlab_graph, *models.gitlab))
            hosts::add(signers, std::move(one));
    }
    if (models.github) github::tell_signers(signers, *models.github);
    if (models.gitlab) gitlab::tell_signers(signers, *models.gitlab);
    models.infrastructure = infrastructure::model(project, uses, run.origins, run.diagnostics);
    if (run.diagnostics.has_errors()) return std::nullopt;
    return models;
}

}  // namespace pipewright::cli

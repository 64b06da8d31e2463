#include <algorithm>

#include "generator/init/facts.h"
#include "generator/init/foreign.h"
#include "generator/init/small_file.h"
#include "generator/init/words.h"
#include "generator/manifest/forms.h"
#include "generator/system/locate.h"

namespace pipewright::init {

namespace {

bool is_there(system::Disk& disk, const std::string& path) {
    const system::Result<system::Status> status = disk.status(path);
    return status && status.value().kind != files::Kind::absent;
}

// A region that a workflow or pipeline names under one of the usual keys.
std::string region_in(const yaml::Node& node) {
    constexpr std::string_view kKeys[] = {"aws-region", "AWS_REGION", "AWS_DEFAULT_REGION"};
    for (const yaml::Entry& entry : node.entries) {
        const bool named = std::find(std::begin(kKeys), std::end(kKeys), entry.key.text) != std::end(kKeys);
        const std::string text = text_of(&entry.value);
        if (named && manifest::forms::region.check(text).empty()) return text;
        const std::string below = region_in(entry.value);
        if (!below.empty()) return below;
    }
    for (const yaml::Node& item : node.items) {
        const std::string below = region_in(item);
        if (!below.empty()) return below;
    }
    return {};
}

void look_for_region(system::Disk& disk, const std::string& root, Facts& facts) {
    const std::string workflows = ".github/workflows";
    Names files{".gitlab-ci.yml"};
    if (const system::Result<Names> names = disk.list(system::join_path(root, workflows))) {
        for (const std::string& name : names.value()) {
            if (name.ends_with(".yml") || name.ends_with(".yaml")) files.push_back(workflows + "/" + name);
        }
    }
    for (const std::string& file : files) {
        const std::string place = system::join_path(root, file);
        const system::Result<system::Status> status = disk.status(place);
        if (!status || status.value().kind != files::Kind::file) continue;
        const std::optional<std::string> text = read_small(disk, place).text;
        const std::optional<yaml::Node> node = text ? read_foreign(file, *text) : std::nullopt;
        const std::string region = node ? region_in(*node) : std::string();
        if (region.empty()) continue;
        facts.region = {region, file};
        return;
    }
}

}  // namespace

Facts look(system::Disk& disk, const std::string& root, const std::string& folder) {
    Facts facts;
    for (const std::string_view name : {system::kManifestName, std::string_view("pipewright.yml")}) {
        if (facts.manifest.empty() && is_there(disk, system::join_path(folder, name))) facts.manifest = name;
    }
    if (!facts.manifest.empty()) return facts;
    const system::Result<std::string> real = disk.real_path(folder);
    facts.folder_name = last_part(real ? real.value() : folder);
    facts.github_folder = is_there(disk, system::join_path(root, ".github"));
    facts.gitlab_file = is_there(disk, system::join_path(root, ".gitlab-ci.yml"));
    facts.git = look_at_git(disk, root, facts.gitlab_file);
    for (const Remote& remote : facts.git.remotes) {
        if (!remote.host) {
            facts.remarks.push_back("the remote " + remote.name + " is on " + remote.server +
                                    ", which is neither github.com nor known to be a GitLab");
        }
    }
    look_for_region(disk, root, facts);
    const Tree tree(disk, folder);
    look_at_services(tree, facts);
    facts.remarks.insert(facts.remarks.end(), tree.remarks().begin(), tree.remarks().end());
    return facts;
}

}  // namespace pipewright::init

// Rule 10: every third-party action is pinned to a full commit, every image that the generator chooses to a digest or
// an exact version. Images that a user chooses for his tests may float; the manifest's own rules warn of it.
#include "generator/hosts/github/pins.h"

#include <algorithm>

#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

bool hex(std::string_view text, std::size_t length) {
    return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A digest, or a tag of three numbers at least, as in 1.27.3.
bool is_exact(const std::string& image) {
    const std::size_t at = image.find("@sha256:");
    if (at != std::string::npos) return hex(std::string_view(image).substr(at + 8), 64);
    const std::size_t colon = image.find(':', image.rfind('/') + 1);
    if (colon == std::string::npos) return false;
    std::size_t numbers = 0;
    bool inside = false;
    for (const char c : image.substr(colon + 1)) {
        const bool digit = c >= '0' && c <= '9';
        if (digit && !inside) ++numbers;
        if (!digit && c != '.' && numbers > 0) break;
        inside = digit;
    }
    return numbers >= 3;
}

// What the manifest names.
std::vector<std::string> chosen_by_user(const Project& project) {
    std::vector<std::string> all;
    for (const Service& service : project.services) {
        if (!service.test) continue;
        all.push_back(service.test->image);
        for (const SideContainer& side : service.test->services) all.push_back(side.image);
    }
    for (const ExtraJob& one : project.extensions.jobs) all.push_back(one.image);
    if (project.gitlab && !project.gitlab->image.empty()) all.push_back(project.gitlab->image);
    return all;
}

struct Look {
    std::vector<std::string> users;
    std::size_t actions = 0, images = 0;
    std::vector<std::string> floating;
    std::vector<std::string> paths;

    void image(const std::string& where, const std::string& one) {
        if (one.empty()) return;
        if (among(users, one)) {
            if (!is_exact(one)) add_once(floating, one);
            return;
        }
        ++images;
        if (!is_exact(one)) add_once(paths, where + " runs " + one + ", which moves");
    }
};

void look_at(const github::Job& job, const std::string& where, Look& look) {
    for (const github::Step& step : job.steps) {
        if (step.uses != nullptr) {
            ++look.actions;
            if (!hex(step.uses->commit, 40))
                add_once(look.paths, where + " uses " + std::string(step.uses->action) + " at " +
                                         std::string(step.uses->commit) + ", which is no full commit");
        }
        for (const github::Setting& one : step.with) {
            const auto* text = std::get_if<github::Text>(&one.value);
            if (one.name == "image" && text != nullptr) look.image(where, text->text);
        }
    }
    if (job.container) look.image(where, job.container->image);
    for (const auto& [name, side] : job.sides) look.image(where, side.image);
}

void look_at(const gitlab::Job& job, const std::string& where, Look& look) {
    look.image(where, job.image);
    for (const gitlab::Service& service : job.services) look.image(where, service.image);
    for (const auto* lines : {&job.before, &job.script}) {
        for (const gitlab::ScriptLine& line : *lines) {
            const auto* command = std::get_if<gitlab::Command>(&line);
            if (command == nullptr || command->words.size() < 2 || command->words[1] != "run") continue;
            if (command->words[0] != "docker" && command->words[0] != "podman") continue;
            const auto image = std::find_if(command->words.begin() + 2, command->words.end(),
                                            [](const std::string& word) { return !word.starts_with("-"); });
            if (image != command->words.end()) look.image(where, *image);
        }
    }
}

}  // namespace

Verdict pins(const World& world) {
    Look look;
    look.users = chosen_by_user(world.project());
    for (const Job& job : world.jobs()) {
        if (job.github != nullptr) look_at(*job.github, told(job), look);
        if (job.gitlab != nullptr) look_at(*job.gitlab, told(job), look);
    }
    if (world.subject().gitlab != nullptr) look.image("the pipeline", world.subject().gitlab->image);
    Verdict verdict;
    verdict.paths = std::move(look.paths);
    verdict.proof = counted(look.actions, "use") + " of actions at full commits, " + counted(look.images, "use") +
                    " of images at digests or exact versions";
    if (!look.floating.empty()) verdict.proof += "; the manifest's own " + listed(look.floating) + " may move";
    return verdict;
}

}  // namespace pipewright::verify

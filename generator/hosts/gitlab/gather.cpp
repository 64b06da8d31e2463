#include <algorithm>

#include "generator/hosts/gitlab/lowering.h"

namespace pipewright::gitlab {

namespace {

using delivery::JobKind;

// GitLab lets a job need 50 others, and hand on 20 variables (self-managed instances; more on GitLab.com). Beside the
// images a job needs at most the plans of sixteen stacks and a few others.
constexpr std::size_t kMostImageJobs = 30;
constexpr std::size_t kMostVariables = 20;

bool makes_image(const delivery::Job& job) { return job.kind == JobKind::build || job.kind == JobKind::resolve; }

bool is_image_job(const delivery::Job& job) { return makes_image(job) || job.kind == JobKind::scan_image; }

std::string gather_job(std::size_t number) { return "images-" + std::to_string(number + 1); }

}  // namespace

// Whether there are so many images that what waits for them waits for jobs between, each for some of them.
bool Lowering::gathers() const {
    const auto count = std::count_if(graph_.jobs.begin(), graph_.jobs.end(), is_image_job);
    return static_cast<std::size_t>(count) > kMostImageJobs;
}

// The need of an image as the need of the job that waits for it, where there is one.
Need Lowering::gathered(const delivery::Job& from, Need need) const {
    const delivery::Job* image = graph_.job(need.job);
    if (image == nullptr || !is_image_job(*image) || is_image_job(from) || !gathers()) return need;
    std::size_t number = 0;
    for (const delivery::Job& job : graph_.jobs) {
        if (!makes_image(job)) continue;
        if (job.service == image->service) break;
        ++number;
    }
    need.job = gather_job(number / kMostVariables);
    return need;
}

std::vector<Job> Lowering::gather_jobs() const {
    std::vector<Job> all;
    if (!gathers()) return all;
    std::size_t number = 0;
    for (const delivery::Job& image : graph_.jobs) {
        if (!makes_image(image)) continue;
        if (number % kMostVariables == 0) {
            Job job;
            job.id = gather_job(all.size());
            job.title = "Hand on the images";
            job.about = "Waits for some of the images and hands on their digests: no job may need more than 50 others.";
            job.stage = stage_of(image);
            job.rules = rules_of(host_, image.when, {true, {}, {}});
            job.events = delivery::describe(image.when);
            job.timeout_minutes = 5;
            job.script = {HandOn{{}, kOutputs}};
            job.outputs = kOutputs;
            job.origin = image.origin;
            set(job, "GIT_STRATEGY", Text{"none"});
            all.push_back(std::move(job));
        }
        ++number;
        Job& job = all.back();
        job.needs.push_back({image.id, false, true});
        for (const delivery::Job& scan : graph_.jobs) {
            if (scan.kind == JobKind::scan_image && scan.service == image.service) job.needs.push_back({scan.id});
        }
        std::get<HandOn>(job.script.front()).variables.push_back(handed_on(image, "digest"));
    }
    return all;
}

}  // namespace pipewright::gitlab

#include "generator/init/manifest.h"
#include "generator/init/words.h"

namespace pipewright::init {

namespace {

std::string or_open(const std::string& text) { return text.empty() ? std::string(kPlaceholder) : text; }

bool is_place(std::string_view key) {
    return key == "account" || key == "region" || key == "project" || key == "project_number";
}

// What a starter lets a target have of its own: from the environment of the same name, and for another last one from
// the starter's last.
Sketch overrides_for(const EnvironmentDecision& environment, const std::string& stack, const Decisions& decisions) {
    Sketch root = decisions.starter->root;
    Sketch* shapes = root.find("environments");
    Sketch* shape = shapes->find(environment.name);
    const bool last = environment.name == decisions.environments.back().name && decisions.environments.size() > 1;
    if (shape == nullptr && last) shape = &shapes->twigs.back().value;
    Sketch* stacks = root.find("stacks");
    const bool same = stacks->find(stack) != nullptr && stacks->twigs.size() == decisions.stacks.twigs.size();
    Sketch* target = shape != nullptr && same ? shape->find("targets")->find(stack) : nullptr;
    Sketch result = Sketch::map(true);
    if (target == nullptr) return result;
    for (const Twig& twig : target->twigs) {
        if (!is_place(twig.key)) result.twigs.push_back(twig);
    }
    return result;
}

Sketch target_sketch(const EnvironmentDecision& environment, const PlaceDecision& place, const Decisions& decisions) {
    Sketch sketch = Sketch::map(true);
    if (place.cloud == Cloud::aws) {
        sketch.put("account", Sketch::of(or_open(place.account)));
    } else {
        sketch.put("project", Sketch::of(or_open(place.project)));
        sketch.put("project_number", Sketch::of(or_open(place.project_number)));
    }
    sketch.put("region", Sketch::of(or_open(place.region)));
    for (Twig& twig : overrides_for(environment, place.stack, decisions).twigs) sketch.twigs.push_back(std::move(twig));
    return sketch;
}

// What the gate comes to on this host and plan.
Names gate_comment(const Decisions& decisions) {
    if (decisions.hosts.empty()) return {};
    const HostDecision& host = decisions.hosts.front();
    if (host.host == Host::gitlab) {
        if (host.plan != "free")
            return {"A manual job; approvers: [group/path] asks them through protected environments."};
        return {"A manual job: whoever may push to the protected branch may start it."};
    }
    if (decisions.needs_approvers) return {"GitHub asks one of these before the job starts."};
    if (!decisions.approvers.empty()) {
        return {"On this plan GitHub can't hold a job for a review: this is a workflow of its own, and the cloud",
                "admits it only when one of these users started it."};
    }
    return {"On this plan GitHub can't hold a job for a review: this is a workflow of its own. With",
            "{ type: manual, approvers: [USER] } the cloud admits it only when one of those started it."};
}

}  // namespace

Sketch environment_sketch(const EnvironmentDecision& environment, const Decisions& decisions) {
    Sketch sketch = Sketch::map();
    sketch.put("deploy_on", Sketch::map(true)).put(environment.trigger, Sketch::of(environment.value));
    if (environment.gate == "manual") {
        Names approvers = decisions.approvers;
        if (approvers.empty() && decisions.needs_approvers) approvers.emplace_back(kPlaceholder);
        if (approvers.empty()) {
            sketch.put("gate", Sketch::of("manual"), gate_comment(decisions));
        } else {
            Sketch& gate = sketch.put("gate", Sketch::map(true), gate_comment(decisions));
            gate.put("type", Sketch::of("manual"));
            gate.put("approvers", Sketch::words(approvers));
        }
    }
    Sketch& targets = sketch.put("targets", Sketch::map());
    for (const PlaceDecision& place : environment.places) {
        targets.put(place.stack, target_sketch(environment, place, decisions));
    }
    return sketch;
}

}  // namespace pipewright::init

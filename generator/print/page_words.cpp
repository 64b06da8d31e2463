#include <algorithm>

#include "generator/print/page_host.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

using markdown::Inline;
using markdown::Inlines;

Inlines words(const std::string& text) { return {Inline::text(text)}; }

Inlines code(const std::string& text) { return {Inline::code(text)}; }

Inlines joined(const std::vector<Inlines>& all, const std::string& between) {
    Inlines line;
    for (const Inlines& one : all) {
        if (!line.empty()) line.push_back(Inline::text(between));
        line = line + one;
    }
    return line;
}

Inlines codes(const std::vector<std::string>& all) {
    std::vector<Inlines> parts;
    for (const std::string& one : all) parts.push_back(code(one));
    return joined(parts, ", ");
}

Inlines and_codes(const std::vector<std::string>& all) {
    if (all.size() < 2) return codes(all);
    return codes({all.begin(), all.end() - 1}) + words(" and ") + code(all.back());
}

Inlines operator+(Inlines left, const Inlines& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

Inlines start_words(const std::vector<std::string>& events, const std::vector<std::string>& needs) {
    std::vector<std::string> after;
    for (const std::string& need : needs) {
        if (need.starts_with("deploy-")) after.push_back(need);
    }
    Inlines line = words(listing(events));
    if (!after.empty()) line = line + words(", after ") + codes(after);
    return line;
}

markdown::Item keys_task(const std::string& host, const std::vector<std::string>& names, const Inlines& where,
                         const std::string& environment) {
    return {words("On " + host + " ") + codes(names) + where +
            words(": the keys of a user of AWS who may do what the jobs of ") + code(environment) +
            words(" call (the lines ") + code("# calls:") + words(" of ci/, ") + code("# plan:") + words(" and ") +
            code("# apply:") +
            words(" of the modules), and the region. They work from everywhere until somebody takes them back.")};
}

namespace {

// What is known of a secret by its name.
std::string meaning(const std::string& name) {
    if (name.starts_with("DOCKERHUB_")) return "a user of Docker Hub, and a token with which that user may push";
    if (name.starts_with("REGISTRY_")) return "a user of the registry, and a token with which that user may push";
    return {};
}

}  // namespace

void add_secrets_tasks(const std::string& thing, const Secrets& all, const Project& settings,
                       const std::string& guarded, const std::string& open, std::vector<markdown::Item>& tasks) {
    std::vector<const Secret*> left;
    for (const Secret& one : all) left.push_back(&one);
    const bool of_registry =
        settings.registry.kind != RegistryKind::native && settings.registry.kind != RegistryKind::ecr;
    while (!left.empty()) {
        const Secret& first = *left.front();
        const std::string what = of_registry ? meaning(first.name) : std::string();
        std::vector<std::string> names;
        std::vector<const Secret*> rest;
        for (const Secret* one : left) {
            const bool same = what.empty() ? one->jobs == first.jobs : meaning(one->name) == what;
            if (same) {
                names.push_back(one->name);
            } else {
                rest.push_back(one);
            }
        }
        left = std::move(rest);
        Inlines line =
            words("On " + thing + (names.size() > 1 ? "s " : " ")) + codes(names) + words(first.asked ? open : guarded);
        tasks.push_back(
            {what.empty() ? line + words(", for ") + codes(first.jobs) + words(".") : line + words(": " + what + ".")});
    }
}

Inlines ref_words(const std::vector<std::string>& refs) {
    std::vector<Inlines> all;
    for (const std::string& ref : refs)
        all.push_back(words(ref.starts_with("refs/tags/") ? "tags " : "the branch ") +
                      code(ref.substr(ref.find('/', 5) + 1)));
    return joined(all, " and ");
}

Inlines runs_on(const RefsOf& environments, bool of_several) {
    RefsOf by_ref;
    std::vector<std::vector<std::string>> names;
    for (const auto& [environment, refs] : environments) {
        const auto same = [refs = refs](const auto& one) { return one.second == refs; };
        const auto found = std::find_if(by_ref.begin(), by_ref.end(), same);
        if (found == by_ref.end()) {
            by_ref.push_back({environment, refs});
            names.push_back({environment});
        } else {
            names[static_cast<std::size_t>(found - by_ref.begin())].push_back(environment);
        }
    }
    std::vector<Inlines> all;
    for (std::size_t i = 0; i < by_ref.size(); ++i) {
        std::vector<Inlines> places;
        for (const std::string& ref : by_ref[i].second)
            places.push_back(words(ref.starts_with("refs/tags/") ? "a tag " : "the branch ") +
                             code(ref.substr(ref.find('/', 5) + 1)));
        const Inlines on = words("on ") + joined(places, " or ");
        all.push_back(by_ref.size() == 1 && !of_several ? on : words("for ") + and_codes(names[i]) + words(" ") + on);
    }
    return joined(all, ", ");
}

}  // namespace pipewright::print

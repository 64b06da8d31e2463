#include <algorithm>

#include "generator/manifest/rules/rules.h"
#include "generator/runtimes/runtime.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest::rules {

namespace {

// What Fargate offers: CPU units, and memory from, to and in steps of, in MiB (Amazon ECS, "Task definition parameters
// for Fargate", task size).
struct Size {
    std::int64_t cpu, least, most, step;
};
constexpr Size kSizes[] = {{256, 512, 2048, 512},       {512, 1024, 4096, 1024},   {1024, 2048, 8192, 1024},
                           {2048, 4096, 16384, 1024},   {4096, 8192, 30720, 1024}, {8192, 16384, 61440, 4096},
                           {16384, 32768, 122880, 8192}};

bool offered(std::int64_t cpu, std::int64_t memory) {
    return std::any_of(std::begin(kSizes), std::end(kSizes), [&](const Size& size) {
        if (size.cpu != cpu || memory < size.least || memory > size.most) return false;
        if (cpu == 256) return memory == 512 || memory == 1024 || memory == 2048;
        return (memory - size.least) % size.step == 0;
    });
}

std::string advice(std::int64_t cpu) {
    for (const Size& size : kSizes) {
        if (size.cpu != cpu) continue;
        if (cpu == 256) return "with 256 CPU units: 512, 1024 or 2048 MiB";
        return "with " + std::to_string(cpu) + " CPU units: " + std::to_string(size.least) + " to " +
               std::to_string(size.most) + " MiB in steps of " + std::to_string(size.step);
    }
    Names all;
    for (const Size& size : kSizes) all.push_back(std::to_string(size.cpu));
    return "Fargate has " + listing(all) + " CPU units";
}

// Where the size was written: an override of the environment, else the service.
Span place(const Subject& subject, std::size_t environment, const std::string& service) {
    for (const Named<written::ServiceOverride>& one : *subject.written.environments->at(environment).field->services) {
        if (one.name != service) continue;
        if (one.field->memory.given()) return one.field->memory.place();
        if (one.field->cpu.given()) return one.field->cpu.place();
    }
    for (const Named<written::Service>& one : *subject.written.services) {
        if (one.name != service) continue;
        if (one.field->memory.given()) return one.field->memory.place();
        if (one.field->cpu.given()) return one.field->cpu.place();
    }
    return subject.project.service(service)->span;
}

}  // namespace

void fargate_sizes(const Subject& subject) {
    std::vector<Span> said;  // one size may be that of many targets
    for (std::size_t i = 0; i < subject.project.environments.size(); ++i) {
        for (const Target& target : subject.project.environments[i].targets) {
            if (!runtime(target.runtime)->sizes) continue;
            for (const Running& running : target.services) {
                if (offered(running.cpu, running.memory)) continue;
                const Span span = place(subject, i, running.service);
                if (std::find(said.begin(), said.end(), span) != said.end()) continue;
                said.push_back(span);
                subject.report(Code::fargate_size, span,
                               "Fargate has no task of " + std::to_string(running.cpu) + " CPU units and " +
                                   std::to_string(running.memory) + " MiB, as '" + running.service + "' wants in '" +
                                   target.environment + "'",
                               advice(running.cpu));
            }
        }
    }
}

}  // namespace pipewright::manifest::rules

#include <algorithm>

#include "generator/manifest/rules/rules.h"
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

// Where the size was written: at what is stronger, and there at the memory, which is nearly always the one to change.
Span size_of(const EffectiveService& service, const Span& otherwise) {
    const FieldBase& cpu = service.settings->cpu;
    const FieldBase& memory = service.settings->memory;
    const bool later = memory.given() && (!cpu.given() || memory.span.offset > cpu.span.offset);
    return later ? memory.place() : place(cpu, place(memory, otherwise));
}

}  // namespace

void fargate_sizes(const Subject& subject) {
    each_target(subject, [&](const At& at) {
        if (!at.runtime.sizes) return;
        for (std::size_t i = 0; i < at.target.services.size(); ++i) {
            const EffectiveService& fields = at.fields.services[i];
            const Running& running = at.target.services[i];
            if (!sound(fields.settings->cpu, fields.settings->memory) || offered(running.cpu, running.memory)) continue;
            subject.report_once(Code::fargate_size, size_of(fields, subject.project.service(running.service)->span),
                                "Fargate has no task of " + std::to_string(running.cpu) + " CPU units and " +
                                    std::to_string(running.memory) + " MiB, as '" + running.service + "' wants in '" +
                                    at.target.environment + "'",
                                advice(running.cpu));
        }
    });
}

}  // namespace pipewright::manifest::rules

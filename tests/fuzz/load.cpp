// libFuzzer on the whole way from bytes to a project: whatever the manifest is, there is a project or an error, every
// message has its place, and a project can be shown. Half of the changes are those of an editor: whole lines and words
// of the manifest itself, so that most of them stay YAML.
#include "generator/manifest/load.h"

#include <algorithm>
#include <random>
#include <vector>

#include "generator/manifest/shown.h"
#include "tests/fuzz/checks.h"

namespace {

using namespace pipewright;
using namespace pipewright::fuzz;

void check_shown(const manifest::Shown& shown, const Span& whole, bool item = false) {
    require(!shown.span.known() || inside(shown.span, whole), "a shown value's place lies in the file");
    require(!shown.said || shown.span.known(), "a value that is said is said somewhere");
    const bool map = shown.kind == manifest::Shown::Kind::map;
    require(map || item || shown.said || !shown.reason.empty(), "a value that is not said has a reason");
    for (const manifest::Shown& one : shown.items) check_shown(one, whole, true);
    for (const auto& [key, one] : shown.entries) {
        require(!key.empty(), "a shown value has a key");
        check_shown(one, whole);
    }
}

// The parts of a text that end with one of these characters, which stay with them.
std::vector<std::string> parts(const std::string& text, const char* ends) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(ends, at), text.size() - 1);
        all.push_back(text.substr(at, end + 1 - at));
        at = end + 1;
    }
    return all;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned int seed) {
    std::minstd_rand dice(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(dice()) % n; };
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> all = parts(text, below(2) == 0 ? "\n" : " ,:\n");
    if (all.size() < 2 || below(2) == 0) return LLVMFuzzerMutate(data, size, most);
    const std::size_t one = below(all.size());
    const std::size_t other = below(all.size());
    switch (below(4)) {
        case 0: all.erase(all.begin() + static_cast<std::ptrdiff_t>(one)); break;
        case 1: all[one] = all[other]; break;
        case 2: std::swap(all[one], all[other]); break;
        default: {
            const std::string again = all[other];
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(one), again);
        }
    }
    std::string made;
    for (const std::string& part : all) made += part;
    made.resize(std::min(made.size(), most));
    std::copy(made.begin(), made.end(), data);
    return made.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Sources sources;
    const SourceId id = sources.add("pipewright.yaml", std::string(reinterpret_cast<const char*>(data), size));
    Diagnostics diagnostics;
    manifest::Effective effective;
    const std::optional<Project> project =
        manifest::load(sources, id, {"services/shop", "services/shop/pipewright.yaml"}, diagnostics, &effective);
    require(project.has_value() != diagnostics.has_errors(), "there is a project or an error");
    const Span whole{id, 0, static_cast<std::uint32_t>(size)};
    if (project) {
        require(!project->environments.empty() && !project->services.empty(), "a project has what it needs");
        for (const Environment& environment : project->environments)
            require(!environment.targets.empty(), "an environment has a target");
        for (const manifest::NamedPath& path : manifest::named_paths(*project, effective)) {
            require(inside(path.span, whole), "a path's place lies in the file");
            require(
                path.path.find("..") != 0 && path.path.find("/../") == std::string::npos && path.path.front() != '/',
                "a path stays in the repository");
        }
        check_shown(manifest::show(effective, *project), whole);
        manifest::report_not_built(*project, effective, diagnostics);
    }
    check_messages(diagnostics, sources, whole, false);
    return 0;
}

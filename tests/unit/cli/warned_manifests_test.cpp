// Every tests/manifest/warned/NAME.yaml is valid, and told exactly what stands in NAME.txt: warnings and notes alone.
#include <doctest/doctest.h>

#include <filesystem>

#include "generator/manifest/load.h"
#include "generator/text/render.h"
#include "tests/unit/cli/scene.h"

using namespace pipewright;

TEST_CASE("valid manifests get the warnings and notes beside them") {
    const std::filesystem::path folder = PIPEWRIGHT_SOURCE_DIR "/tests/manifest/warned";
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml") continue;
        ++seen;
        const std::string name = entry.path().filename().string();
        std::filesystem::path expected = entry.path();
        expected.replace_extension(".txt");
        CAPTURE(name);
        Sources sources;
        Diagnostics diagnostics;
        const SourceId source = sources.add(name, scene::contents(entry.path().string()));
        CHECK(manifest::load(sources, source, {"", name}, diagnostics).has_value());
        CHECK_FALSE(diagnostics.has_errors());
        CHECK(!diagnostics.sorted().empty());
        CHECK(render_text(diagnostics.sorted(), sources, false) == scene::contents(expected.string()));
    }
    CHECK(seen >= 15);
}

#include "generator/system/locate.h"

#include <doctest/doctest.h>

#include "generator/system/memory_disk.h"

using namespace pipewright;
using namespace pipewright::system;

namespace {

std::string found(MemoryDisk& disk, const char* given) {
    Diagnostics diagnostics;
    const auto manifest = locate(disk, given, diagnostics);
    REQUIRE(manifest);
    CHECK(!diagnostics.has_errors());
    return manifest->name + " in " + manifest->folder;
}

Diagnostic missing(MemoryDisk& disk, const char* given) {
    Diagnostics diagnostics;
    CHECK(!locate(disk, given, diagnostics));
    REQUIRE(diagnostics.sorted().size() == 1);
    return diagnostics.sorted()[0];
}

}  // namespace

TEST_CASE("a manifest is a file, or a folder that holds one") {
    MemoryDisk disk;  // whose working folder is /
    disk.put("/pipewright.yaml", "1");
    disk.put("/examples/shop/pipewright.yaml", "2");
    disk.put("/other.yml", "3");
    disk.put_link("/linked", "examples/shop");
    disk.put_link("/linked.yaml", "other.yml");
    disk.put_other("/pipe");
    CHECK(found(disk, ".") == "pipewright.yaml in .");
    CHECK(found(disk, "") == "pipewright.yaml in .");
    CHECK(found(disk, "./") == "pipewright.yaml in .");
    CHECK(found(disk, "./pipewright.yaml") == "pipewright.yaml in .");
    CHECK(found(disk, "examples/shop") == "examples/shop/pipewright.yaml in examples/shop");
    CHECK(found(disk, "./examples/shop//") == "examples/shop/pipewright.yaml in examples/shop");
    CHECK(found(disk, "/examples/shop") == "/examples/shop/pipewright.yaml in /examples/shop");
    CHECK(found(disk, "/") == "/pipewright.yaml in /");
    CHECK(found(disk, "other.yml") == "other.yml in .");
    CHECK(found(disk, "/other.yml") == "/other.yml in /");
    CHECK(found(disk, "linked") == "linked/pipewright.yaml in linked");
    CHECK(found(disk, "linked.yaml") == "linked.yaml in .");
    CHECK(found(disk, "pipe") == "pipe in .");
    Diagnostics diagnostics;
    const auto input = locate(disk, "-", diagnostics);
    REQUIRE(input);
    CHECK(input->standard_input);
    CHECK(input->name == "<stdin>");
    CHECK(input->folder == ".");
}

TEST_CASE("no manifest, with what to do instead") {
    MemoryDisk disk;
    disk.put("/work/pipewright.yaml", "1");
    disk.put_folder("/work/sub/deeper");
    disk.put("/work/yml/pipewright.yml", "2");
    disk.put_folder("/work/other/.git");
    disk.put_folder("/work/other/sub");
    disk.put_folder("/empty");
    disk.put_folder("/odd/pipewright.yaml");
    disk.put_link("/dangling", "/nowhere");
    disk.put_link("/circle", "/circle");

    CHECK(missing(disk, "/empty").code == Code::no_manifest);
    CHECK(missing(disk, "/empty").message == "there is no pipewright.yaml in '/empty'");
    CHECK(missing(disk, "/empty").help == "name a manifest, or a folder that holds pipewright.yaml");
    CHECK(missing(disk, ".").message == "there is no pipewright.yaml in this folder");
    CHECK(missing(disk, "/work/sub/deeper").help == "there is one above: '/work/pipewright.yaml'");
    CHECK(missing(disk, "/work/other/sub").help == "name a manifest, or a folder that holds pipewright.yaml");
    CHECK(missing(disk, "/work/yml").help == "there is a pipewright.yml: rename it to pipewright.yaml, or name it");
    CHECK(missing(disk, "/work/pipewrite.yaml").message == "'/work/pipewrite.yaml' does not exist");
    CHECK(missing(disk, "/work/pipewrite.yaml").help == "did you mean '/work/pipewright.yaml'?");
    CHECK(missing(disk, "emty").help == "did you mean 'empty'?");
    CHECK(missing(disk, "/nowhere/x").help == "name a manifest, or a folder that holds pipewright.yaml");
    CHECK(missing(disk, "/odd").message == "'/odd/pipewright.yaml' is a folder");
    CHECK(missing(disk, "/dangling").message == "'/dangling' does not exist");
    CHECK(missing(disk, "/circle").code == Code::cannot_read);
}

TEST_CASE("reading the manifest") {
    MemoryDisk disk;
    disk.put("/pipewright.yaml", "project: x\n");
    Sources sources;
    Diagnostics diagnostics;
    const auto source = read_manifest(disk, *locate(disk, ".", diagnostics), sources, diagnostics);
    REQUIRE(source);
    CHECK(sources.at(*source).name() == "pipewright.yaml");
    CHECK(sources.at(*source).bytes() == "project: x\n");
    disk.put("/pipewright.yaml", std::string(std::size_t{5} << 20, '#'));
    const auto large = read_manifest(disk, *locate(disk, ".", diagnostics), sources, diagnostics);
    REQUIRE(large);
    CHECK(sources.at(*large).bytes().size() == std::size_t{2} << 20);  // and the reader refuses it
    disk.deny_reading("/pipewright.yaml");
    CHECK(!read_manifest(disk, *locate(disk, ".", diagnostics), sources, diagnostics));
    CHECK(diagnostics.sorted().at(0).code == Code::cannot_read);
    CHECK(diagnostics.sorted().at(0).message == "can't read 'pipewright.yaml': Permission denied");
}

TEST_CASE("the root is the nearest folder with .git, whether that is a folder or a file") {
    MemoryDisk disk;
    disk.put_folder("/repo/.git");
    disk.put_folder("/repo/services/api");
    disk.put("/repo/vendor/tool/.git", "gitdir: ../../.git/modules/tool\n");
    disk.put_folder("/repo/vendor/tool/sub");
    disk.put_folder("/plain/sub");
    disk.put_link("/link", "/repo/services/api");
    CHECK(find_root(disk, "/repo") == "/repo");
    CHECK(find_root(disk, "/repo/services/api") == "/repo");
    CHECK(find_root(disk, "repo/services/../services/api/.") == "/repo");
    CHECK(find_root(disk, "/link") == "/repo");
    CHECK(find_root(disk, "/repo/vendor/tool/sub") == "/repo/vendor/tool");
    CHECK(find_root(disk, "/plain/sub") == "/plain/sub");
    CHECK(find_root(disk, "/nowhere") == "/nowhere");
}

TEST_CASE("where a folder lies below the root") {
    MemoryDisk disk;
    disk.put_folder("/repo/services/api");
    disk.put_folder("/repository");
    disk.put_link("/link", "/repo/services");
    CHECK(place_below(disk, "/repo", "/repo") == "");
    CHECK(place_below(disk, "/repo", "/repo/services/api") == "services/api");
    CHECK(place_below(disk, "/repo", "/link/api") == "services/api");
    CHECK(place_below(disk, "/repo", "/repository") == std::nullopt);
    CHECK(place_below(disk, "/", "/repo") == "repo");
    CHECK(place_below(disk, "/repo", "/nowhere") == std::nullopt);
    CHECK(join_path("", "a") == "a");
    CHECK(join_path("/", "a") == "/a");
    CHECK(join_path("a", "") == "a");
    CHECK(join_path("a/", "b") == "a/b");
}

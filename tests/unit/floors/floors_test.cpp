#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "rules.h"

namespace {

using pipewright::floors::broken_rules;
using pipewright::floors::Floors;
using pipewright::floors::read_floors;

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

const Floors kFloors = {{"text", {}},
                        {"yaml", {"text"}},
                        {"system", {"text"}},
                        {"manifest", {"text", "yaml"}},
                        {"print", {"text", "yaml"}},
                        {"cli", {"text", "system", "print"}}};

// The sentences alone, joined.
std::string rules(const std::string& path, std::string_view text) {
    std::string all;
    for (const std::string& line : broken_rules(kFloors, path, text)) all += line + "\n";
    return all;
}

}  // namespace

TEST_CASE("the floors of CMakeLists.txt call only downwards") {
    std::vector<std::string> complaints;
    const Floors floors = read_floors(contents(PIPEWRIGHT_SOURCE_DIR "/CMakeLists.txt"), complaints);
    for (const std::string& complaint : complaints) FAIL_CHECK(complaint);
    CHECK(floors.size() >= 12);
    for (const char* floor : {"manifest", "cli", "system"}) CHECK_FALSE(floors.at("print").contains(floor));
    CHECK(floors.at("text").empty());
}

TEST_CASE("every file of generator/ keeps the rules of its floor") {
    std::vector<std::string> complaints;
    const std::filesystem::path root = PIPEWRIGHT_SOURCE_DIR;
    const Floors floors = read_floors(contents(root / "CMakeLists.txt"), complaints);
    size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "generator")) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".cpp" && extension != ".h") continue;
        ++files;
        const std::string path = entry.path().lexically_relative(root).generic_string();
        for (const std::string& broken : broken_rules(floors, path, contents(entry.path()))) FAIL_CHECK(broken);
    }
    CHECK(files > 20);
}

TEST_CASE("a floor that names one above it is found") {
    std::vector<std::string> complaints;
    read_floors("pipewright_floor(text yaml)\npipewright_floor(yaml text)\n", complaints);
    REQUIRE(complaints.size() == 1);
    CHECK(complaints[0] == "text names yaml, which is not below it");
}

TEST_CASE("a file that breaks a rule is found") {
    CHECK(rules("generator/yaml/print.cpp", "#include \"generator/text/utf8.h\"\n#include <string>\n") == "");
    CHECK(rules("generator/text/utf8.cpp", "\n#include \"generator/yaml/node.h\"\n") ==
          "generator/text/utf8.cpp:2: text may not include yaml\n");
    CHECK(rules("generator/print/github/jobs.cpp", "#include \"generator/manifest/field.h\"\n") ==
          "generator/print/github/jobs.cpp:1: print may not include manifest\n");
    CHECK(rules("generator/print/github/jobs.cpp", "#include \"generator/print/gitlab/jobs.h\"\n") ==
          "generator/print/github/jobs.cpp:1: one printer may not include another's generator/print/gitlab/jobs.h\n");
    CHECK(rules("generator/print/github/jobs.cpp",
                "#include \"generator/print/github/jobs.h\"\n#include \"generator/print/common.h\"\n") == "");
    CHECK(rules("generator/text/utf8.cpp", "#include \"utf8.h\"\n") ==
          "generator/text/utf8.cpp:1: write \"generator/FLOOR/file.h\", not \"utf8.h\"\n");
    CHECK(rules("generator/yaml/scan.cpp", "#include <yaml-cpp/yaml.h>\n") ==
          "generator/yaml/scan.cpp:1: only generator/yaml/read.cpp includes yaml-cpp\n");
    CHECK(rules("generator/yaml/read.cpp", "#include <yaml-cpp/yaml.h>\n") == "");
    CHECK(rules("generator/cli/json.h", "#include <nlohmann/json.hpp>\n") ==
          "generator/cli/json.h:1: no header includes nlohmann/json.hpp: it is slow to compile\n");
    CHECK(rules("generator/cli/json.cpp", "#include <nlohmann/json.hpp>\n#include <CLI/CLI.hpp>\n") == "");
    CHECK(rules("generator/print/tree.cpp", "#include <filesystem>\n") ==
          "generator/print/tree.cpp:1: only generator/system includes <filesystem>\n");
    CHECK(rules("generator/cli/tree.cpp", "#include <sys/stat.h>\n") ==
          "generator/cli/tree.cpp:1: only generator/system includes <sys/stat.h>\n");
    CHECK(rules("generator/system/disk.cpp", "#include <filesystem>\nvoid f() { std::abort(); }\n") == "");
    CHECK(rules("generator/attic/old.cpp", "") == "generator/attic/old.cpp:0: CMakeLists.txt has no floor 'attic'\n");
}

TEST_CASE("a library that prints or ends the program is found, one that writes about it is not") {
    CHECK(rules("generator/text/a.cpp", "void f(system::Disk& disk);\n") == "");
    CHECK(rules("generator/text/a.cpp", "void f() { std::system(\"ls\"); }\n") ==
          "generator/text/a.cpp:1: only generator/system and generator/cli use system\n");
    CHECK(rules("generator/text/a.cpp", "void f() { std::cout << 1; }\n") ==
          "generator/text/a.cpp:1: only generator/system and generator/cli use cout\n");
    CHECK(rules("generator/text/a.cpp", "int f() {\n  std::printf(\"%d\", 1); return 1'000; }\n") ==
          "generator/text/a.cpp:2: only generator/system and generator/cli use printf\n");
    CHECK(rules("generator/text/a.cpp", "void f() { std::snprintf(b, 2, \"printf(exit)\"); }  // exit, abort\n") == "");
    CHECK(rules("generator/text/a.cpp",
                "/* std::cerr\n abort */ const char* k = R\"x(exit\n \" abort)x\"; char c = '\"';\n") == "");
    CHECK(rules("generator/text/a.cpp", "const char* k = \"a \\\" b\"; auto x = getenv(k);\n") ==
          "generator/text/a.cpp:1: only generator/system and generator/cli use getenv\n");
}

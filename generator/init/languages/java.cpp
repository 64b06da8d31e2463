#include <algorithm>

#include "generator/init/languages/language.h"
#include "generator/init/words.h"

namespace pipewright::init {

namespace {

// The text of the first such element of an XML file.
std::string element(std::string_view text, const std::string& name) {
    const std::string open = "<" + name + ">";
    const std::size_t begin = text.find(open);
    const std::size_t end = text.find("</" + name + ">", begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    return std::string(trim(text.substr(begin + open.size(), end - begin - open.size())));
}

// The number behind the first of these words: languageVersion = JavaLanguageVersion.of(21), VERSION_17.
std::string number_behind(std::string_view text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        const std::size_t at = text.find(word);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = text.substr(at + word.size(), 40);
        const std::string version = first_version(rest.substr(0, rest.find('\n')));
        if (!version.empty()) return version;
    }
    return {};
}

// The oldest known release with long support that runs what was written for this one: "1.8", "11", "17".
std::string release_for(std::string_view asked, App& app) {
    if (asked.starts_with("1.")) asked.remove_prefix(2);
    const std::int64_t wanted = to_number(asked.substr(0, asked.find('.'))).value_or(0);
    if (wanted == 0) return std::string(known_java.versions.front());
    std::string best;
    std::int64_t least = 0;
    for (const std::string_view version : known_java.versions) {
        const std::int64_t line = to_number(version.substr(0, version.find('.'))).value_or(0);
        if (line < wanted || (least != 0 && line >= least)) continue;
        least = line;
        best = version;
    }
    if (!best.empty()) return best;
    app.remarks.push_back("Java " + std::to_string(wanted) +
                          " is newer than the images known here: change the version");
    return std::string(known_java.versions.front());
}

void take_maven(const Tree& tree, const std::string& folder, App& app) {
    const std::string pom = text_in(tree, folder, "pom.xml");
    std::string asked;
    for (const char* name : {"maven.compiler.release", "java.version", "maven.compiler.target", "release"}) {
        if (first_version(asked).empty()) asked = element(pom, name);
    }
    const std::string version = release_for(first_version(asked), app);
    const std::string line = version.substr(0, version.find('.'));
    if (any_file(tree, folder, "src/test/", "")) {
        app.tests = Tests{"maven:3.9.16-eclipse-temurin-" + line, {"mvn -B -ntp test"}, {}, "src/test"};
    }
    const bool runs = pom.find("spring-boot-maven-plugin") != std::string::npos ||
                      pom.find("maven-shade-plugin") != std::string::npos ||
                      pom.find("micronaut-maven-plugin") != std::string::npos;
    if (pom.find("spring-boot-starter-actuator") != std::string::npos) {
        app.health = "/actuator/health";
        app.health_where = "spring-boot-starter-actuator in pom.xml";
    }
    if (!runs) {
        app.recipe_remarks.emplace_back(
            "pom.xml makes no jar that runs by itself (Spring Boot, shade), so no Dockerfile is offered");
        return;
    }
    app.recipe = Recipe{"java-maven", "java", {{"JAVA_LINE", line}, {"JAVA_VERSION", version}}, 8080};
}

void take_gradle(const Tree& tree, const std::string& folder, const std::string& file, App& app) {
    const std::string build = text_in(tree, folder, file);
    const std::string version =
        release_for(number_behind(build, {"JavaLanguageVersion.of(", "jvmToolchain(", "sourceCompatibility"}), app);
    const std::string line = version.substr(0, version.find('.'));
    const bool wrapper = beside(tree, folder, "gradlew");
    if (any_file(tree, folder, "src/test/", "")) {
        app.tests = Tests{wrapper ? "eclipse-temurin:" + version + "-jdk-noble" : "gradle:9.4.1-jdk" + line,
                          {wrapper ? "./gradlew --no-daemon test" : "gradle --no-daemon test"},
                          {},
                          "src/test"};
    }
    if (build.find("spring-boot-starter-actuator") != std::string::npos) {
        app.health = "/actuator/health";
        app.health_where = "spring-boot-starter-actuator in " + file;
    }
    if (!wrapper || build.find("org.springframework.boot") == std::string::npos) {
        app.recipe_remarks.push_back(std::string("no Dockerfile is offered: ") +
                                     (wrapper
                                          ? file + " has no plugin that makes a jar which runs by itself"
                                          : "there is no gradlew, and the version of Gradle isn't known without it"));
        return;
    }
    app.recipe = Recipe{"java-gradle", "java", {{"JAVA_VERSION", version}}, 8080};
}

}  // namespace

std::optional<App> see_java(const Tree& tree, const std::string& folder) {
    App app;
    app.language = "Java";
    for (const char* file : {"pom.xml", "build.gradle", "build.gradle.kts"}) {
        if (!beside(tree, folder, file)) continue;
        app.where = file;
        if (app.where == "pom.xml") {
            take_maven(tree, folder, app);
        } else {
            take_gradle(tree, folder, file, app);
        }
        return app;
    }
    return std::nullopt;
}

}  // namespace pipewright::init

#include "generator/init/languages/versions.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "generator/init/words.h"
#include "generator/manifest/forms.h"

namespace pipewright::init {

namespace {

// Seen in November 2026 in docker-library/official-images or, with their digests, in public Dockerfiles:
// node:X-bookworm- slim, python:X-slim, golang:X-trixie, rust:X-trixie, ruby:X-slim, eclipse-temurin:X-jdk-noble and
// -jre-noble.
constexpr std::array<std::string_view, 3> kNode{"24.21.0", "26.13.0", "22.23.2"};
constexpr std::array<std::string_view, 4> kPython{"3.14.7", "3.13.13", "3.12.13", "3.11.17"};
constexpr std::array<std::string_view, 2> kGo{"1.27.1", "1.26.5"};
constexpr std::array<std::string_view, 1> kRust{"1.99.0"};
constexpr std::array<std::string_view, 3> kRuby{"3.4.11", "4.0.6", "3.3.12"};
constexpr std::array<std::string_view, 3> kJava{"21.0.10_7", "25.0.3_9", "17.0.19_10"};

using Parts = std::vector<std::int64_t>;

Parts parts_of(std::string_view version) {
    Parts parts;
    for (const std::string_view part : split(version, '.')) {
        const std::optional<std::int64_t> number = to_number(part.substr(0, part.find('_')));
        if (!number) break;
        parts.push_back(*number);
    }
    return parts;
}

// Compares as many parts as the second has.
int compare(const Parts& one, const Parts& other) {
    for (std::size_t i = 0; i < other.size(); ++i) {
        const std::int64_t mine = i < one.size() ? one[i] : 0;
        if (mine != other[i]) return mine < other[i] ? -1 : 1;
    }
    return 0;
}

bool same(const Parts& one, const Parts& other, std::size_t count) {
    return std::equal(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(std::min(count, one.size())),
                      other.begin(), other.begin() + static_cast<std::ptrdiff_t>(std::min(count, other.size())));
}

// One comparison of a range.
bool allows(std::string_view sign, const Parts& wanted, const Parts& version) {
    if (wanted.empty()) return true;
    const int order = compare(version, wanted);
    if (sign == ">=") return order >= 0;
    if (sign == ">") return order > 0 || (wanted.size() < 3 && order >= 0);
    if (sign == "<=") return order <= 0;
    if (sign == "<") return order < 0;
    if (sign == "!=") return order != 0;
    if (sign == "^") return order >= 0 && same(version, wanted, 1);
    // "~1.2" stays within 1.2, "~=3.11" and "~>3.2" within the part before the last.
    if (sign == "~") return order >= 0 && same(version, wanted, std::min<std::size_t>(2, wanted.size()));
    if (sign == "~=" || sign == "~>")
        return order >= 0 && same(version, wanted, std::max<std::size_t>(1, wanted.size() - 1));
    // A lone version means its line: a patch that is no longer the newest is not meant to be kept for ever.
    return same(version, wanted, std::min<std::size_t>(2, wanted.size()));
}

bool satisfies(std::string_view range, const Parts& version) {
    std::size_t at = 0;
    bool any = false;
    while (at < range.size()) {
        const std::size_t sign_begin = range.find_first_of("<>=!^~0123456789", at);
        if (sign_begin == std::string_view::npos) break;
        std::size_t sign_end = sign_begin;
        while (sign_end < range.size() && std::string_view("<>=!^~").find(range[sign_end]) != std::string_view::npos)
            ++sign_end;
        const std::size_t begin = range.find_first_of("0123456789", sign_end);
        if (begin == std::string_view::npos) break;
        const std::string wanted = first_version(range.substr(begin));
        if (!allows(range.substr(sign_begin, sign_end - sign_begin), parts_of(wanted), version)) return false;
        any = true;
        at = begin + wanted.size();
        // What is left of "3.12.*", "20.x" or "v20-lts" belongs to the same version.
        while (at < range.size() && std::string_view(" ,<>=!^~").find(range[at]) == std::string_view::npos) ++at;
    }
    return any || trim(range).empty() || trim(range) == "*";
}

}  // namespace

const Known known_node{"Node.js", kNode};
const Known known_python{"Python", kPython};
const Known known_go{"Go", kGo};
const Known known_rust{"Rust", kRust};
const Known known_ruby{"Ruby", kRuby};
const Known known_java{"Java", kJava};

std::string choose(const Known& known, std::string_view range) {
    for (const std::string_view version : known.versions) {
        const Parts parts = parts_of(version);
        std::string_view rest = range;
        for (;;) {
            const std::size_t bar = rest.find("||");
            if (satisfies(rest.substr(0, bar), parts)) return std::string(version);
            if (bar == std::string_view::npos) break;
            rest.remove_prefix(bar + 2);
        }
    }
    return {};
}

std::string like_base(const std::string& image, const std::vector<std::string>& bases) {
    constexpr std::array<std::pair<std::string_view, const Known*>, 5> kImages{{{"node", &known_node},
                                                                                {"python", &known_python},
                                                                                {"golang", &known_go},
                                                                                {"rust", &known_rust},
                                                                                {"ruby", &known_ruby}}};
    const std::string name = image.substr(0, image.find(':'));
    const auto row = std::find_if(kImages.begin(), kImages.end(), [&](const auto& one) { return one.first == name; });
    if (row == kImages.end()) return image;
    for (const std::string& base : bases) {
        const std::string last = last_part(base);
        const std::size_t colon = last.find_first_of(":@");
        if (last.substr(0, colon) != name || colon == std::string::npos) continue;
        const std::string version =
            last[colon] == ':' ? first_version(std::string_view(last).substr(colon, last.find('@') - colon)) : "";
        const bool exact = parts_of(version).size() >= 3 || last.find('@') != std::string::npos;
        if (exact && manifest::forms::image.check(base).empty()) return base;
        const std::string known = version.empty() ? "" : choose(*row->second, version);
        const std::string ours = first_version(std::string_view(image).substr(name.size()));
        if (!known.empty()) return name + ":" + known + image.substr(name.size() + 1 + ours.size());
    }
    return image;
}

std::string choose_named(const Known& known, std::string_view text) {
    const std::string version = first_version(text);
    return parts_of(version).size() == 3 ? version : choose(known, version);
}

}  // namespace pipewright::init

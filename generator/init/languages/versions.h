// Which images of a language are known to exist, and which of them a project's own files ask for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright::init {

// Exact versions, each the newest of its line that was seen; the first is taken where a project doesn't say.
struct Known {
    std::string_view language;
    std::span<const std::string_view> versions;
};

extern const Known known_node, known_python, known_go, known_rust, known_ruby, known_java;

// The first known version that a range allows, in the notations of npm, PyPI and RubyGems: ">=20 <23", "^22", "~=3.11",
// "3.12.*", "18 || 20". Empty where none is allowed; the first for an empty range.
std::string choose(const Known& known, std::string_view range);

// The very version that a file like .nvmrc names, where it names three parts; else what choose() gives.
std::string choose_named(const Known& known, std::string_view text);

// The image for tests of what one of these images is made for: one of them itself where it names an exact version or a
// digest, else ours in its line; the image as given where none is of its language.
std::string like_base(const std::string& image, const std::vector<std::string>& bases);

}  // namespace pipewright::init

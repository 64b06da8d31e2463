#include "generator/system/terminal.h"

#include <unistd.h>

#include <cstdlib>

namespace pipewright::system {

std::optional<ColourWish> colour_wish(std::string_view word) {
    if (word == "auto") return ColourWish::automatic;
    if (word == "always") return ColourWish::always;
    if (word == "never") return ColourWish::never;
    return std::nullopt;
}

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* const value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string(value);
    };
}

bool use_colour(ColourWish wish, bool terminal, const Environment& environment) {
    if (wish != ColourWish::automatic) return wish == ColourWish::always;
    const auto value = [&](const char* name) { return environment(name).value_or(std::string()); };
    if (!value("NO_COLOR").empty()) return false;
    for (const char* const name : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
        const std::string forced = value(name);
        if (!forced.empty() && forced != "0" && forced != "false") return true;
    }
    const std::string term = value("TERM");
    if (term.empty() || term == "dumb" || value("CLICOLOR") == "0") return false;
    return terminal;
}

bool is_terminal(int stream) { return ::isatty(stream) == 1; }

}  // namespace pipewright::system

#include "generator/infrastructure/directives.h"

#include <algorithm>
#include <stdexcept>

#include "generator/embed/templates.h"

namespace pipewright::infrastructure {

namespace {

bool word_character(char c, std::string_view further) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           further.find(c) != std::string_view::npos;
}

bool is_word(std::string_view text, std::string_view further) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) { return word_character(c, further); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// The parts between separators, without the blanks around them.
std::vector<std::string_view> parts(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> all;
    while (true) {
        const std::size_t at = text.find(separator);
        all.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos) return all;
        text.remove_prefix(at + separator.size());
    }
}

[[noreturn]] void refuse(std::string_view line) {
    throw std::logic_error("a template declares its calls in a way that can't be read: " + std::string(line));
}

// "SERVICE:Action": exact, so that a reviewer sees what a role gets.
bool is_action(std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && is_word(text.substr(0, colon), "-") &&
           is_word(text.substr(colon + 1), "");
}

Directive read(std::string verb, std::string_view rest, std::string_view line) {
    Directive directive{std::move(verb), {}, {}, {}};
    const std::size_t on = rest.find(" on ");
    if (on == std::string_view::npos) refuse(line);
    for (const std::string_view action : parts(rest.substr(0, on), ",")) {
        if (!is_action(action)) refuse(line);
        directive.actions.emplace_back(action);
    }
    rest.remove_prefix(on + 4);
    const std::size_t condition = rest.find(" if ");
    for (const std::string_view word : parts(rest.substr(0, condition), ",")) {
        if (word != "*" && !is_word(word, "-")) refuse(line);
        directive.resources.emplace_back(word);
    }
    if (condition == std::string_view::npos) return directive;
    for (const std::string_view part : parts(rest.substr(condition + 4), " and ")) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) refuse(line);
        const std::string_view key = part.substr(0, equals), value = part.substr(equals + 1);
        if (!is_word(key, ":/-") || !is_word(value, ".-:/")) refuse(line);
        directive.conditions.emplace_back(key, value);
    }
    return directive;
}

std::vector<std::string> sourced(std::string_view bytes) {
    constexpr std::string_view kDirective = "# shellcheck source=";
    std::vector<std::string> all;
    for (std::size_t at = bytes.find(kDirective); at != std::string_view::npos; at = bytes.find(kDirective, at + 1)) {
        const std::size_t begin = at + kDirective.size();
        all.emplace_back(bytes.substr(begin, bytes.find_first_of(" \n", begin) - begin));
    }
    return all;
}

}  // namespace

std::vector<Directive> directives(std::string_view bytes) {
    std::vector<Directive> all;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view line = trimmed(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        for (const std::string_view verb : {"calls", "plan", "apply", "runs"}) {
            const std::string start = "# " + std::string(verb) + ": ";
            if (line.starts_with(start)) all.push_back(read(std::string(verb), line.substr(start.size()), line));
        }
    }
    return all;
}

std::set<std::string> with_libraries(const std::string& script) {
    std::set<std::string> all{script};
    std::vector<std::string> open{script};
    while (!open.empty()) {
        const std::string one = open.back();
        open.pop_back();
        for (const std::string& library : sourced(embed::bytes_of("scripts/ci/" + one))) {
            if (all.insert(library).second) open.push_back(library);
        }
    }
    return all;
}

}  // namespace pipewright::infrastructure

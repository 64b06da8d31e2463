#include "generator/infrastructure/directives.h"

#include <algorithm>
#include <stdexcept>

#include "generator/embed/templates.h"
#include "generator/project/registry.h"

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

// "SERVICE:Action" or "service.kind.verb": exact, so that a reviewer sees what a role gets.
bool is_action(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos)
        return is_word(text.substr(0, colon), "-") && is_word(text.substr(colon + 1), "");
    const std::vector<std::string_view> words = parts(text, ".");
    return words.size() == 3 && std::all_of(words.begin(), words.end(), [](auto one) { return is_word(one, ""); });
}

Directive read(std::string verb, std::string_view rest, std::string_view line) {
    Directive directive{std::move(verb), {}, {}, {}, {}};
    const std::size_t on = rest.find(" on ");
    if (on == std::string_view::npos) refuse(line);
    for (const std::string_view action : parts(rest.substr(0, on), ",")) {
        if (!is_action(action)) refuse(line);
        directive.actions.emplace_back(action);
    }
    rest.remove_prefix(on + 4);
    if (const std::size_t in = rest.find(" in "); in != std::string_view::npos) {
        for (const std::string_view script : parts(rest.substr(in + 4), ",")) {
            if (!script.ends_with(".sh") || !is_word(script, "-.")) refuse(line);
            directive.scripts.emplace_back(script);
        }
        rest = rest.substr(0, in);
    }
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

embed::Words words_of(const Project& project, const Target& target) {
    return {std::string(to_string(target.cloud)), std::string(registries::word(project, target)), target.runtime};
}

std::vector<DeclaredCall> calls_of(const std::string& script, const embed::Words& words) {
    std::vector<DeclaredCall> all;
    for (const std::string& file : embed::with_libraries(script, words)) {
        for (Directive& one : directives(embed::bytes_of("scripts/ci/" + file))) {
            const bool makes =
                one.scripts.empty() || std::find(one.scripts.begin(), one.scripts.end(), script) != one.scripts.end();
            if (one.verb == "calls" && makes) all.push_back({file, std::move(one)});
        }
    }
    return all;
}

}  // namespace pipewright::infrastructure

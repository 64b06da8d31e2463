#include "generator/system/prompt.h"

#include "generator/system/stream.h"

namespace pipewright::system {

void TerminalPrompt::say(std::string_view text) { static_cast<void>(write_all(kStandardError, text)); }

std::optional<std::string> TerminalPrompt::ask(std::string_view question) {
    say(question);
    Result<std::optional<std::string>> line = read_line(kStandardInput);
    return line ? std::move(line.value()) : std::nullopt;
}

}  // namespace pipewright::system

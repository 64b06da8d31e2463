// A person who is asked. The commands know this interface alone; tests script it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pipewright::system {

class Prompt {
public:
    Prompt() = default;
    Prompt(const Prompt&) = delete;
    Prompt& operator=(const Prompt&) = delete;
    virtual ~Prompt() = default;

    // Shows a text, which ends its own lines.
    virtual void say(std::string_view text) = 0;
    // Shows a question and gives the line that was typed, without its end; nothing once the input has ended.
    virtual std::optional<std::string> ask(std::string_view question) = 0;
};

// Asks on standard error, so that what a command gives can still be piped, and reads standard input.
class TerminalPrompt final : public Prompt {
public:
    void say(std::string_view text) override;
    std::optional<std::string> ask(std::string_view question) override;
};

}  // namespace pipewright::system

// One question after the other, each with what is known already.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/manifest/type.h"
#include "generator/system/prompt.h"
#include "generator/text/diagnostic.h"

namespace pipewright::init {

// Says in a few words what is wrong with an answer; empty for a good one.
using Check = std::function<std::string(const std::string& answer)>;

Check by(const manifest::Form& form);
Check one_of(std::vector<std::string> words);
// A list separated by commas, each of the form.
Check list_by(const manifest::Form& form);

struct Question {
    std::string words;   // "Name of the project"
    std::string flag;    // "--project NAME"
    std::string wished;  // by the flag; empty: not
    std::string known;   // the default; empty: there is none
    Check check;
    bool optional = false;  // may stay open without a mark
};

class Questions {
public:
    Questions(system::Prompt* prompt, bool yes, Diagnostics& diagnostics)
        : prompt_(prompt), yes_(yes), diagnostics_(diagnostics) {}

    // The answer: the flag's, else the person's, else what is known. Empty where it stays open.
    std::string settle(const Question& question);
    // Yes or no, yes by default.
    bool agree(const std::string& words);
    void say(const std::string& text);
    // A flag that is wrong.
    void refuse(const std::string& flag, const std::string& value, const std::string& why);

    bool stopped() const { return stopped_; }
    bool wrong() const { return wrong_; }
    // Flags without which nothing can go on here.
    const std::vector<std::string>& missing() const { return missing_; }
    bool asks() const { return prompt_ != nullptr; }

private:
    system::Prompt* prompt_;
    bool yes_;
    Diagnostics& diagnostics_;
    bool stopped_ = false;
    bool wrong_ = false;
    std::vector<std::string> missing_;
};

}  // namespace pipewright::init

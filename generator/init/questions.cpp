#include "generator/init/questions.h"

#include <algorithm>

#include "generator/init/words.h"
#include "generator/text/quote.h"
#include "generator/text/render.h"
#include "generator/text/suggest.h"

namespace pipewright::init {

Check by(const manifest::Form& form) {
    return [&form](const std::string& answer) { return std::string(form.check(answer)); };
}

Check one_of(std::vector<std::string> words) {
    return [words = std::move(words)](const std::string& answer) {
        const bool known = std::find(words.begin(), words.end(), answer) != words.end();
        return known ? std::string() : "is none of " + listing(words);
    };
}

Check list_by(const manifest::Form& form) {
    return [&form](const std::string& answer) -> std::string {
        for (const std::string_view one : split(answer, ',')) {
            const std::string_view wrong = form.check(trim(one));
            if (!wrong.empty()) return "holds " + quote(trim(one)) + ", which " + std::string(wrong);
        }
        return {};
    };
}

std::string Questions::settle(const Question& question) {
    if (stopped_) return {};
    if (!question.wished.empty()) {
        const std::string complaint = question.check(question.wished);
        if (complaint.empty()) return question.wished;
        refuse(question.flag, question.wished, complaint);
        return {};
    }
    // A default that no manifest may hold is none: a folder can have any name.
    const std::string known = question.known.empty() || question.check(question.known).empty() ? question.known : "";
    if (prompt_ == nullptr) {
        if (known.empty() && !yes_ && !question.optional) missing_.push_back(question.flag);
        return known;
    }
    for (;;) {
        const std::string in_brackets = known.empty() ? ": " : " [" + known + "]: ";
        const std::optional<std::string> line = prompt_->ask(visible(question.words) + in_brackets);
        if (!line) {
            stopped_ = true;
            return {};
        }
        const std::string answer(trim(*line));
        if (answer.empty()) return known;
        const std::string complaint = question.check(answer);
        if (complaint.empty()) return answer;
        prompt_->say("  " + visible(quote(answer)) + " " + visible(complaint) + "\n");
    }
}

bool Questions::agree(const std::string& words) {
    if (prompt_ == nullptr) return true;
    const Question question{words, {}, {}, "yes", one_of({"yes", "y", "no", "n"})};
    const std::string answer = settle(question);
    return answer.starts_with('y');
}

void Questions::say(const std::string& text) {
    if (prompt_ != nullptr) prompt_->say(text);
}

void Questions::refuse(const std::string& flag, const std::string& value, const std::string& why) {
    wrong_ = true;
    diagnostics_.report(Code::bad_call, {}, flag.substr(0, flag.find(' ')) + ": " + quote(value) + " " + why,
                        "write " + flag);
}

}  // namespace pipewright::init

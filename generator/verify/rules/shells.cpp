// Rule 11: no text that a contributor controls (branch names, titles, commit messages, tag names) reaches a shell
// except through an environment variable. Program text is a script's path, the words of a command and a user's own
// lines; the models let no expression into these, and this looks for one that came as text.
#include <algorithm>

#include "generator/verify/rules.h"
#include "generator/verify/words.h"

namespace pipewright::verify {

namespace {

// Contexts of GitHub that whoever opens a change request or names a branch fills ("Script injections").
constexpr std::string_view kContributed[] = {"github.head_ref",
                                             "github.ref_name",
                                             "github.base_ref",
                                             "github.event.issue",
                                             "github.event.comment",
                                             "github.event.head",
                                             "github.event.com",
                                             "github.event.review",
                                             "github.event.pull_request.title",
                                             "github.event.pull_request.body",
                                             "github.event.pull_request.head.ref",
                                             "github.event.pull_request.head.label",
                                             "github.event.pull_request.head.repo.default_branch",
                                             "github.event.pages"};

// Variables of GitLab that are such text.
constexpr std::string_view kContributedVariables[] = {"CI_COMMIT_MESSAGE",
                                                      "CI_COMMIT_TITLE",
                                                      "CI_COMMIT_DESCRIPTION",
                                                      "CI_COMMIT_REF_NAME",
                                                      "CI_COMMIT_BRANCH",
                                                      "CI_COMMIT_TAG",
                                                      "CI_COMMIT_AUTHOR",
                                                      "CI_MERGE_REQUEST_TITLE",
                                                      "CI_MERGE_REQUEST_DESCRIPTION",
                                                      "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"};

// Whether a host would put something into the text before a shell sees it.
bool host_expands(const std::string& text) {
    return text.find("${{") != std::string::npos || text.find("$[[") != std::string::npos;
}

// Whether a text is the name of a variable: what else a shell would be given there it could expand.
bool is_name(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool contributed(const github::Expression& one) {
    if (one.kind() == github::Expression::Kind::context) {
        for (const std::string_view context : kContributed) {
            if (one.text().starts_with(context)) return true;
        }
    }
    return std::any_of(one.parts().begin(), one.parts().end(), contributed);
}

// Variables whose text our scripts give to a shell as a program.
constexpr std::string_view kPrograms[] = {"BEFORE_DEPLOY", "AFTER_DEPLOY", "COMMANDS"};

struct Look {
    std::size_t lines = 0;
    std::vector<std::string> paths;

    // A word, which printers quote for the shell; a host expands inside quotes too.
    void word(const std::string& where, const std::string& text) {
        ++lines;
        if (host_expands(text)) add_once(paths, where + " lets the host write into the shell's word '" + text + "'");
    }
    void program(const std::string& where, const Leaf& leaf) {
        if (std::find(std::begin(kPrograms), std::end(kPrograms), leaf.name) == std::end(kPrograms)) return;
        ++lines;
        if (!leaf.is_text) add_once(paths, where + " lets the host write the commands in " + leaf.name);
    }
    void users(const std::string& where, const std::string& text) {
        ++lines;
        if (host_expands(text)) add_once(paths, where + " lets the host write into the shell line '" + text + "'");
    }
};

void look_at(const github::Job& job, const std::string& where, Look& look) {
    for (const github::Step& step : job.steps) {
        for (const github::Setting& one : step.with) {
            const auto* expression = std::get_if<github::Expression>(&one.value);
            if (expression != nullptr && contributed(*expression))
                add_once(look.paths, where + " gives an action " + expression->print());
        }
        if (!step.run) continue;
        if (const auto* call = std::get_if<github::ScriptCall>(&*step.run)) look.word(where, call->path);
        if (const auto* user = std::get_if<github::UserLines>(&*step.run)) {
            for (const std::string& line : user->lines) look.users(where, line);
            look.users(where, user->directory);
        }
    }
}

void look_at(const gitlab::Job& job, const std::string& where, Look& look) {
    for (const auto* lines : {&job.before, &job.script, &job.afterwards}) {
        for (const gitlab::ScriptLine& line : *lines) {
            if (const auto* call = std::get_if<gitlab::ScriptCall>(&line)) {
                look.word(where, call->path);
                for (const std::string& one : call->arguments) look.word(where, one);
            }
            if (const auto* command = std::get_if<gitlab::Command>(&line)) {
                for (const std::string& one : command->words) look.word(where, one);
            }
            if (const auto* hand_on = std::get_if<gitlab::HandOn>(&line)) {
                for (const std::string& one : hand_on->variables) {
                    ++look.lines;
                    if (!is_name(one)) add_once(look.paths, where + " makes program text of '" + one + "'");
                    for (const std::string_view name : kContributedVariables) {
                        if (one == name) add_once(look.paths, where + " hands on " + one);
                    }
                }
            }
            if (const auto* result = std::get_if<gitlab::HandOnResult>(&line)) {
                ++look.lines;
                if (!is_name(result->variable))
                    add_once(look.paths, where + " makes program text of '" + result->variable + "'");
                look.word(where, result->file);
            }
            if (const auto* user = std::get_if<gitlab::UserLines>(&line)) {
                for (const std::string& one : user->lines) look.users(where, one);
                look.users(where, user->directory);
            }
        }
    }
}

}  // namespace

Verdict shells(const World& world) {
    Look look;
    for (const Job& job : world.jobs()) {
        for (const Leaf& one : job.leaves) look.program(told(job), one);
        if (job.github != nullptr) look_at(*job.github, told(job), look);
        if (job.gitlab != nullptr) look_at(*job.gitlab, told(job), look);
    }
    Verdict verdict;
    verdict.paths = std::move(look.paths);
    verdict.proof = counted(look.lines, "piece") + " of program text: a host or a contributor writes into none";
    return verdict;
}

}  // namespace pipewright::verify

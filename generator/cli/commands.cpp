#include <CLI/CLI.hpp>

#include "generator/cli/command.h"
#include "generator/system/locate.h"
#include "generator/system/terminal.h"
#include "generator/text/render.h"
#include "generator/text/suggest.h"

namespace pipewright::cli {

namespace {

constexpr Command kCommands[] = {
    {"generate", "writes what has changed, removes what is no longer generated, touches nothing else", generate},
    {"check", "compares without writing and names every file that is not as generated", check},
    {"diff", "prints the unified diff that generate would make", diff},
    {"validate", "checks the manifest alone", validate},
};

std::string usage_error(const std::string& message) {
    return "error: " + visible(message) + " [" + std::string(describe(Code::bad_call).id) +
           "]\n      = see pipewright --help\n";
}

// CLI11 names the first argument that it does not know; for a command we can do better.
std::string unknown_command(const std::string& word) {
    std::vector<std::string> known;
    for (const Command& one : commands()) known.emplace_back(one.name);
    const std::string near = suggestion(word, known);
    return "error: there is no command '" + visible(word) + "' [" + std::string(describe(Code::bad_call).id) + "]\n" +
           (near.empty() ? "" : "      = " + near + "\n");
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

Exit run(const std::vector<std::string>& arguments, system::Disk& disk, bool error_is_terminal, Console& console) {
    CLI::App app{"From one manifest to GitHub workflows whose cloud trust agrees with them.", "pipewright"};
    app.set_version_flag("--version", "pipewright " PIPEWRIGHT_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 fine, 1 found something, 2 the manifest or the call is wrong, 3 input or output failed.");
    Call call;
    std::string format = "text";
    std::string colour = "auto";
    std::string manifest;
    for (const Command& one : commands()) {
        CLI::App* sub = app.add_subcommand(std::string(one.name), std::string(one.summary));
        sub->add_option("PATH", call.paths,
                        "a manifest, a folder that holds pipewright.yaml, or - for standard input (default: .)");
        sub->add_option("--manifest", manifest, "the same as PATH")->type_name("FILE");
        sub->add_option("--root", call.root,
                        "where the tree is written (default: the nearest parent with .git, else the manifest's folder)")
            ->type_name("DIR");
        sub->add_option("--format", format, "text or json")
            ->check(CLI::IsMember({"text", "json"}))
            ->type_name("FORMAT");
        sub->add_option("--color", colour, "auto, always or never")
            ->check(CLI::IsMember({"auto", "always", "never"}))
            ->type_name("WHEN");
        sub->add_flag("--strict", call.strict, "warnings count as findings: exit code 1");
    }
    if (!arguments.empty() && !arguments.front().empty() && arguments.front().front() != '-') {
        bool known = false;
        for (const Command& one : commands()) known = known || one.name == arguments.front();
        if (!known) {
            console.err += unknown_command(arguments.front());
            return kWrong;
        }
    }
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        console.out += app.help();
        return kFine;
    } catch (const CLI::CallForVersion& version) {
        console.out += std::string(version.what()) + "\n";
        return kFine;
    } catch (const CLI::ParseError& error) {
        console.err += usage_error(error.what());
        return kWrong;
    }
    if (!manifest.empty()) call.paths.push_back(manifest);
    if (call.paths.empty()) call.paths.push_back(".");
    call.format = format == "json" ? Format::json : Format::text;
    call.colour = system::use_colour(*system::colour_wish(colour), error_is_terminal, system::process_environment());
    Exit worst = kFine;
    for (const Command& one : commands()) {
        if (!app.got_subcommand(std::string(one.name))) continue;
        for (const std::string& path : call.paths) worst = std::max(worst, one.run(call, path, disk, console));
    }
    return worst;
}

}  // namespace pipewright::cli

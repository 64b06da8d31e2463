#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "generator/cli/command.h"
#include "generator/system/locate.h"
#include "generator/system/terminal.h"
#include "generator/text/render.h"
#include "generator/text/suggest.h"

namespace pipewright::cli {

namespace {

constexpr Command kCommands[] = {
    {"init", "looks at the repository, asks what it can't see, and writes a first manifest", init},
    {"generate", "writes what has changed, removes what is no longer generated, touches nothing else", generate},
    {"check", "compares without writing and names every file that is not as generated", check},
    {"diff", "prints the unified diff that generate would make", diff},
    {"validate", "checks the manifest alone", validate},
    {"verify", "proves the rules of the delivery graph for the manifest, or shows the path that breaks one", verify},
    {"simulate", "says which jobs an event runs on each host, which wait for whom, as whom, and why", simulate},
    {"explain", "prints what a code of a message or a key of the manifest means", explain, false},
    {"schema", "prints the JSON Schema of the manifest", schema, false},
    {"reference", "prints the reference of the manifest, in Markdown", reference, false},
};

// Every question that init asks has a flag.
void add_init_options(CLI::App& sub, init::Wishes& wishes) {
    sub.add_option("--project", wishes.project, "the project's name, prefix of everything in the cloud")
        ->type_name("NAME");
    sub.add_option("--host", wishes.host, "github, gitlab, or the https address of a GitLab")->type_name("HOST");
    sub.add_option("--repository", wishes.repository, "owner/name")->type_name("PATH");
    sub.add_option("--branch", wishes.branch, "the default branch")->type_name("NAME");
    sub.add_option("--visibility", wishes.visibility, "public or private, on GitHub")->type_name("WORD");
    sub.add_option("--plan", wishes.plan, "the host's plan: free, team, enterprise; on GitLab free, premium, ultimate")
        ->type_name("PLAN");
    sub.add_option("--starter", wishes.starter, "the shape of the infrastructure: fargate, compose, multicloud …")
        ->type_name("NAME");
    sub.add_option("--stack", wishes.stacks, "a stack instead of the starter's; may be said several times")
        ->type_name("[NAME=]RUNTIME")
        ->allow_extra_args(false);
    sub.add_option("--environments", wishes.environments, "in the order of promotion")->type_name("NAME,NAME");
    sub.add_option("--account", wishes.accounts, "an AWS account; may be said several times")
        ->type_name("[ENVIRONMENT=]DIGITS")
        ->allow_extra_args(false);
    sub.add_option("--gcp-project", wishes.gcp_projects, "a Google Cloud project; may be said several times")
        ->type_name("[ENVIRONMENT=]ID:NUMBER")
        ->allow_extra_args(false);
    sub.add_option("--region", wishes.regions, "a region; may be said several times")
        ->type_name("[STACK or ENVIRONMENT=]REGION")
        ->allow_extra_args(false);
    sub.add_option("--approvers", wishes.approvers, "who lets a release through to production")->type_name("NAME,NAME");
    sub.add_flag("--no-dockerfiles", wishes.no_dockerfiles, "writes no Dockerfile where there is none");
    sub.add_flag("--yes", wishes.yes, "asks nothing: takes the defaults, and marks what is missing");
}

// The format of what is printed; init, simulate and explain know no others than text and json.
void add_format(CLI::App& sub, std::string& format, bool reports) {
    const std::vector<std::string> known(std::begin(kFormats), reports ? std::end(kFormats) : std::begin(kFormats) + 2);
    sub.add_option("--format", format, listing(known))->check(CLI::IsMember(known))->type_name("FORMAT");
}

void add_explain_options(CLI::App& sub, Call& call, std::string& format) {
    sub.add_option("TOPIC", call.topic, "code or key")->required()->check(CLI::IsMember({"code", "key"}));
    sub.add_option("SUBJECT", call.subject, "a code as in PW0103, or a path of keys as in services.api.health.path");
    add_format(sub, format, false);
}

void add_simulate_options(CLI::App& sub, EventWords& event) {
    sub.add_option("--event", event.kind, "push, change-request, schedule or form (default: push)")
        ->check(CLI::IsMember({"push", "change-request", "schedule", "form"}))
        ->type_name("WORD");
    sub.add_option(
           "--ref", event.ref,
           "refs/heads/BRANCH or refs/tags/TAG; of a change request the branch that it comes from (default: the "
           "default branch; for the form that of the environment)")
        ->type_name("REF");
    sub.add_flag("--fork", event.fork, "the change request comes from a fork; any other event happens in one");
    sub.add_option("--action", event.action, "the form: infra, deploy, rollback or destroy")->type_name("WORD");
    sub.add_option("--environment", event.environment, "the form: where")->type_name("NAME");
    sub.add_option("--cloud", event.cloud, "the form: on which stack (default: the first)")->type_name("NAME");
    sub.add_option("--service", event.service, "the form: one service (default: all)")->type_name("NAME");
    sub.add_option("--image", event.image, "the form: the digest to go back to")->type_name("DIGEST");
    sub.add_option("--confirm", event.confirm, "the form: what is confirmed")->type_name("TEXT");
    sub.add_option("--commit", event.commit, "the form of a promotion: the commit")->type_name("SHA");
    sub.add_flag("--rerun", event.rerun, "the run is started once more");
    sub.add_flag("--no-changes", event.no_changes, "no plan finds anything to change");
    sub.add_option("--fails", event.fails, "a job that fails; may be said several times")
        ->type_name("JOB")
        ->allow_extra_args(false);
}

Format format_named(const std::string& name) {
    const auto found = std::find(std::begin(kFormats), std::end(kFormats), name);
    return static_cast<Format>(found - std::begin(kFormats));
}

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

std::string read_event(const std::string& line, EventWords& event) {
    CLI::App app;
    app.set_help_flag();
    add_simulate_options(app, event);
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.insert(words.begin(), word);
    try {
        app.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        return error.what();
    }
    return {};
}

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
        if (one.run == explain) add_explain_options(*sub, call, format);
        if (one.run == validate) {
            sub->add_flag("--effective", call.effective,
                          "prints the manifest with all defaults and overrides, and where each value comes from");
        }
        if (!one.takes_manifest) continue;
        if (one.run == init) add_init_options(*sub, call.wishes);
        if (one.run == simulate) {
            add_simulate_options(*sub, call.event);
            sub->add_option("--events", call.events,
                            "a file with an event a line, each said with the options above; answers with a JSON "
                            "document a line")
                ->type_name("FILE");
        }
        sub->add_option("PATH", call.paths,
                        "a manifest, a folder that holds pipewright.yaml, or - for standard input (default: .)");
        sub->add_option("--manifest", manifest, "the same as PATH")->type_name("FILE");
        sub->add_option("--root", call.root,
                        "where the tree is written (default: the nearest parent with .git, else the manifest's folder)")
            ->type_name("DIR");
        add_format(*sub, format, one.run != init && one.run != simulate);
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
    call.format = format_named(format);
    if (call.effective && call.paths.size() > 1) {
        console.err += usage_error("--effective prints one manifest");
        return kWrong;
    }
    if (call.effective && call.format != Format::text && call.format != Format::json) {
        console.err += usage_error("--effective prints text or json");
        return kWrong;
    }
    if (app.got_subcommand("simulate") && call.paths.size() > 1) {
        console.err += usage_error("simulate answers for one manifest");
        return kWrong;
    }
    if (!call.events.empty() && call.format != Format::text) {
        console.err += usage_error("--events prints lines of JSON, and no other format");
        return kWrong;
    }
    call.colour = system::use_colour(*system::colour_wish(colour), error_is_terminal, system::process_environment());
    Exit worst = kFine;
    for (const Command& one : commands()) {
        if (!app.got_subcommand(std::string(one.name))) continue;
        console.report.command = one.name;
        for (const std::string& path : call.paths) worst = std::max(worst, one.run(call, path, disk, console));
        if (one.takes_manifest && one.run != init) console.out += print(console.report, call.format);
    }
    return worst;
}

}  // namespace pipewright::cli

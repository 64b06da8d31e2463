// The commands: one file each, all in one table (commands.cpp).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/cli/format.h"
#include "generator/cli/report.h"
#include "generator/init/decisions.h"
#include "generator/system/disk.h"
#include "generator/system/prompt.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::cli {

// What the program ends with. A format never changes it.
enum Exit { kFine = 0, kFound = 1, kWrong = 2, kFailed = 3 };

// The event of simulate, as it was asked for.
struct EventWords {
    std::string kind = "push", ref, action, environment;
    std::optional<std::string> cloud, service, image, confirm, commit;
    bool fork = false, rerun = false, no_changes = false;
    std::vector<std::string> fails;
};

// A call as it was parsed.
struct Call {
    std::vector<std::string> paths;  // of manifests or their folders
    std::string root;                // empty: found
    Format format = Format::text;
    bool strict = false;
    bool colour = false;         // on standard error
    init::Wishes wishes;         // of init
    bool effective = false;      // of validate
    EventWords event;            // of simulate
    std::string events;          // of simulate: a file with one a line
    std::string topic, subject;  // of explain: "code" or "key", and which
};

// Where a command writes: data on one stream, messages on the other.
struct Console {
    std::string out, err;
    Report report;                     // what formats for machines print
    system::Prompt* prompt = nullptr;  // whom to ask; null where nobody sits in front
};

struct Command {
    std::string_view name;
    std::string_view summary;
    // Runs for one path; the worst exit of several counts.
    Exit (*run)(const Call& call, const std::string& path, system::Disk& disk, Console& console);
    bool takes_manifest = true;  // else it takes no argument and runs once
};

std::span<const Command> commands();

Exit init(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit generate(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit check(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit diff(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit validate(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit verify(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit simulate(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit explain(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit schema(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit reference(const Call& call, const std::string& path, system::Disk& disk, Console& console);

// Reads an event as simulate's options say it, between spaces. Empty, or what is wrong.
std::string read_event(const std::string& line, EventWords& event);

// Parses the arguments and runs the command; everything that is said goes into the console.
Exit run(const std::vector<std::string>& arguments, system::Disk& disk, bool error_is_terminal, Console& console);

}  // namespace pipewright::cli

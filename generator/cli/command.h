// The commands: one file each, all in one table (commands.cpp).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/system/disk.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::cli {

// What the program ends with. A format never changes it.
enum Exit { kFine = 0, kFound = 1, kWrong = 2, kFailed = 3 };

enum class Format { text, json };

// A call as it was parsed.
struct Call {
    std::vector<std::string> paths;  // of manifests or their folders
    std::string root;                // empty: found
    Format format = Format::text;
    bool strict = false;
    bool colour = false;  // on standard error
};

// Where a command writes: data on one stream, messages on the other.
struct Console {
    std::string out, err;
};

struct Command {
    std::string_view name;
    std::string_view summary;
    // Runs for one path; the worst exit of several counts.
    Exit (*run)(const Call& call, const std::string& path, system::Disk& disk, Console& console);
};

std::span<const Command> commands();

Exit generate(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit check(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit diff(const Call& call, const std::string& path, system::Disk& disk, Console& console);
Exit validate(const Call& call, const std::string& path, system::Disk& disk, Console& console);

// Parses the arguments and runs the command; everything that is said goes into the console.
Exit run(const std::vector<std::string>& arguments, system::Disk& disk, bool error_is_terminal, Console& console);

}  // namespace pipewright::cli

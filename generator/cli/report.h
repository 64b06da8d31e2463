// What a call has to say to machines: collected over all its manifests, printed once in the format that was asked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/cli/format.h"
#include "generator/text/diagnostic.h"
#include "generator/text/source.h"

namespace pipewright::cli {

// A message with its place, free of the texts that it points into.
struct Finding {
    Code code;
    Severity severity = Severity::error;
    std::string message, help;
    std::string file;  // as the call named it; empty where the message has no place
    std::string path;  // the same from the root of the repository; of a message without a place, the manifest's
    Position begin, end;
};

// A file of the output, compared with the disk.
struct ComparedFile {
    std::string path;  // from the root of the repository
    std::string verdict, reason, because;
    bool stale = false;
    bool told = false;              // nobody need be told of it: it was brought up to date
    Code code = Code::not_current;  // what a stale one is, where only findings can be told
};

struct Report {
    std::string command;
    std::vector<Finding> findings;
    bool compared = false;  // whether files were compared at all
    std::vector<ComparedFile> files;
    std::vector<std::string> verified;  // of verify: for each manifest a document of JSON
    std::string effective;              // of validate --effective: a document of JSON, or nothing
    std::string simulation;             // of simulate: the same

    // The findings, and one more for each stale file that none of them is about: for formats that know nothing else.
    std::vector<Finding> all() const;
};

// The report in a format for machines; with a line end.
std::string print(const Report& report, Format format);

// One printer each.
std::string print_json(const Report& report);
std::string print_sarif(const Report& report);
std::string print_github(const Report& report);
std::string print_gitlab(const Report& report);

// What a finding is known by from run to run, also after lines above it came or went: SHA-256 of the code, the path and
// the words, and of how many like it came before.
std::vector<std::string> fingerprints(const std::vector<Finding>& findings);

}  // namespace pipewright::cli

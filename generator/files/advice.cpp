#include "generator/files/advice.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "generator/files/sha256.h"
#include "generator/text/suggest.h"

namespace pipewright::files {

namespace {

constexpr std::string_view kRun = "run 'pipewright generate'";

bool has_line(std::string_view text, std::string_view start) {
    return text.starts_with(start) || text.find(std::string("\n").append(start)) != std::string_view::npos;
}

std::string without_carriage_returns(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') plain.push_back(text[i]);
    }
    return plain;
}

// All versions and values of each name.
std::map<std::string, std::set<Pin>> by_name(const std::vector<Pin>& pins) {
    std::map<std::string, std::set<Pin>> groups;
    for (const Pin& pin : pins) groups[pin.name].insert(pin);
    return groups;
}

std::string versions(const std::set<Pin>& pins) {
    std::set<std::string> words;
    for (const Pin& pin : pins) words.insert(pin.version);
    return listing(std::vector<std::string>(words.begin(), words.end()));
}

}  // namespace

std::string shell_word(std::string_view path) {
    const auto harmless = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_./+@").find(c) != std::string_view::npos;
    };
    if (!path.empty() && std::all_of(path.begin(), path.end(), harmless)) return std::string(path);
    std::string word = "'";
    for (const char c : path) {
        if (c == '\'') {
            word += "'\\''";
        } else {
            word.push_back(c);
        }
    }
    return word + "'";
}

Blockade blockade_advice(const std::string& path, const std::string& by, Kind kind) {
    const std::string again = ", then " + std::string(kRun);
    if (kind == Kind::symlink) {
        const std::string instead = by == path ? "remove the link" : "put a real folder in the place of the link";
        return {"'" + by + "' is a symbolic link, and pipewright writes through none", instead + again};
    }
    if (kind == Kind::folder) {
        return {"'" + by + "' is a folder where a file has to stand", "move or delete the folder" + again};
    }
    if (kind == Kind::file) {
        return {"'" + by + "' is a file where a folder is needed", "move or delete the file '" + by + "'" + again};
    }
    return {"'" + by + "' is neither a file nor a folder", "remove it" + again};
}

Edit edit_advice(const std::string& path, std::string_view bytes, const LockedFile& locked) {
    if (has_line(bytes, "<<<<<<< ") && has_line(bytes, ">>>>>>> ")) {
        return {"it holds conflict markers of git",
                "resolve the manifest, delete this file, and " + std::string(kRun) + ", which writes it anew"};
    }
    if (sha256(without_carriage_returns(bytes)) == locked.sha256) {
        return {"only its line ends differ: something turned LF into CRLF",
                "put '* text=auto eol=lf' into .gitattributes, delete this file, and " + std::string(kRun)};
    }
    return {{},
            "move the change into the manifest (its 'extend' takes steps and jobs of your own) and undo it here with "
            "'git checkout -- " +
                shell_word(path) + "', or delete the file; then " + std::string(kRun)};
}

std::string foreign_advice(const std::string& path, bool seeded) {
    if (seeded) {
        return "pipewright wrote it once and left it to you, and generates it from now on: move what is yours "
               "elsewhere, "
               "delete '" +
               path + "', then " + std::string(kRun);
    }
    return "move or delete '" + path + "', then " + std::string(kRun) +
           "; if pipewright wrote it, the lock has lost it: delete it all the same, it is written anew";
}

std::string edited_orphan_advice(const std::string& path) {
    return "delete '" + path + "', or rename it if you want to keep it; then " + std::string(kRun);
}

std::string program_note(const Lock& before, const Lock& now) {
    std::vector<std::string> notes;
    if (before.program != now.program) notes.push_back("pipewright " + before.program + " is now " + now.program);
    const auto old_pins = by_name(before.pins);
    for (const auto& [name, pins] : by_name(now.pins)) {
        const auto old = old_pins.find(name);
        if (old == old_pins.end() || old->second == pins) continue;
        const std::string from = versions(old->second);
        const std::string to = versions(pins);
        notes.push_back("pin " + name + (from == to ? " " + to + " has another value" : " " + from + " is now " + to));
    }
    constexpr std::size_t enough = 3;
    if (notes.size() > enough) {
        const std::size_t more = notes.size() - enough;
        notes.resize(enough);
        notes.push_back(std::to_string(more) + " more pins changed");
    }
    std::string note;
    for (const std::string& part : notes) note += (note.empty() ? "" : ", ") + part;
    return note;
}

void report(const Changes& changes, Diagnostics& diagnostics) {
    const auto one = [&](const Change& change) {
        const std::string name = "'" + change.path + "'";
        const auto say = [&](Code code, const std::string& message) {
            diagnostics.report(code, {}, message, change.help);
        };
        const bool lock_unknown = changes.lock.verdict == Verdict::unreadable;
        switch (change.verdict) {
            case Verdict::edited:
                return say(Code::hand_edit, name + " was edited since it was generated" +
                                                (change.detail.empty() ? "" : ": " + change.detail));
            case Verdict::foreign:
                if (!lock_unknown) say(Code::foreign_file, name + " is there already, and pipewright did not write it");
                return;
            case Verdict::edited_orphan:
                return say(Code::edited_orphan, name + " is no longer generated, and was edited since it was");
            case Verdict::blocked: return say(Code::blocked_path, name + " can't be written: " + change.detail);
            default: return;
        }
    };
    for (const Change& change : changes.files) one(change);
    one(changes.lock);
}

std::string explain(const Changes& changes, const Change& change) {
    const std::string why = change.reason == Reason::program_changed ? changes.program_note
                            : change.reason == Reason::edited        ? "it was edited by hand"
                                                                     : "the manifest changed";
    switch (change.verdict) {
        case Verdict::unchanged: return "up to date";
        case Verdict::kept: return "yours";
        case Verdict::create: return change.reason == Reason::missing ? "missing" : "new: " + why;
        case Verdict::update: return "stale: " + why;
        case Verdict::mode: return "wrong executable bit: " + why;
        case Verdict::remove: return "no longer generated";
        case Verdict::edited: return "edited by hand" + (change.detail.empty() ? "" : ": " + change.detail);
        case Verdict::foreign: return "in the way, and not ours";
        case Verdict::edited_orphan: return "no longer generated, and edited by hand";
        case Verdict::blocked: return "blocked: " + change.detail;
        case Verdict::unreadable: return "can't be read";
    }
    return {};
}

}  // namespace pipewright::files

#include <nlohmann/json.hpp>

#include "generator/cli/output.h"
#include "generator/init/manifest.h"
#include "generator/manifest/load.h"
#include "generator/system/apply.h"
#include "generator/system/locate.h"
#include "generator/text/render.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;

// The folder that the manifest is to stand in, and its name there.
struct Target {
    std::string folder, name;
};

std::optional<Target> target_of(const std::string& path, system::Disk& disk, Diagnostics& diagnostics) {
    Target target{path, std::string(system::kManifestName)};
    if (path.ends_with(".yaml") || path.ends_with(".yml")) {
        const std::size_t slash = path.rfind('/');
        target.folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
        target.name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    }
    const system::Result<system::Status> status = disk.status_behind_links(target.folder);
    if (status && status.value().kind == files::Kind::folder) return target;
    diagnostics.report(Code::bad_call, {}, "'" + target.folder + "' is not a folder",
                       "name the folder that the manifest is to stand in");
    return std::nullopt;
}

// A file of the target's folder as a person would name it.
std::string path_of(const Target& target, const std::string& name) {
    return target.folder == "." ? name : system::join_path(target.folder, name);
}

// Whatever is wrong with the manifest although every fact is there: flags that don't go together, or a fault of ours.
bool check(Run& run, const init::Decisions& decisions, const std::string& name) {
    const SourceId source = run.sources.add(name + " (not written)", init::trial_text(decisions));
    Diagnostics found;
    const bool valid = manifest::load(run.sources, source, {{}, name}, found).has_value();
    for (const Diagnostic& one : found.sorted()) {
        if (!valid && one.severity == Severity::error)
            run.diagnostics.report(one.code, one.span, one.message, one.help);
    }
    return valid;
}

// All new files at once, or none; one that is there already is kept.
std::optional<std::vector<std::string>> write(Run& run, const Target& target, std::vector<init::Companion> wanted) {
    files::FileTree tree;
    files::Changes changes;
    changes.lock.path = files::kLockName;
    for (init::Companion& one : wanted) {
        const system::Result<system::Status> status = run.disk.status(system::join_path(target.folder, one.path));
        if (one.path != target.name && status && status.value().kind != files::Kind::absent) continue;
        files::Change change;
        change.path = one.path;
        change.verdict = files::Verdict::create;
        changes.files.push_back(std::move(change));
        files::File file;
        file.bytes = std::move(one.bytes);
        file.made_by = "init";
        if (!tree.add(one.path, std::move(file), run.diagnostics)) return std::nullopt;
    }
    system::Applied applied = system::apply(run.disk, target.folder, changes, tree, run.diagnostics);
    if (!applied.done) return std::nullopt;
    return std::move(applied.created);
}

std::string next_steps(const Target& target, const std::vector<std::size_t>& open,
                       const std::vector<std::string>& created) {
    std::string text = "\nWhat to do next:\n";
    int step = 0;
    const auto add = [&](const std::string& words) { text += "  " + std::to_string(++step) + ". " + words + "\n"; };
    std::string own;
    for (const std::string& path : created) {
        if (path.find("Dockerfile") != std::string::npos) own += (own.empty() ? "" : ", ") + path;
    }
    const bool several = own.find(',') != std::string::npos;
    if (!own.empty()) {
        add("read " + visible(own) + " and build " + (several ? "each" : "it") + " once: nobody has tried " +
            (several ? "them" : "it") + " yet");
    }
    if (!open.empty()) {
        std::string lines;
        for (const std::size_t line : open) lines += (lines.empty() ? "" : ", ") + std::to_string(line);
        add("fill in " + target.name + " where it says " + std::string(init::kPlaceholder) + ": line" +
            (open.size() > 1 ? "s " : " ") + lines);
    }
    const std::string path = path_of(target, target.name);
    const std::string where = path == system::kManifestName ? "" : " " + visible(path);
    add("pipewright validate" + where + "   is it right, and what should you know?");
    add("pipewright generate" + where + "   then read DELIVERY.md: what a person sets up once");
    return text;
}

}  // namespace

Exit init(const Call& call, const std::string& path, system::Disk& disk, Console& console) {
    Run run(disk);
    const bool json = call.format == Format::json;
    std::vector<std::string> created;
    std::vector<std::size_t> open;
    const auto end = [&](Exit outcome) {
        if (json) {
            Json document = Json::parse(json_document(run, "init", nullptr));
            document["files"] = created;
            document["open_lines"] = open;
            console.out += document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
        }
        return finish(run, call, outcome, console);
    };
    const std::optional<Target> target = target_of(path, disk, run.diagnostics);
    if (!target) return end(kWrong);
    const std::string root = call.root.empty() ? system::find_root(disk, target->folder) : call.root;
    init::Facts facts = init::look(disk, root, target->folder);
    const system::Result<system::Status> there = disk.status(system::join_path(target->folder, target->name));
    if (facts.manifest.empty() && there && there.value().kind != files::Kind::absent) facts.manifest = target->name;
    if (!facts.manifest.empty()) {
        run.diagnostics.report(Code::manifest_exists, {}, "'" + path_of(*target, facts.manifest) + "' is there already",
                               "init writes a first manifest and never changes one; go on with: pipewright validate");
        return end(kFound);
    }
    // A program that reads JSON can't answer.
    system::Prompt* prompt = call.wishes.yes || json ? nullptr : console.prompt;
    if (prompt == nullptr && !json) {
        for (const std::string& line : init::describe(facts)) console.err += visible(line) + "\n";
    }
    const std::optional<init::Decisions> decisions =
        init::decide(std::move(facts), call.wishes, prompt, run.diagnostics);
    if (!decisions) {
        if (run.diagnostics.has_errors()) return end(kWrong);
        console.err += "\nstopped: nothing was written\n";
        return end(kFound);
    }
    if (!check(run, *decisions, target->name)) return end(kWrong);

    std::vector<init::Companion> wanted = init::companions(*decisions);
    wanted.push_back({target->name, init::manifest_text(*decisions)});
    open = init::open_lines(wanted.back().bytes);
    const std::optional<std::vector<std::string>> done = write(run, *target, std::move(wanted));
    if (!done) {
        run.failed = true;
        open.clear();
        return end(kFailed);
    }
    created = *done;
    if (!json) {
        for (const std::string& one : created) console.out += "create  " + visible(one) + "\n";
        console.out += next_steps(*target, open, created);
    }
    return end(call.strict && !open.empty() ? kFound : kFine);
}

}  // namespace pipewright::cli

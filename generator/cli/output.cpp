#include "generator/cli/output.h"

#include <algorithm>

#include "generator/cli/models.h"
#include "generator/manifest/load.h"
#include "generator/print/print.h"
#include "generator/system/locate.h"
#include "generator/system/snapshot.h"
#include "generator/text/render.h"
#include "generator/verify/verify.h"

namespace pipewright::cli {

namespace {

// Whether a path is a folder or lies in it.
bool lies_in(const std::string& path, const std::string& folder) {
    return path == folder || folder == "/" || path.starts_with(folder + "/");
}

// A path of the manifest that is missing is a warning; one that a link leads out of the repository is an error. What
// is wrong with a folder is not said again of what stands in it.
void check_paths(Run& run, const std::string& base) {
    const system::Result<std::string> top = run.disk.real_path(base);
    if (!top) return;
    std::vector<std::string> told;
    for (const manifest::NamedPath& named : manifest::named_paths(*run.project, run.effective)) {
        const auto in = [&](const std::string& folder) { return lies_in(named.path, folder); };
        if (std::any_of(told.begin(), told.end(), in)) continue;
        const std::string path = system::join_path(base, named.path);
        const system::Result<system::Status> status = run.disk.status_behind_links(path);
        const system::Result<std::string> real = run.disk.real_path(path);
        if (real && !lies_in(real.value(), top.value())) {
            run.diagnostics.report(Code::outside_repository, named.span,
                                   named.what + " leads out of the repository by a symbolic link: " + named.path,
                                   "put what it links to into the repository: a job has nothing else");
        } else if (!status || status.value().kind == files::Kind::absent) {
            run.diagnostics.report(Code::missing_path, named.span, named.what + " is not there: " + named.path,
                                   "the build will fail until it is");
        } else {
            continue;
        }
        told.push_back(named.path);
    }
}

// "Actions limits": GitHub starts no run of a workflow that is larger, in bytes, and says nothing.
constexpr std::size_t kLargestWorkflow = 500'000;

void check_sizes(Run& run, const github::Pipeline& pipeline) {
    for (const github::Workflow& workflow : pipeline.workflows) {
        const files::File* file = run.tree.find(workflow.path);
        if (file == nullptr || file->bytes.size() <= kLargestWorkflow) continue;
        run.diagnostics.report(Code::blocked_path, run.project->span,
                               workflow.path + " would have " + std::to_string(file->bytes.size() / 1000) +
                                   " KB, and GitHub starts no run of a workflow with more than " +
                                   std::to_string(kLargestWorkflow / 1000),
                               "make two projects of it, each with its own folder, services and manifest");
    }
}

}  // namespace

bool load(Run& run, const Call& call, const std::string& path) {
    const std::optional<system::LocatedManifest> located = system::locate(run.disk, path, run.diagnostics);
    if (!located) return false;
    const std::optional<SourceId> source = system::read_manifest(run.disk, *located, run.sources, run.diagnostics);
    if (!source) {
        run.failed = true;
        return false;
    }
    run.root = call.root.empty() ? system::find_root(run.disk, located->folder) : call.root;
    const std::optional<std::string> below = system::place_below(run.disk, run.root, located->folder);
    manifest::Place place;
    place.folder = below.value_or("");
    const std::string name =
        located->path.empty() ? std::string(system::kManifestName) : located->path.substr(located->path.rfind('/') + 1);
    place.manifest_path = place.folder.empty() ? name : place.folder + "/" + name;
    run.manifest = *source;
    run.manifest_path = place.manifest_path;
    run.lock_path =
        place.folder.empty() ? std::string(files::kLockName) : place.folder + "/" + std::string(files::kLockName);
    run.project = manifest::load(run.sources, *source, place, run.diagnostics, &run.effective);
    if (!run.project) return false;
    // A manifest outside the root is there to be tried: what it names stands beside it.
    check_paths(run, below ? run.root : located->folder);
    return !run.diagnostics.has_errors();
}

bool prepare(Run& run, const Call& call, const std::string& path) {
    if (!load(run, call, path)) return false;
    const std::optional<Models> models = decide(run);
    if (!models) return false;
    pipewright::verify::report(pipewright::verify::verify(models->subject(*run.project)), *run.project,
                               run.diagnostics);
    if (run.diagnostics.has_errors()) return false;
    const print::Output output{run.project->name,
                               run.project->folder,
                               run.project->manifest_path,
                               models->github ? &*models->github : nullptr,
                               models->gitlab ? &*models->gitlab : nullptr,
                               &models->infrastructure,
                               &*run.project,
                               models->data,
                               models->scripts,
                               run.origins.intern(run.project->span, "the project")};
    run.tree = files::FileTree(&run.origins);
    print::print_all(output, run.tree, run.diagnostics);
    if (models->github) check_sizes(run, *models->github);
    if (run.diagnostics.has_errors()) return false;

    const files::Lock wanted = files::make_lock(run.tree, PIPEWRIGHT_VERSION, print::used_pins(output));
    const std::optional<files::Lock> lock =
        system::read_lock(run.disk, run.root, run.lock_path, run.sources, run.diagnostics);
    const std::optional<files::View> view =
        system::snapshot(run.disk, run.root, run.tree, lock ? &*lock : nullptr, run.lock_path, run.diagnostics);
    if (!view) {
        run.failed = true;
        return false;
    }
    run.view = *view;
    run.changes = files::compare(run.tree, wanted, lock ? &*lock : nullptr, run.view, run.lock_path);
    return true;
}

Exit finish(const Run& run, const Call& call, Exit outcome, Console& console, const files::Changes* changes) {
    if (call.format == Format::text) {
        console.err += render_text(run.diagnostics.sorted(), run.sources, call.colour);
    } else {
        collect(run, changes, console.report);
    }
    if (run.failed) return kFailed;
    if (outcome == kFine && call.strict && run.diagnostics.warnings() > 0) return kFound;
    return outcome;
}

}  // namespace pipewright::cli

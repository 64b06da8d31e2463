// The roots, and the modules that they call.
#include <algorithm>

#include "generator/embed/templates.h"
#include "generator/print/header.h"
#include "generator/print/print.h"
#include "generator/print/terraform/root.h"

namespace pipewright::print {

namespace {

void add(const std::string& path, const hcl::File& from, files::FileTree& tree, Diagnostics& diagnostics) {
    hcl::Printed printed = hcl::print(from);
    files::File file;
    file.bytes = std::move(printed.bytes);
    file.lines = std::move(printed.lines);
    file.made_by = "the Terraform roots";
    file.origin = from.origin;
    tree.add(path, std::move(file), diagnostics);
}

// A template as it stands.
void add_template(std::string_view from, const std::string& path, const Output& output, files::FileTree& tree,
                  Diagnostics& diagnostics) {
    files::File file;
    file.bytes = std::string(embed::bytes_of(from));
    file.made_by = "the Terraform modules";
    file.origin = output.origin;
    file.lines.assign(static_cast<std::size_t>(std::count(file.bytes.begin(), file.bytes.end(), '\n')), output.origin);
    tree.add(path, std::move(file), diagnostics);
}

}  // namespace

void print_terraform(const Output& output, files::FileTree& tree, Diagnostics& diagnostics) {
    const infrastructure::Model& model = *output.infrastructure;
    const std::vector<std::string> head = header_lines(output.manifest_path);
    for (const infrastructure::Root& root : model.roots) {
        add(root.path + "/main.tf", main_file(root, model.modules_folder, head), tree, diagnostics);
        add(root.path + "/backend.hcl", backend_file(root, head), tree, diagnostics);
    }
    constexpr std::string_view kFolder = "terraform/";  // of the templates
    for (const std::string& path : model.module_files) {
        add_template(path, model.modules_folder + "/" + path.substr(kFolder.size()), output, tree, diagnostics);
    }
    // A state may hold what nobody else should read, and providers are large. The root's own .gitignore is the user's.
    const std::size_t slash = model.modules_folder.rfind('/');
    if (!model.roots.empty() && slash != std::string::npos) {
        add_template("terraform/gitignore", model.modules_folder.substr(0, slash) + "/.gitignore", output, tree,
                     diagnostics);
    }
}

}  // namespace pipewright::print

// A repository in memory with a small manifest, and the few words of a shell that examples use.
#pragma once

#include <string>
#include <vector>

#include "generator/cli/command.h"
#include "generator/system/memory_disk.h"

namespace pipewright::scene {

// The bytes of a file of this repository.
std::string contents(const std::string& path);

// tests/manifest/base.yaml: valid, and nothing is to be said of it.
std::string base_manifest();

// The base with each top-level key of the example in place of its own; one that the base lacks comes last. An example
// without a key is the whole file.
std::string laid_over(const std::string& example);

// \xNN is that byte, \t a tab.
std::string unescaped(const std::string& text);

// The repository stands at "/": services' folders api and web with a Dockerfile each.
struct Scene {
    system::MemoryDisk disk;
    std::string out, err;  // of the last call

    explicit Scene(const std::string& manifest);

    cli::Exit run(const std::vector<std::string>& words);

    // One line of a shell: pipewright, echo 'TEXT' > and >> FILE, rm, mkdir, chmod a-r, a-w, a+r, a+w.
    void type(const std::string& line);
};

}  // namespace pipewright::scene

#include "generator/embed/templates.h"

#include <stdexcept>
#include <string>

namespace {
struct Row {
    const char* path;
    const char* begin;
    const char* end;
};
}  // namespace

#include "templates.inc"

namespace pipewright::embed {

const std::vector<Template>& templates() {
    static const std::vector<Template> all = [] {
        std::vector<Template> list;
        for (const Row* row = kRows; row->path != nullptr; ++row) {
            list.push_back({row->path, {row->begin, static_cast<std::size_t>(row->end - row->begin)}});
        }
        return list;
    }();
    return all;
}

std::string_view bytes_of(std::string_view path) {
    for (const Template& entry : templates()) {
        if (entry.path == path) return entry.bytes;
    }
    throw std::logic_error("no template " + std::string(path));
}

}  // namespace pipewright::embed

#include "generator/embed/pages.h"

namespace {
struct Row {
    const char* path;
    const char* begin;
    const char* end;
};
}  // namespace

#include "pages.inc"

namespace pipewright::embed {

std::string_view page(std::string_view id) {
    for (const Row* row = kRows; row->path != nullptr; ++row) {
        const std::string_view path = row->path;
        if (path.ends_with(".md") && path.substr(0, path.size() - 3) == id)
            return {row->begin, static_cast<std::size_t>(row->end - row->begin)};
    }
    return {};
}

}  // namespace pipewright::embed

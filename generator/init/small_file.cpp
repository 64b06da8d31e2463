#include "generator/init/small_file.h"

namespace pipewright::init {

SmallFile read_small(system::Disk& disk, const std::string& path) {
    const system::Result<system::Status> status = disk.status_behind_links(path);
    if (!status) return {std::nullopt, status.failure().sentence()};
    if (status.value().kind != files::Kind::file) return {};
    if (status.value().size > kLargestFile)
        return {std::nullopt, "'" + path + "' is larger than 1 MiB, so it was not read"};
    system::Result<std::string> bytes = disk.read(path);
    if (!bytes) return {std::nullopt, bytes.failure().sentence()};
    return {std::move(bytes.value()), {}};
}

}  // namespace pipewright::init

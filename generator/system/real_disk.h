// The disk of the machine, by POSIX calls.
#pragma once

#include "generator/system/disk.h"

namespace pipewright::system {

class RealDisk final : public Disk {
public:
    Result<Status> status(const std::string& path) override;
    Result<Status> status_behind_links(const std::string& path) override;
    using Disk::read;
    Result<std::string> read(const std::string& path, std::size_t most) override;
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<std::string> real_path(const std::string& path) override;
    Result<Done> write_new(const std::string& path, std::string_view bytes, files::Mode mode) override;
    Result<Done> link(const std::string& from, const std::string& to) override;
    Result<Done> rename(const std::string& from, const std::string& to) override;
    Result<Done> remove(const std::string& path) override;
    Result<Done> make_folder(const std::string& path) override;
    Result<bool> remove_empty_folder(const std::string& path) override;
    Result<std::unique_ptr<Hold>> hold(const std::string& folder) override;
};

}  // namespace pipewright::system

#include "generator/files/lock.h"

#include <algorithm>

#include "generator/files/lock_words.h"
#include "generator/files/sha256.h"

namespace pipewright::files {

namespace {

constexpr std::string_view kHeader =
    "# What pipewright generated here, with digests, and what it pinned: so that it knows its own files again.\n"
    "# Written by 'pipewright generate'. Do not edit it, but commit it.\n";

bool plain(char c) { return c > ' ' && c < '\x7f' && c != '%'; }

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string escape(std::string_view word) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : word) {
        if (plain(c)) {
            escaped.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            escaped.append({'%', digits[byte >> 4], digits[byte & 0xf]});
        }
    }
    return escaped;
}

std::optional<std::string> unescape(std::string_view word) {
    std::string plain_word;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%') {
            plain_word.push_back(word[i]);
            continue;
        }
        if (i + 2 >= word.size() || digit(word[i + 1]) < 0 || digit(word[i + 2]) < 0) return std::nullopt;
        plain_word.push_back(static_cast<char>(digit(word[i + 1]) << 4 | digit(word[i + 2])));
        i += 2;
    }
    if (escape(plain_word) != word) return std::nullopt;
    return plain_word;
}

Lock make_lock(const FileTree& tree, std::string program, std::vector<Pin> pins) {
    Lock lock;
    lock.program = std::move(program);
    std::sort(pins.begin(), pins.end());
    pins.erase(std::unique(pins.begin(), pins.end()), pins.end());
    lock.pins = std::move(pins);
    for (const auto& [path, file] : tree.files()) {
        lock.files.emplace(path, LockedFile{file.mode, sha256(file.bytes), file.owner});
    }
    return lock;
}

std::string print(const Lock& lock) {
    std::string text(kHeader);
    const auto line = [&text](std::initializer_list<std::string_view> words) {
        for (const std::string_view word : words) text.append(word).push_back(' ');
        text.back() = '\n';
    };
    line({"format", std::to_string(kLockFormat)});
    line({"program", escape(lock.program)});
    for (const Pin& pin : lock.pins) line({"pin", escape(pin.name), escape(pin.version), escape(pin.value)});
    for (const auto& [path, file] : lock.files) {
        line({"file", to_string(file.mode), file.sha256, to_string(file.owner), escape(path)});
    }
    return text;
}

}  // namespace pipewright::files

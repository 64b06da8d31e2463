#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

#include "generator/files/lock.h"
#include "generator/files/lock_words.h"
#include "generator/files/path.h"

namespace pipewright::files {

namespace {

struct Word {
    std::string_view text;
    std::size_t offset = 0;
};

bool conflict_marker(std::string_view line) {
    return line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line.starts_with("||||||| ") ||
           line == "=======";
}

// Reads one lock and stops at the first mistake: what follows one is rarely worth reading.
class LockReader {
public:
    LockReader(const Source& source, SourceId id, Diagnostics& diagnostics)
        : source_(source), text_(source.bytes()), id_(id), diagnostics_(diagnostics) {}

    std::optional<Lock> read() {
        if (!whole()) return std::nullopt;
        for (std::size_t begin = 0; begin < text_.size();) {
            const std::size_t end = text_.find('\n', begin);
            if (!line(begin, end)) return std::nullopt;
            begin = end + 1;
        }
        if (!format_) return fail(text_.size(), 0, "the line 'format' is missing"), std::nullopt;
        if (lock_.program.empty()) return fail(text_.size(), 0, "the line 'program' is missing"), std::nullopt;
        lock_.pins.assign(pins_.begin(), pins_.end());
        return std::move(lock_);
    }

private:
    bool fail(std::size_t offset, std::size_t length, std::string message, std::string help) {
        const Span span{id_, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)};
        diagnostics_.report(Code::bad_lock, span, std::move(message), std::move(help));
        return false;
    }
    bool fail(std::size_t offset, std::size_t length, std::string message) {
        return fail(offset, length, std::move(message),
                    "restore it with 'git checkout -- " + source_.name() +
                        "', or delete it and run 'pipewright generate': files that are up to date are then known as "
                        "generated again");
    }
    bool fail(const Word& word, std::string message) { return fail(word.offset, word.text.size(), std::move(message)); }

    // What is wrong with the file as a whole comes first, since it explains what is wrong with its lines.
    bool whole() {
        if (text_.empty()) return fail(0, 0, "the lock is empty");
        for (std::size_t number = 1; number <= source_.line_count(); ++number) {
            const std::string_view content = source_.line(number);
            if (!conflict_marker(content)) continue;
            return fail(source_.line_start(number), content.size(), "the lock holds conflict markers of git",
                        "resolve the manifest; take either side of the lock, for example with 'git checkout HEAD -- " +
                            source_.name() + "'; then run 'pipewright generate', which writes the rest");
        }
        if (const std::size_t at = text_.find('\r'); at != std::string_view::npos) {
            return fail(at, 1, "the lock has line ends that pipewright did not write",
                        "something turned LF into CRLF: put '* text=auto eol=lf' into .gitattributes and check the "
                        "file out again");
        }
        if (text_.back() != '\n') {
            const std::size_t start = source_.line_start(source_.line_count());
            return fail(start, text_.size() - start, "the lock ends in the middle of a line");
        }
        return true;
    }

    bool line(std::size_t begin, std::size_t end) {
        const std::string_view content = text_.substr(begin, end - begin);
        if (content.starts_with('#')) return true;
        std::vector<Word> words;
        for (std::size_t at = 0; at <= content.size();) {
            const std::size_t stop = std::min(content.find(' ', at), content.size());
            words.push_back({content.substr(at, stop - at), begin + at});
            at = stop + 1;
        }
        const std::string_view kind = words[0].text;
        if (kind == "format") return format(words);
        if (!format_) return fail(begin, content.size(), "the first line after the comments must be 'format'");
        const auto words_are = [&](std::size_t count, std::string_view form) {
            return words.size() == count ||
                   fail(begin, content.size(), "the line must read '" + std::string(form) + "'");
        };
        if (kind == "program") return words_are(2, "program VERSION") && program(words);
        if (kind == "pin") return words_are(4, "pin NAME VERSION VALUE") && pin(words);
        if (kind == "file") return words_are(5, "file MODE SHA256 OWNER PATH") && file(words);
        return fail(begin, content.size(), "the line is neither format, program, pin nor file");
    }

    bool format(const std::vector<Word>& words) {
        if (format_) return fail(words[0], "the line 'format' stands twice");
        const std::string_view digits = words.size() == 2 ? words[1].text : std::string_view();
        int number = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (digits.empty() || error != std::errc() || stop != digits.data() + digits.size() || number < 1) {
            return fail(words[0], "the line must read 'format NUMBER'");
        }
        if (number > kLockFormat) {
            const std::string writer = written_by();
            return fail(
                words[1].offset, words[1].text.size(),
                "the lock has format " + std::to_string(number) +
                    ", and this pipewright " PIPEWRIGHT_VERSION " knows only up to " + std::to_string(kLockFormat),
                writer.empty() ? "use a newer pipewright" : "use pipewright " + writer + " or newer, which wrote it");
        }
        format_ = true;
        return true;
    }

    // The version in the program line, whatever else the file holds.
    std::string written_by() const {
        constexpr std::string_view key = "\nprogram ";
        const std::size_t at = text_.find(key);
        if (at == std::string_view::npos) return {};
        const std::size_t begin = at + key.size();
        return unescape(text_.substr(begin, text_.find('\n', begin) - begin)).value_or(std::string());
    }

    std::optional<std::string> word(const Word& word) {
        std::optional<std::string> plain = word.text.empty() ? std::nullopt : unescape(word.text);
        if (!plain) fail(word, word.text.empty() ? "a word is empty" : "a word is not escaped as pipewright does it");
        return plain;
    }

    bool program(const std::vector<Word>& words) {
        if (!lock_.program.empty()) return fail(words[0], "the line 'program' stands twice");
        const std::optional<std::string> version = word(words[1]);
        if (version) lock_.program = *version;
        return version.has_value();
    }

    bool pin(const std::vector<Word>& words) {
        std::vector<std::string> plain;
        for (std::size_t i = 1; i < 4; ++i) {
            const std::optional<std::string> value = word(words[i]);
            if (!value) return false;
            plain.push_back(*value);
        }
        const auto [kept, added] = pins_.insert({plain[0], plain[1], plain[2]});
        return added || fail(words[1], "the pin '" + kept->name + "' stands twice");
    }

    bool file(const std::vector<Word>& words) {
        LockedFile locked;
        if (words[1].text == to_string(Mode::executable)) {
            locked.mode = Mode::executable;
        } else if (words[1].text != to_string(Mode::regular)) {
            return fail(words[1], "the mode must be 0644 or 0755");
        }
        const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
        if (words[2].text.size() != 64 || !std::all_of(words[2].text.begin(), words[2].text.end(), hex)) {
            return fail(words[2], "the digest must be 64 small hexadecimal digits");
        }
        locked.sha256 = words[2].text;
        if (words[3].text == to_string(Ownership::seeded)) {
            locked.owner = Ownership::seeded;
        } else if (words[3].text != to_string(Ownership::ours)) {
            return fail(words[3], "the owner must be ours or seeded");
        }
        const std::optional<std::string> path = word(words[4]);
        if (!path) return false;
        if (const std::string problem = path_problem(*path); !problem.empty()) {
            return fail(words[4], "the path " + problem);
        }
        if (!lock_.files.emplace(*path, std::move(locked)).second) {
            return fail(words[4], "the path '" + *path + "' stands twice");
        }
        return true;
    }

    const Source& source_;
    std::string_view text_;
    SourceId id_;
    Diagnostics& diagnostics_;
    Lock lock_;
    std::set<Pin> pins_;
    bool format_ = false;
};

}  // namespace

std::optional<Lock> parse(const Sources& sources, SourceId source, Diagnostics& diagnostics) {
    return LockReader(sources.at(source), source, diagnostics).read();
}

}  // namespace pipewright::files

// Source texts and the places in them. Everything that a message or an output line can point at is a Span.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pipewright {

// A text that was given to the program; 0 stands for "nowhere" (a default, a derived value).
using SourceId = std::uint32_t;

// A half-open range of bytes in one source.
struct Span {
    SourceId source = 0;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;

    bool known() const { return source != 0; }
    friend bool operator==(const Span&, const Span&) = default;
};

// The smallest span that holds both; they must stand in the same source.
Span join(const Span& first, const Span& last);

// Lines and columns count from 1; columns in code points, as editors count them.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1;
    friend bool operator==(const Position&, const Position&) = default;
};

// One text with its name (the path as a user would write it) and an index of its lines.
class Source {
public:
    Source(std::string name, std::string bytes);

    const std::string& name() const { return name_; }
    const std::string& bytes() const { return bytes_; }

    // The position of a byte offset; one past the end is allowed, more is clamped. Malformed UTF-8 counts a column a
    // byte.
    Position position(std::size_t offset) const;

    // The text of a line (from 1) without its line end; empty past the last line.
    std::string_view line(std::size_t number) const;

    // The byte offset at which a line (from 1) starts.
    std::size_t line_start(std::size_t number) const;

    std::size_t line_count() const { return starts_.size(); }

private:
    std::string name_;
    std::string bytes_;
    std::vector<std::size_t> starts_;
};

// All texts of one run. References stay valid while more are added.
class Sources {
public:
    SourceId add(std::string name, std::string bytes);
    const Source& at(SourceId id) const { return sources_.at(id - 1); }
    bool has(SourceId id) const { return id != 0 && id <= sources_.size(); }

private:
    std::deque<Source> sources_;
};

}  // namespace pipewright

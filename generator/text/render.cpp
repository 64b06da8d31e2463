#include "generator/text/render.h"

#include <algorithm>
#include <cstdio>

#include "generator/text/utf8.h"

namespace pipewright {

namespace {

constexpr std::size_t kTab = 4;
constexpr std::size_t kWindow = 100;  // columns of a source line that are drawn
constexpr std::size_t kBefore = 40;   // of these, columns before the caret where a line is cut
constexpr std::size_t kNumber = 5;    // columns of a line number, more where it needs them

// One character of a source line as it is drawn.
struct Cell {
    std::string text;
    std::size_t width = 1;
    std::size_t offset = 0;
};

struct Colours {
    std::string strong, severity, faint, off;
};

Colours colours_for(Severity severity, bool colour) {
    if (!colour) return {};
    const char* const paint = severity == Severity::error     ? "\x1B[1;31m"
                              : severity == Severity::warning ? "\x1B[1;33m"
                                                              : "\x1B[1;36m";
    return {"\x1B[1m", paint, "\x1B[2m", "\x1B[0m"};
}

std::string escaped(char32_t value, bool valid) {
    if (valid && value == '\n') return "\\n";
    if (valid && value == '\r') return "\\r";
    if (valid && value == '\t') return "\\t";
    char buffer[16];
    const char* const format = value <= 0xFF ? "\\x%02X" : value <= 0xFFFF ? "\\u%04X" : "\\U%08X";
    std::snprintf(buffer, sizeof buffer, format, static_cast<unsigned>(value));
    return buffer;
}

// The cells of a line's part that the window can show. A line may be a megabyte long; what is far from the caret is
// never looked at, and stands for itself as "more" on either side.
struct Excerpt {
    std::vector<Cell> cells;
    bool more_before = false;
    bool more_behind = false;
};

Excerpt excerpt(std::string_view bytes, std::size_t begin, std::size_t end, std::size_t caret) {
    constexpr std::size_t kLongest = 4;  // bytes of a code point
    Excerpt result;
    if (caret - begin > kWindow * kLongest) {
        begin = caret - kWindow * kLongest;
        while (begin < caret && (static_cast<unsigned char>(bytes[begin]) & 0xC0u) == 0x80u) ++begin;
        result.more_before = true;
    }
    std::size_t column = 0;
    for (std::size_t at = begin; at < end;) {
        if (at > caret && at - caret > kWindow * kLongest) {
            result.more_behind = true;
            break;
        }
        const utf8::CodePoint point = utf8::decode(bytes.substr(0, end), at);
        Cell cell;
        cell.offset = at;
        if (point.valid && point.value == '\t') {
            cell.width = kTab - column % kTab;
            cell.text.assign(cell.width, ' ');
        } else if (point.valid && utf8::printable(point.value)) {
            cell.width = static_cast<std::size_t>(utf8::width(point.value));
            cell.text = bytes.substr(at, point.size);
        } else {
            cell.text = escaped(point.valid ? point.value : static_cast<unsigned char>(bytes[at]), point.valid);
            cell.width = cell.text.size();
        }
        column += cell.width;
        at += point.size;
        result.cells.push_back(std::move(cell));
    }
    return result;
}

// The line and its underline, as two texts without the margin.
struct Drawing {
    std::string line;
    std::size_t indent = 0;
    std::size_t length = 1;
};

Drawing draw(const Excerpt& excerpt, std::size_t from, std::size_t to) {
    const std::vector<Cell>& cells = excerpt.cells;
    std::size_t total = 0;
    std::size_t caret = 0;  // column of the span's first character
    std::size_t behind = 0;
    for (const Cell& cell : cells) {
        if (cell.offset < from) caret += cell.width;
        if (cell.offset < to) behind += cell.width;
        total += cell.width;
    }
    behind = std::max(behind, caret + 1);

    const bool cut = total > kWindow || excerpt.more_before || excerpt.more_behind;
    const std::size_t first = cut && caret > kBefore ? caret - kBefore : 0;
    const std::size_t last = cut ? first + kWindow : std::max(total, behind);
    const bool left = first > 0 || excerpt.more_before;
    const bool right = total > last || excerpt.more_behind;

    Drawing result;
    std::size_t column = 0;
    std::size_t before = 0;  // columns drawn before the caret
    std::size_t below = 0;   // and under the span
    if (left) {
        result.line = "…";
        before = 1;
    }
    for (const Cell& cell : cells) {
        const bool inside = column >= first && column + cell.width <= last;
        column += cell.width;
        if (!inside) continue;
        result.line += cell.text;
        if (cell.offset < from) before += cell.width;
        if (cell.offset >= from && cell.offset < to) below += cell.width;
    }
    if (right) result.line += "…";
    while (!result.line.empty() && result.line.back() == ' ') result.line.pop_back();
    result.indent = before;
    result.length = std::max<std::size_t>(below, 1);
    return result;
}

// What stands left of the text: a line number or nothing, and a mark.
std::string margin(std::string_view number, std::size_t width, char mark) {
    std::string result(width - number.size(), ' ');
    result += number;
    result += ' ';
    result += mark;
    return result;
}

void draw_place(std::string& out, const Source& source, const Span& span, std::size_t line_number, std::size_t width,
                const Colours& colours) {
    const std::size_t begin = source.line_start(line_number);
    const std::size_t end = begin + source.line(line_number).size();
    // A place on the line end itself is drawn behind the line.
    const std::size_t from = std::clamp<std::size_t>(span.offset, begin, end);
    const std::size_t to = std::clamp<std::size_t>(std::size_t{span.offset} + span.length, from, end);
    const Drawing drawing = draw(excerpt(source.bytes(), begin, end, from), from, to);

    out += colours.faint;
    out += margin(std::to_string(line_number), width, '|');
    out += colours.off;
    if (!drawing.line.empty()) {
        out += ' ';
        out += drawing.line;
    }
    out += '\n';
    out += colours.faint;
    out += margin("", width, '|');
    out += colours.off;
    out += std::string(drawing.indent + 1, ' ');
    out += colours.severity;
    out += '^';
    out += std::string(drawing.length - 1, '~');
    out += colours.off;
    out += '\n';
}

void draw_help(std::string& out, std::string_view help, std::size_t width, const Colours& colours) {
    char mark = '=';
    while (!help.empty()) {
        const std::size_t end = std::min(help.find('\n'), help.size());
        out += colours.faint;
        out += margin("", width, mark);
        out += colours.off;
        out += ' ';
        out += visible(help.substr(0, end));
        out += '\n';
        help.remove_prefix(std::min(end + 1, help.size()));
        mark = ' ';
    }
}

void count(std::string& out, std::size_t number, std::string_view word) {
    if (number == 0) return;
    if (!out.empty()) out += ", ";
    out += std::to_string(number);
    out += ' ';
    out += word;
    if (number > 1) out += 's';
}

}  // namespace

std::string visible(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, at);
        if (!point.valid) {
            result += escaped(static_cast<unsigned char>(text[at]), false);
        } else if (utf8::printable(point.value)) {
            result += text.substr(at, point.size);
        } else {
            result += escaped(point.value, true);
        }
        at += point.size;
    }
    return result;
}

std::string render_text(const Diagnostic& diagnostic, const Sources& sources, bool colour) {
    const Colours colours = colours_for(diagnostic.severity, colour);
    const bool placed = sources.has(diagnostic.span.source);
    std::string out;
    Position position;
    if (placed) {
        const Source& source = sources.at(diagnostic.span.source);
        position = source.position(diagnostic.span.offset);
        out += colours.strong;
        out += visible(source.name());
        out += ':';
        out += std::to_string(position.line);
        out += ':';
        out += std::to_string(position.column);
        out += ':';
        out += colours.off;
        out += ' ';
    }
    out += colours.severity;
    out += to_string(diagnostic.severity);
    out += ':';
    out += colours.off;
    out += ' ';
    out += visible(diagnostic.message);
    out += ' ';
    out += colours.faint;
    out += '[';
    out += describe(diagnostic.code).id;
    out += ']';
    out += colours.off;
    out += '\n';
    const std::size_t width = std::max(kNumber, std::to_string(position.line).size());
    if (placed) draw_place(out, sources.at(diagnostic.span.source), diagnostic.span, position.line, width, colours);
    draw_help(out, diagnostic.help, width, colours);
    return out;
}

std::string render_text(const std::vector<Diagnostic>& diagnostics, const Sources& sources, bool colour) {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics) out += render_text(diagnostic, sources, colour);
    if (diagnostics.empty()) return out;
    out += count_text(diagnostics);
    out += '\n';
    return out;
}

std::string count_text(const std::vector<Diagnostic>& diagnostics) {
    const auto of = [&](Severity severity) {
        return static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(),
                                                      [&](const Diagnostic& d) { return d.severity == severity; }));
    };
    std::string out;
    count(out, of(Severity::error), "error");
    count(out, of(Severity::warning), "warning");
    count(out, of(Severity::note), "note");
    return out;
}

}  // namespace pipewright

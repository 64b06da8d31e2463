#include "generator/markdown/print_table.h"

#include <algorithm>
#include <string_view>

#include "generator/markdown/print_inlines.h"
#include "generator/text/utf8.h"

namespace pipewright::markdown {

namespace {

std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        columns += static_cast<std::size_t>(utf8::width(point.value));
        i += point.size;
    }
    return columns;
}

std::string print_cell(const Inlines& inlines) {
    const std::vector<std::string> lines = print_inlines(inlines, Where::cell);
    return lines.empty() ? "" : lines.front();
}

std::string padded(const std::string& text, std::size_t to, Alignment alignment) {
    const std::size_t free = to - width(text);
    const std::size_t left = alignment == Alignment::right ? free : alignment == Alignment::center ? free / 2 : 0;
    return std::string(left, ' ') + text + std::string(free - left, ' ');
}

std::string rule(std::size_t size, Alignment alignment) {
    std::string out(size, '-');
    if (alignment == Alignment::left || alignment == Alignment::center) out.front() = ':';
    if (alignment == Alignment::right || alignment == Alignment::center) out.back() = ':';
    return out;
}

}  // namespace

Lines print_table(const Block& table, Origin origin) {
    std::vector<std::vector<std::string>> cells(1);
    std::vector<Alignment> alignments;
    for (const Column& column : table.columns()) {
        cells[0].push_back(print_cell(column.heading));
        alignments.push_back(column.alignment);
    }
    std::size_t columns = cells[0].size();
    for (const Row& row : table.rows()) {
        cells.emplace_back();
        for (const Inlines& cell : row.cells) cells.back().push_back(print_cell(cell));
        columns = std::max(columns, cells.back().size());
    }
    if (columns == 0) return {};
    alignments.resize(columns, Alignment::none);
    std::vector<std::size_t> widths(columns, 3);
    for (std::vector<std::string>& row : cells) {
        row.resize(columns);
        for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    Lines out;
    for (std::size_t r = 0; r < cells.size(); ++r) {
        std::string line = "|";
        for (std::size_t i = 0; i < columns; ++i) line += " " + padded(cells[r][i], widths[i], alignments[i]) + " |";
        const bool own = r > 0 && table.rows()[r - 1].origin.known();
        out.push_back({line, own ? table.rows()[r - 1].origin : origin});
        if (r > 0) continue;
        line = "|";
        for (std::size_t i = 0; i < columns; ++i) line += " " + rule(widths[i], alignments[i]) + " |";
        out.push_back({line, origin});
    }
    return out;
}

}  // namespace pipewright::markdown

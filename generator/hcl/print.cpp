#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/hcl/document.h"
#include "generator/hcl/print_inline.h"
#include "generator/hcl/quote.h"
#include "generator/text/utf8.h"

namespace pipewright::hcl {

namespace {

using Type = Expression::Type;

constexpr std::size_t kStep = 2;
// A list, an object or a call that would be wider has one element a line.
constexpr std::size_t kWidest = 100;

// A line as terraform fmt sees it: "name", "= value" and "# comment" are columns of the lines around it. A heredoc is
// one line to it; its text and end are below.
struct Row {
    std::string lead;
    std::string assign;
    std::string comment;
    std::vector<std::string> below;
    Origin origin;
    bool opens = false;  // a body or an object follows
};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether a value can be broken into lines.
bool is_breakable(const Expression& value) {
    switch (value.type()) {
        case Type::list:
        case Type::call: return !value.parts().empty();
        case Type::object:
        case Type::inline_object: return !value.keys().empty();
        default: return false;
    }
}

// Whether the value is printed on one line when so much stands before it.
bool fits_line(const Expression& value, std::size_t before) {
    if (!is_breakable(value)) return true;
    return is_inline(value) && before + utf8::length(print_inline(value)) <= kWidest;
}

class Printer {
public:
    Printed print(const File& file) {
        for (const std::string& text : file.head) comment(0, text, file.origin);
        if (!file.head.empty() && !file.body.empty()) blank(file.origin);
        body(file.body, 0, file.origin);
        return finish();
    }

private:
    void row(std::size_t indent, std::string text, Origin origin) {
        rows_.push_back({std::string(indent, ' ') + std::move(text), "", "", {}, origin});
    }

    // Never at the start of a file, a body or an object, and never twice.
    void blank(Origin origin) {
        if (!rows_.empty() && !rows_.back().lead.empty() && !rows_.back().opens) row(0, "", origin);
    }

    void comment(std::size_t indent, const std::string& text, Origin origin) {
        const std::string shown = comment_text(text);
        row(indent, shown.empty() ? "#" : "# " + shown, origin);
    }

    void above(const Trimmings& trimmings, std::size_t indent, Origin origin) {
        if (trimmings.blank_before) blank(origin);
        for (const std::string& text : trimmings.above) comment(indent, text, origin);
    }

    void body(const Body& entries, std::size_t indent, Origin inherited) {
        bool after_block = false;
        for (const Entry& entry : entries) {
            const Origin origin = entry.trimmings.origin.known() ? entry.trimmings.origin : inherited;
            const Block* block = std::get_if<Block>(&entry.what);
            if (block != nullptr || after_block) blank(origin);
            after_block = block != nullptr;
            above(entry.trimmings, indent, origin);
            if (const Attribute* attribute = std::get_if<Attribute>(&entry.what)) {
                assignment(std::string(attribute->name.text()), attribute->value, entry.trimmings.beside, indent,
                           origin);
                continue;
            }
            if (!comment_text(entry.trimmings.beside).empty()) comment(indent, entry.trimmings.beside, origin);
            if (block == nullptr) {
                for (const std::string& text : std::get<Comment>(entry.what).lines) comment(indent, text, origin);
                continue;
            }
            std::string header(block->type.text());
            for (const std::string& label : block->labels) header += " " + quoted(label);
            if (block->body.empty()) {
                row(indent, header + " {}", origin);
            } else {
                row(indent, header + " {", origin);
                rows_.back().opens = true;
                body(block->body, indent + kStep, origin);
                row(indent, "}", origin);
            }
        }
    }

    // name = value, in a body or an object.
    void assignment(const std::string& name, const Expression& value, const std::string& beside, std::size_t indent,
                    Origin inherited) {
        const Origin origin = value.origin().known() ? value.origin() : inherited;
        const bool heredoc = value.type() == Type::lines && fits_heredoc(value.as_text());
        const bool on_line = !heredoc && fits_line(value, indent + name.size() + 3);
        const std::string shown = on_line ? print_inline(value) : "";
        std::string text = comment_text(beside);
        // Comments in a row of lines stand below each other, counted in what Unicode takes for a character.
        if (!text.empty() && (!on_line || !is_ascii(shown))) {
            comment(indent, text, inherited);
            text.clear();
        }
        const std::string lead = std::string(indent, ' ') + name;
        if (heredoc) {
            rows_.push_back({lead, "= <<-EOT", "", heredoc_lines(value.as_text(), indent), origin});
        } else if (on_line) {
            rows_.push_back({lead, "= " + shown, text.empty() ? "" : "# " + text, {}, origin});
        } else {
            expression(lead + " = ", value, "", indent, inherited);
        }
    }

    static std::vector<std::string> heredoc_lines(const std::string& text, std::size_t indent) {
        std::vector<std::string> out;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            const std::string line = text.substr(at, end - at);
            out.push_back(line.empty() ? "" : std::string(indent + kStep, ' ') + heredoc_line(line));
            at = end + 1;
        }
        out.push_back(std::string(indent, ' ') + "EOT");
        return out;
    }

    // A value on several lines: begin is what its first line begins with, end what its last line ends with.
    void expression(const std::string& begin, const Expression& value, const std::string& end, std::size_t indent,
                    Origin inherited) {
        const Origin origin = value.origin().known() ? value.origin() : inherited;
        const std::string margin(indent, ' ');
        if (value.type() == Type::list) {
            rows_.push_back({begin + "[", "", "", {}, origin});
            elements(value.parts(), indent + kStep, origin);
            rows_.push_back({margin + "]" + end, "", "", {}, origin});
        } else if (value.type() == Type::call) {
            call(begin + value.as_text() + "(", value, ")" + end, indent, origin);
        } else {
            rows_.push_back({begin + "{", "", "", {}, origin, true});
            for (const Key& key : value.keys()) {
                const Origin own = key.trimmings.origin.known() ? key.trimmings.origin : origin;
                above(key.trimmings, indent + kStep, own);
                assignment(object_key(key.name), key.value, key.trimmings.beside, indent + kStep, own);
            }
            rows_.push_back({margin + "}" + end, "", "", {}, origin});
        }
    }

    // f(a, { ... }) where only the last argument takes lines, else one argument a line.
    void call(const std::string& begin, const Expression& value, const std::string& end, std::size_t indent,
              Origin origin) {
        const std::vector<Expression>& arguments = value.parts();
        const auto last = arguments.end() - 1;
        if (!std::all_of(arguments.begin(), last, is_inline) || !is_breakable(*last)) {
            rows_.push_back({begin, "", "", {}, origin});
            elements(arguments, indent + kStep, origin);
            rows_.push_back({std::string(indent, ' ') + end, "", "", {}, origin});
            return;
        }
        std::string line = begin;
        for (auto argument = arguments.begin(); argument != last; ++argument) line += print_inline(*argument) + ", ";
        expression(line, *last, end, indent, origin);
    }

    void elements(const std::vector<Expression>& parts, std::size_t indent, Origin inherited) {
        for (const Expression& part : parts) {
            const Origin origin = part.origin().known() ? part.origin() : inherited;
            if (fits_line(part, indent + 1)) {
                row(indent, print_inline(part) + ",", origin);
            } else {
                expression(std::string(indent, ' '), part, ",", indent, origin);
            }
        }
    }

    // Sets the columns of neighbouring lines below each other, as hclwrite's formatCells does: "=" first, which moves
    // the comments, then those.
    void align(std::string Row::*column) {
        for (std::size_t i = 0; i < rows_.size();) {
            std::size_t end = i;
            std::size_t widest = 0;
            for (; end < rows_.size() && !(rows_[end].*column).empty(); ++end) {
                widest = std::max(widest, rows_[end].lead.size());
            }
            for (; i < end; ++i) {
                rows_[i].lead.append(widest + 1 - rows_[i].lead.size(), ' ');
                rows_[i].lead += rows_[i].*column;
            }
            i = std::max(i, end + 1);
        }
    }

    Printed finish() {
        align(&Row::assign);
        align(&Row::comment);
        Printed out;
        const auto line = [&](const std::string& text, Origin origin) {
            out.bytes += text;
            out.bytes += '\n';
            out.lines.push_back(origin);
        };
        for (const Row& row : rows_) {
            line(row.lead, row.origin);
            for (const std::string& text : row.below) line(text, row.origin);
        }
        return out;
    }

    std::vector<Row> rows_;
};

}  // namespace

Printed print(const File& file) { return Printer().print(file); }

}  // namespace pipewright::hcl

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/markdown/document.h"
#include "generator/markdown/escape.h"
#include "generator/markdown/print_inlines.h"
#include "generator/markdown/print_table.h"

namespace pipewright::markdown {

namespace {

using Type = Block::Type;

bool is_list(Type type) { return type == Type::bullets || type == Type::numbers || type == Type::tasks; }

Lines print_block(const Block& block, Origin inherited, bool other);
Lines print_blocks(const std::vector<Block>& blocks, Origin inherited, bool other_first);

void append(Lines& to, Lines more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Lines one(const std::vector<std::string>& texts, const std::string& prefix, Origin origin) {
    Lines out;
    for (const std::string& text : texts) out.push_back({prefix + text, origin});
    return out;
}

// Fenced with more backticks than the text has anywhere in a row.
Lines print_code(const Block& block, Origin origin) {
    std::string language;
    for (const char c : block.language()) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || std::string_view("+#._-").find(c) != std::string_view::npos) language += c;
    }
    const std::string text = visible_lines(block.text());
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    Lines out{{fence + language, origin}};
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out.push_back({text.substr(at, end - at), origin});
        at = end + 1;
    }
    out.push_back({fence, origin});
    return out;
}

// "-->" ends a comment, and some readers take "--" for bad.
Lines print_comment(const Block& block, Origin origin) {
    std::vector<std::string> texts{""};
    for (const char c : visible_lines(block.text())) {
        if (c == '\n') {
            texts.emplace_back();
        } else {
            if (c == '-' && texts.back().ends_with('-')) texts.back() += ' ';
            texts.back() += c == '\t' ? ' ' : c;
        }
    }
    if (texts.size() > 1 && texts.back().empty()) texts.pop_back();
    if (texts.size() == 1 && texts.front().empty()) return {};
    if (texts.size() == 1) return {{"<!-- " + texts.front() + " -->", origin}};
    Lines out = one(texts, "", origin);
    out.insert(out.begin(), {"<!--", origin});
    out.push_back({"-->", origin});
    return out;
}

Lines print_quote(const Block& block, Origin origin) {
    Lines inside = print_blocks(block.blocks(), origin, false);
    if (inside.empty()) return {};
    if (block.type() == Type::note) {
        static constexpr std::string_view kKinds[] = {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"};
        // What isn't a paragraph would have to interrupt the line that names the kind.
        const auto first = std::find_if(block.blocks().begin(), block.blocks().end(),
                                        [&](const Block& part) { return !print_block(part, origin, false).empty(); });
        if (first->type() != Type::paragraph) inside.insert(inside.begin(), {"", origin});
        inside.insert(inside.begin(), {"[!" + std::string(kKinds[static_cast<int>(block.kind())]) + "]", origin});
    }
    for (Line& line : inside) line.text.insert(0, line.text.empty() ? ">" : "> ");
    return inside;
}

// A list is tight (no empty lines) when no item holds more than its text and lists in it.
bool is_tight(const std::vector<Item>& items) {
    for (const Item& item : items) {
        const bool has_text = !print_inlines(item.text, Where::paragraph).empty();
        for (const Block& block : item.below) {
            if (!has_text || !is_list(block.type()) || !is_tight(block.items())) return false;
            // A first item without text can't interrupt its paragraph.
            if (block.items().empty() || print_inlines(block.items().front().text, Where::paragraph).empty())
                return false;
        }
        if (item.below.size() > 1) return false;
    }
    return true;
}

// other: with the other marker, because the list would go on with the one before it, or three dashes come together.
Lines print_list(const Block& block, Origin inherited, bool other) {
    Lines out;
    const bool tight = is_tight(block.items());
    int number = 0;
    for (const Item& item : block.items()) {
        const Origin origin = item.origin.known() ? item.origin : inherited;
        std::string marker = other ? "*" : "-";
        if (block.type() == Type::numbers) marker = std::to_string(++number) + (other ? ")" : ".");
        const std::string indent(marker.size() + 1, ' ');
        if (block.type() == Type::tasks) marker += item.done ? " [x]" : " [ ]";

        Lines inside = one(print_inlines(item.text, Where::paragraph), "", origin);
        const bool has_text = !inside.empty();
        // A box is text, so that what stands below it can't stand beside it.
        const bool first = !has_text && block.type() != Type::tasks;
        Lines below = print_blocks(item.below, origin, first && !other);
        if (!first && !has_text) inside.push_back({"", origin});
        if (!first && !below.empty() && !tight) inside.push_back({"", below.front().origin});
        append(inside, std::move(below));
        if (inside.empty()) inside.push_back({"", origin});

        if (!out.empty() && !tight) out.push_back({"", inside.front().origin});
        for (std::size_t i = 0; i < inside.size(); ++i) {
            std::string& text = inside[i].text;
            if (i == 0) {
                text = marker + (text.empty() ? "" : " ") + text;
            } else if (!text.empty()) {
                text.insert(0, indent);
            }
        }
        append(out, std::move(inside));
    }
    return out;
}

Lines print_block(const Block& block, Origin inherited, bool other) {
    const Origin origin = block.origin().known() ? block.origin() : inherited;
    switch (block.type()) {
        case Type::heading: {
            const std::string hashes(static_cast<std::size_t>(block.level()), '#');
            return one(print_inlines(block.inlines(), Where::heading), hashes + " ", origin);
        }
        case Type::paragraph: return one(print_inlines(block.inlines(), Where::paragraph), "", origin);
        case Type::bullets:
        case Type::numbers:
        case Type::tasks: return print_list(block, origin, other);
        case Type::table: return print_table(block, origin);
        case Type::code: return print_code(block, origin);
        case Type::quote:
        case Type::note: return print_quote(block, origin);
        case Type::comment: return print_comment(block, origin);
    }
    return {};
}

// other_first: whether a list that comes first gets the other marker.
Lines print_blocks(const std::vector<Block>& blocks, Origin inherited, bool other_first) {
    Lines out;
    const Block* before = nullptr;
    bool other_before = false;
    for (const Block& block : blocks) {
        bool other = before == nullptr && other_first;
        if (before != nullptr && is_list(before->type()) && is_list(block.type())) {
            const bool same = (before->type() == Type::numbers) == (block.type() == Type::numbers);
            other = same && !other_before;
        }
        Lines lines = print_block(block, inherited, other);
        if (lines.empty()) continue;
        if (!out.empty()) out.push_back({"", lines.front().origin});
        append(out, std::move(lines));
        before = &block;
        other_before = other;
    }
    return out;
}

}  // namespace

Printed print(const Document& document) {
    Printed out;
    for (const Line& line : print_blocks(document.blocks, document.origin, false)) {
        out.bytes += line.text;
        out.bytes += '\n';
        out.lines.push_back(line.origin);
    }
    return out;
}

}  // namespace pipewright::markdown

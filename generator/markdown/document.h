// A Markdown document to be printed: headings, paragraphs, lists, tables, code. There is no way to put raw markup into
// it: every text comes out as that text, in CommonMark 0.31 with GitHub's extensions (GFM 0.29).
#pragma once

#include <string>
#include <vector>

#include "generator/text/origin.h"

namespace pipewright::markdown {

// A piece of a line. What isn't printable in it becomes a space (tabs, line breaks) or U+FFFD (control characters,
// direction overrides, bytes that aren't UTF-8), because there is nothing else that Markdown could show.
class Inline {
public:
    enum class Type { text, code, strong, emphasis, link, line_break };

    // Literal text. Blanks at the ends of a line don't survive, as nowhere in Markdown. Mentions (@name) and numbers
    // (#12) stay text here; GitHub makes links of them later, and of mail addresses.
    static Inline text(std::string value);
    // `text` in a code span. What no code span holds is printed as text: a backslash before a pipe in a table, "]:" in
    // a link.
    static Inline code(std::string value);
    static Inline strong(std::vector<Inline> inside);
    static Inline emphasis(std::vector<Inline> inside);
    // A link to an http, https or mailto address, a relative path or an #anchor; what isn't allowed in an address is
    // percent-encoded. With any other scheme only the label is printed. Without a label the address is the label;
    // links inside the label are printed as theirs.
    static Inline link(std::vector<Inline> label, std::string address);
    // Where a paragraph goes on in a new line; a space in a heading or a table.
    static Inline line_break();

    Type type() const { return type_; }
    const std::string& text() const { return text_; }  // of a link, the address
    const std::vector<Inline>& inside() const { return inside_; }

private:
    Inline() = default;
    Type type_ = Type::text;
    std::string text_;
    std::vector<Inline> inside_;
};

using Inlines = std::vector<Inline>;

enum class Alignment { none, left, right, center };

struct Column {
    Inlines heading;
    Alignment alignment = Alignment::none;
};

// A row with fewer cells than there are columns is filled with empty ones; with more, the table gets columns.
struct Row {
    std::vector<Inlines> cells;
    Origin origin = {};
};

struct Item;

// GitHub's alerts: a block quote with a heading of their own.
enum class NoteKind { note, tip, important, warning, caution };

// A block. Each maker takes the origin of the block's lines last; without one they have the origin of what they are in.
class Block {
public:
    enum class Type { heading, paragraph, bullets, numbers, tasks, table, code, quote, note, comment };

    // Levels below 1 count as 1, above 6 as 6.
    static Block heading(int level, Inlines text, Origin origin = {});
    static Block paragraph(Inlines text, Origin origin = {});
    static Block bullets(std::vector<Item> items, Origin origin = {});
    // Counted from 1.
    static Block numbers(std::vector<Item> items, Origin origin = {});
    // - [ ] and - [x]; an item needs text to get its box.
    static Block tasks(std::vector<Item> items, Origin origin = {});
    static Block table(std::vector<Column> columns, std::vector<Row> rows, Origin origin = {});
    // Of the language's name letters, digits and + # . _ - are printed. Line ends become LF.
    static Block code(std::string language, std::string text, Origin origin = {});
    static Block quote(std::vector<Block> blocks, Origin origin = {});
    static Block note(NoteKind kind, std::vector<Block> blocks, Origin origin = {});
    // <!-- text -->, on several lines where the text has several. "--" in it is printed as "- -".
    static Block comment(std::string text, Origin origin = {});

    Type type() const { return type_; }
    Origin origin() const { return origin_; }
    int level() const { return level_; }
    NoteKind kind() const { return kind_; }
    const std::string& text() const { return text_; }
    const std::string& language() const { return language_; }
    const Inlines& inlines() const { return inlines_; }
    const std::vector<Item>& items() const { return items_; }
    const std::vector<Column>& columns() const { return columns_; }
    const std::vector<Row>& rows() const { return rows_; }
    const std::vector<Block>& blocks() const { return blocks_; }

private:
    Block(Type type, Origin origin);
    Type type_;
    Origin origin_;
    int level_ = 1;
    NoteKind kind_ = NoteKind::note;
    std::string text_;
    std::string language_;
    Inlines inlines_;
    std::vector<Item> items_;
    std::vector<Column> columns_;
    std::vector<Row> rows_;
    std::vector<Block> blocks_;
};

// An item of a list: its text, and what stands below it.
struct Item {
    Inlines text;
    std::vector<Block> below = {};
    bool done = false;  // for tasks
    Origin origin = {};
};

struct Document {
    std::vector<Block> blocks;
    Origin origin = {};
};

// The bytes, and for each line (the first is lines[0]) the innermost known origin that made it; a blank line belongs to
// the block below it.
struct Printed {
    std::string bytes;
    std::vector<Origin> lines;
};

// Prints with one line a paragraph, an empty line between blocks, LF line ends and one at the end of the file. Blocks
// that hold nothing are left out. No errors.
Printed print(const Document& document);

}  // namespace pipewright::markdown

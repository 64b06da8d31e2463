#include "generator/markdown/document.h"

#include <algorithm>
#include <utility>

namespace pipewright::markdown {

Inline Inline::text(std::string value) {
    Inline made;
    made.text_ = std::move(value);
    return made;
}

Inline Inline::code(std::string value) {
    Inline made;
    made.type_ = Type::code;
    made.text_ = std::move(value);
    return made;
}

Inline Inline::strong(std::vector<Inline> inside) {
    Inline made;
    made.type_ = Type::strong;
    made.inside_ = std::move(inside);
    return made;
}

Inline Inline::emphasis(std::vector<Inline> inside) {
    Inline made;
    made.type_ = Type::emphasis;
    made.inside_ = std::move(inside);
    return made;
}

Inline Inline::link(std::vector<Inline> label, std::string address) {
    Inline made;
    made.type_ = Type::link;
    made.inside_ = std::move(label);
    made.text_ = std::move(address);
    return made;
}

Inline Inline::line_break() {
    Inline made;
    made.type_ = Type::line_break;
    return made;
}

Block::Block(Type type, Origin origin) : type_(type), origin_(origin) {}

Block Block::heading(int level, Inlines text, Origin origin) {
    Block made(Type::heading, origin);
    made.level_ = std::clamp(level, 1, 6);
    made.inlines_ = std::move(text);
    return made;
}

Block Block::paragraph(Inlines text, Origin origin) {
    Block made(Type::paragraph, origin);
    made.inlines_ = std::move(text);
    return made;
}

Block Block::bullets(std::vector<Item> items, Origin origin) {
    Block made(Type::bullets, origin);
    made.items_ = std::move(items);
    return made;
}

Block Block::numbers(std::vector<Item> items, Origin origin) {
    Block made(Type::numbers, origin);
    made.items_ = std::move(items);
    return made;
}

Block Block::tasks(std::vector<Item> items, Origin origin) {
    Block made(Type::tasks, origin);
    made.items_ = std::move(items);
    return made;
}

Block Block::table(std::vector<Column> columns, std::vector<Row> rows, Origin origin) {
    Block made(Type::table, origin);
    made.columns_ = std::move(columns);
    made.rows_ = std::move(rows);
    return made;
}

Block Block::code(std::string language, std::string text, Origin origin) {
    Block made(Type::code, origin);
    made.language_ = std::move(language);
    made.text_ = std::move(text);
    return made;
}

Block Block::quote(std::vector<Block> blocks, Origin origin) {
    Block made(Type::quote, origin);
    made.blocks_ = std::move(blocks);
    return made;
}

Block Block::note(NoteKind kind, std::vector<Block> blocks, Origin origin) {
    Block made(Type::note, origin);
    made.kind_ = kind;
    made.blocks_ = std::move(blocks);
    return made;
}

Block Block::comment(std::string text, Origin origin) {
    Block made(Type::comment, origin);
    made.text_ = std::move(text);
    return made;
}

}  // namespace pipewright::markdown

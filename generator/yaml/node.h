// What was read from a YAML file: a tree in which every value knows its place. Written by read.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/text/source.h"

namespace pipewright::yaml {

enum class Kind { null, scalar, sequence, mapping };

struct Entry;

// A value of the file. text is a scalar's value (escapes undone, folding done); quoted says that it cannot be anything
// but a string (quotes or a block scalar). span covers the value as written: quotes included, a block scalar from its
// indicator, a collection from its first to its last character; an empty value has the place where it would stand.
// An aliased value has the span of the alias, at every depth. Of a null, text is what was written: "", "~" or "null".
struct Node {
    Kind kind = Kind::null;
    Span span;
    std::string text;
    bool quoted = false;
    std::vector<Node> items;
    std::vector<Entry> entries;

    // The value under a key of a mapping; null where there is none.
    const Node* find(std::string_view key) const;
};

// A key and its value. Keys are scalars; key.text is the name.
struct Entry {
    Node key;
    Node value;
};

// What a plain scalar (no quotes, no block) is to a reader of YAML 1.1 or of YAML 1.2, whichever sees more than a
// string in it: yes and on are booleans, 0x1F, 0o17, 012345678901, 1_000 and 1:30 (base 60) integers, 2024-01-31 is a
// timestamp. Rules: https://yaml.org/type/ (1.1) and YAML 1.2.2, chapter 10.3.
enum class Implied { string, null, boolean, integer, floating, timestamp };
Implied implied(std::string_view plain);

// "a map", "a list", "text", "a number", "true or false", "a date", "nothing": what a message calls a value. A plain
// scalar is named by what YAML 1.1 or 1.2 would make of it.
std::string_view describe(const Node& node);

}  // namespace pipewright::yaml

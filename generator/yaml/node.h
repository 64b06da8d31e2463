// What was read from a YAML file: a tree in which every value knows its place. Written by read.cpp alone.
#pragma once

#include <string>
#include <vector>

#include "generator/text/source.h"

namespace pipewright::yaml {

enum class Kind { null, scalar, sequence, mapping };

struct Entry;

// A value of the file. text is a scalar's value (escapes undone, folding done); quoted says that it cannot be anything
// but a string (quotes or a block scalar). span covers the value as written: quotes included, a block scalar from its
// indicator, a collection from its first to its last character; an empty value has the place where it would stand.
// An aliased value has the span of the alias, at every depth.
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

// "a map", "a list", "text", "a number", "true or false", "nothing": what a message calls a value. A plain scalar
// is named by what YAML 1.1 or 1.2 would make of it.
std::string_view describe(const Node& node);

}  // namespace pipewright::yaml

// A YAML document to be printed: a tree of typed values with the comments and blank lines that a careful person would
// write. There is no way to put raw text into it; print.cpp quotes as YAML 1.1 and 1.2 both need it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "generator/text/origin.h"

namespace pipewright::yaml {

struct Member;
struct Item;

// A value. Build it with the named functions below; they are the only makers.
class Value {
public:
    enum class Type { null, boolean, integer, text, block, sequence, flow_sequence, mapping, flow_mapping };

    // Printed as "key:" in a block mapping and as null elsewhere.
    static Value null();
    static Value boolean(bool value);
    static Value integer(std::int64_t value);
    // Any text in UTF-8; printed plain where every reader takes it for the same string, else quoted.
    static Value text(std::string value);
    // Text of several lines, printed as a literal block scalar (|, |-, |+) where every reader gets the very same text
    // out of one, else quoted.
    static Value block(std::string value);
    static Value sequence(std::vector<Item> items);
    // [a, b]: for short lists of scalars. Printed in block style where it holds something that flow style can't show
    // (a block collection that isn't empty, a comment, a blank line, a key of more than a thousand bytes).
    static Value flow_sequence(std::vector<Value> items);
    // The keys of a mapping must differ; the printer doesn't look.
    static Value mapping(std::vector<Member> members);
    // { a: b }: for short maps of scalars; block style under the same conditions.
    static Value flow_mapping(std::vector<Member> members);

    Type type() const { return type_; }
    bool as_boolean() const { return boolean_; }
    std::int64_t as_integer() const { return integer_; }
    const std::string& as_text() const { return text_; }
    const std::vector<Item>& items() const { return items_; }
    const std::vector<Member>& members() const { return members_; }
    bool empty() const { return items_.empty() && members_.empty(); }

private:
    Value() = default;
    Type type_ = Type::null;
    bool boolean_ = false;
    std::int64_t integer_ = 0;
    std::string text_;
    std::vector<Item> items_;
    std::vector<Member> members_;
};

// What may stand around an item or a member. Comments are text without "#"; control characters and line breaks in
// them are printed as spaces. Where the first member of a mapping (or item of a sequence) stands on a dash's line, what
// goes above it goes above that line. Two blank lines never follow each other.
struct Trimmings {
    std::vector<std::string> above;  // comment lines above, at the same indentation
    std::string beside;              // a comment at the end of the line; above it for a block collection
    bool blank_before = false;       // an empty line first
    Origin origin;
};

struct Item {
    Value value;
    Trimmings trimmings = {};
};

// A key is quoted by the same rules as a value, so that a reader of any version gets the same string.
struct Member {
    std::string key;
    Value value;
    Trimmings trimmings = {};
    // Prints on, off, yes, no, y or n plain (in any case), which YAML 1.2 reads as a string and YAML 1.1 as a boolean.
    // For a workflow's "on": GitHub reads it by 1.2, and every person expects it so. No effect on any other key.
    bool plain_key = false;
};

// A file: comment lines at its head, then an empty line, then one or more documents with "---" between them.
struct Document {
    std::vector<std::string> head;
    std::vector<Value> roots;
    Origin origin = {};  // of the head, of the lines between the roots, and of nodes that have none of their own
};

// The bytes, and for each line (the first is lines[0]) the innermost known origin that made it; comments and blank
// lines belong to the member or item below them.
struct Printed {
    std::string bytes;
    std::vector<Origin> lines;
};

// Prints with an indentation of two, sequences indented below their key, LF line ends, one at the end of the file; long
// lines are never folded. No errors: bytes that aren't UTF-8 are printed as U+FFFD.
Printed print(const Document& document);

}  // namespace pipewright::yaml

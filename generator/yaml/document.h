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

    static Value null();
    static Value boolean(bool value);
    static Value integer(std::int64_t value);
    // Any text in UTF-8; printed plain where every reader takes it for the same string, else quoted.
    static Value text(std::string value);
    // Text of several lines, printed as a literal block scalar (|, |-, |+) where its content allows that, else quoted.
    static Value block(std::string value);
    static Value sequence(std::vector<Item> items);
    // [a, b]: for short lists of scalars only.
    static Value flow_sequence(std::vector<Value> items);
    static Value mapping(std::vector<Member> members);
    // { a: b }: for short maps of scalars only.
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
// them are printed as spaces.
struct Trimmings {
    std::vector<std::string> above;  // comment lines above, at the same indentation
    std::string beside;              // a comment at the end of the line (scalars and flow values only)
    bool blank_before = false;       // an empty line first
    Origin origin;
};

struct Item {
    Value value;
    Trimmings trimmings;
};

struct Member {
    std::string key;
    Value value;
    Trimmings trimmings;
};

// A file: comment lines at its head, then one or more documents with "---" between them.
struct Document {
    std::vector<std::string> head;
    std::vector<Value> roots;
};

// The bytes, and for each line (the first is lines[0]) the innermost origin that made it.
struct Printed {
    std::string bytes;
    std::vector<Origin> lines;
};

// Prints with an indentation of two, sequences indented below their key, LF line ends, one at the end of the file.
Printed print(const Document& document);

}  // namespace pipewright::yaml

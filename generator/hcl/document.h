// A Terraform file to be printed: a tree of typed attributes, blocks and expressions. There is no way to put raw text
// into it; what print() makes is what `terraform fmt` leaves alone.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "generator/hcl/name.h"
#include "generator/text/origin.h"

namespace pipewright::hcl {

struct Key;

// An expression. Where a text is printed, bytes that aren't UTF-8 come out as U+FFFD; Terraform itself normalizes
// texts to NFC when it reads them.
class Expression {
public:
    enum class Type { null, boolean, number, text, lines, list, object, inline_object, reference, call, templated };

    static Expression null();
    static Expression boolean(bool value);
    static Expression number(std::int64_t value);
    // Any text, in quotes on one line; ${ and %{ in it stay text.
    static Expression text(std::string value);
    // Text of several lines: <<-EOT as the value of an attribute or of an object's key, where that holds the very same
    // text (it ends with a line break, has a line without indentation, nothing that would need an escape); else quoted.
    static Expression lines(std::string value);
    // [a, b] where all elements fit in a line of a hundred characters, else one a line.
    static Expression list(std::vector<Expression> elements);
    // One key a line.
    static Expression object(std::vector<Key> keys);
    // { a = 1, b = 2 } where it fits in one line, else as object().
    static Expression inline_object(std::vector<Key> keys);
    static Expression reference(Traversal to);
    static Expression reference(const Reference& to);
    // A function, or a type such as list(string); one argument a line where it doesn't fit in one.
    static Expression call(Name function, std::vector<Expression> arguments);
    // "text${expression}text": texts() stand as text, all others are interpolated. A template of one part that is no
    // text is that expression, as terraform fmt has it.
    static Expression templated(std::vector<Expression> parts);

    // The same with an origin for its lines.
    Expression from(Origin origin) &&;

    Type type() const { return type_; }
    Origin origin() const { return origin_; }
    bool as_boolean() const { return boolean_; }
    std::int64_t as_number() const { return number_; }
    const std::string& as_text() const { return text_; }  // of a call, the function; of a reference, the reference
    const std::vector<Expression>& parts() const { return parts_; }
    const std::vector<Key>& keys() const { return keys_; }

private:
    explicit Expression(Type type);
    Type type_;
    Origin origin_;
    bool boolean_ = false;
    std::int64_t number_ = 0;
    std::string text_;
    std::vector<Expression> parts_;
    std::vector<Key> keys_;
};

// What may stand around an entry of a body or a key of an object. Comments are text without "#"; what isn't printable
// in them becomes a space.
struct Trimmings {
    std::vector<std::string> above;
    std::string beside;         // at the end of the line where all is on one line in ASCII, else above it
    bool blank_before = false;  // an empty line first; around a block there is one anyway
    Origin origin = {};
};

// A key and its value in an object. The keys of an object must differ.
struct Key {
    std::string name;
    Expression value;
    Trimmings trimmings = {};
};

struct Entry;
using Body = std::vector<Entry>;

struct Attribute {
    Name name;
    Expression value;
};

// type "label" "label" { ... }. Labels are names to Terraform too, but it is Terraform who says so.
struct Block {
    Name type;
    std::vector<std::string> labels;
    Body body;
};

// Comment lines of their own, for example at the end of a body.
struct Comment {
    std::vector<std::string> lines;
};

struct Entry {
    std::variant<Attribute, Block, Comment> what;
    Trimmings trimmings = {};
};

// Comment lines at the head, an empty line, the body.
struct File {
    std::vector<std::string> head;
    Body body;
    Origin origin = {};
};

// The bytes, and for each line (the first is lines[0]) the innermost known origin that made it; comments and blank
// lines belong to what they precede.
struct Printed {
    std::string bytes;
    std::vector<Origin> lines;
};

// Prints with an indentation of two, LF line ends and one at the end of the file. No errors.
Printed print(const File& file);

}  // namespace pipewright::hcl

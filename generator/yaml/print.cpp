#include <algorithm>
#include <string>
#include <string_view>

#include "generator/yaml/document.h"
#include "generator/yaml/print_scalar.h"

namespace pipewright::yaml {

namespace {

using Type = Value::Type;

constexpr std::size_t kStep = 2;
// Readers look for the colon of a key only so many characters ahead (1024); longer keys need a "?" in front.
constexpr std::size_t kLongestKey = 1000;

bool is_collection(const Value& value) {
    return value.type() != Type::null && value.type() != Type::boolean && value.type() != Type::integer &&
           value.type() != Type::text && value.type() != Type::block;
}

bool is_mapping(const Value& value) { return value.type() == Type::mapping || value.type() == Type::flow_mapping; }

std::string print_key(const Member& member, Place place) {
    if (member.plain_key && is_old_boolean(member.key)) return member.key;
    return print_scalar(member.key, place);
}

std::string beside_text(const std::string& comment) {
    const std::string shown = comment_text(comment);
    return shown.empty() ? "" : " # " + shown;
}

bool is_bare(const Trimmings& trimmings) {
    return trimmings.above.empty() && trimmings.beside.empty() && !trimmings.blank_before;
}

// Whether a value is printed on one line.
bool is_inline(const Value& value) {
    if (!is_collection(value) || value.empty()) return true;
    if (value.type() != Type::flow_sequence && value.type() != Type::flow_mapping) return false;
    for (const Item& item : value.items()) {
        if (!is_inline(item.value)) return false;
    }
    for (const Member& member : value.members()) {
        if (!is_inline(member.value) || !is_bare(member.trimmings)) return false;
        if (print_key(member, Place::flow).size() > kLongestKey) return false;
    }
    return true;
}

std::string print_inline(const Value& value, Place place) {
    switch (value.type()) {
        case Type::null: return "null";
        case Type::boolean: return value.as_boolean() ? "true" : "false";
        case Type::integer: return std::to_string(value.as_integer());
        case Type::text:
        case Type::block: return print_scalar(value.as_text(), place);
        default: break;
    }
    std::string out;
    for (const Item& item : value.items()) {
        out += out.empty() ? "" : ", ";
        out += print_inline(item.value, Place::flow);
    }
    for (const Member& member : value.members()) {
        out += out.empty() ? " " : ", ";
        out += print_key(member, Place::flow) + ": " + print_inline(member.value, Place::flow);
    }
    if (is_mapping(value)) return "{" + out + (out.empty() ? "}" : " }");
    return "[" + out + "]";
}

class Printer {
public:
    Printed print(const Document& document) {
        for (const std::string& line : document.head) comment(0, line, document.origin);
        if (!document.head.empty() && !document.roots.empty()) blank(document.origin);
        for (const Value& root : document.roots) {
            if (&root != &document.roots.front()) line("---", document.origin);
            const bool last = &root == &document.roots.back();
            if (is_inline(root)) {
                scalar("", 0, root, {}, document.origin, last, true);
            } else {
                collection(root, {"", 0, 0, document.origin, last});
            }
        }
        return std::move(out_);
    }

private:
    // Where a block collection is printed.
    struct Spot {
        std::string first;           // what begins its first line: dashes, where it stands on their line
        std::size_t indent;          // of its other lines
        std::size_t comment_indent;  // of what goes above its first line
        Origin origin;
        bool last;  // nothing follows in the file
    };

    void line(std::string_view text, Origin origin) {
        out_.bytes += text;
        out_.bytes += '\n';
        out_.lines.push_back(origin);
    }

    // Never at the start of the file and never after another one, which may be the end of a |+ block: one more would
    // be one more line of its text.
    void blank(Origin origin) {
        if (!out_.bytes.empty() && !out_.bytes.ends_with("\n\n")) line("", origin);
    }

    void comment(std::size_t indent, const std::string& text, Origin origin) {
        const std::string shown = comment_text(text);
        line(std::string(indent, ' ') + (shown.empty() ? "#" : "# " + shown), origin);
    }

    void above(const Trimmings& trimmings, bool with_beside, std::size_t indent, Origin origin) {
        if (trimmings.blank_before) blank(origin);
        for (const std::string& text : trimmings.above) comment(indent, text, origin);
        if (with_beside && !trimmings.beside.empty()) comment(indent, trimmings.beside, origin);
    }

    // What is printed on one line or as a literal block, after what begins the line.
    void scalar(const std::string& begin, std::size_t indent, const Value& value, const std::string& beside,
                Origin origin, bool last, bool at_root) {
        const std::string space = begin.empty() ? "" : " ";
        const std::string tail = beside_text(beside);
        const std::string& text = value.as_text();
        const bool lines = value.type() == Type::block || (value.type() == Type::text && text.find('\n') != text.npos);
        const std::string header = lines ? literal_header(text, at_root, last) : "";
        if (header.empty()) {
            line(begin + space + print_inline(value, Place::value) + tail, origin);
            return;
        }
        line(begin + space + header + tail, origin);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            line(end == at ? "" : std::string(indent + kStep, ' ') + text.substr(at, end - at), origin);
            at = end + 1;
        }
    }

    void collection(const Value& value, const Spot& spot) {
        for (const Item& item : value.items())
            print_item(item, spot, &item == &value.items().front(), &item == &value.items().back());
        for (const Member& member : value.members()) {
            print_member(member, spot, &member == &value.members().front(), &member == &value.members().back());
        }
    }

    void print_item(const Item& item, const Spot& spot, bool first, bool last) {
        const Origin origin = item.trimmings.origin.known() ? item.trimmings.origin : spot.origin;
        const std::size_t comment_indent = first ? spot.comment_indent : spot.indent;
        const std::string begin = first ? spot.first : std::string(spot.indent, ' ');
        const bool on_line = is_inline(item.value);
        above(item.trimmings, !on_line, comment_indent, origin);
        if (on_line) {
            scalar(begin + "-", spot.indent, item.value, item.trimmings.beside, origin, spot.last && last, false);
        } else {
            collection(item.value, {begin + "- ", spot.indent + kStep, comment_indent, origin, spot.last && last});
        }
    }

    void print_member(const Member& member, const Spot& spot, bool first, bool last) {
        const Origin origin = member.trimmings.origin.known() ? member.trimmings.origin : spot.origin;
        const bool on_line = is_inline(member.value);
        above(member.trimmings, !on_line, first ? spot.comment_indent : spot.indent, origin);
        std::string begin = first ? spot.first : std::string(spot.indent, ' ');
        const std::string key = print_key(member, Place::key);
        if (key.size() > kLongestKey) {
            line(begin + "? " + key, origin);
            begin = std::string(spot.indent, ' ') + ":";
        } else {
            begin += key + ":";
        }
        if (member.value.type() == Type::null) {
            line(begin + (member.trimmings.beside.empty() ? "" : " # " + comment_text(member.trimmings.beside)),
                 origin);
        } else if (on_line) {
            scalar(begin, spot.indent, member.value, member.trimmings.beside, origin, spot.last && last, false);
        } else {
            line(begin, origin);
            const std::size_t indent = spot.indent + kStep;
            collection(member.value, {std::string(indent, ' '), indent, indent, origin, spot.last && last});
        }
    }

    Printed out_;
};

}  // namespace

Printed print(const Document& document) { return Printer().print(document); }

}  // namespace pipewright::yaml

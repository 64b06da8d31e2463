#include "generator/yaml/node.h"

#include <algorithm>

namespace pipewright::yaml {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// Takes characters off the front of a text: what hand-written matching of the few patterns below needs.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }

    bool take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }

    // How many characters of the set stand in front, at most `most`; they are taken.
    std::size_t run(std::string_view any_of, std::size_t most = std::string_view::npos) {
        std::size_t count = 0;
        while (count < most && take(any_of)) ++count;
        return count;
    }

private:
    std::string_view rest_;
};

constexpr std::string_view kDigits = "0123456789";

bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_integer(std::string_view text) {
    Reader reader(text);
    reader.take("+-");
    if (reader.take("0")) {
        Reader based = reader;
        if (based.take("b") && based.run("01_") > 0 && based.done()) return true;
        based = reader;
        if (based.take("o") && based.run("01234567") > 0 && based.done()) return true;
        based = reader;
        if (based.take("x") && based.run("0123456789abcdefABCDEF_") > 0 && based.done()) return true;
        reader.run("0123456789_");
        if (reader.done()) return true;
    } else {
        if (!reader.take(kDigits)) return false;
        reader.run("0123456789_");
        if (reader.done()) return true;
    }
    // Base 60, as in 1:30:00.
    while (reader.take(":")) {
        const bool tens = reader.take("012345");
        if (!reader.take(kDigits) && !tens) return false;
    }
    return reader.done();
}

bool is_floating(std::string_view text) {
    Reader reader(text);
    reader.take("+-");
    Reader rest = reader;
    if (rest.take(".") && !rest.done()) {
        const std::string_view word = text.substr(text.find('.') + 1);
        if (is_any(word, {"inf", "Inf", "INF"}) || (text.front() == '.' && is_any(word, {"nan", "NaN", "NAN"})))
            return true;
    }
    bool whole = false;
    if (reader.take(kDigits)) {
        whole = true;
        reader.run("0123456789_");
        // Base 60 with a fraction, as in 1:30.5.
        while (reader.take(":")) {
            const bool tens = reader.take("012345");
            if (!reader.take(kDigits) && !tens) return false;
        }
    }
    bool fraction = false;
    if (reader.take(".")) {
        fraction = reader.run("0123456789_") > 0;
        if (!whole && !fraction) return false;
    }
    if (!whole && !fraction) return false;
    if (reader.take("eE")) {
        reader.take("+-");
        if (reader.run(kDigits) == 0) return false;
    }
    return reader.done();
}

bool is_timestamp(std::string_view text) {
    Reader reader(text);
    const auto number = [&](std::size_t least, std::size_t most) { return reader.run(kDigits, most) >= least; };
    if (!number(4, 4) || !reader.take("-") || !number(1, 2) || !reader.take("-") || !number(1, 2)) return false;
    if (reader.done()) return text.size() == std::string_view("2001-12-14").size();
    if (!reader.take("Tt") && reader.run(" \t") == 0) return false;
    if (!number(1, 2) || !reader.take(":") || !number(2, 2) || !reader.take(":") || !number(2, 2)) return false;
    if (reader.take(".")) reader.run(kDigits);
    reader.run(" \t");
    if (reader.take("Z")) return reader.done();
    if (reader.take("+-")) {
        if (!number(1, 2)) return false;
        if (reader.take(":") && !number(2, 2)) return false;
    }
    return reader.done();
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const Entry& entry : entries) {
        if (entry.key.text == key) return &entry.value;
    }
    return nullptr;
}

Implied implied(std::string_view plain) {
    if (is_any(plain, {"", "~", "null", "Null", "NULL"})) return Implied::null;
    if (is_any(plain, {"y",    "Y",    "yes",   "Yes",   "YES",   "n",  "N",  "no", "No",  "NO",  "true",
                       "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"})) {
        return Implied::boolean;
    }
    const char first = plain.front();
    if (!digit(first) && first != '+' && first != '-' && first != '.') return Implied::string;
    if (is_integer(plain)) return Implied::integer;
    if (is_floating(plain)) return Implied::floating;
    if (is_timestamp(plain)) return Implied::timestamp;
    return Implied::string;
}

std::string_view describe(const Node& node) {
    switch (node.kind) {
        case Kind::null: return "nothing";
        case Kind::sequence: return "a list";
        case Kind::mapping: return "a map";
        case Kind::scalar: break;
    }
    if (node.quoted) return "text";
    switch (implied(node.text)) {
        case Implied::null: return "nothing";
        case Implied::boolean: return "true or false";
        case Implied::integer:
        case Implied::floating: return "a number";
        case Implied::timestamp: return "a date";
        case Implied::string: break;
    }
    return "text";
}

}  // namespace pipewright::yaml

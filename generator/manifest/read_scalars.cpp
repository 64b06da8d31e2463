#include "generator/manifest/read_scalars.h"

#include <algorithm>
#include <charconv>

#include "generator/text/suggest.h"

namespace pipewright::manifest {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string subject(const Reading& reading) { return reading.path.empty() ? "the manifest" : quoted(reading.path); }

bool refuse(FieldBase& into, Reading& reading, Code code, const Span& span, std::string message, std::string help) {
    into.state = State::bad;
    into.doubtful = true;
    reading.report(code, span, std::move(message), std::move(help));
    return false;
}

bool refuse_type(FieldBase& into, Reading& reading, const yaml::Node& node, std::string_view wanted, std::string help) {
    return refuse(
        into, reading, Code::wrong_type, node.span,
        subject(reading) + " must be " + std::string(wanted) + ", but this is " + std::string(yaml::describe(node)),
        std::move(help));
}

namespace {

// A scalar that means text. A plain one that YAML reads as something else must be quoted, or it would not be the same
// text for every reader (an account number with a leading zero is octal to one and not to the next).
bool take_text(const yaml::Node& node, FieldBase& into, Reading& reading, std::string& text) {
    if (node.kind != yaml::Kind::scalar) return refuse_type(into, reading, node, "text");
    if (!node.quoted && yaml::implied(node.text) != yaml::Implied::string) {
        return refuse(into, reading, Code::unquoted, node.span,
                      subject(reading) + " must be text, but YAML reads " + node.text + " as " +
                          std::string(yaml::describe(node)),
                      "put it in quotes: \"" + node.text + "\"");
    }
    text = node.text;
    return true;
}

}  // namespace

void read_text(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    std::string text;
    if (!take_text(node, into, reading, text)) return;
    std::string_view wrong = type.form->check(text);
    Code code = type.form->code;
    if (wrong.empty() && type.form->beyond != nullptr) {
        wrong = type.form->beyond(text);
        code = Code::impossible_value;
    }
    if (!wrong.empty()) {
        refuse(into, reading, code, node.span,
               subject(reading) + " must be " + std::string(type.form->name) + ", but " + quoted(text) + " " +
                   std::string(wrong),
               std::string(type.form->advice));
        return;
    }
    thunks::as<std::string>(into).value = std::move(text);
    into.state = State::given;
}

std::vector<std::string> words_of(const Type& choice) {
    std::vector<std::string> words;
    for (const Choice& one : choice.choices) words.emplace_back(one.name);
    return words;
}

void read_choice(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind != yaml::Kind::scalar) {
        refuse_type(into, reading, node, "one of a few words");
        return;
    }
    const std::vector<std::string> known = words_of(type);
    if (std::find(known.begin(), known.end(), node.text) == known.end()) {
        refuse(into, reading, Code::unknown_value, node.span, subject(reading) + " can't be " + quoted(node.text),
               suggestion(node.text, known));
        return;
    }
    thunks::as<std::string>(into).value = node.text;
    into.state = State::given;
}

void read_boolean(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    if (node.kind != yaml::Kind::scalar || node.quoted || (node.text != "true" && node.text != "false")) {
        const bool other_word =
            node.kind == yaml::Kind::scalar && !node.quoted && yaml::implied(node.text) == yaml::Implied::boolean;
        const bool in_quotes = node.quoted && (node.text == "true" || node.text == "false");
        refuse(into, reading, Code::wrong_type, node.span,
               subject(reading) + " must be true or false, but this is " +
                   (other_word ? node.text : std::string(yaml::describe(node))),
               other_word  ? "only true and false mean the same to every YAML reader"
               : in_quotes ? "write it without quotes: " + node.text
                           : "");
        return;
    }
    if (type.only_true && node.text == "false") {
        refuse(into, reading, Code::unknown_value, node.span, subject(reading) + " can only be true",
               "take the key away");
        return;
    }
    thunks::as<bool>(into).value = node.text == "true";
    into.state = State::given;
}

void read_integer(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading) {
    std::int64_t value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, value);
    const bool whole = error == std::errc() && stop == end && !node.text.empty();
    if (node.kind != yaml::Kind::scalar || node.quoted || !whole) {
        const yaml::Implied implied = yaml::implied(node.text);
        const bool other_number = node.kind == yaml::Kind::scalar && !node.quoted &&
                                  (implied == yaml::Implied::integer || implied == yaml::Implied::floating);
        refuse(into, reading, Code::wrong_type, node.span,
               subject(reading) + " must be a whole number, but this is " +
                   (other_number ? node.text : std::string(yaml::describe(node))),
               other_number                                              ? "write it in decimal digits alone"
               : node.kind == yaml::Kind::scalar && node.quoted && whole ? "write it without quotes: " + node.text
                                                                         : "");
        return;
    }
    const std::string_view digits = std::string_view(node.text).substr(node.text.front() == '-' ? 1 : 0);
    if (digits.size() > 1 && digits.front() == '0') {
        refuse(into, reading, Code::wrong_type, node.span,
               subject(reading) + " starts with a zero, which some YAML readers take for an octal number",
               "write " + std::to_string(value));
        return;
    }
    if (value < type.least || value > type.most) {
        const std::string bounds =
            type.least == type.most ? "be " + std::to_string(type.least)
                                    : "lie between " + std::to_string(type.least) + " and " + std::to_string(type.most);
        refuse(into, reading, Code::out_of_bounds, node.span,
               subject(reading) + " must " + bounds + ", but this is " + std::to_string(value));
        return;
    }
    if (!type.only.empty() && std::find(type.only.begin(), type.only.end(), value) == type.only.end()) {
        std::vector<std::string> known;
        for (const std::int64_t one : type.only) known.push_back(std::to_string(one));
        refuse(into, reading, Code::unknown_value, node.span, subject(reading) + " can't be " + std::to_string(value),
               "known are " + listing(known));
        return;
    }
    thunks::as<std::int64_t>(into).value = value;
    into.state = State::given;
}

}  // namespace pipewright::manifest

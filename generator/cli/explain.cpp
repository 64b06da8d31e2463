// What a code or a key means, as a person asks it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "generator/cli/command.h"
#include "generator/cli/pages.h"
#include "generator/manifest/paths.h"
#include "generator/manifest/reference.h"
#include "generator/manifest/types/manifest.h"
#include "generator/text/case.h"
#include "generator/text/render.h"
#include "generator/text/suggest.h"

namespace pipewright::cli {

namespace {

using Json = nlohmann::ordered_json;
using manifest::Need;
using manifest::Row;
using manifest::Shape;
using manifest::Type;

Exit wrong(Console& console, const std::string& message, const std::string& help) {
    console.err += "error: " + visible(message) + " [" + std::string(describe(Code::bad_call).id) + "]\n";
    if (!help.empty()) console.err += "      = " + visible(help) + "\n";
    return kWrong;
}

// All codes, where none is named.
void list_codes(const Call& call, Console& console) {
    if (call.format == Format::json) {
        Json document{{"schema", "pipewright.explain/1"}, {"codes", Json::array()}};
        for (const CodeEntry& entry : catalogue())
            document["codes"].push_back(
                {{"code", entry.id}, {"severity", to_string(entry.severity)}, {"title", entry.title}});
        console.out += document.dump(2) + "\n";
        return;
    }
    for (const CodeEntry& entry : catalogue()) {
        console.out += std::string(entry.id) + "  " + std::string(to_string(entry.severity)) +
                       std::string(9 - to_string(entry.severity).size(), ' ') + std::string(entry.title) + "\n";
    }
}

Exit explain_code(const Call& call, Console& console) {
    const std::string wanted = upper_case(call.subject);
    const auto all = catalogue();
    const auto found = std::find_if(all.begin(), all.end(), [&](const CodeEntry& one) { return one.id == wanted; });
    if (found == all.end()) {
        std::vector<std::string> known;
        for (const CodeEntry& one : all) known.emplace_back(one.id);
        const std::string near = nearest(wanted, known);
        return wrong(console, "there is no code '" + call.subject + "'",
                     near.empty() ? "pipewright explain code lists them all" : "did you mean '" + near + "'?");
    }
    const std::string_view page = page_of(found->code);
    if (call.format == Format::text) {
        console.out += page;
        return kFine;
    }
    const Json document{{"schema", "pipewright.explain/1"},
                        {"code", found->id},
                        {"severity", to_string(found->severity)},
                        {"title", found->title},
                        {"page", page}};
    console.out += document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return kFine;
}

// What stands below a type: the keys of a record, of the records in a map or of those in a list.
const Type* record_below(const Type& type) {
    if (type.shape == Shape::record) return &type;
    return type.of == nullptr ? nullptr : record_below(*type.of);
}

std::vector<const Row*> keys_below(const Type& type) {
    std::vector<const Row*> keys;
    if (const Type* record = record_below(type)) {
        for (const Row* row : rows_of(*record)) {
            if (row->need != Need::hidden) keys.push_back(row);
        }
    }
    return keys;
}

// How the keys below a path are reached: through the names of a map, the entries of a list.
std::string way_below(const Type& type) {
    if (type.shape == Shape::map) return "." + std::string(type.placeholder) + way_below(*type.of);
    return type.shape == Shape::list ? way_below(*type.of) : "";
}

std::string default_of(const Row& row) {
    if (row.need == Need::required) return "none, the key is required";
    return std::string(row.fallback.empty() ? row.derivation : row.fallback);
}

// The words of a choice, of a list of them as well.
const Type* choice_in(const Type& type) {
    if (type.shape == Shape::choice) return &type;
    return type.shape == Shape::list ? choice_in(*type.of) : nullptr;
}

// Words of the reference mark code by backticks; a terminal shows it as it is.
std::string plain(std::string text) {
    std::erase(text, '`');
    return text;
}

void line(Console& console, const std::string& name, const std::string& text) {
    if (!text.empty()) console.out += "  " + name + std::string(10 - name.size(), ' ') + text + "\n";
}

void print_text(Console& console, const manifest::Found& found) {
    console.out += found.path.empty() ? "the manifest\n" : found.path + "\n";
    if (found.row != nullptr) {
        line(console, "meaning", plain(std::string(found.row->meaning)));
    }
    line(console, "type", plain(manifest::words(*found.type)));
    if (found.row != nullptr) {
        line(console, "default", default_of(*found.row));
        line(console, "example",
             found.row->example.empty() ? "" : std::string(found.row->key) + ": " + std::string(found.row->example));
    }
    if (found.type->form != nullptr && found.type->shape == Shape::text)
        line(console, "write", std::string(found.type->form->advice));
    if (const Type* record = record_below(*found.type)) {
        if (!record->about.empty()) line(console, "note", plain(std::string(record->about)));
        for (const manifest::Relation& one : record->relations) line(console, "rule", plain(manifest::words(one)));
    }
    if (const Type* choice = choice_in(*found.type)) {
        console.out += "\n";
        for (const manifest::Choice& one : choice->choices)
            console.out += "  " + std::string(one.name) + ": " + std::string(one.meaning) + "\n";
    }
    const std::vector<const Row*> keys = keys_below(*found.type);
    if (keys.empty()) return;
    std::size_t width = 0;
    for (const Row* row : keys) width = std::max(width, row->key.size());
    const std::string way = found.path + way_below(*found.type);
    console.out += "\n  keys of " + (way.empty() ? "the top level" : way.front() == '.' ? way.substr(1) : way) + ":\n";
    for (const Row* row : keys) {
        console.out += "    " + std::string(row->key) + std::string(width - row->key.size() + 2, ' ') +
                       plain(std::string(row->meaning)) + "\n";
    }
}

void print_json(Console& console, const manifest::Found& found) {
    Json document{
        {"schema", "pipewright.explain/1"}, {"path", found.path}, {"type", plain(manifest::words(*found.type))}};
    if (found.row != nullptr) {
        document["required"] = found.row->need == Need::required;
        if (!found.row->fallback.empty()) document["default"] = found.row->fallback;
        if (found.row->fallback.empty() && !found.row->derivation.empty()) document["because"] = found.row->derivation;
        document["meaning"] = found.row->meaning;
        document["example"] = found.row->example;
    }
    if (const Type* choice = choice_in(*found.type)) {
        document["words"] = Json::object();
        for (const manifest::Choice& one : choice->choices) document["words"][std::string(one.name)] = one.meaning;
    }
    const std::vector<const Row*> keys = keys_below(*found.type);
    if (!keys.empty()) {
        document["keys"] = Json::object();
        for (const Row* row : keys) document["keys"][std::string(row->key)] = row->meaning;
    }
    console.out += document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Exit explain_key(const Call& call, Console& console) {
    const manifest::Lookup at = look_up(manifest::written::kManifest, call.subject);
    if (at.found.type == nullptr) {
        const std::string where = at.found.path.empty() ? "the top level" : at.found.path;
        std::string help = suggestion(at.wrong, at.known);
        const std::vector<std::string> homes = homes_of(manifest::written::kManifest, at.wrong);
        if (nearest(at.wrong, at.known).empty() && !homes.empty()) {
            help = "'" + at.wrong + "' is a key of " + listing(homes);
        } else if (help.empty()) {
            help = at.known.empty() ? "nothing stands below it" : "its keys are " + listing(at.known);
        }
        return wrong(console, "there is no key '" + at.wrong + "' in " + where, help);
    }
    if (call.format == Format::text) {
        print_text(console, at.found);
    } else {
        print_json(console, at.found);
    }
    return kFine;
}

}  // namespace

Exit explain(const Call& call, const std::string& /*path*/, system::Disk& /*disk*/, Console& console) {
    if (call.topic == "key") return explain_key(call, console);
    if (call.subject.empty()) {
        list_codes(call, console);
        return kFine;
    }
    return explain_code(call, console);
}

}  // namespace pipewright::cli

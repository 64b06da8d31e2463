#include "generator/init/sketch.h"

#include <algorithm>

#include "generator/embed/templates.h"
#include "generator/init/words.h"
#include "generator/text/diagnostic.h"
#include "generator/yaml/read.h"

namespace pipewright::init {

namespace {

std::string comment_of(std::string_view line) {
    line = trim(line);
    line.remove_prefix(1);
    return std::string(line.starts_with(' ') ? line.substr(1) : line);
}

// Turns what was read into a sketch; the comments come from the lines around each key.
class Reader {
public:
    explicit Reader(const Source& source) : source_(source) {}

    Sketch read(const yaml::Node& node) const {
        Sketch sketch;
        if (node.kind == yaml::Kind::scalar) return scalar(node);
        if (node.kind == yaml::Kind::null) return sketch;
        const char first = source_.bytes()[node.span.offset];
        sketch.kind = node.kind == yaml::Kind::mapping ? Sketch::Kind::map : Sketch::Kind::list;
        sketch.flow = first == '{' || first == '[';
        for (const yaml::Node& item : node.items) sketch.twigs.push_back({{}, read(item), {}, {}, false});
        for (const yaml::Entry& entry : node.entries) {
            Twig twig{entry.key.text, read(entry.value), {}, {}, false};
            if (!sketch.flow) add_comments(entry, twig);
            sketch.twigs.push_back(std::move(twig));
        }
        return sketch;
    }

private:
    static Sketch scalar(const yaml::Node& node) {
        Sketch sketch = Sketch::of(node.text);
        const yaml::Implied implied = node.quoted ? yaml::Implied::string : yaml::implied(node.text);
        if (implied == yaml::Implied::boolean) {
            sketch.kind = Sketch::Kind::boolean;
            sketch.boolean = node.text == "true";
        } else if (const auto number = to_number(node.text); implied == yaml::Implied::integer && number) {
            sketch = Sketch::number(*number);
        }
        return sketch;
    }

    void add_comments(const yaml::Entry& entry, Twig& twig) const {
        std::size_t line = source_.position(entry.key.span.offset).line;
        const std::string_view end = source_.line(source_.position(entry.value.span.offset).line);
        const bool one_line = twig.value.twigs.empty() || twig.value.flow;
        const std::size_t mark = end.find(" # ");
        if (one_line && mark != std::string_view::npos) twig.beside = comment_of(end.substr(mark));
        while (line > 1 && trim(source_.line(line - 1)).starts_with('#')) {
            twig.above.insert(twig.above.begin(), comment_of(source_.line(--line)));
        }
        twig.blank_before = line > 1 && trim(source_.line(line - 1)).empty();
    }

    const Source& source_;
};

std::vector<Starter> read_starters() {
    std::vector<Starter> all;
    constexpr std::string_view kFolder = "starters/";
    for (const embed::Template& one : embed::templates()) {
        if (!one.path.starts_with(kFolder) || !one.path.ends_with(".yaml")) continue;
        Sources sources;
        Diagnostics unsaid;
        const SourceId source = sources.add(std::string(one.path), std::string(one.bytes));
        const std::optional<yaml::Node> node = yaml::read(sources, source, unsaid);
        if (!node) continue;
        Starter starter;
        starter.name = one.path.substr(kFolder.size(), one.path.size() - kFolder.size() - 5);
        starter.root = Reader(sources.at(source)).read(*node);
        if (starter.root.twigs.empty() || starter.root.twigs.front().above.empty()) continue;
        starter.description = starter.root.twigs.front().above.front();
        starter.root.twigs.front().above.clear();
        all.push_back(std::move(starter));
    }
    std::stable_partition(all.begin(), all.end(), [](const Starter& one) { return one.name == "fargate"; });
    return all;
}

}  // namespace

Sketch Sketch::of(std::string text) {
    Sketch sketch;
    sketch.kind = Kind::text;
    sketch.text = std::move(text);
    return sketch;
}

Sketch Sketch::number(std::int64_t value) {
    Sketch sketch;
    sketch.kind = Kind::integer;
    sketch.integer = value;
    return sketch;
}

Sketch Sketch::words(const std::vector<std::string>& texts) {
    Sketch sketch;
    sketch.kind = Kind::list;
    sketch.flow = true;
    for (const std::string& text : texts) sketch.twigs.push_back({{}, of(text), {}, {}, false});
    return sketch;
}

Sketch Sketch::map(bool on_one_line) {
    Sketch sketch;
    sketch.kind = Kind::map;
    sketch.flow = on_one_line;
    return sketch;
}

Sketch* Sketch::find(std::string_view key) {
    const auto found = std::find_if(twigs.begin(), twigs.end(), [&](const Twig& twig) { return twig.key == key; });
    return found == twigs.end() || kind != Kind::map ? nullptr : &found->value;
}

Sketch& Sketch::put(std::string key, Sketch value, std::vector<std::string> above) {
    const auto found = std::find_if(twigs.begin(), twigs.end(), [&](const Twig& twig) { return twig.key == key; });
    if (found == twigs.end()) {
        twigs.push_back({std::move(key), std::move(value), std::move(above), {}, false});
        return twigs.back().value;
    }
    found->value = std::move(value);
    if (!above.empty()) found->above = std::move(above);
    return found->value;
}

void Sketch::drop(std::string_view key) {
    std::erase_if(twigs, [&](const Twig& twig) { return twig.key == key; });
}

const std::vector<Starter>& starters() {
    static const std::vector<Starter> all = read_starters();
    return all;
}

yaml::Value to_value(const Sketch& sketch) {
    using yaml::Value;
    switch (sketch.kind) {
        case Sketch::Kind::null: return Value::null();
        case Sketch::Kind::boolean: return Value::boolean(sketch.boolean);
        case Sketch::Kind::integer: return Value::integer(sketch.integer);
        case Sketch::Kind::text: return Value::text(sketch.text);
        case Sketch::Kind::list:
        case Sketch::Kind::map: break;
    }
    const bool map = sketch.kind == Sketch::Kind::map;
    std::vector<yaml::Member> members;
    std::vector<yaml::Item> items;
    std::vector<Value> plain;
    for (const Twig& twig : sketch.twigs) {
        yaml::Trimmings trimmings{twig.above, twig.beside, twig.blank_before, {}};
        if (map) {
            members.push_back({twig.key, to_value(twig.value), std::move(trimmings)});
        } else if (sketch.flow) {
            plain.push_back(to_value(twig.value));
        } else {
            items.push_back({to_value(twig.value), std::move(trimmings)});
        }
    }
    if (map) return sketch.flow ? Value::flow_mapping(std::move(members)) : Value::mapping(std::move(members));
    return sketch.flow ? Value::flow_sequence(std::move(plain)) : Value::sequence(std::move(items));
}

}  // namespace pipewright::init

#include "generator/manifest/reference.h"

#include <algorithm>

#include "generator/manifest/types/manifest.h"
#include "generator/text/suggest.h"

namespace pipewright::manifest {

namespace {

std::string code(std::string_view word) { return "`" + std::string(word) + "`"; }

std::string how_many(const Type& type) {
    const std::string most = std::to_string(type.most);
    if (type.least == type.most) return most;
    return type.least == 0 ? "at most " + most : std::to_string(type.least) + " to " + most;
}

std::string words_of_integer(const Type& type) {
    if (!type.only.empty()) {
        std::vector<std::string> numbers;
        for (const std::int64_t one : type.only) numbers.push_back(code(std::to_string(one)));
        return "one of " + listing(numbers);
    }
    if (type.least == type.most) return code(std::to_string(type.least));
    return "a whole number from " + std::to_string(type.least) + " to " + std::to_string(type.most);
}

std::string words_of_choice(const Type& type) {
    std::vector<std::string> choices;
    for (const Choice& one : type.choices) choices.push_back(code(one.name));
    return (choices.size() == 1 ? "" : "one of ") + listing(choices);
}

std::string words_of_list(const Type& type) {
    const std::string list = "a list of " + how_many(type) + " entries, each " + words(*type.of) +
                             (type.unique ? ", none of them twice" : "");
    return type.scalar_is_list ? words(*type.of) + ", or " + list : list;
}

// Walks the tables; a record that was met before only gets another path.
class Walk {
public:
    std::vector<Section> sections;
    std::vector<const Form*> forms;

    void visit(const Type& type, const std::string& path) {
        if (type.form != nullptr && std::find(forms.begin(), forms.end(), type.form) == forms.end()) {
            forms.push_back(type.form);
        }
        if (type.shape == Shape::list) visit(*type.of, path);
        if (type.shape == Shape::map) visit(*type.of, below(path, type.placeholder));
        if (type.shape != Shape::record) return;
        const auto met = std::find_if(sections.begin(), sections.end(),
                                      [&](const Section& section) { return section.type == &type; });
        if (met != sections.end()) {
            met->also.push_back(path);
            return;
        }
        const std::size_t here = sections.size();
        sections.push_back({path, {}, &type, {}});
        for (const Row& row : type.rows) {
            if (row.need != Need::hidden) sections[here].rows.push_back(&row);
            visit(*row.type, row.need == Need::hidden ? path : below(path, row.key));
        }
    }

private:
    static std::string below(const std::string& path, std::string_view name) {
        return path.empty() ? std::string(name) : path + "." + std::string(name);
    }
};

}  // namespace

std::string words(const Type& type) {
    switch (type.shape) {
        case Shape::text: return std::string(type.form->name);
        case Shape::integer: return words_of_integer(type);
        case Shape::boolean: return type.only_true ? "`true`" : "`true` or `false`";
        case Shape::choice: return words_of_choice(type);
        case Shape::list: return words_of_list(type);
        case Shape::map:
            return "a map of " + how_many(type) + " entries; each key is " + std::string(type.form->name) +
                   ", each value " + words(*type.of);
        case Shape::record: break;
    }
    for (const Row& row : type.rows) {
        if (row.key == type.shorthand) return words(*row.type) + ", or a map";
    }
    return "a map";
}

std::string words(const Relation& relation) {
    std::vector<std::string> all;
    for (const std::string_view other : relation.others) all.push_back(code(other));
    const std::string others = listing(all);
    std::vector<std::string> values;
    for (const std::string_view value : relation.values) values.push_back(code(value));
    const std::string where = values.empty() ? "" : " as " + listing(values);
    switch (relation.kind) {
        case Relation::Kind::excludes: return code(relation.key) + " excludes " + others;
        case Relation::Kind::needs: return code(relation.key) + where + " needs " + others + " beside it";
        case Relation::Kind::exactly_one: return "exactly one of " + others + " must stand there";
        case Relation::Kind::at_least_one: break;
    }
    return "at least one of " + others + " must stand there";
}

std::vector<Section> sections() {
    Walk walk;
    walk.visit(written::kManifest, "");
    return walk.sections;
}

std::vector<const Form*> used_forms() {
    Walk walk;
    walk.visit(written::kManifest, "");
    return walk.forms;
}

}  // namespace pipewright::manifest

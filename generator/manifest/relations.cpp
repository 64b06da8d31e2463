#include "generator/manifest/relations.h"

#include <algorithm>

#include "generator/text/suggest.h"

namespace pipewright::manifest {

namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// Whether a key was written, be it wrong, null or misspelt: what is wrong with it then is said elsewhere.
bool written(const FieldBase& field) { return field.state != State::absent; }

// Whether a key is missing for sure: where one stands that isn't known, it could be the one that is meant.
bool missing(const FieldBase& field) { return !written(field) && !field.doubtful; }

class Check {
public:
    Check(const std::vector<Slot>& all, const FieldBase& into, Reading& reading)
        : all_(all), into_(into), reading_(reading) {}

    void operator()(const Relation& relation) {
        switch (relation.kind) {
            case Relation::Kind::excludes: excludes(relation); break;
            case Relation::Kind::needs: needs(relation); break;
            case Relation::Kind::at_least_one:
            case Relation::Kind::exactly_one: count(relation); break;
        }
    }

private:
    const FieldBase& field(std::string_view key) const {
        return *std::find_if(all_.begin(), all_.end(), [&](const Slot& slot) { return slot.row->key == key; })->field;
    }

    std::string where() const { return reading_.path.empty() ? "" : " in " + quoted(reading_.path); }

    void excludes(const Relation& relation) {
        if (!written(field(relation.key))) return;
        for (const std::string_view other : relation.others) {
            if (!written(field(other)) || !field(other).key.known()) continue;
            reading_.report(Code::exclusive_keys, field(other).key,
                            quoted(other) + " and " + quoted(relation.key) + " exclude each other" + where(),
                            std::string(relation.advice));
        }
    }

    void needs(const Relation& relation) {
        const FieldBase& key = field(relation.key);
        if (!written(key)) return;
        std::string value;
        if (!relation.values.empty()) {
            value = thunks::as<std::string>(key).value;
            if (std::find(relation.values.begin(), relation.values.end(), value) == relation.values.end()) return;
            value = ": " + value;
        }
        std::vector<std::string> lacking;
        for (const std::string_view other : relation.others) {
            if (missing(field(other))) lacking.push_back(quoted(other));
        }
        if (lacking.empty()) return;
        reading_.report(
            Code::needed_together, relation.values.empty() ? key.key : key.place(),
            quoted(std::string(relation.key) + value) + " needs " + listing(lacking) + " beside it" + where(),
            std::string(relation.advice));
    }

    void count(const Relation& relation) {
        std::size_t given = 0;
        bool unclear = false;
        std::vector<std::string> names;
        for (const std::string_view other : relation.others) {
            if (written(field(other))) ++given;
            unclear = unclear || field(other).doubtful;
            names.push_back(quoted(other));
        }
        const bool exactly = relation.kind == Relation::Kind::exactly_one;
        if (given == 0 && unclear) return;
        if (given == 1 || (given > 1 && !exactly)) return;
        const std::string subject = reading_.path.empty() ? "the manifest" : quoted(reading_.path);
        reading_.report(exactly ? Code::exclusive_keys : Code::needed_together, into_.place(),
                        subject + " must hold " + (exactly ? "exactly" : "at least") + " one of " + listing(names),
                        std::string(relation.advice));
    }

    const std::vector<Slot>& all_;
    const FieldBase& into_;
    Reading& reading_;
};

}  // namespace

void check_relations(const Type& record, const std::vector<Slot>& all, const FieldBase& into, Reading& reading) {
    Check check(all, into, reading);
    for (const Relation& one : record.relations) check(one);
}

}  // namespace pipewright::manifest

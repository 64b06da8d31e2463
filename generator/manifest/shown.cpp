#include "generator/manifest/shown.h"

#include <algorithm>
#include <map>

namespace pipewright::manifest {

namespace {

std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

bool among(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Show {
public:
    Show(const Effective& effective, const Project& project) : effective_(effective), project_(project) {}

    Shown all() {
        // The tables hand out members of mutable objects only; nothing here changes one.
        auto& manifest = const_cast<Field<written::Manifest>&>(effective_.manifest);
        index(written::kManifest, manifest, "");
        Shown root = map();
        for (const Slot& slot : slots(written::kManifest, &manifest.value)) {
            if (slot.row->key == "stacks") continue;
            if (slot.row->key == "services") {
                add(root, "services", services(manifest->services));
            } else if (slot.row->key == "environments") {
                add(root, "environments", environments(manifest.value));
            } else {
                take(root, slot, "");
            }
        }
        return root;
    }

private:
    static Shown map() {
        Shown shown;
        shown.kind = Shown::Kind::map;
        return shown;
    }

    static void add(Shown& to, std::string_view key, Shown value) {
        to.entries.push_back({std::string(key), std::move(value)});
    }

    // The key that was written at each place.
    void index(const Type& type, FieldBase& field, const std::string& path) {
        if (type.shape == Shape::record) {
            for (const Slot& slot : slots(type, type.object(field))) {
                index(*slot.row->type, *slot.field, slot.row->need == Need::hidden ? path : below(path, slot.row->key));
            }
        } else if (type.shape == Shape::map) {
            for (std::size_t i = 0; i < type.size(field); ++i)
                index(*type.of, type.element(field, i), below(path, type.name_of(field, i)));
        } else if (field.given() && field.span.known()) {
            paths_.try_emplace(field.span.offset, path);
        }
    }

    void tell_origin(Shown& shown, const Row* row, const FieldBase& field, const std::string& path) const {
        shown.said = field.given();
        shown.removed = field.state == State::removed;
        if (field.state != State::absent) shown.span = field.place();
        if (shown.span.known()) {
            const auto found = paths_.find(shown.span.offset);
            if (found != paths_.end() && found->second != path) shown.path = found->second;
        }
        if (shown.said || row == nullptr) return;
        shown.reason = row->derivation.empty() ? "default" : std::string(row->derivation);
    }

    Shown value(const Type& type, FieldBase& field, const Row* row, const std::string& path) {
        Shown shown;
        tell_origin(shown, row, field, path);
        switch (type.shape) {
            case Shape::text:
            case Shape::choice:
                shown.kind = Shown::Kind::text;
                shown.text = thunks::as<std::string>(field).value;
                break;
            case Shape::integer:
                shown.kind = Shown::Kind::number;
                shown.number = thunks::as<std::int64_t>(field).value;
                break;
            case Shape::boolean:
                shown.kind = Shown::Kind::truth;
                shown.truth = thunks::as<bool>(field).value;
                break;
            case Shape::list:
                shown.kind = Shown::Kind::list;
                for (std::size_t i = 0; i < type.size(field); ++i)
                    shown.items.push_back(value(*type.of, type.element(field, i), nullptr, path));
                break;
            case Shape::map:
                shown.kind = Shown::Kind::map;
                for (std::size_t i = 0; i < type.size(field); ++i) {
                    FieldBase& element = type.element(field, i);
                    const std::string name(type.name_of(field, i));
                    if (element.state == State::removed) continue;
                    add(shown, name, value(*type.of, element, nullptr, below(path, name)));
                }
                break;
            case Shape::record: return record(type, field, path);
        }
        return shown;
    }

    Shown record(const Type& type, FieldBase& field, const std::string& path) {
        Shown shown = map();
        for (const Slot& slot : slots(type, type.object(field))) {
            // A lone value that stands for the map is shown as that value.
            if (slot.row->need == Need::hidden && present(*slot.field))
                return value(*slot.row->type, *slot.field, slot.row, path);
            take(shown, slot, path);
        }
        return shown;
    }

    static bool present(const FieldBase& field) { return field.given() || field.state == State::filled; }

    // A member of a record: its value, or why there is none.
    void take(Shown& to, const Slot& slot, const std::string& path) {
        if (slot.row->need == Need::hidden) return;
        const Row& row = *slot.row;
        const std::string here = below(path, row.key);
        const bool fell_back = slot.field->state == State::removed && !row.fallback.empty();
        if (present(*slot.field) || fell_back) {
            Shown shown = value(*row.type, *slot.field, &row, here);
            const bool empty = shown.kind == Shown::Kind::map && shown.entries.empty();
            if (!empty || slot.field->given()) add(to, row.key, std::move(shown));
        } else if (slot.field->state == State::absent && !row.derivation.empty() && row.derivation != "none") {
            Shown shown;
            tell_origin(shown, &row, *slot.field, here);
            add(to, row.key, std::move(shown));
        }
    }

    // Of a service what is the same everywhere; the rest stands in each target.
    Shown services(Field<Map<written::Service>>& all) {
        Shown shown = map();
        for (Named<written::Service>& named : all.value) {
            Shown service = map();
            const std::string path = below("services", named.name);
            const bool other_image = named.field->same_image_as.given();
            const bool ready_image = named.field->image.given();
            for (const Slot& slot : slots(written::kService, &named.field.value)) {
                const std::string_view key = slot.row->key;
                const bool varies =
                    std::any_of(written::kServiceOverride.rows.begin(), written::kServiceOverride.rows.end(),
                                [&](const Row& row) { return row.key == key; });
                const bool built = among(key, {"path", "dockerfile", "build", "platforms"});
                const bool routed = among(key, {"health", "routes", "public"});
                if (varies || key == "smoke") continue;
                if (built && (other_image || ready_image)) continue;
                if (routed && !named.field->port.given()) continue;
                take(service, slot, path);
            }
            add(shown, named.name, std::move(service));
        }
        return shown;
    }

    Shown environments(written::Manifest& manifest) {
        Shown shown = map();
        for (std::size_t i = 0; i < manifest.environments->size(); ++i) {
            Named<written::Environment>& named = manifest.environments->at(i);
            const std::string path = below("environments", named.name);
            Shown environment = map();
            for (const Slot& slot : slots(written::kEnvironment, &named.field.value)) {
                const std::string_view key = slot.row->key;
                if (among(key, {"targets", "services", "env"})) continue;
                if (key == "ungated_production" && !slot.field->given()) continue;
                if (key == "promote_from" && i == 0) continue;  // the first gets what is built
                take(environment, slot, path);
            }
            add(environment, "deployed_by", deployers(project_.environments[i]));
            Shown targets = map();
            auto& all = const_cast<std::vector<EffectiveTarget>&>(effective_.environments[i].targets);
            for (EffectiveTarget& target : all) {
                Named<written::Target>& written = named.field->targets->at(target.target);
                add(targets, written.name,
                    this->target(manifest, target, written, below(path, "targets." + written.name)));
            }
            add(environment, "targets", std::move(targets));
            add(shown, named.name, std::move(environment));
        }
        return shown;
    }

    static Shown deployers(const Environment& environment) {
        Shown shown;
        shown.kind = Shown::Kind::list;
        shown.reason = "follows from deploys of the hosts";
        for (const Host host : {Host::github, Host::gitlab}) {
            if (!environment.deployed_by(host)) continue;
            Shown name;
            name.kind = Shown::Kind::text;
            name.text = to_string(host);
            shown.items.push_back(std::move(name));
        }
        return shown;
    }

    Shown target(written::Manifest& manifest, EffectiveTarget& from, Named<written::Target>& written,
                 const std::string& path) {
        Shown shown = map();
        const bool aws = from.runtime->cloud == Cloud::aws;
        for (const Row& row : written::kTarget.rows) {
            const bool elsewhere = aws ? among(row.key, {"project", "project_number"}) : row.key == "account";
            FieldBase& field = row.at(&written.field.value);
            if (!elsewhere || field.given()) take(shown, {&row, &field}, path);
        }
        for (const Slot& slot : slots(written::kStack, &from.settings.value)) {
            if (slot.row->key == "scaling" || !heeded(from, slot)) continue;
            const std::size_t before = shown.entries.size();
            take(shown, slot, path);
            if (shown.entries.size() > before) prune(from, std::string(slot.row->key), shown.entries.back().value);
        }
        Shown services = map();
        for (EffectiveService& service : from.services) {
            const std::string& name = manifest.services->at(service.service).name;
            add(services, name, running(from, service, below(path, "services." + name)));
        }
        add(shown, "services", std::move(services));
        return shown;
    }

    static bool heeded(const EffectiveTarget& target, const Slot& slot) {
        return slot.field->given() || slot.row->key != "instance" || !target.runtime->instance_type.empty();
    }

    // Defaults that nothing heeds in this target would only be noise.
    static void prune(const EffectiveTarget& target, const std::string& key, Shown& shown) {
        const written::Stack& settings = *target.settings;
        const auto drop = [&](std::initializer_list<std::string_view> keys) {
            std::erase_if(shown.entries, [&](const auto& entry) {
                const Shown& value = entry.value;
                const bool written = value.said || value.kind == Shown::Kind::map;
                return among(entry.key, keys) && (!written || entry.key == "rate");
            });
        };
        if (key == "ingress" && *settings.ingress->type != "api-gateway") drop({"api_key", "clients", "rate"});
        if (key == "ingress" && *settings.ingress->type == "none") drop({"internal", "waf", "allow"});
        if (key == "ingress" && *settings.ingress->type == "api-gateway") drop({"internal"});
        if (key == "network" && *settings.network->mode != "create") drop({"cidr", "zones", "nat", "endpoints"});
        if (key == "rollout" && *settings.rollout->type != "canary") drop({"percent"});
        if (key == "rollout" && *settings.rollout->type == "rolling") drop({"bake_minutes"});
    }

    Shown running(const EffectiveTarget& target, EffectiveService& service, const std::string& path) {
        Shown shown = map();
        const bool scales = target.runtime->sizes || target.runtime->cloud == Cloud::gcp;
        for (const Slot& slot : slots(written::kServiceOverride, &service.settings.value)) {
            const std::string_view key = slot.row->key;
            if (among(key, {"cpu", "memory"}) && !target.runtime->sizes) continue;
            if (key == "scaling" && !scales) continue;
            // The row of the service says what its default is.
            Slot as_service = slot;
            for (const Row& row : written::kService.rows) {
                if (row.key == key) as_service.row = &row;
            }
            take(shown, as_service, path);
        }
        if (service.smoke.present()) add(shown, "smoke", record_at(written::kService, "smoke", service.smoke, path));
        return shown;
    }

    Shown record_at(const Type& record, std::string_view key, FieldBase& field, const std::string& path) {
        for (const Row* row : rows_of(record)) {
            if (row->key == key) return value(*row->type, field, row, below(path, key));
        }
        return {};
    }

    const Effective& effective_;
    const Project& project_;
    std::map<std::uint32_t, std::string> paths_;
};

}  // namespace

Shown show(const Effective& effective, const Project& project) { return Show(effective, project).all(); }

}  // namespace pipewright::manifest

#include <map>

#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

// Keys as they were written, and whether any target heeds them: a stack's key may be meant for some of its targets.
struct Keys {
    struct Key {
        Span span;
        std::string name, why, help;
        bool heeded = false;
    };
    std::map<std::uint32_t, Key> all;  // by offset

    void note(const FieldBase& field, std::string_view name, bool heeded, const std::string& why,
              const std::string& help) {
        if (!field.given() || !field.key.known()) return;
        Key& key = all.try_emplace(field.key.offset, Key{field.key, std::string(name), why, help}).first->second;
        key.heeded = key.heeded || heeded;
    }
};

void ingress(const At& at, Keys& keys) {
    const written::Ingress& from = *at.settings.ingress;
    const std::string& type = *from.type;
    const bool unclear = !sound(from.type, from.api_key);
    const bool balancer = unclear || type == "load-balancer";
    const bool gateway = unclear || type == "api-gateway";
    const std::string nothing = "nothing reaches these services from outside (ingress: none)";
    const std::string away = "take it away";
    keys.note(from.https, "https", balancer || gateway, nothing, away);
    keys.note(from.allow, "allow", balancer || gateway, nothing, away);
    keys.note(from.waf, "waf", balancer || gateway, nothing, away);
    keys.note(from.internal, "internal", balancer, "only a load balancer can be internal",
              "take it away; with ingress: none nothing is reachable from outside");
    const std::string keyed = "only an api-gateway has keys and limits of its own";
    const std::string open = "without keys nobody is counted (api_key: false)";
    keys.note(from.api_key, "api_key", gateway, keyed, away);
    const bool counted = unclear || *from.api_key;
    keys.note(from.clients, "clients", gateway && counted, gateway ? open : keyed, away);
    keys.note(from.rate, "rate", gateway && counted, gateway ? open : keyed, away);
}

void network(const At& at, Keys& keys) {
    const written::Network& from = *at.settings.network;
    const std::string& mode = *from.mode;
    const bool unclear = !sound(from.mode);
    const bool made = unclear || mode == "create";
    const bool existing = unclear || mode == "existing";
    const std::string given = "the network is not made here (mode: " + mode + ")";
    const std::string away = "take it away, or let the network be made: mode: create";
    keys.note(from.cidr, "cidr", made, given, away);
    keys.note(from.zones, "zones", made, given, away);
    keys.note(from.nat, "nat", made, given, away);
    keys.note(from.endpoints, "endpoints", made, given, away);
    const std::string own = "the network is not an existing one (mode: " + mode + ")";
    const std::string name = "take it away, or write mode: existing";
    keys.note(from.vpc, "vpc", existing, own, name);
    keys.note(from.private_subnets, "private_subnets", existing, own, name);
    keys.note(from.public_subnets, "public_subnets", existing, own, name);
    keys.note(from.ssh_key, "ssh_key", from.ssh_from.given() || !sound(from.ssh_from),
              "port 22 is closed without ssh_from",
              "say from where SSH is let in, or take it away: EC2 Instance Connect needs neither");
}

void machines(const At& at, Keys& keys) {
    const std::string name(at.runtime.name);
    keys.note(at.settings.instance, "instance", !at.runtime.instance_type.empty(), name + " has no machines of yours",
              "cpu and memory of a service say how large it is");
    const written::Rollout& rollout = *at.settings.rollout;
    const bool unclear = !sound(rollout.type);
    keys.note(rollout.percent, "percent", unclear || *rollout.type == "canary", "only a canary begins with a share",
              "take it away, or write type: canary");
    keys.note(rollout.bake_minutes, "bake_minutes", unclear || *rollout.type != "rolling",
              "a rolling rollout never runs both versions side by side on purpose",
              "take it away, or write type: blue-green or canary");
}

}  // namespace

// A key that nothing heeds looks as if it did something; an ignored key is a mistake.
void unheeded(const Subject& subject) {
    Keys keys;
    each_target(subject, [&](const At& at) {
        ingress(at, keys);
        network(at, keys);
        machines(at, keys);
    });
    for (const auto& [offset, key] : keys.all) {
        if (!key.heeded) {
            subject.report(Code::not_applicable, key.span, "nothing heeds '" + key.name + "' here: " + key.why,
                           key.help);
        }
    }
}

}  // namespace pipewright::manifest::rules

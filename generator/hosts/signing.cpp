#include "generator/hosts/signing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pipewright::hosts {

void add(std::vector<Signer>& to, Signer one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(std::move(one));
}

std::vector<std::string> signing_refs(const delivery::Condition& events) {
    std::vector<std::string> all;
    for (const delivery::EventClass& one : events.any) {
        const bool of_a_ref = one.kind == delivery::EventKind::push_branch ||
                              one.kind == delivery::EventKind::push_tag || one.kind == delivery::EventKind::form;
        std::string ref = of_a_ref ? delivery::full_ref(one) : std::string();
        if (!ref.empty() && std::find(all.begin(), all.end(), ref) == all.end()) all.push_back(std::move(ref));
    }
    return all;
}

delivery::JsonText json_of(const std::vector<Signer>& all) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Signer& one : all) list.push_back({{"issuer", one.issuer}, {"identity", one.identity}});
    return delivery::JsonText(list);
}

}  // namespace pipewright::hosts

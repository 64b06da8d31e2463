#include "generator/hosts/signing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pipewright::hosts {

void add(std::vector<Signer>& to, Signer one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(std::move(one));
}

bool makes_image(const delivery::Job& job) {
    return job.kind == delivery::JobKind::build || job.kind == delivery::JobKind::resolve;
}

delivery::JsonText json_of(const std::vector<Signer>& all) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Signer& one : all) list.push_back({{"issuer", one.issuer}, {"identity", one.identity}});
    return delivery::JsonText(list);
}

}  // namespace pipewright::hosts

#include "generator/infrastructure/root.h"

namespace pipewright::infrastructure {

Value::Value(const std::vector<std::string>& texts) {
    List list;
    for (const std::string& one : texts) list.emplace_back(one);
    is = std::move(list);
}

const Value* find(const Object& members, std::string_view name) {
    for (const Member& one : members) {
        if (one.name == name) return &one.value;
    }
    return nullptr;
}

}  // namespace pipewright::infrastructure

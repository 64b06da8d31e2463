#include "generator/yaml/document.h"

#include <utility>

namespace pipewright::yaml {

Value Value::null() { return {}; }

Value Value::boolean(bool value) {
    Value made;
    made.type_ = Type::boolean;
    made.boolean_ = value;
    return made;
}

Value Value::integer(std::int64_t value) {
    Value made;
    made.type_ = Type::integer;
    made.integer_ = value;
    return made;
}

Value Value::text(std::string value) {
    Value made;
    made.type_ = Type::text;
    made.text_ = std::move(value);
    return made;
}

Value Value::block(std::string value) {
    Value made;
    made.type_ = Type::block;
    made.text_ = std::move(value);
    return made;
}

Value Value::sequence(std::vector<Item> items) {
    Value made;
    made.type_ = Type::sequence;
    made.items_ = std::move(items);
    return made;
}

Value Value::flow_sequence(std::vector<Value> items) {
    Value made;
    made.type_ = Type::flow_sequence;
    made.items_.reserve(items.size());
    for (Value& item : items) made.items_.push_back({std::move(item)});
    return made;
}

Value Value::mapping(std::vector<Member> members) {
    Value made;
    made.type_ = Type::mapping;
    made.members_ = std::move(members);
    return made;
}

Value Value::flow_mapping(std::vector<Member> members) {
    Value made;
    made.type_ = Type::flow_mapping;
    made.members_ = std::move(members);
    return made;
}

}  // namespace pipewright::yaml

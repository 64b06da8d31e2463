#include "generator/hcl/document.h"

#include <utility>

namespace pipewright::hcl {

Expression::Expression(Type type) : type_(type) {}

Expression Expression::null() { return Expression(Type::null); }

Expression Expression::boolean(bool value) {
    Expression made(Type::boolean);
    made.boolean_ = value;
    return made;
}

Expression Expression::number(std::int64_t value) {
    Expression made(Type::number);
    made.number_ = value;
    return made;
}

Expression Expression::text(std::string value) {
    Expression made(Type::text);
    made.text_ = std::move(value);
    return made;
}

Expression Expression::lines(std::string value) {
    Expression made(Type::lines);
    made.text_ = std::move(value);
    return made;
}

Expression Expression::list(std::vector<Expression> elements) {
    Expression made(Type::list);
    made.parts_ = std::move(elements);
    return made;
}

Expression Expression::object(std::vector<Key> keys) {
    Expression made(Type::object);
    made.keys_ = std::move(keys);
    return made;
}

Expression Expression::inline_object(std::vector<Key> keys) {
    Expression made(Type::inline_object);
    made.keys_ = std::move(keys);
    return made;
}

Expression Expression::reference(Traversal to) {
    Expression made(Type::reference);
    made.text_ = to.text();
    return made;
}

Expression Expression::reference(const Reference& to) {
    Expression made(Type::reference);
    made.text_ = to.text();
    return made;
}

Expression Expression::call(Name function, std::vector<Expression> arguments) {
    Expression made(Type::call);
    made.text_ = function.text();
    made.parts_ = std::move(arguments);
    return made;
}

Expression Expression::templated(std::vector<Expression> parts) {
    Expression made(Type::templated);
    made.parts_ = std::move(parts);
    return made;
}

Expression Expression::from(Origin origin) && {
    origin_ = origin;
    return std::move(*this);
}

}  // namespace pipewright::hcl

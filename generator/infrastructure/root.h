// Terraform roots as data: providers, where the state is, calls of modules with typed arguments, outputs. The printer
// makes HCL of it and decides nothing.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "generator/text/origin.h"

namespace pipewright::infrastructure {

struct Value;
struct Member;
using List = std::vector<Value>;
using Object = std::vector<Member>;

// What a call of a module puts out: module.CALL.OUTPUT, then ["KEY"] for each key.
struct OutputOf {
    std::string call, output;
    std::vector<std::string> keys = {};

    friend bool operator==(const OutputOf&, const OutputOf&) = default;
};

// A value, whatever it holds: text stays text.
struct Value {
    std::variant<bool, std::int64_t, std::string, OutputOf, List, Object> is;

    Value(bool value) : is(value) {}
    Value(std::int64_t value) : is(value) {}
    Value(int value) : is(static_cast<std::int64_t>(value)) {}
    Value(std::string value) : is(std::move(value)) {}
    Value(std::string_view value) : is(std::string(value)) {}
    Value(const char* value) : is(std::string(value)) {}
    Value(OutputOf value) : is(std::move(value)) {}
    Value(List value) : is(std::move(value)) {}
    Value(Object value) : is(std::move(value)) {}
    Value(const std::vector<std::string>& texts);
};

// An argument of a call, an output of a root, a key of an object.
struct Member {
    std::string name;
    Value value;
};

// A provider's configuration. The alias is empty for the root's own one.
struct Provider {
    std::string alias = {};
    std::string account, region;
    std::vector<std::pair<std::string, std::string>> tags = {};
};

// Where Terraform keeps the state: an object of a bucket.
struct Backend {
    std::string bucket, key, region, account;
    std::string table = {};  // of the locks; empty: the backend locks in the bucket
};

// A call of a module of templates/terraform/CLOUD. A feature's argument is given only where the feature is wanted.
struct Call {
    std::string name;         // module.NAME
    std::string module = {};  // aws/network
    Object arguments = {};
    std::string provider = {};  // an alias, or empty
    std::string about = {};     // one sentence, printed above it
    Origin origin = {};
};

struct RootOutput {
    std::string name, description;
    Value value;
};

enum class RootKind { account, bootstrap, platform };

struct Root {
    RootKind kind = RootKind::platform;
    std::string path;                // of the folder, from the root of the repository
    std::vector<std::string> about;  // what it is and who applies it
    std::vector<Provider> providers;
    Backend backend;
    std::vector<Call> calls;
    std::vector<RootOutput> outputs;
    Origin origin;
};

// A member's value, or nothing.
const Value* find(const Object& members, std::string_view name);

}  // namespace pipewright::infrastructure

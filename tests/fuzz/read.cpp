// libFuzzer on the reader and on the drawing of its messages: whatever the bytes are, there is a tree whose places nest
// or an error with a place, and no message carries anything to the terminal but printable text.
#include "generator/yaml/read.h"

#include "tests/fuzz/checks.h"

namespace {

using namespace pipewright;
using namespace pipewright::fuzz;

void check_node(const yaml::Node& node, const Span& outer, std::size_t& count) {
    require(inside(node.span, outer), "a value's place lies within that of its parent");
    require(++count <= 20000, "the number of values is bounded");
    check_text(node.text, false);
    require(node.kind == yaml::Kind::sequence || node.items.empty(), "only a list has items");
    require(node.kind == yaml::Kind::mapping || node.entries.empty(), "only a map has entries");
    require(!yaml::describe(node).empty(), "a value has a name");
    const yaml::Node* last = nullptr;
    for (const yaml::Node& item : node.items) {
        check_node(item, node.span, count);
        require(last == nullptr || last->span.offset <= item.span.offset, "items stand in order");
        last = &item;
    }
    for (const yaml::Entry& entry : node.entries) {
        require(entry.key.kind == yaml::Kind::scalar, "keys are scalars");
        std::size_t keys = 0;
        check_node(entry.key, node.span, keys);
        check_node(entry.value, node.span, count);
        require(entry.key.span.offset <= entry.value.span.offset, "a key stands before its value");
        require(node.find(entry.key.text) == &entry.value, "keys are unique");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Sources sources;
    const SourceId id = sources.add("pipewright.yaml", std::string(reinterpret_cast<const char*>(data), size));
    Diagnostics diagnostics;
    const std::optional<yaml::Node> node = yaml::read(sources, id, diagnostics);
    require(node.has_value() != diagnostics.has_errors(), "there is a tree or an error");
    const Span whole{id, 0, static_cast<std::uint32_t>(size)};
    std::size_t count = 0;
    if (node) check_node(*node, whole, count);
    check_messages(diagnostics, sources, whole, true);
    return 0;
}

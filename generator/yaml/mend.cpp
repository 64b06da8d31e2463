#include "generator/yaml/mend.h"

#include <set>
#include <utility>

namespace pipewright::yaml {

namespace {

bool merges(const Entry& entry) { return entry.key.text == "<<" && !entry.key.quoted; }

void take_in(Node from, std::set<std::string>& seen, std::vector<Entry>& kept) {
    for (Node& item : from.items) take_in(std::move(item), seen, kept);
    for (Entry& entry : from.entries) {
        if (seen.insert(entry.key.text).second) kept.push_back(std::move(entry));
    }
}

}  // namespace

void mend(Node& node) {
    for (Node& item : node.items) mend(item);
    for (Entry& entry : node.entries) mend(entry.value);
    std::vector<Entry> kept;
    std::vector<Node> merged;
    std::set<std::string> seen;
    for (Entry& entry : node.entries) {
        if (merges(entry)) {
            merged.push_back(std::move(entry.value));
        } else if (seen.insert(entry.key.text).second) {
            kept.push_back(std::move(entry));
        }
    }
    for (Node& from : merged) take_in(std::move(from), seen, kept);
    node.entries = std::move(kept);
}

}  // namespace pipewright::yaml

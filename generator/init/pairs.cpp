#include "generator/init/pairs.h"

namespace pipewright::init {

Pair pair_of(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) return {{}, text};
    return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string value_for(const Names& pairs, std::initializer_list<std::string_view> keys) {
    std::string common;
    std::string own;
    for (const std::string& text : pairs) {
        const Pair pair = pair_of(text);
        if (pair.key.empty()) common = pair.value;
        for (const std::string_view key : keys) {
            if (!key.empty() && pair.key == key) own = pair.value;
        }
    }
    return own.empty() ? common : own;
}

}  // namespace pipewright::init

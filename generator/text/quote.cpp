#include "generator/text/quote.h"

#include "generator/text/utf8.h"

namespace pipewright {

std::string quote(std::string_view text) {
    constexpr std::size_t kMost = 40;
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size() && count < kMost; ++count) end += utf8::decode(text, end).size;
    std::string result = "'";
    result += text.substr(0, end);
    if (end < text.size()) result += "…";
    result += "'";
    return result;
}

}  // namespace pipewright

#include "generator/print/page_host.h"

namespace pipewright::print {

using markdown::Inline;
using markdown::Inlines;

Inlines words(const std::string& text) { return {Inline::text(text)}; }

Inlines code(const std::string& text) { return {Inline::code(text)}; }

Inlines codes(const std::vector<std::string>& all) {
    Inlines line;
    for (const std::string& one : all) {
        if (!line.empty()) line.push_back(Inline::text(", "));
        line.push_back(Inline::code(one));
    }
    return line;
}

Inlines operator+(Inlines left, const Inlines& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

Inlines ref_words(const std::vector<std::string>& refs) {
    Inlines line;
    for (const std::string& ref : refs) {
        const bool tag = ref.rfind("refs/tags/", 0) == 0;
        if (!line.empty()) line.push_back(Inline::text(" and "));
        line.push_back(Inline::text(tag ? "tags " : "the branch "));
        line.push_back(Inline::code(ref.substr(ref.find('/', 5) + 1)));
    }
    return line;
}

}  // namespace pipewright::print

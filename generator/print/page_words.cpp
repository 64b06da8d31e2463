#include <algorithm>

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

markdown::Item keys_task(const std::string& host, const std::vector<std::string>& names, const Inlines& where,
                         const std::string& environment) {
    return {words("On " + host + " ") + codes(names) + where +
            words(": the keys of a user of AWS who may do what the jobs of ") + code(environment) +
            words(" call (the lines ") + code("# calls:") + words(" of ci/, ") + code("# plan:") + words(" and ") +
            code("# apply:") +
            words(" of the modules), and the region. They work from everywhere until somebody takes them back.")};
}

void note_secrets(const std::vector<std::string>& names, const std::string& job, SecretReaders& all) {
    if (names.empty()) return;
    auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == names; });
    if (found == all.end()) found = all.insert(all.end(), {names, {}});
    if (std::find(found->second.begin(), found->second.end(), job) == found->second.end()) found->second.push_back(job);
}

markdown::Item secrets_task(const std::string& host, const std::vector<std::string>& names,
                            const std::vector<std::string>& jobs) {
    return {words("On " + host + " ") + codes(names) + words(", for ") + codes(jobs) + words(".")};
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

#include "generator/text/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace pipewright {

void Diagnostics::report(Code code, const Span& span, std::string message, std::string help) {
    keep({code, describe(code).severity, span, std::move(message), std::move(help)});
}

void Diagnostics::keep(Diagnostic diagnostic) {
    const auto same = [&](const Diagnostic& other) {
        return other.code == diagnostic.code && other.span == diagnostic.span && other.message == diagnostic.message;
    };
    if (std::any_of(all_.begin(), all_.end(), same)) return;
    if (diagnostic.severity == Severity::error) ++errors_;
    if (diagnostic.severity == Severity::warning) ++warnings_;
    all_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    const auto key = [](const Diagnostic& d) {
        return std::make_tuple(!d.span.known(), d.span.source, d.span.offset, std::string_view(describe(d.code).id),
                               std::string_view(d.message));
    };
    std::vector<Diagnostic> result = all_;
    std::stable_sort(result.begin(), result.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
    return result;
}

bool Diagnostics::said(Code code, const Span& span) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const Diagnostic& one) { return one.code == code && one.span == span; });
}

void Diagnostics::add(const Diagnostics& other) {
    for (const Diagnostic& diagnostic : other.all_) keep(diagnostic);
}

}  // namespace pipewright

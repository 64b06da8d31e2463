#include "generator/text/source.h"

#include <algorithm>

#include "generator/text/utf8.h"

namespace pipewright {

Span join(const Span& first, const Span& last) {
    if (!first.known()) return last;
    if (!last.known() || last.source != first.source) return first;
    const std::uint32_t begin = std::min(first.offset, last.offset);
    const std::uint32_t end = std::max(first.offset + first.length, last.offset + last.length);
    return {first.source, begin, end - begin};
}

Source::Source(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
        const bool crlf = bytes_[i] == '\r' && i + 1 < bytes_.size() && bytes_[i + 1] == '\n';
        if (bytes_[i] == '\n' || (bytes_[i] == '\r' && !crlf)) starts_.push_back(i + 1);
    }
}

Position Source::position(std::size_t offset) const {
    offset = std::min(offset, bytes_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(after - starts_.begin());
    const std::size_t start = starts_[line - 1];
    return {line, utf8::length(std::string_view(bytes_).substr(start, offset - start)) + 1};
}

std::size_t Source::line_start(std::size_t number) const {
    if (number == 0) return 0;
    return number <= starts_.size() ? starts_[number - 1] : bytes_.size();
}

std::string_view Source::line(std::size_t number) const {
    if (number == 0 || number > starts_.size()) return {};
    const std::size_t start = starts_[number - 1];
    const std::size_t end = number < starts_.size() ? starts_[number] : bytes_.size();
    std::string_view text = std::string_view(bytes_).substr(start, end - start);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

SourceId Sources::add(std::string name, std::string bytes) {
    sources_.emplace_back(std::move(name), std::move(bytes));
    return static_cast<SourceId>(sources_.size());
}

}  // namespace pipewright

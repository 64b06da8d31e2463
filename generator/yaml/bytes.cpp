#include "generator/yaml/bytes.h"

#include <cstdio>
#include <string>

#include "generator/text/utf8.h"

namespace pipewright::yaml {

namespace {

// More than these say nothing new about a file that is a picture or an archive.
constexpr std::size_t kMostReported = 5;

std::string hex(char32_t value, int digits) {
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%0*X", digits, static_cast<unsigned>(value));
    return buffer;
}

std::string escape_of(char32_t value) {
    if (value <= 0xFF) return "\\x" + hex(value, 2);
    if (value <= 0xFFFF) return "\\u" + hex(value, 4);
    return "\\U" + hex(value, 8);
}

std::string help_for(char32_t value) {
    if (value == '\r') return "end lines with a line feed, alone or after a carriage return";
    return "remove it, or write it as \"" + escape_of(value) + "\" inside double quotes";
}

}  // namespace

bool check_bytes(const Source& source, SourceId id, Diagnostics& diagnostics) {
    const std::string_view bytes = source.bytes();
    if (bytes.size() > kLargestFile) {
        diagnostics.report(Code::too_large, {id, 0, 0}, "the file is larger than 1 MiB",
                           "a manifest is a few pages long: is this the right file?");
        return false;
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        diagnostics.report(Code::not_utf8, {id, 0, 2}, "the file is UTF-16, not UTF-8", "save it as UTF-8");
        return false;
    }
    std::size_t found = 0;
    std::size_t at = 0;
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        diagnostics.report(Code::byte_order_mark, {id, 0, 3}, "the file starts with a byte order mark",
                           "save it as UTF-8 without one");
        ++found;
        at = 3;
    }
    while (at < bytes.size() && found < kMostReported) {
        const utf8::CodePoint point = utf8::decode(bytes, at);
        const Span span{id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(point.size)};
        at += point.size;
        if (!point.valid) {
            const auto byte = static_cast<unsigned char>(bytes[at - 1]);
            diagnostics.report(Code::not_utf8, span, "the byte 0x" + hex(byte, 2) + " is not UTF-8",
                               "save the file as UTF-8");
            ++found;
            // The bytes that belong to the same broken character would only say it again.
            while (at < bytes.size() && !utf8::decode(bytes, at).valid) ++at;
            continue;
        }
        const bool line_end = point.value == '\n' || (point.value == '\r' && at < bytes.size() && bytes[at] == '\n');
        if (line_end || point.value == '\t' || utf8::printable(point.value)) continue;
        diagnostics.report(Code::control_character, span, "the character U+" + hex(point.value, 4) + " does not show",
                           help_for(point.value));
        ++found;
    }
    return found == 0;
}

}  // namespace pipewright::yaml

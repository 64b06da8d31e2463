// What must hold whatever was read: every message has a place in the file, says what is wrong and is printable.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "generator/text/render.h"
#include "generator/text/utf8.h"

namespace pipewright::fuzz {

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

inline bool inside(const Span& inner, const Span& outer) {
    return inner.source == outer.source && inner.offset >= outer.offset &&
           std::uint64_t{inner.offset} + inner.length <= std::uint64_t{outer.offset} + outer.length;
}

inline void check_text(const std::string& text, bool lines) {
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, at);
        require(point.valid, "a text is UTF-8");
        require(!lines || point.value == '\n' || utf8::printable(point.value), "a message is printable");
        at += point.size;
    }
}

// The messages about one file. help: whether each has to say what to do instead.
inline void check_messages(const Diagnostics& diagnostics, const Sources& sources, const Span& whole, bool help) {
    for (const Diagnostic& one : diagnostics.sorted()) {
        require(inside(one.span, whole), "a message's place lies in the file");
        require(!one.message.empty(), "a message says what is wrong");
        require(!help || !one.help.empty(), "a message says what to do");
        render_text(one, sources, true);
    }
    const std::string text = render_text(diagnostics.sorted(), sources, false);
    check_text(text, true);
    require(text.empty() || text.back() == '\n', "a message ends its line");
}

}  // namespace pipewright::fuzz

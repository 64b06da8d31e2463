// UTF-8, by the rules of the Unicode Standard, chapter 3.9.
#include "generator/text/utf8.h"

#include <doctest/doctest.h>

#include <string>

using namespace pipewright;

TEST_CASE("every code point survives encoding and decoding") {
    std::size_t wrong = 0;
    for (char32_t value = 0; value <= 0x10FFFF; ++value) {
        if (value >= 0xD800 && value <= 0xDFFF) continue;
        std::string text;
        utf8::append(text, value);
        const utf8::CodePoint point = utf8::decode(text, 0);
        if (!point.valid || point.value != value || point.size != text.size()) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("what is no UTF-8 is not taken for it, and takes one byte") {
    for (const std::string text :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"}) {
        CAPTURE(text);
        const utf8::CodePoint point = utf8::decode(text, 0);
        CHECK_FALSE(point.valid);
        CHECK(point.size == 1);
    }
}

TEST_CASE("length counts code points, and broken bytes one each") {
    CHECK(utf8::length("") == 0);
    CHECK(utf8::length("aé日🎉") == 4);
    CHECK(utf8::length("a\xFF\xC3") == 3);
}

TEST_CASE("width") {
    CHECK(utf8::width('a') == 1);
    CHECK(utf8::width(0xE9) == 1);
    CHECK(utf8::width(0x0301) == 0);
    CHECK(utf8::width(0x200D) == 0);
    CHECK(utf8::width(0xFE0F) == 0);
    CHECK(utf8::width(0x65E5) == 2);
    CHECK(utf8::width(0xAC00) == 2);
    CHECK(utf8::width(0xFF21) == 2);
    CHECK(utf8::width(0x1F389) == 2);
    CHECK(utf8::width(0x2705) == 2);
    CHECK(utf8::width(0x20000) == 2);
    CHECK(utf8::width(0x2192) == 1);
}

TEST_CASE("what shows") {
    constexpr char32_t kHidden[] = {0x00,   0x0A,   0x1B,   0x7F,   0x85,   0x061C, 0x200E, 0x2028,
                                    0x202E, 0x2066, 0xFEFF, 0xFFFE, 0xFDD0, 0xD800, 0x1FFFF};
    for (const char32_t value : kHidden) CHECK_FALSE(utf8::printable(value));
    constexpr char32_t kShown[] = {0x20, 0x61, 0xA0, 0xE9, 0x65E5, 0x200D, 0x1F389, 0xFFFD};
    for (const char32_t value : kShown) CHECK(utf8::printable(value));
}

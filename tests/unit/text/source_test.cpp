// Places in texts.
#include "generator/text/source.h"

#include <doctest/doctest.h>

using namespace pipewright;

TEST_CASE("lines end with LF, CRLF or CR") {
    const Source source("p", "one\ntwo\r\nthree\rfour\n");
    CHECK(source.line_count() == 5);
    CHECK(source.line(1) == "one");
    CHECK(source.line(2) == "two");
    CHECK(source.line(3) == "three");
    CHECK(source.line(4) == "four");
    CHECK(source.line(5).empty());
    CHECK(source.line(0).empty());
    CHECK(source.line(6).empty());
    CHECK(source.line_start(1) == 0);
    CHECK(source.line_start(2) == 4);
    CHECK(source.line_start(3) == 9);
    CHECK(source.line_start(9) == source.bytes().size());
}

TEST_CASE("positions count lines and code points from 1") {
    const Source source("p", "aé日b\n\nc");
    CHECK(source.position(0) == Position{1, 1});
    CHECK(source.position(1) == Position{1, 2});
    CHECK(source.position(3) == Position{1, 3});
    CHECK(source.position(6) == Position{1, 4});
    CHECK(source.position(7) == Position{1, 5});
    CHECK(source.position(8) == Position{2, 1});
    CHECK(source.position(9) == Position{3, 1});
    CHECK(source.position(10) == Position{3, 2});
    CHECK(source.position(99) == Position{3, 2});
}

TEST_CASE("a broken byte counts as one column, an empty text has one line") {
    CHECK(Source("p", "\xFF\xFEz").position(2) == Position{1, 3});
    CHECK(Source("p", "").position(0) == Position{1, 1});
    CHECK(Source("p", "").line_count() == 1);
}

TEST_CASE("spans join to the smallest that holds both") {
    CHECK(join({1, 5, 2}, {1, 1, 2}) == Span{1, 1, 6});
    CHECK(join({1, 1, 9}, {1, 3, 2}) == Span{1, 1, 9});
    CHECK(join({}, {1, 3, 2}) == Span{1, 3, 2});
    CHECK(join({1, 3, 2}, {}) == Span{1, 3, 2});
    CHECK(join({1, 3, 2}, {2, 0, 9}) == Span{1, 3, 2});
    CHECK_FALSE(Span{}.known());
}

TEST_CASE("sources stay where they are while more are added") {
    Sources sources;
    const SourceId first = sources.add("first", "a");
    const Source* const place = &sources.at(first);
    for (int i = 0; i < 1000; ++i) sources.add("more", "b");
    CHECK(&sources.at(first) == place);
    CHECK(first == 1);
    CHECK(sources.has(first));
    CHECK_FALSE(sources.has(0));
    CHECK(sources.has(1001));
    CHECK_FALSE(sources.has(1002));
}

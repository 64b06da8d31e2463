// Collecting messages, their catalogue, and origins.
#include "generator/text/diagnostic.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "generator/text/origin.h"

using namespace pipewright;

TEST_CASE("messages are sorted by place, then code, then text; those without a place are last") {
    Diagnostics diagnostics;
    diagnostics.report(Code::static_keys, {}, "nowhere");
    diagnostics.report(Code::unknown_key, {2, 0, 1}, "second file");
    diagnostics.report(Code::unknown_key, {1, 9, 1}, "later");
    diagnostics.report(Code::unknown_key, {1, 3, 1}, "b");
    diagnostics.report(Code::unknown_key, {1, 3, 1}, "a");
    diagnostics.report(Code::wrong_type, {1, 3, 1}, "z");
    std::string order;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) order += diagnostic.message + "|";
    CHECK(order == "z|a|b|later|second file|nowhere|");
}

TEST_CASE("the same message is said once") {
    Diagnostics diagnostics;
    diagnostics.report(Code::unknown_key, {1, 3, 1}, "a", "help");
    diagnostics.report(Code::unknown_key, {1, 3, 1}, "a", "other help");
    diagnostics.report(Code::unknown_key, {1, 4, 1}, "a");
    diagnostics.report(Code::wrong_type, {1, 3, 1}, "a");
    CHECK(diagnostics.errors() == 3);
    CHECK(diagnostics.sorted().size() == 3);
}

TEST_CASE("severities come from the catalogue and are counted") {
    Diagnostics diagnostics;
    CHECK_FALSE(diagnostics.has_errors());
    diagnostics.report(Code::static_keys, {}, "a");
    diagnostics.report(Code::no_smoke, {}, "b");
    CHECK_FALSE(diagnostics.has_errors());
    CHECK(diagnostics.warnings() == 1);
    CHECK(diagnostics.errors() == 0);
    diagnostics.report(Code::unknown_key, {}, "c");
    CHECK(diagnostics.has_errors());
    CHECK(diagnostics.sorted()[0].severity == Severity::error);
    CHECK(diagnostics.sorted()[1].severity == Severity::warning);
    CHECK(diagnostics.sorted()[2].severity == Severity::note);
}

TEST_CASE("one collection takes over another") {
    Diagnostics first;
    Diagnostics second;
    first.report(Code::unknown_key, {}, "a");
    second.report(Code::unknown_key, {}, "a");
    second.report(Code::static_keys, {}, "b");
    first.add(second);
    CHECK(first.errors() == 1);
    CHECK(first.warnings() == 1);
}

TEST_CASE("the catalogue's ids are PW and four digits, unique, ascending, each with a title") {
    std::string last;
    std::set<std::string> titles;
    std::size_t index = 0;
    for (const CodeEntry& entry : catalogue()) {
        CAPTURE(entry.id);
        REQUIRE(entry.id.size() == 6);
        CHECK(entry.id.substr(0, 2) == "PW");
        CHECK(entry.id.substr(2).find_first_not_of("0123456789") == std::string_view::npos);
        CHECK(std::string(entry.id) > last);
        REQUIRE_FALSE(entry.title.empty());
        CHECK(entry.title.back() != '.');
        CHECK(titles.insert(std::string(entry.title)).second);
        CHECK(static_cast<std::size_t>(entry.code) == index);
        CHECK(&describe(entry.code) == &entry);
        last = entry.id;
        ++index;
    }
    CHECK(index > 0);
}

TEST_CASE("severities have names") {
    CHECK(to_string(Severity::error) == "error");
    CHECK(to_string(Severity::warning) == "warning");
    CHECK(to_string(Severity::note) == "note");
}

TEST_CASE("the same place and rule is one origin") {
    Origins origins;
    CHECK_FALSE(Origin{}.known());
    const Origin first = origins.intern({1, 2, 3}, "job deploy");
    CHECK(first.known());
    CHECK(origins.intern({1, 2, 3}, "job deploy") == first);
    CHECK_FALSE(origins.intern({1, 2, 3}, "job build") == first);
    CHECK_FALSE(origins.intern({1, 2, 4}, "job deploy") == first);
    CHECK_FALSE(origins.intern({1, 3, 3}, "job deploy") == first);
    CHECK_FALSE(origins.intern({2, 2, 3}, "job deploy") == first);
    CHECK(origins.at(first).rule == "job deploy");
    CHECK(origins.at(first).span == Span{1, 2, 3});
    CHECK(origins.at({}).rule.empty());
    const Origin derived = origins.intern({}, "default");
    CHECK(derived.known());
    CHECK_FALSE(origins.at(derived).span.known());
}

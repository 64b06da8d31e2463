#include "generator/delivery/event.h"

#include <doctest/doctest.h>

#include "generator/project/pattern.h"

using namespace pipewright;
using namespace pipewright::delivery;

TEST_CASE("a star matches everything up to a slash") {
    CHECK(pattern_matches("v*", "v1.2.3"));
    CHECK(pattern_matches("v*", "v"));
    CHECK_FALSE(pattern_matches("v*", "v1/2"));
    CHECK_FALSE(pattern_matches("v*", "rv1"));
    CHECK(pattern_matches("v*.*", "v1.2"));
    CHECK_FALSE(pattern_matches("v*.*", "v12"));
    CHECK(pattern_matches("rel/*/x", "rel/a/x"));
    CHECK_FALSE(pattern_matches("rel/*/x", "rel/a/b/x"));
    CHECK(pattern_matches("", ""));
    CHECK_FALSE(pattern_matches("", "v"));
    CHECK(pattern_matches("*", ""));
}

TEST_CASE("patterns overlap where one tag matches both") {
    CHECK(patterns_overlap("v*", "v*"));
    CHECK(patterns_overlap("v*", "v1.*"));
    CHECK(patterns_overlap("v*-rc*", "v1*"));
    CHECK(patterns_overlap("*a", "b*"));
    CHECK(patterns_overlap("a*c", "*b*"));
    CHECK_FALSE(patterns_overlap("v*", "r*"));
    CHECK_FALSE(patterns_overlap("v*-a", "v*-b"));
    CHECK_FALSE(patterns_overlap("v*", "v/x"));
    CHECK_FALSE(patterns_overlap("v1", "v2"));
}

TEST_CASE("every pair of small patterns overlaps exactly where a small text matches both") {
    const std::string letters = "ab/";
    const std::string symbols = "ab/*";
    std::vector<std::string> texts{""}, patterns{""};
    for (std::size_t i = 0; i < texts.size() && texts[i].size() < 5; ++i) {
        for (const char c : letters) texts.push_back(texts[i] + c);
    }
    for (std::size_t i = 0; i < patterns.size() && patterns[i].size() < 3; ++i) {
        for (const char c : symbols) patterns.push_back(patterns[i] + c);
    }
    for (const std::string& one : patterns) {
        for (const std::string& other : patterns) {
            bool found = false;
            for (const std::string& text : texts)
                found = found || (pattern_matches(one, text) && pattern_matches(other, text));
            CAPTURE(one);
            CAPTURE(other);
            REQUIRE(patterns_overlap(one, other) == found);
        }
    }
}

TEST_CASE("a class of events covers its own events and no others") {
    const Event push{EventKind::push_branch, "main", false, {}, {}, {}};
    const Event tag{EventKind::push_tag, "v1", false, {}, {}, {}};
    const Event own{EventKind::change_request, "topic", false, {}, {}, {}};
    const Event fork{EventKind::change_request, "main", true, {}, {}, {}};
    CHECK(covers(push_to_branch("main"), push));
    CHECK_FALSE(covers(push_to_branch("dev"), push));
    CHECK_FALSE(covers(push_to_branch("v1"), tag));
    CHECK(covers(push_of_tag("v*"), tag));
    CHECK_FALSE(covers(push_of_tag("main"), push));
    CHECK(covers(change_request(), own));
    CHECK(covers(change_request(), fork));
    CHECK_FALSE(covers(own_change_request(), fork));
    CHECK_FALSE(covers(push_to_branch("main"), fork));
    CHECK_FALSE(holds({}, push));
    CHECK(holds({{push_of_tag("v*"), push_to_branch("main")}}, push));
}

TEST_CASE("which events two conditions share, and which are within another's") {
    const Condition push{{push_to_branch("main")}};
    const Condition both{{push_to_branch("main"), push_of_tag("v*")}};
    CHECK(overlaps(push, both));
    CHECK(contains(both, push));
    CHECK_FALSE(contains(push, both));
    CHECK_FALSE(overlaps(push, {{push_of_tag("v*")}}));
    CHECK(overlaps({{push_of_tag("v1*")}}, both));
    CHECK_FALSE(contains(both, {{push_of_tag("v1*")}}));
    CHECK(contains({{change_request()}}, {{own_change_request()}}));
    CHECK_FALSE(contains({{own_change_request()}}, {{change_request()}}));
    const Condition any_stack{{form("deploy", "dev", "", "refs/heads/main")}};
    const Condition one_stack{{form("deploy", "dev", "aws", "refs/heads/main")}};
    CHECK(contains(any_stack, one_stack));
    CHECK_FALSE(contains(one_stack, any_stack));
    CHECK(overlaps(one_stack, any_stack));
    CHECK_FALSE(overlaps(one_stack, {{form("infra", "dev", "aws", "refs/heads/main")}}));
    // Nothing overlaps with nothing, and nothing is within everything.
    CHECK_FALSE(overlaps({}, both));
    CHECK(contains(both, {}));
}

TEST_CASE("what starts a job, in words: the form is said once") {
    const Condition condition{{push_to_branch("main"), form("infra", "dev", "aws", "refs/heads/main"),
                               form("deploy", "dev", "aws", "refs/heads/main"), own_change_request(),
                               form("infra", "prod", "aws", "refs/heads/main")}};
    CHECK(describe(condition) == std::vector<std::string>{"a push to main", "a change request of this repository",
                                                          "the form (infra or deploy)"});
    CHECK(describe(Condition{}).empty());
    CHECK(describe(Condition{{form("deploy", "dev", "", "refs/heads/main")}}) ==
          std::vector<std::string>{"the form (deploy to dev)"});
}

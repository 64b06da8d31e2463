// "Did you mean".
#include "generator/text/suggest.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "generator/text/quote.h"

using namespace pipewright;

TEST_CASE("edits between words") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("abc", "") == 3);
    CHECK(edit_distance("abc", "abc") == 0);
    CHECK(edit_distance("abc", "abd") == 1);
    CHECK(edit_distance("abc", "acb") == 1);
    CHECK(edit_distance("ca", "abc") == 3);
    CHECK(edit_distance("enviroments", "environments") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance(std::string(5000, 'a'), std::string(5000, 'b')) == 80);
}

TEST_CASE("the nearest word, if it is near") {
    const std::vector<std::string> words{"services", "stacks", "environments", "delivery"};
    CHECK(nearest("service", words) == "services");
    CHECK(nearest("enviroment", words) == "environments");
    CHECK(nearest("stakcs", words) == "stacks");
    CHECK(nearest("zzz", words).empty());
    CHECK(nearest("x", words).empty());
    CHECK(nearest("", {}).empty());
    const std::vector<std::string> two{"ab", "ac"};
    CHECK(nearest("ad", two) == "ab");
}

TEST_CASE("case does not matter, and a word cut short or drawn out is near") {
    const std::vector<std::string> words{"dev", "prod", "log_retention_days", "PW0103"};
    CHECK(nearest("PROD", words) == "prod");
    CHECK(nearest("logRetentionDays", words) == "log_retention_days");
    CHECK(nearest("devel", words) == "dev");
    CHECK(nearest("development", words) == "dev");
    CHECK(nearest("production", words) == "prod");
    CHECK(nearest("log_ret", words) == "log_retention_days");
    CHECK(nearest("pw0104", words) == "PW0103");
    CHECK(nearest("de", words) == "dev");
    CHECK(nearest("lo", words).empty());
}

TEST_CASE("a suggestion in words") {
    const std::vector<std::string> words{"aws", "gcp"};
    CHECK(suggestion("awz", words) == "did you mean 'aws'?");
    CHECK(suggestion("azure", words) == "known are aws and gcp");
    const std::vector<std::string> one{"aws"};
    CHECK(suggestion("azure", one) == "known is aws");
    CHECK(suggestion("azure", {}).empty());
    const std::vector<std::string> many(17, "aaaaaaaa");
    CHECK(suggestion("zzz", many).empty());
}

TEST_CASE("a listing") {
    CHECK(listing(std::vector<std::string>{}).empty());
    CHECK(listing(std::vector<std::string>{"a"}) == "a");
    CHECK(listing(std::vector<std::string>{"a", "b"}) == "a and b");
    CHECK(listing(std::vector<std::string>{"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("words of the user in quotes") {
    CHECK(quote("") == "''");
    CHECK(quote("abc") == "'abc'");
    CHECK(quote(std::string(40, 'a')) == "'" + std::string(40, 'a') + "'");
    CHECK(quote(std::string(41, 'a')) == "'" + std::string(40, 'a') + "…'");
    CHECK(quote("é日\xFF") == "'é日\xFF'");
}

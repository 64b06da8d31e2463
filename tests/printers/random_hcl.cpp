#include <set>

#include "generator/hcl/document.h"
#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

using namespace hcl;

// What local.word holds in every folder: a value that only Terraform puts in.
constexpr const char* kWord = "w\xC3\xB6rd ${x}";

struct Pair {
    Expression value;
    Json expected;
};

class Maker {
public:
    explicit Maker(Random& random) : random_(random) {}

    Pair value(std::size_t depth) {
        switch (random_.below(depth == 0 ? 8 : 13)) {
            case 0: return {Expression::null(), nullptr};
            case 1: {
                const bool yes = random_.one_in(2);
                return {Expression::boolean(yes), yes};
            }
            case 2: {
                const std::int64_t number = integer(random_);
                return {Expression::number(number), expected_integer(number)};
            }
            case 3: {
                const std::string text = lines();
                return {Expression::lines(text), text};
            }
            case 4: return {Expression::reference("local.word"), kWord};
            case 5:
            case 6: return text();
            case 7: return templated();
            case 8:
            case 9: return list(depth);
            case 10: return object(depth, true);
            case 11: return object(depth, false);
            default: return call(depth);
        }
    }

    Trimmings trimmings() {
        Trimmings out;
        if (random_.one_in(4)) out.beside = hostile_text(random_);
        while (random_.one_in(5)) out.above.push_back(hostile_text(random_));
        out.blank_before = random_.one_in(5);
        return out;
    }

    // Blocks that mean nothing, for terraform fmt.
    Body body(std::size_t depth) {
        Body out;
        for (std::size_t i = random_.below(6); i > 0; --i) {
            if (random_.one_in(6)) {
                out.push_back({Comment{{hostile_text(random_), hostile_text(random_)}}, trimmings()});
            } else if (depth > 0 && random_.one_in(3)) {
                std::vector<std::string> labels(random_.below(3), "label-1");
                out.push_back({Block{*Name::parse(name()), std::move(labels), body(depth - 1)}, trimmings()});
            } else {
                out.push_back({Attribute{*Name::parse(name()), value(3).value}, trimmings()});
            }
        }
        return out;
    }

    std::string name() { return "n" + std::string(random_.below(12), 'm') + std::to_string(random_.below(1000)); }

private:
    // Terraform brings every text to Unicode's form NFC; an accent of its own would join the letter before it.
    std::string composed(std::string text) {
        for (std::size_t at = text.find("\xCC\x81"); at != std::string::npos; at = text.find("\xCC\x81", at + 1)) {
            if (at == 0 || text[at - 1] != 'q') text.replace(at, 2, "??");
        }
        return text;
    }
    std::string line() { return composed(hostile_text(random_)); }
    std::string lines() { return composed(hostile_lines(random_)); }

    Pair text() {
        const std::string value = line();
        return {Expression::text(value), value};
    }

    Pair templated() {
        std::vector<Expression> parts;
        std::string expected;
        for (std::size_t i = 1 + random_.below(5); i > 0; --i) {
            if (random_.one_in(2)) {
                parts.push_back(Expression::reference("local.word"));
                expected += kWord;
            } else if (random_.one_in(4)) {
                const std::int64_t number = integer(random_);
                parts.push_back(Expression::number(number));
                expected += std::to_string(number);
            } else if (random_.one_in(4)) {
                Pair inner = templated();
                parts.push_back(Expression::call("format", {Expression::text("%s"), std::move(inner.value)}));
                expected += inner.expected.get<std::string>();
            } else {
                const std::string value = line();
                parts.push_back(Expression::text(value));
                expected += value;
            }
        }
        return {Expression::templated(std::move(parts)), expected};
    }

    Pair list(std::size_t depth) {
        std::vector<Expression> elements;
        Json expected = Json::array();
        for (std::size_t i = random_.below(5); i > 0; --i) {
            Pair pair = value(depth - 1);
            elements.push_back(std::move(pair.value));
            expected.push_back(std::move(pair.expected));
        }
        return {Expression::list(std::move(elements)), std::move(expected)};
    }

    Pair object(std::size_t depth, bool inline_object) {
        std::vector<Key> keys;
        Json expected = Json::array();
        std::set<std::string> seen;
        for (std::size_t i = random_.below(6); i > 0; --i) {
            const std::string key = random_.one_in(2) ? name() : line();
            if (!seen.insert(key).second) continue;
            Pair pair = value(inline_object && !random_.one_in(3) ? 0 : depth - 1);
            keys.push_back(
                {key, std::move(pair.value), inline_object && !random_.one_in(4) ? Trimmings{} : trimmings()});
            expected.push_back({key, std::move(pair.expected)});
        }
        Expression value =
            inline_object ? Expression::inline_object(std::move(keys)) : Expression::object(std::move(keys));
        return {std::move(value), {{"m", std::move(expected)}}};
    }

    // Calls that give back what they get.
    Pair call(std::size_t depth) {
        switch (random_.below(4)) {
            case 0: {
                Pair inner = text();
                return {Expression::call("tostring", {std::move(inner.value)}), std::move(inner.expected)};
            }
            case 1: {
                Pair inner = object(depth, random_.one_in(2));
                return {Expression::call("merge", {Expression::object({}), std::move(inner.value)}),
                        std::move(inner.expected)};
            }
            case 2: {
                Pair inner = object(depth, random_.one_in(2));
                return {Expression::call("merge", {std::move(inner.value), Expression::inline_object({})}),
                        std::move(inner.expected)};
            }
            default: {
                Pair left = list(depth);
                Pair right = list(depth);
                for (Json& value : right.expected) left.expected.push_back(std::move(value));
                return {Expression::call("concat", {std::move(left.value), std::move(right.value)}),
                        std::move(left.expected)};
            }
        }
    }

    Random& random_;
};

}  // namespace

// COUNT files of some thirty values each, which an output hands back, and as many of blocks that only terraform fmt
// sees.
Made make_hcl(Random& random, std::size_t count) {
    Made made;
    Maker maker(random);
    made.files.push_back(
        {"word.tf", print({{}, {{Block{"locals", {}, {{Attribute{"word", Expression::text(kWord)}}}}}}, {}}).bytes});
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = "values_" + std::to_string(i);
        std::vector<Expression> all;
        Json expected = Json::array();
        Body locals;
        for (std::size_t k = 0; k < 30; ++k) {
            Pair pair = maker.value(4);
            const std::string local = maker.name() + "_" + std::to_string(i) + "_" + std::to_string(k);
            locals.push_back({Attribute{*Name::parse(local), std::move(pair.value)}, maker.trimmings()});
            all.push_back(Expression::reference(*Reference::parse("local." + local)));
            expected.push_back(std::move(pair.expected));
        }
        const File file{name + ".tf",
                        print({{hostile_text(random)},
                               {{Block{"locals", {}, std::move(locals)}},
                                {Block{"output", {name}, {{Attribute{"value", Expression::list(std::move(all))}}}}}},
                               {}})
                            .bytes};
        made.files.push_back(file);
        made.files.push_back({"blocks_" + std::to_string(i) + ".txt", print({{}, maker.body(3), {}}).bytes});
        made.expected.push_back(std::move(expected));
    }
    return made;
}

}  // namespace pipewright::printers

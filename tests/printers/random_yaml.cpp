#include <set>

#include "generator/yaml/document.h"
#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

using namespace yaml;

struct Pair {
    Value value;
    Json expected;
};

class Maker {
public:
    explicit Maker(Random& random) : random_(random) {}

    Pair value(std::size_t depth) {
        const std::size_t kind = random_.below(depth == 0 ? 7 : 12);
        switch (kind) {
            case 0: return {Value::null(), nullptr};
            case 1: {
                const bool yes = random_.one_in(2);
                return {Value::boolean(yes), yes};
            }
            case 2: {
                const std::int64_t number = integer(random_);
                return {Value::integer(number), expected_integer(number)};
            }
            case 3: {
                const std::string text = random_.one_in(5) ? hostile_text(random_) : hostile_lines(random_);
                return {Value::block(text), text};
            }
            case 4: {
                const std::string text = hostile_lines(random_);
                return {Value::text(text), text};
            }
            case 5:
            case 6: {
                const std::string text = hostile_text(random_);
                return {Value::text(text), text};
            }
            case 7:
            case 8: return sequence(depth);
            case 9: return flow_sequence(depth);
            case 10: return mapping(depth, true);
            default: return mapping(depth, false);
        }
    }

    Trimmings trimmings() {
        Trimmings out;
        if (random_.one_in(4)) out.beside = hostile_text(random_);
        while (random_.one_in(5)) out.above.push_back(hostile_text(random_));
        out.blank_before = random_.one_in(5);
        return out;
    }

    std::vector<std::string> comments() {
        std::vector<std::string> out;
        while (random_.one_in(2)) out.push_back(hostile_text(random_));
        return out;
    }

private:
    Pair sequence(std::size_t depth) {
        std::vector<Item> items;
        Json expected = Json::array();
        for (std::size_t i = random_.below(5); i > 0; --i) {
            Pair pair = value(depth - 1);
            items.push_back({std::move(pair.value), trimmings()});
            expected.push_back(std::move(pair.expected));
        }
        return {Value::sequence(std::move(items)), std::move(expected)};
    }

    Pair flow_sequence(std::size_t depth) {
        std::vector<Value> items;
        Json expected = Json::array();
        for (std::size_t i = random_.below(5); i > 0; --i) {
            Pair pair = value(random_.one_in(3) ? depth - 1 : 0);
            items.push_back(std::move(pair.value));
            expected.push_back(std::move(pair.expected));
        }
        return {Value::flow_sequence(std::move(items)), std::move(expected)};
    }

    Pair mapping(std::size_t depth, bool flow) {
        std::vector<Member> members;
        Json expected = Json::array();
        std::set<std::string> keys;
        for (std::size_t i = random_.below(6); i > 0; --i) {
            std::string key = hostile_text(random_);
            if (random_.one_in(40)) key += std::string(1100, 'k');
            if (!keys.insert(key).second) continue;
            Pair pair = value(flow && !random_.one_in(3) ? 0 : depth - 1);
            members.push_back({key, std::move(pair.value), flow && !random_.one_in(4) ? Trimmings{} : trimmings()});
            expected.push_back({key, std::move(pair.expected)});
        }
        Value value = flow ? Value::flow_mapping(std::move(members)) : Value::mapping(std::move(members));
        return {std::move(value), {{"m", std::move(expected)}}};
    }

    Random& random_;
};

}  // namespace

Made make_yaml(Random& random, std::size_t count) {
    Made made;
    Maker maker(random);
    for (std::size_t i = 0; i < count; ++i) {
        Document document;
        Json expected = Json::array();
        if (random.one_in(2)) document.head = maker.comments();
        for (std::size_t roots = 1 + random.below(3); roots > 0; --roots) {
            Pair pair = maker.value(random.one_in(4) ? 0 : 4);
            document.roots.push_back(std::move(pair.value));
            expected.push_back(std::move(pair.expected));
        }
        made.files.push_back({std::to_string(i) + ".yaml", print(document).bytes});
        made.expected.push_back(std::move(expected));
    }
    return made;
}

}  // namespace pipewright::printers

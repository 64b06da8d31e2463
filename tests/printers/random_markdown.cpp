#include "generator/markdown/document.h"
#include "generator/text/utf8.h"
#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

using namespace markdown;

// What can be shown of a text, said a second time and more plainly than in the printer.
std::string visible(const std::string& text, bool lines) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, i);
        const std::string piece = text.substr(i, point.size);
        i += point.size;
        if (lines && piece == "\r") {
            out += '\n';
            if (i < text.size() && text[i] == '\n') ++i;
        } else if (lines && (piece == "\n" || piece == "\t")) {
            out += piece;
        } else if (piece == "\n" || piece == "\r" || piece == "\t" || piece == "\v" || piece == "\f" ||
                   piece == "\xC2\x85" || piece == "\xE2\x80\xA8" || piece == "\xE2\x80\xA9") {
            out += ' ';
        } else {
            out += point.valid && utf8::printable(point.value) ? piece : "\xEF\xBF\xBD";
        }
    }
    return out;
}

// Whether a line holds nothing to be shown; a code span shows even blanks.
bool is_blank(const Json& runs) {
    for (const Json& run : runs) {
        if (run.at(0).get<std::string>().ends_with(" code") && run.at(1) != "") return false;
        if (run.at(1).get<std::string>().find_first_not_of(" \n") != std::string::npos) return false;
    }
    return true;
}

// Addresses, and what a reader must find: nothing where there must be no link.
const std::vector<std::pair<std::string, std::string>> kAddresses{
    {"https://e.x/a?b=c&amp=d#e", "https://e.x/a?b=c&amp=d#e"},
    {"ci/a b(1).sh", "ci/a%20b%281%29.sh"},
    {"#top", "#top"},
    {"<\"|`\\*_", "%3C%22%7C%60%5C*_"},
    {"a\n&copy;", "a%0A&copy;"},
    {"javascript:alert(1)", ""},
    {" JavaScript:x", ""},
    {"data:text/html,x", ""}};

struct Line {
    Inlines inlines;
    Json runs = Json::array();
};

struct Blocks {
    std::vector<Block> blocks;
    Json expected = Json::array();
};

class Maker {
public:
    explicit Maker(Random& random) : random_(random) {}

    Blocks blocks(std::size_t depth) {
        Blocks out;
        for (std::size_t i = random_.below(6); i > 0; --i) block(out, depth);
        return out;
    }

private:
    // The styles of a run: what a reader sees, in one order: link, strong, emphasis, code.
    struct Style {
        std::string link;
        bool strong = false;
        bool emphasis = false;
        std::string shown(bool code) const {
            return link + (strong ? " strong" : "") + (emphasis ? " emphasis" : "") + (code ? " code" : "");
        }
    };
    enum class Where { paragraph, heading, cell };

    // What document.h says of code that no code span holds.
    static void settle(Json& runs, Where where) {
        for (std::size_t i = runs.size(); i > 0; --i) {
            if (runs[i - 1][1] == "") runs.erase(i - 1);
        }
        for (std::size_t i = 0; i < runs.size();) {
            const std::string style = runs[i][0];
            std::size_t end = i;
            std::string text;
            for (; end < runs.size() && runs[end][0] == style; ++end) text += runs[end][1].get<std::string>();
            const bool pipe = where == Where::cell && text.find("\\|") != std::string::npos;
            const bool definition = !style.starts_with(' ') && text.find("]:") != std::string::npos;
            for (; i < end; ++i) {
                if (style.ends_with(" code") && (pipe || definition)) runs[i][0] = style.substr(0, style.size() - 5);
            }
        }
    }

    Line line(Where where, std::size_t depth = 2) {
        Line out;
        inlines(out.inlines, out.runs, where, {}, depth);
        settle(out.runs, where);
        return out;
    }

    void inlines(Inlines& to, Json& runs, Where where, const Style& style, std::size_t depth) {
        for (std::size_t i = random_.below(5); i > 0; --i) {
            const std::size_t kind = random_.below(depth == 0 ? 5 : 9);
            Inlines inside;
            Style inner = style;
            if (kind < 3) {
                const std::string text = random_.one_in(3) ? mild_text(random_) : hostile_text(random_);
                to.push_back(Inline::text(text));
                runs.push_back({style.shown(false), visible(text, false)});
            } else if (kind == 3) {
                const std::string text = hostile_text(random_);
                to.push_back(Inline::code(text));
                runs.push_back({style.shown(true), visible(text, false)});
            } else if (kind == 4) {
                to.push_back(Inline::line_break());
                runs.push_back({"", where == Where::paragraph ? "\n" : " "});
            } else if (kind == 5 || kind == 6) {
                inner.strong = true;
                inlines(inside, runs, where, inner, depth - 1);
                to.push_back(Inline::strong(std::move(inside)));
            } else if (kind == 7) {
                inner.emphasis = true;
                inlines(inside, runs, where, inner, depth - 1);
                to.push_back(Inline::emphasis(std::move(inside)));
            } else {
                const auto& [address, found] = random_.of(kAddresses);
                if (style.link.empty() && !found.empty()) inner.link = found;
                const std::string text = "l" + mild_text(random_);
                runs.push_back({inner.shown(false), visible(text, false)});
                inlines(inside, runs, where, inner, depth - 1);
                inside.insert(inside.begin(), Inline::text(text));
                to.push_back(Inline::link(std::move(inside), address));
            }
        }
    }

    void block(Blocks& out, std::size_t depth) {
        switch (random_.below(depth == 0 ? 5 : 10)) {
            case 0: {
                const int level = 1 + static_cast<int>(random_.below(6));
                Line text = line(Where::heading);
                if (!is_blank(text.runs)) out.expected.push_back({"heading", level, {{"runs", text.runs}}});
                out.blocks.push_back(Block::heading(level, std::move(text.inlines)));
                return;
            }
            case 1: {
                Line text = line(Where::paragraph);
                if (!is_blank(text.runs)) out.expected.push_back({"paragraph", {{"runs", text.runs}}});
                out.blocks.push_back(Block::paragraph(std::move(text.inlines)));
                return;
            }
            case 2: return code(out);
            case 3: return table(out);
            case 4: {
                const std::string text = random_.one_in(2) ? hostile_text(random_) : hostile_lines(random_);
                const std::string shown = visible(text, true);
                if (!shown.empty() && shown != "\n") out.expected.push_back("comment");
                out.blocks.push_back(Block::comment(text));
                return;
            }
            case 5:
            case 6: return list(out, depth, Block::Type::bullets);
            case 7: return list(out, depth, random_.one_in(2) ? Block::Type::numbers : Block::Type::tasks);
            default: return quote(out, depth);
        }
    }

    void code(Blocks& out) {
        const std::string text = hostile_lines(random_);
        std::string shown = visible(text, true);
        if (shown.ends_with('\n')) shown.pop_back();
        const bool language = random_.one_in(2);
        out.expected.push_back({"code", language ? Json("c++") : Json(nullptr), shown});
        out.blocks.push_back(Block::code(language ? "c++` " : "", text));
    }

    void table(Blocks& out) {
        std::vector<Column> columns;
        std::vector<Row> rows;
        Json expected = Json::array();
        const std::size_t width = 1 + random_.below(3);
        expected.push_back(Json::array());
        for (std::size_t i = 0; i < width; ++i) {
            Line text = line(Where::cell);
            columns.push_back({std::move(text.inlines), static_cast<Alignment>(random_.below(4))});
            expected[0].push_back({{"runs", text.runs}});
        }
        for (std::size_t r = random_.below(4); r > 0; --r) {
            rows.emplace_back();
            expected.push_back(Json::array());
            for (std::size_t i = 0; i < width; ++i) {
                Line text = line(Where::cell);
                rows.back().cells.push_back(std::move(text.inlines));
                expected.back().push_back({{"runs", text.runs}});
            }
        }
        out.expected.push_back({"table", expected});
        out.blocks.push_back(Block::table(std::move(columns), std::move(rows)));
    }

    void list(Blocks& out, std::size_t depth, Block::Type type) {
        std::vector<Item> items;
        Json expected = Json::array();
        for (std::size_t i = random_.below(4); i > 0; --i) {
            Item item;
            Json inside = Json::array();
            Line text = line(Where::paragraph);
            if (type == Block::Type::tasks) {
                text.inlines.insert(text.inlines.begin(), Inline::text("t"));
                text.runs.insert(text.runs.begin(), Json{"", "t"});
            }
            if (!is_blank(text.runs)) inside.push_back({"paragraph", {{"runs", text.runs}}});
            item.text = std::move(text.inlines);
            if (random_.one_in(2)) {
                Blocks below = blocks(depth - 1);
                for (Json& block : below.expected) inside.push_back(std::move(block));
                item.below = std::move(below.blocks);
            }
            item.done = random_.one_in(2);
            expected.push_back({type == Block::Type::tasks ? Json(item.done) : Json(nullptr), inside});
            items.push_back(std::move(item));
        }
        if (!expected.empty()) out.expected.push_back({"list", type == Block::Type::numbers, expected});
        out.blocks.push_back(type == Block::Type::bullets   ? Block::bullets(std::move(items))
                             : type == Block::Type::numbers ? Block::numbers(std::move(items))
                                                            : Block::tasks(std::move(items)));
    }

    void quote(Blocks& out, std::size_t depth) {
        Blocks inside = blocks(depth - 1);
        if (random_.one_in(2)) {
            if (!inside.expected.empty()) out.expected.push_back({"quote", inside.expected});
            out.blocks.push_back(Block::quote(std::move(inside.blocks)));
            return;
        }
        if (!inside.expected.empty()) {
            Json& first = inside.expected.front();
            const Json kind = {"", "[!WARNING]"};
            if (first.is_array() && first.front() == "paragraph") {
                first[1]["runs"].insert(first[1]["runs"].begin(), Json{"", "\n"});
                first[1]["runs"].insert(first[1]["runs"].begin(), kind);
            } else {
                inside.expected.insert(inside.expected.begin(), Json{"paragraph", {{"runs", Json::array({kind})}}});
            }
            out.expected.push_back({"quote", inside.expected});
        }
        out.blocks.push_back(Block::note(NoteKind::warning, std::move(inside.blocks)));
    }

    Random& random_;
};

}  // namespace

Made make_markdown(Random& random, std::size_t count) {
    Made made;
    Maker maker(random);
    for (std::size_t i = 0; i < count; ++i) {
        Blocks all = maker.blocks(3);
        made.files.push_back({std::to_string(i) + ".md", print({std::move(all.blocks), {}}).bytes});
        made.expected.push_back(std::move(all.expected));
    }
    return made;
}

}  // namespace pipewright::printers

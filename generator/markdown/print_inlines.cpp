#include "generator/markdown/print_inlines.h"

#include <algorithm>
#include <string_view>

#include "generator/markdown/escape.h"
#include "generator/text/utf8.h"

namespace pipewright::markdown {

namespace {

// The tree is flattened into runs with a style each, so that nested and neighbouring emphasis can't add up to a row of
// asterisks that means something else, and blanks can be moved out of it.
struct Style {
    int link = 0;  // a number for each link, so that two to the same address stay two
    std::string address;
    bool strong = false;
    bool emphasis = false;
    friend bool operator==(const Style&, const Style&) = default;
};

struct Run {
    enum class Type { text, code, line_break } type;
    std::string text;
    Style style;
    bool blank() const {
        return type == Type::line_break || (type == Type::text && text.find_first_not_of(' ') == text.npos);
    }
};

// What two neighbours share and what stays open between them: a link is outside of strong, which is outside of
// emphasis, so that with an outer one the inner ones end.
Style common(const Style& a, const Style& b) {
    Style both;
    if (a.link != b.link) return both;
    both.link = a.link;
    both.address = a.address;
    if (a.strong != b.strong) return both;
    both.strong = a.strong;
    both.emphasis = a.emphasis && b.emphasis;
    return both;
}

class Flattener {
public:
    explicit Flattener(Where where) : where_(where) {}

    void add(const Inlines& inlines, const Style& style) {
        for (const Inline& part : inlines) add(part, style);
    }

    // Code that no code span holds here becomes text: in a table "\|" would be a pipe, and at the start of a paragraph
    // "[code]:" would define what a link means, code or not.
    std::vector<Run> runs() {
        std::vector<Run> all = std::move(runs_);
        runs_.clear();
        for (std::size_t i = 0; i < all.size();) {
            if (all[i].type != Run::Type::code) {
                runs_.push_back(std::move(all[i++]));
                continue;
            }
            Run code = std::move(all[i++]);
            for (; i < all.size() && all[i].type == Run::Type::code && all[i].style == code.style; ++i) {
                code.text += all[i].text;
            }
            const bool pipe = where_ == Where::cell && code.text.find("\\|") != std::string::npos;
            const bool definition = code.style.link != 0 && code.text.find("]:") != std::string::npos;
            if (pipe || definition) {
                text(code.text, code.style);
            } else {
                runs_.push_back(std::move(code));
            }
        }
        return std::move(runs_);
    }

private:
    void add(const Inline& part, Style style) {
        switch (part.type()) {
            case Inline::Type::text: text(visible(part.text()), style); return;
            case Inline::Type::code:
                if (!part.text().empty()) runs_.push_back({Run::Type::code, visible(part.text()), style});
                return;
            case Inline::Type::strong: style.strong = true; break;
            case Inline::Type::emphasis: style.emphasis = true; break;
            case Inline::Type::link: link(part, style); return;
            case Inline::Type::line_break:
                if (where_ == Where::paragraph) {
                    runs_.push_back({Run::Type::line_break, "", style});
                } else {
                    text(" ", style);
                }
                return;
        }
        add(part.inside(), style);
    }

    void link(const Inline& part, Style style) {
        const std::string address = link_address(part.text());
        if (style.link == 0 && !(address.empty() && !part.text().empty())) {
            style.link = ++links_;
            style.address = address;
        }
        const std::size_t before = runs_.size();
        add(part.inside(), style);
        const bool shown = std::any_of(runs_.begin() + static_cast<std::ptrdiff_t>(before), runs_.end(),
                                       [](const Run& run) { return !run.blank(); });
        if (!shown) text(visible(part.text()), style);
    }

    // Blanks at the edges become runs of their own.
    void text(std::string_view value, const Style& style) {
        if (value.empty()) return;
        const std::size_t first = std::min(value.find_first_not_of(' '), value.size());
        const std::size_t end = value.find_last_not_of(' ') + 1;
        for (const std::string_view piece :
             {value.substr(0, first), first < end ? value.substr(first, end - first) : "",
              first < end ? value.substr(end) : ""}) {
            if (!piece.empty()) runs_.push_back({Run::Type::text, std::string(piece), style});
        }
    }

    Where where_;
    int links_ = 0;
    std::vector<Run> runs_;
};

// Blanks and line breaks take the style that what stands on both sides of them has in common, since markup must not
// begin or end at a blank; at the ends of a line blanks go, and so do line breaks at the ends of all.
std::vector<Run> tidy(const std::vector<Run>& runs) {
    std::vector<Run> out;
    const auto put = [&](Run run) {
        if (!out.empty() && run.type != Run::Type::line_break && out.back().type == run.type &&
            out.back().style == run.style) {
            out.back().text += run.text;
        } else {
            out.push_back(std::move(run));
        }
    };
    for (std::size_t i = 0; i < runs.size();) {
        if (!runs[i].blank()) {
            put(runs[i++]);
            continue;
        }
        std::string spaces;
        bool breaks = false;
        for (; i < runs.size() && runs[i].blank(); ++i) {
            spaces += runs[i].text;
            breaks = breaks || runs[i].type == Run::Type::line_break;
        }
        if (out.empty() || i == runs.size()) continue;
        const Style style = common(out.back().style, runs[i].style);
        if (breaks) {
            put({Run::Type::line_break, "", style});
        } else {
            put({Run::Type::text, spaces, style});
        }
    }
    return out;
}

bool is_word_character(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether a byte may belong to a letter: all that isn't ASCII might.
bool is_letter_like(char c) { return is_word_character(c) || static_cast<unsigned char>(c) >= 0x80; }

class Writer {
public:
    explicit Writer(Where where) : where_(where) {}

    void add(const Run& run) {
        if (run.type == Run::Type::line_break) {
            change(run.style, '\n');
            line_ += '\\';
            lines_.push_back(std::move(line_));
            line_.clear();
            return;
        }
        // Nothing that opens stands in front of the text when the style of the line's start has none; what stands
        // there otherwise is "**", "_" or "[", after which no block begins.
        const bool line_start = where_ == Where::paragraph && line_.empty() && run.style == open_;
        std::string shown = run.type == Run::Type::code ? code_span(run.text, where_ == Where::cell)
                                                        : escape(run.text, {line_start, where_ == Where::heading});
        // A single letter may be written as an entity yet, when something opens after it.
        const bool single = utf8::length(run.text) == 1;
        const char last_closed = change(run.style, single ? '&' : shown.front());
        if (is_letter_like(shown.front()) && last_closed != 0 &&
            (last_closed == '_' || !is_word_character(before_closing_))) {
            const utf8::CodePoint first = utf8::decode(shown, 0);
            shown = entity(first.value) + shown.substr(first.size);
        }
        line_ += shown;
    }

    std::vector<std::string> finish() {
        change({}, '\n');
        if (!line_.empty()) lines_.push_back(std::move(line_));
        return std::move(lines_);
    }

private:
    // Closes and opens what differs: a link is outside of strong, which is outside of emphasis. next is the first
    // character that will follow. Gives the last delimiter that was closed if it is the last thing written, else 0.
    char change(const Style& to, char next) {
        const bool keep_link = open_.link == to.link;
        const bool keep_strong = keep_link && open_.strong == to.strong;
        const bool keep_emphasis = keep_strong && open_.emphasis == to.emphasis;
        char closed = 0;
        if (open_.emphasis && !keep_emphasis) closed = close("_");
        if (open_.strong && !keep_strong) closed = close("**");
        if (open_.link != 0 && !keep_link) {
            line_ += "](" + (open_.address.empty() ? "<>" : open_.address) + ")";
            closed = 0;
        }
        if (to.link != 0 && !keep_link) {
            line_ += '[';
            closed = 0;
        }
        const bool opens_emphasis = to.emphasis && !keep_emphasis;
        if (to.strong && !keep_strong) {
            open("**", opens_emphasis ? '_' : next);
            closed = 0;
        }
        if (opens_emphasis) {
            open("_", next);
            closed = 0;
        }
        open_ = to;
        return closed;
    }

    char close(std::string_view delimiter) {
        before_closing_ = line_.back();
        line_ += delimiter;
        return delimiter.front();
    }

    // A delimiter opens only where it isn't between a letter and punctuation ("left-flanking", CommonMark 6.2), and "_"
    // never inside a word. A letter that is written as an entity ends with punctuation.
    void open(std::string_view delimiter, char next) {
        if (!line_.empty() && is_letter_like(line_.back()) && (delimiter == "_" || !is_word_character(next))) {
            std::size_t start = line_.size() - 1;
            while (start > 0 && (static_cast<unsigned char>(line_[start]) & 0xC0u) == 0x80u) --start;
            const std::string letter = entity(utf8::decode(line_, start).value);
            line_.resize(start);
            line_ += letter;
        }
        line_ += delimiter;
    }

    Where where_;
    Style open_;
    char before_closing_ = ' ';
    std::string line_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> print_inlines(const Inlines& inlines, Where where) {
    Flattener flattener(where);
    flattener.add(inlines, {});
    Writer writer(where);
    for (const Run& run : tidy(flattener.runs())) writer.add(run);
    return writer.finish();
}

}  // namespace pipewright::markdown

#include "generator/yaml/read.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "generator/text/quote.h"
#include "generator/text/utf8.h"
#include "generator/yaml/bytes.h"
#include "generator/yaml/mend.h"
#include "generator/yaml/scalar.h"
#include "generator/yaml/scan.h"

namespace pipewright::yaml {

namespace {

// Thrown through the library to end its run after an error that was reported.
struct Stop {};

void move_to(Node& node, const Span& span) {
    node.span = span;
    for (Node& item : node.items) move_to(item, span);
    for (Entry& entry : node.entries) {
        move_to(entry.key, span);
        move_to(entry.value, span);
    }
}

std::size_t end_of(const Span& span) { return std::size_t{span.offset} + span.length; }

// Builds our tree from the library's events. The events tell structure; places and texts come from the tokens of the
// scan, which are walked in step with the events. Where the two do not agree, the file is refused: it is one
// that two readers take differently.
class Builder : public YAML::EventHandler {
public:
    Builder(const Source& source, SourceId id, const std::vector<Token>& tokens, Diagnostics& diagnostics,
            Dialect dialect)
        : source_(source), id_(id), tokens_(tokens), diagnostics_(diagnostics), dialect_(dialect) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string&) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(TokenKind::close_list); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { close(TokenKind::close_map); }

    // Ends the run: refuses tokens that no event used.
    void finish();
    bool sound() const { return sound_; }
    Node take() { return std::move(root_); }

private:
    // A collection that is being built.
    struct Frame {
        Node node;
        bool brackets = false;
        YAML::anchor_t anchor = 0;
        std::size_t count = 1;   // values in it, itself included
        std::size_t height = 1;  // levels in it, itself included
        Node key;
        bool has_key = false;
        std::map<std::string, Span, std::less<>> keys;
    };

    // What an anchor names, once it is complete.
    struct Anchored {
        Node node;
        std::size_t count = 0;
        std::size_t height = 0;
    };

    const Token* next() const { return at_ < tokens_.size() ? &tokens_[at_] : nullptr; }
    bool next_is(TokenKind kind) const { return next() != nullptr && next()->kind == kind; }
    bool skip(TokenKind kind);
    void expect(TokenKind kind);
    bool key_comes() const;
    void lead();
    void open(TokenKind bracket, Kind kind, bool brackets, YAML::anchor_t anchor);
    void close(TokenKind bracket);
    void add(Node node, std::size_t count, std::size_t height, YAML::anchor_t anchor);
    void add_key(Frame& frame, Node key);
    void count(std::size_t values, const Span& span);
    Node empty_here() const;
    [[noreturn]] void disagree() const;
    [[noreturn]] void stop(Code code, const Span& span, std::string message, std::string help) const;

    const Source& source_;
    SourceId id_;
    const std::vector<Token>& tokens_;
    Diagnostics& diagnostics_;
    Dialect dialect_;
    std::size_t at_ = 0;
    std::vector<Frame> frames_;
    std::map<YAML::anchor_t, Anchored> anchored_;
    std::size_t kept_ = 0;   // values held in anchored_
    std::size_t total_ = 0;  // values of the document, aliases expanded
    Node root_;
    bool sound_ = true;
};

void Builder::stop(Code code, const Span& span, std::string message, std::string help) const {
    diagnostics_.report(code, span, std::move(message), std::move(help));
    throw Stop{};
}

void Builder::disagree() const {
    const Span end{id_, static_cast<std::uint32_t>(source_.bytes().size()), 0};
    const Token* token = next();
    stop(Code::yaml_syntax, token != nullptr ? token->span : end, "this can be read in more than one way",
         "put quotes around the value, or write one key a line");
}

bool Builder::skip(TokenKind kind) {
    if (!next_is(kind)) return false;
    ++at_;
    return true;
}

void Builder::expect(TokenKind kind) {
    if (!skip(kind)) disagree();
}

bool Builder::key_comes() const {
    return !frames_.empty() && frames_.back().node.kind == Kind::mapping && !frames_.back().has_key;
}

// Steps over the indicator that leads to the next value.
void Builder::lead() {
    if (frames_.empty()) return;
    const Frame& frame = frames_.back();
    const bool first = frame.node.items.empty() && frame.node.entries.empty();
    if (frame.has_key) {
        skip(TokenKind::colon);
        return;
    }
    if (frame.node.kind == Kind::sequence && !frame.brackets) {
        expect(TokenKind::entry);
        return;
    }
    if (frame.brackets && !first) expect(TokenKind::comma);
    if (frame.node.kind == Kind::mapping) skip(TokenKind::question);
}

// The place right behind the last indicator, where a value is left out.
Node Builder::empty_here() const {
    std::size_t offset = at_ > 0 ? end_of(tokens_[at_ - 1].span) : 0;
    if (offset < source_.bytes().size() && source_.bytes()[offset] == ' ') ++offset;
    Node node;
    node.span = {id_, static_cast<std::uint32_t>(offset), 0};
    return node;
}

void Builder::count(std::size_t values, const Span& span) {
    total_ += values;
    if (total_ <= kMostNodes) return;
    stop(Code::too_large, span, "the file holds more than 20000 values once its aliases are written out",
         "use fewer aliases");
}

void Builder::OnNull(const YAML::Mark&, YAML::anchor_t anchor) {
    lead();
    const std::string_view bytes = source_.bytes();
    Node node = empty_here();
    if (next_is(TokenKind::plain)) {
        const std::string_view written = bytes.substr(next()->span.offset, next()->span.length);
        if (implied(written) == Implied::null) {
            node.text = written;
            node.span = next()->span;
            ++at_;
        }
    }
    if (key_comes()) {
        stop(Code::complex_key, node.span, "a key can't be empty or null",
             node.text.empty() ? "write a key" : "put quotes around it");
    }
    count(1, node.span);
    add(std::move(node), 1, 1, anchor);
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string&) {
    lead();
    const Token* token = next();
    const bool scalar =
        token != nullptr && (token->kind == TokenKind::plain || token->kind == TokenKind::single_quoted ||
                             token->kind == TokenKind::double_quoted || token->kind == TokenKind::block_scalar);
    // With an anchor the library marks the anchor, which stands before the value but behind what came last.
    const std::size_t place = mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
    if (!scalar || place > token->span.offset || (at_ > 0 && place < end_of(tokens_[at_ - 1].span))) disagree();
    if (anchor == 0 && place != token->span.offset) disagree();
    Node node;
    node.kind = Kind::scalar;
    node.span = token->span;
    node.text = scalar_text(source_.bytes(), *token);
    node.quoted = token->kind != TokenKind::plain;
    ++at_;
    count(1, node.span);
    add(std::move(node), 1, 1, anchor);
}

void Builder::OnAlias(const YAML::Mark&, YAML::anchor_t anchor) {
    lead();
    if (!next_is(TokenKind::alias)) disagree();
    const Span span = next()->span;
    ++at_;
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) {
        stop(Code::too_large, span, "this alias stands within the value that it names, which would never end",
             "write the value out");
    }
    if (key_comes()) stop(Code::complex_key, span, "an alias can't be a key", "write the key itself");
    const Anchored& anchored = found->second;
    count(anchored.count, span);
    if (frames_.size() + anchored.height > 2 * kDeepest) {
        stop(Code::too_large, span, "aliases nest deeper than 128 levels", "write the values out");
    }
    Node node = anchored.node;
    move_to(node, span);
    add(std::move(node), anchored.count, anchored.height, 0);
}

void Builder::OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value style) {
    open(TokenKind::open_list, Kind::sequence, style == YAML::EmitterStyle::Flow, anchor);
}

void Builder::OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) {
    // The library calls a single pair in a list, [a: b], a flow map as well; it has no brackets of its own.
    open(TokenKind::open_map, Kind::mapping, style == YAML::EmitterStyle::Flow, anchor);
}

void Builder::open(TokenKind bracket, Kind kind, bool brackets, YAML::anchor_t anchor) {
    const bool key = key_comes();
    lead();
    if (next() == nullptr) disagree();
    const bool pair = brackets && kind == Kind::mapping && !next_is(bracket);
    if (key) {
        stop(Code::complex_key, next()->span, kind == Kind::mapping ? "a map can't be a key" : "a list can't be a key",
             "use a word as key");
    }
    Frame frame;
    frame.node.kind = kind;
    frame.node.span = next()->span;
    frame.brackets = brackets && !pair;
    frame.anchor = anchor;
    count(1, frame.node.span);
    if (frame.brackets) expect(bracket);
    frames_.push_back(std::move(frame));
}

void Builder::close(TokenKind bracket) {
    if (frames_.empty() || frames_.back().has_key) disagree();
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.brackets) {
        skip(TokenKind::comma);
        expect(bracket);
    }
    // The span ends with the last token, or with an empty value behind it.
    if (at_ > 0) frame.node.span = join(frame.node.span, tokens_[at_ - 1].span);
    if (!frame.brackets && !frame.node.items.empty())
        frame.node.span = join(frame.node.span, frame.node.items.back().span);
    if (!frame.brackets && !frame.node.entries.empty()) {
        frame.node.span = join(frame.node.span, frame.node.entries.back().value.span);
    }
    add(std::move(frame.node), frame.count, frame.height, frame.anchor);
}

void Builder::add(Node node, std::size_t count, std::size_t height, YAML::anchor_t anchor) {
    if (anchor != 0) {
        kept_ += count;
        if (kept_ > kMostNodes) {
            stop(Code::too_large, node.span, "the file's anchors name more than 20000 values", "use fewer anchors");
        }
        anchored_[anchor] = {node, count, height};
    }
    if (frames_.empty()) {
        root_ = std::move(node);
        return;
    }
    Frame& frame = frames_.back();
    frame.count += count;
    frame.height = std::max(frame.height, height + 1);
    if (frame.node.kind == Kind::sequence) {
        frame.node.items.push_back(std::move(node));
    } else if (frame.has_key) {
        frame.node.entries.push_back({std::move(frame.key), std::move(node)});
        frame.has_key = false;
    } else {
        add_key(frame, std::move(node));
    }
}

void Builder::add_key(Frame& frame, Node key) {
    const bool merge = key.text == "<<" && !key.quoted;
    if (merge && dialect_ == Dialect::manifest) {
        diagnostics_.report(Code::merge_key, key.span, "merge keys ('<<') are not supported",
                            "write the keys out, or use an alias for a whole value");
        sound_ = false;
    } else if (const auto [first, added] = frame.keys.try_emplace(key.text, key.span); !added && !merge) {
        const Position place = source_.position(first->second.offset);
        diagnostics_.report(Code::duplicate_key, key.span,
                            "the key " + quote(key.text) + " stands twice in this map, first on line " +
                                std::to_string(place.line) + ", column " + std::to_string(place.column),
                            "remove one of them");
        sound_ = false;
    }
    frame.key = std::move(key);
    frame.has_key = true;
}

void Builder::finish() {
    if (at_ != tokens_.size() || !frames_.empty()) disagree();
}

// The library's messages in our words; what is not listed is close enough to English.
std::string in_our_words(const std::string& message) {
    static const std::pair<const char*, const char*> kWords[] = {
        {"end of map not found", "a key is expected here"},
        {"end of map flow not found", "a ',' or '}' is expected here"},
        {"end of sequence not found", "a list item ('- ') is expected here"},
        {"end of sequence flow not found", "a ',' or ']' is expected here"},
        {"illegal map value", "a ':' can't stand here"},
        {"illegal map key", "a key can't stand here"},
        {"illegal block entry", "a list item can't stand here"},
        {"cannot assign multiple anchors to the same node", "a value can have one anchor only"},
        {"aliases can't have any content, *including* tags", "an alias can't have an anchor or a value"},
        {"unknown token", "a value can't start with this character"},
    };
    for (const auto& [theirs, ours] : kWords) {
        if (message == theirs) return ours;
    }
    std::string result = message.empty() ? "this is not YAML" : message;
    if (result.front() >= 'A' && result.front() <= 'Z') result.front() = static_cast<char>(result.front() - 'A' + 'a');
    return result;
}

void report_library(const YAML::Exception& error, const Source& source, SourceId id, Diagnostics& diagnostics) {
    const std::string_view bytes = source.bytes();
    std::size_t offset = error.mark.pos < 0 ? 0 : static_cast<std::size_t>(error.mark.pos);
    offset = std::min(offset, bytes.size());
    // An error at the end of the file is shown behind its last character.
    if (offset == bytes.size()) {
        while (offset > 0 && (bytes[offset - 1] == '\n' || bytes[offset - 1] == '\r')) --offset;
    }
    const bool on_text = offset < bytes.size() && bytes[offset] != '\n' && bytes[offset] != '\r';
    const std::size_t length = on_text ? utf8::decode(bytes, offset).size : 0;
    diagnostics.report(Code::yaml_syntax, {id, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)},
                       in_our_words(error.msg), "check the indentation, or put quotes around the value");
}

}  // namespace

std::optional<Node> read(const Sources& sources, SourceId source, Diagnostics& diagnostics, Dialect dialect) {
    const std::size_t before = diagnostics.errors();
    std::optional<Node> node = read_mended(sources, source, diagnostics, dialect);
    return diagnostics.errors() > before ? std::nullopt : std::move(node);
}

std::optional<Node> read_mended(const Sources& sources, SourceId source, Diagnostics& diagnostics, Dialect dialect) {
    const Source& text = sources.at(source);
    if (!check_bytes(text, source, diagnostics)) return std::nullopt;
    const std::optional<std::vector<Token>> tokens = scan(text.bytes(), source, diagnostics);
    if (!tokens) return std::nullopt;
    Builder builder(text, source, *tokens, diagnostics, dialect);
    try {
        std::istringstream stream(text.bytes());
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        builder.finish();
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        report_library(error, text, source, diagnostics);
        return std::nullopt;
    }
    Node node = builder.take();
    if (!builder.sound()) mend(node);
    return node;
}

}  // namespace pipewright::yaml

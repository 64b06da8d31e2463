#include "generator/init/dockerfile_text.h"

#include <algorithm>

#include "generator/init/words.h"
#include "generator/text/case.h"

namespace pipewright::init {

namespace {

// No value of a person's Dockerfile is longer, and one that doubles with every line ends here.
constexpr std::size_t kLongestValue = 4096;

bool blank(char c) { return c == ' ' || c == '\t'; }

// "# escape=`" in front of everything else.
char escape_of(const std::vector<std::string_view>& lines) {
    for (std::string_view line : lines) {
        line = trim(line);
        if (!line.starts_with('#')) break;
        const std::string directive = lower_case(trim(line.substr(1)));
        const std::size_t equals = directive.find('=');
        if (equals == std::string::npos) break;
        if (trim(std::string_view(directive).substr(0, equals)) == "escape") {
            const std::string_view value = trim(std::string_view(directive).substr(equals + 1));
            return value == "`" ? '`' : '\\';
        }
    }
    return '\\';
}

// The words that end the here-documents which an instruction opens: RUN <<EOF, COPY <<"EOF" /etc/x.
std::vector<std::string> heredocs(std::string_view text) {
    std::vector<std::string> ends;
    for (std::size_t at = text.find("<<"); at != std::string_view::npos; at = text.find("<<", at + 2)) {
        std::size_t begin = at + 2;
        if (begin < text.size() && text[begin] == '-') ++begin;
        if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) ++begin;
        std::size_t end = begin;
        while (end < text.size() && name_character(text[end])) ++end;
        if (end > begin) ends.emplace_back(text.substr(begin, end - begin));
    }
    return ends;
}

}  // namespace

bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<Instruction> instructions_of(std::string_view text) {
    const std::vector<std::string_view> lines = lines_of(text);
    const char escape = escape_of(lines);
    std::vector<Instruction> all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view line = trim(lines[i]);
        if (line.empty() || line.starts_with('#')) continue;
        Instruction one;
        one.line = i + 1;
        std::string joined(line);
        while (joined.ends_with(escape) && i + 1 < lines.size()) {
            joined.pop_back();
            line = trim(lines[++i]);
            // Comments and empty lines may stand within an instruction that goes on.
            while ((line.empty() || line.starts_with('#')) && i + 1 < lines.size()) line = trim(lines[++i]);
            if (line.starts_with('#')) break;
            joined.append(" ").append(line);
        }
        const auto end = std::find_if(joined.begin(), joined.end(), blank);
        one.name = upper_case(std::string_view(joined.begin(), end));
        one.rest = trim(std::string_view(end, joined.end()));
        const bool may_open = one.name == "RUN" || one.name == "COPY" || one.name == "ADD";
        if (may_open) {
            for (const std::string& word : heredocs(one.rest)) {
                while (i + 1 < lines.size() && trim(lines[i + 1]) != word) ++i;
                if (i + 1 < lines.size()) ++i;
            }
        }
        all.push_back(std::move(one));
    }
    return all;
}

std::optional<std::string> expand(std::string_view text, const Variables& variables) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (result.size() > kLongestValue) return std::nullopt;
        if (text[i] == '\\' && i + 1 < text.size()) {
            result.push_back(text[++i]);
            continue;
        }
        if (text[i] != '$') {
            result.push_back(text[i]);
            continue;
        }
        const bool braces = i + 1 < text.size() && text[i + 1] == '{';
        const std::size_t begin = i + (braces ? 2 : 1);
        std::size_t end = begin;
        while (end < text.size() && name_character(text[end])) ++end;
        if (end == begin) return std::nullopt;
        const auto found = variables.find(text.substr(begin, end - begin));
        const bool known = found != variables.end() && !found->second.empty();
        if (!braces) {
            if (!known) return std::nullopt;
            result += found->second;
            i = end - 1;
            continue;
        }
        const std::size_t close = text.find('}', end);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view rest = text.substr(end, close - end);
        if (rest.starts_with(":-") || rest.starts_with('-')) {
            const std::string_view word = rest.substr(rest.front() == ':' ? 2 : 1);
            const std::optional<std::string> value = known ? found->second : expand(word, variables);
            if (!value) return std::nullopt;
            result += *value;
        } else if (rest.starts_with(":+") || rest.starts_with('+')) {
            if (known) result += rest.substr(rest.front() == ':' ? 2 : 1);
        } else if (!rest.empty() || !known) {
            return std::nullopt;
        } else {
            result += found->second;
        }
        i = close;
    }
    return result.size() > kLongestValue ? std::nullopt : std::optional<std::string>(std::move(result));
}

std::string without_quotes(std::string_view text) {
    const bool pair = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return std::string(pair ? text.substr(1, text.size() - 2) : text);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    char quote = '\0';
    for (const char c : text) {
        if (quote == '\0' && blank(c)) {
            if (!word.empty()) words.push_back(std::move(word));
            word.clear();
            continue;
        }
        if (quote == '\0' && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote) {
            quote = '\0';
        }
        word.push_back(c);
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

}  // namespace pipewright::init

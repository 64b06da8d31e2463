#include "generator/manifest/forms.h"

#include "generator/manifest/form_parts.h"

namespace pipewright::manifest::forms {

namespace {

std::string_view check_value(std::string_view text) {
    return all_of(text, [](char c) { return !control(c) || c == '\n' || c == '\t'; }) ? std::string_view()
                                                                                      : "holds a control character";
}

std::string_view check_any(std::string_view text) { return text.empty() ? "is empty" : check_value(text); }

std::string_view check_line(std::string_view text) {
    if (text.empty()) return "is empty";
    return all_of(text, [](char c) { return !control(c); }) ? std::string_view()
                                                            : "holds a line break or a control character";
}

// What names of services and of projects have in common.
std::string_view check_words(std::string_view text) {
    if (!lower(text.front())) return "does not start with a lower-case letter";
    if (!all_of(text, [](char c) { return lower(c) || digit(c) || c == '-'; })) {
        return "holds other characters than lower-case letters, digits and hyphens";
    }
    if (text.back() == '-' || text.find("--") != std::string_view::npos)
        return "has a hyphen at its end or two in a row";
    return {};
}

std::string_view check_name(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.size() > 20) return "is longer than 20 characters";
    return check_words(text);
}

std::string_view check_project(std::string_view text) {
    if (text.size() < 3 || text.size() > 24) return "is not 3 to 24 characters long";
    return check_words(text);
}

std::string_view check_repository(std::string_view text) {
    const auto part = [](std::string_view one) { return one != "." && one != ".." && made_of(one, 1, 255, "-_."); };
    if (text.find('/') == std::string_view::npos) return "has no '/'";
    return each_part(text, '/', part) ? std::string_view() : "holds characters that no repository has";
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The rules of git-check-ref-format(1); "*" only where a pattern is meant.
std::string_view check_ref(std::string_view text, bool pattern) {
    if (text.empty()) return "is empty";
    if (code_points(text) > 200) return "is longer than 200 characters";
    if (!all_of(text, [](char c) { return !control(c) && !one_of(c, " ~^:?[\\"); })) {
        return "holds a character that Git does not allow in a ref";
    }
    if (!pattern && text.find('*') != std::string_view::npos) return "holds '*', but no pattern goes here";
    if (!all_of(text,
                [](char c) { return word(c) || one_of(c, "-_./*@#=") || static_cast<unsigned char>(c) >= 0x80; })) {
        return "holds a character that means something to a shell or a host";
    }
    if (text.find("..") != std::string_view::npos || text == "@") return "is not a ref that Git allows";
    const auto part = [](std::string_view one) {
        return !one.empty() && one.front() != '.' && one.back() != '.' && !one.ends_with(".lock");
    };
    if (text.front() == '-' || !each_part(text, '/', part)) return "is not a ref that Git allows";
    return {};
}

std::string_view check_branch(std::string_view text) { return check_ref(text, false); }

std::string_view check_tag_pattern(std::string_view text) {
    if (text.find("**") != std::string_view::npos) return "holds '**'; '*' alone matches everything up to a '/'";
    return check_ref(text, true);
}

std::string_view check_relative_path(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.front() == '/' || text.front() == '~') return "is not relative";
    if (!all_of(text, [](char c) { return !control(c) && c != '\\'; })) {
        return "holds a backslash or a control character";
    }
    if (text != "." &&
        !each_part(text, '/', [](std::string_view one) { return !one.empty() && one != "." && one != ".."; })) {
        return "has an empty part, '.' or '..'";
    }
    return {};
}

std::string_view check_absolute_path(std::string_view text) {
    if (text.empty() || text.front() != '/') return "does not start with '/'";
    if (text.size() > 1024) return "is longer than 1024 characters";
    return made_of(text, 1, 1024, "-._~/!$&'()*+,;=:@%?") ? std::string_view()
                                                          : "holds a character that must be percent-encoded";
}

// ALB path patterns: at most 128 characters, from this set (Elastic Load Balancing, "Listener rule conditions").
std::string_view check_route(std::string_view text) {
    if (text.empty() || text.front() != '/') return "does not start with '/'";
    if (text.size() > 128) return "is longer than 128 characters";
    const bool prefix = text.ends_with("/*");
    const std::string_view literal = prefix ? text.substr(0, text.size() - 1) : text;
    if (literal.find('*') != std::string_view::npos) return "has '*' elsewhere than in a last '/*'";
    return made_of(literal, 1, 128, "-._~/$:@+") ? std::string_view() : "holds a character that no route has";
}

std::string_view check_digits(std::string_view text) {
    return !text.empty() && text.size() <= 20 && all_of(text, digit) ? std::string_view() : "is not a number of digits";
}

std::string_view check_https_url(std::string_view text) {
    if (!text.starts_with("https://")) return "does not start with https://";
    const std::string_view rest = text.substr(8);
    if (rest.empty() || !word(rest.front()) || !made_of(rest, 1, 2048, "-._~/:%?=&")) return "is not a URL";
    return text.back() == '/' ? "ends with '/'" : std::string_view();
}

std::string_view check_email(std::string_view text) {
    const std::size_t at = text.find('@');
    const bool good = at != std::string_view::npos && made_of(text.substr(0, at), 1, 64, "-._+") &&
                      check_domain(text.substr(at + 1)).empty();
    return good ? std::string_view() : "is not an address";
}

bool status_code(std::string_view text) {
    return text.size() == 3 && all_of(text, digit) && text.front() >= '1' && text.front() <= '5';
}

std::string_view check_health_codes(std::string_view text) {
    const auto part = [](std::string_view one) {
        const std::size_t dash = one.find('-');
        return status_code(one.substr(0, dash)) &&
               (dash == std::string_view::npos || status_code(one.substr(dash + 1)));
    };
    return each_part(text, ',', part) ? std::string_view() : "is not a list of status codes and ranges";
}

std::string_view backwards_codes(std::string_view text) {
    const auto forwards = [](std::string_view one) { return one.size() == 3 || one.substr(0, 3) <= one.substr(4); };
    return each_part(text, ',', forwards) ? std::string_view() : "has a range that counts backwards";
}

std::string_view check_variable(std::string_view text) {
    const bool good = made_of(text, 1, 128, "_") && !digit(text.front());
    return good ? std::string_view() : "is not letters, digits and underscores";
}

std::string_view check_approver(std::string_view text) {
    const auto part = [](std::string_view one) { return made_of(one, 1, 255, "-_."); };
    return each_part(text, '/', part) ? std::string_view() : "is neither a user nor a team";
}

// A user's own command stands in a workflow as it is: a host would expand an expression in it before a shell sees it.
std::string_view check_command_line(std::string_view text) {
    if (text.find("${{") != std::string_view::npos || text.find("$[[") != std::string_view::npos) {
        return "holds a host's expression; read an environment variable instead";
    }
    return check_any(text);
}

std::string_view check_sha256(std::string_view text) {
    return text.size() == 64 && all_of(text, hex) ? std::string_view() : "is not 64 lower-case hex digits";
}

std::string_view check_version(std::string_view text) {
    int parts = 0;
    const bool good = each_part(text, '.', [&](std::string_view one) {
        ++parts;
        return !one.empty() && one.size() <= 5 && all_of(one, digit);
    });
    return good && parts == 3 ? std::string_view() : "is not an exact version";
}

}  // namespace

std::string_view check_domain(std::string_view text) {
    int parts = 0;
    const auto part = [&](std::string_view one) {
        ++parts;
        return !one.empty() && one.size() <= 63 && one.front() != '-' && one.back() != '-' &&
               all_of(one, [](char c) { return lower(c) || digit(c) || c == '-'; });
    };
    return text.size() <= 253 && each_part(text, '.', part) && parts >= 2 ? std::string_view() : "is not a domain name";
}

#define LABEL "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
// No part that is empty, starts or ends with a dot or ends with .lock; no two dots in a row; not "@" alone.
#define REF \
    "(?!-)(?!@$)(?![\\s\\S]*\\.\\.)(?!(?:[\\s\\S]*/)?(?:\\.|/|$))(?![\\s\\S]*\\.(?:/|$))(?![\\s\\S]*\\.lock(?:/|$))"

const Form any{"text", "^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]+$", check_any, ""};
const Form line{"text on one line", "^[^\\u0000-\\u001f\\u007f]+$", check_line, ""};
const Form value{"text, also an empty one", "^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$", check_value, ""};
const Form name{"a name", "^(?=.{1,20}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", check_name,
                "names are lower-case letters and digits in groups joined by single hyphens, at most 20 characters, "
                "as in web-api",
                Code::bad_name};
const Form project{"a project's name", "^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$", check_project,
                   "it becomes the prefix of every cloud resource: lower-case letters, digits and single hyphens",
                   Code::bad_name};
const Form repository{"a repository's path",
                      "^(?!(?:.*/)?\\.{1,2}(?:/|$))[A-Za-z0-9_.-]{1,255}(?:/[A-Za-z0-9_.-]{1,255})+$", check_repository,
                      "write owner/name, or group/subgroup/name on GitLab"};
const Form branch{"a branch name", "^" REF "[A-Za-z0-9_./@#=\\u0080-\\u{10ffff}-]{1,200}$", check_branch, "as in main"};
const Form tag_pattern{"a tag pattern", "^(?![\\s\\S]*\\*\\*)" REF "[A-Za-z0-9_./@#=*\\u0080-\\u{10ffff}-]{1,200}$",
                       check_tag_pattern, "write literals and '*', as in v*"};
const Form relative_path{"a path inside the repository",
                         "^(?:\\.|(?![/~])(?!(?:[\\s\\S]*/)?\\.{0,2}(?:/|$))[^\\u0000-\\u001f\\u007f\\\\]+)$",
                         check_relative_path, "paths are relative to the manifest's folder and can't leave it",
                         Code::outside_repository};
const Form absolute_path{"a path of a URL", "^/[A-Za-z0-9._~/!$&'()*+,;=:@%?-]{0,1023}$", check_absolute_path,
                         "write it as a request would, as in /health"};
const Form route{"a route", "^(?=.{1,128}$)/(?:[A-Za-z0-9._~/$:@+-]*|(?:[A-Za-z0-9._~/$:@+-]*/)?\\*)$", check_route,
                 "write an exact path as in /docs, or a prefix as in /api/*"};
const Form digits{"digits", "^[0-9]{1,20}$", check_digits, "as in \"123456789\", with the quotes"};
const Form https_url{"an https URL",
                     "^https://(?=.{1,2048}$)[A-Za-z0-9](?:[A-Za-z0-9._~/:%?=&-]*[A-Za-z0-9._~:%?=&-])?$",
                     check_https_url, "as in https://gitlab.example.com"};
const Form domain{"a domain name", "^(?=.{1,253}$)" LABEL "(?:\\." LABEL ")+$", check_domain,
                  "as in tasks.example.com"};
const Form email{"an e-mail address", "^[A-Za-z0-9._+-]{1,64}@(?=.{1,253}$)" LABEL "(?:\\." LABEL ")+$", check_email,
                 "as in ops@example.com"};
const Form health_codes{"status codes",     "^[1-5][0-9]{2}(?:-[1-5][0-9]{2})?(?:,[1-5][0-9]{2}(?:-[1-5][0-9]{2})?)*$",
                        check_health_codes, "as in \"200\" or \"200-399\"",
                        Code::malformed,    backwards_codes};
const Form environment_variable{"a variable's name", "^[A-Za-z_][A-Za-z0-9_]{0,127}$", check_variable,
                                "as in LOG_LEVEL"};
const Form approver{"an approver", "^[A-Za-z0-9_.-]{1,255}(?:/[A-Za-z0-9_.-]{1,255})*$", check_approver,
                    "write a user's name, or org/team"};
const Form command_line{"a command line",
                        "^(?![\\s\\S]*\\$(?:\\{\\{|\\[\\[))[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]+$",
                        check_command_line, ""};
const Form sha256{"a SHA-256", "^[0-9a-f]{64}$", check_sha256, "64 lower-case hex digits, as sha256sum prints them"};
const Form version{"an exact version", "^[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}$", check_version, "as in 1.11.4"};

#undef LABEL
#undef REF

}  // namespace pipewright::manifest::forms

#include "generator/manifest/forms.h"

#include <algorithm>
#include <array>

namespace pipewright::manifest::forms {

namespace {

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return lower(c) || upper(c); }
bool word(char c) { return letter(c) || digit(c); }
bool control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

template <class Test>
bool all(std::string_view text, Test test) {
    return std::all_of(text.begin(), text.end(), test);
}

bool one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

// Calls test with each part between separators; false as soon as one fails.
template <class Test>
bool each_part(std::string_view text, char separator, Test test) {
    while (true) {
        const std::size_t at = text.find(separator);
        if (!test(text.substr(0, at))) return false;
        if (at == std::string_view::npos) return true;
        text.remove_prefix(at + 1);
    }
}

std::string_view not_empty(std::string_view text) {
    if (text.empty()) return "is empty";
    if (!all(text, [](char c) { return !control(c) || c == '\n' || c == '\t'; })) return "holds a control character";
    return {};
}

std::string_view check_value(std::string_view text) { return text.empty() ? std::string_view() : not_empty(text); }

std::string_view check_name(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.size() > 20) return "is longer than 20 characters";
    if (!lower(text.front())) return "does not start with a lower-case letter";
    if (!all(text, [](char c) { return lower(c) || digit(c) || c == '-'; })) {
        return "holds other characters than lower-case letters, digits and hyphens";
    }
    if (text.back() == '-' || text.find("--") != std::string_view::npos)
        return "has a hyphen at its end or two in a row";
    return {};
}

std::string_view check_project(std::string_view text) {
    if (text.size() < 3 || text.size() > 24) return "is not 3 to 24 characters long";
    if (!lower(text.front())) return "does not start with a lower-case letter";
    if (!all(text, [](char c) { return lower(c) || digit(c) || c == '-'; })) {
        return "holds other characters than lower-case letters, digits and hyphens";
    }
    if (text.back() == '-' || text.find("--") != std::string_view::npos)
        return "has a hyphen at its end or two in a row";
    return {};
}

std::string_view check_repository(std::string_view text) {
    const auto part = [](std::string_view one) {
        return !one.empty() && one != "." && one != ".." && one.size() <= 255 &&
               all(one, [](char c) { return word(c) || one_of(c, "-_."); });
    };
    if (text.find('/') == std::string_view::npos) return "has no '/'";
    return each_part(text, '/', part) ? std::string_view() : "holds characters that no repository has";
}

// The rules of git-check-ref-format(1); "*" only where a pattern is meant.
std::string_view check_ref(std::string_view text, bool pattern) {
    if (text.empty()) return "is empty";
    if (text.size() > 200) return "is longer than 200 characters";
    if (!all(text, [](char c) { return !control(c) && !one_of(c, " ~^:?[\\"); })) {
        return "holds a character that Git does not allow in a ref";
    }
    if (!pattern && text.find('*') != std::string_view::npos) return "holds '*', but no pattern goes here";
    if (!all(text, [](char c) { return word(c) || one_of(c, "-_./*@#=") || static_cast<unsigned char>(c) >= 0x80; })) {
        return "holds a character that means something to a shell or a host";
    }
    if (text.find("..") != std::string_view::npos || text.find("@{") != std::string_view::npos || text == "@") {
        return "is not a ref that Git allows";
    }
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
    if (!all(text, [](char c) { return !control(c) && c != '\\'; })) return "holds a backslash or a control character";
    if (text != "." &&
        !each_part(text, '/', [](std::string_view one) { return !one.empty() && one != "." && one != ".."; })) {
        return "has an empty part, '.' or '..'";
    }
    return {};
}

std::string_view check_absolute_path(std::string_view text) {
    if (text.empty() || text.front() != '/') return "does not start with '/'";
    if (text.size() > 1024) return "is longer than 1024 characters";
    const auto allowed = [](char c) { return word(c) || one_of(c, "-._~/!$&'()*+,;=:@%?"); };
    return all(text, allowed) ? std::string_view() : "holds a character that must be percent-encoded";
}

// ALB path patterns: at most 128 characters, from this set (Elastic Load Balancing, "Listener rule conditions").
std::string_view check_route(std::string_view text) {
    if (text.empty() || text.front() != '/') return "does not start with '/'";
    if (text.size() > 128) return "is longer than 128 characters";
    const bool prefix = text.ends_with("/*");
    const std::string_view literal = prefix ? text.substr(0, text.size() - 1) : text;
    if (literal.find('*') != std::string_view::npos) return "has '*' elsewhere than in a last '/*'";
    const auto allowed = [](char c) { return word(c) || one_of(c, "-._~/$:@+"); };
    return all(literal, allowed) ? std::string_view() : "holds a character that no route has";
}

std::string_view check_account(std::string_view text) {
    return text.size() == 12 && all(text, digit) ? std::string_view() : "is not twelve digits";
}

std::string_view check_digits(std::string_view text) {
    return !text.empty() && text.size() <= 20 && all(text, digit) ? std::string_view() : "is not a number of digits";
}

std::string_view check_region(std::string_view text) {
    const auto part = [](std::string_view one) {
        return !one.empty() && all(one, [](char c) { return lower(c) || digit(c); });
    };
    const bool parts = text.size() <= 32 && text.find('-') != std::string_view::npos && each_part(text, '-', part);
    return parts && lower(text.front()) && digit(text.back()) ? std::string_view() : "is not the name of a region";
}

std::string_view check_gcp_project(std::string_view text) {
    const bool good = text.size() >= 6 && text.size() <= 30 && lower(text.front()) && text.back() != '-' &&
                      all(text, [](char c) { return lower(c) || digit(c) || c == '-'; });
    return good ? std::string_view() : "is not 6 to 30 lower-case letters, digits and hyphens";
}

bool small_number(std::string_view text, int most) {
    if (text.empty() || text.size() > 3 || !all(text, digit) || (text.size() > 1 && text.front() == '0')) return false;
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value <= most;
}

std::string_view check_cidr(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return "has no '/' with a prefix length";
    const std::string_view address = text.substr(0, slash);
    const std::string_view length = text.substr(slash + 1);
    if (address.find(':') != std::string_view::npos) {
        const bool good =
            address.size() <= 45 && std::count(address.begin(), address.end(), ':') >= 2 && all(address, [](char c) {
                return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':';
            });
        return good && small_number(length, 128) ? std::string_view() : "is not an IPv6 range";
    }
    int parts = 0;
    const bool good =
        each_part(address, '.', [&](std::string_view one) { return ++parts <= 4 && small_number(one, 255); });
    return good && parts == 4 && small_number(length, 32) ? std::string_view() : "is not an IPv4 range";
}

bool host_and_rest(std::string_view text) {
    return all(text, [](char c) { return word(c) || one_of(c, "-._~/:%?=&"); });
}

std::string_view check_https_url(std::string_view text) {
    if (!text.starts_with("https://")) return "does not start with https://";
    const std::string_view rest = text.substr(8);
    if (rest.empty() || !word(rest.front()) || !host_and_rest(rest)) return "is not a URL";
    return text.back() == '/' ? "ends with '/'" : std::string_view();
}

std::string_view check_cron(std::string_view text) {
    int fields = 0;
    const bool good = each_part(text, ' ', [&](std::string_view one) {
        ++fields;
        return !one.empty() && all(one, [](char c) { return word(c) || one_of(c, "*,-/?#"); });
    });
    return good && fields == 5 ? std::string_view() : "is not five fields with one blank between them";
}

std::string_view check_image(std::string_view text) {
    if (text.empty() || text.size() > 512) return "is not an image reference";
    const auto allowed = [](char c) { return word(c) || one_of(c, "-._/:@"); };
    if (!all(text, allowed) || !word(text.front()) || !word(text.back())) return "is not an image reference";
    const std::string_view name = text.substr(0, text.find('@'));
    if (!all(name.substr(0, name.rfind(':')), [](char c) { return !upper(c); }))
        return "has capital letters in its name";
    return {};
}

std::string_view check_platform(std::string_view text) {
    static constexpr std::array<std::string_view, 8> kKnown{"linux/amd64",  "linux/arm64",  "linux/arm/v7",
                                                            "linux/arm/v6", "linux/386",    "linux/ppc64le",
                                                            "linux/s390x",  "linux/riscv64"};
    return std::find(kKnown.begin(), kKnown.end(), text) != kKnown.end() ? std::string_view()
                                                                         : "is not known to BuildKit";
}

std::string_view check_variable(std::string_view text) {
    const bool good = !text.empty() && text.size() <= 128 && !digit(text.front()) &&
                      all(text, [](char c) { return word(c) || c == '_'; });
    return good ? std::string_view() : "is not letters, digits and underscores";
}

// GitHub: letters, digits, underscores, not starting with a digit or GITHUB_ ("Using secrets"). GitLab takes the same.
std::string_view check_host_secret(std::string_view text) {
    if (text.starts_with("GITHUB_") || text.starts_with("CI_")) return "starts with a prefix that the hosts reserve";
    return check_variable(text);
}

std::string_view check_secret_source(std::string_view text) {
    static constexpr std::array<std::string_view, 9> kKnown{"database.url",  "database.host", "database.port",
                                                            "database.name", "database.user", "database.password",
                                                            "cache.url",     "cache.host",    "cache.port"};
    if (std::find(kKnown.begin(), kKnown.end(), text) != kKnown.end()) return {};
    if (!text.starts_with("secret:")) return "is no source of a secret";
    const std::string_view rest = text.substr(7);
    const auto allowed = [](char c) { return word(c) || one_of(c, "-_./+=@#"); };
    const std::string_view name = rest.substr(0, rest.find('#'));
    const bool key = rest.find('#') == std::string_view::npos || rest.find('#') + 1 < rest.size();
    return !name.empty() && key && all(rest, allowed) ? std::string_view() : "does not name a secret";
}

std::string_view check_approver(std::string_view text) {
    const auto part = [](std::string_view one) {
        return !one.empty() && all(one, [](char c) { return word(c) || one_of(c, "-_."); });
    };
    return !text.empty() && each_part(text, '/', part) ? std::string_view() : "is neither a user nor a team";
}

// A user's own command stands in a workflow as it is: a host would expand an expression in it before a shell sees it.
std::string_view check_command_line(std::string_view text) {
    if (text.find("${{") != std::string_view::npos || text.find("$[[") != std::string_view::npos) {
        return "holds a host's expression; read an environment variable instead";
    }
    return not_empty(text);
}

std::string_view check_sha256(std::string_view text) {
    const auto hex = [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); };
    return text.size() == 64 && all(text, hex) ? std::string_view() : "is not 64 lower-case hex digits";
}

std::string_view check_version(std::string_view text) {
    int parts = 0;
    const bool good = each_part(text, '.', [&](std::string_view one) {
        ++parts;
        return !one.empty() && one.size() <= 5 && all(one, digit);
    });
    return good && parts == 3 ? std::string_view() : "is not an exact version";
}

std::string_view check_domain(std::string_view text) {
    int parts = 0;
    const auto part = [&](std::string_view one) {
        ++parts;
        return !one.empty() && one.size() <= 63 && one.front() != '-' && one.back() != '-' &&
               all(one, [](char c) { return lower(c) || digit(c) || c == '-'; });
    };
    return text.size() <= 253 && each_part(text, '.', part) && parts >= 2 ? std::string_view() : "is not a domain name";
}

std::string_view check_health_codes(std::string_view text) {
    const auto code = [](std::string_view one) {
        return one.size() == 3 && all(one, digit) && one.front() >= '1' && one.front() <= '5';
    };
    const auto part = [&](std::string_view one) {
        const std::size_t dash = one.find('-');
        return dash == std::string_view::npos ? code(one) : code(one.substr(0, dash)) && code(one.substr(dash + 1));
    };
    return each_part(text, ',', part) ? std::string_view() : "is not a list of status codes and ranges";
}

std::string_view check_bucket_prefix(std::string_view text) {
    const bool good = text.size() >= 3 && text.size() <= 34 && (lower(text.front()) || digit(text.front())) &&
                      text.back() != '-' && all(text, [](char c) { return lower(c) || digit(c) || c == '-'; });
    return good ? std::string_view() : "is not 3 to 34 lower-case letters, digits and hyphens";
}

std::string_view check_action(std::string_view text) {
    const std::size_t colon = text.find(':');
    const bool good = colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
                      all(text, [](char c) { return word(c) || one_of(c, "-:*."); });
    return good ? std::string_view() : "is not SERVICE:ACTION";
}

std::string_view check_email(std::string_view text) {
    const std::size_t at = text.find('@');
    const bool good = at != std::string_view::npos && at > 0 && check_domain(text.substr(at + 1)).empty() &&
                      all(text.substr(0, at), [](char c) { return word(c) || one_of(c, "-._+"); });
    return good ? std::string_view() : "is not an address";
}

constexpr std::string_view kNameAdvice =
    "names are lower-case letters and digits in groups joined by single hyphens, at most 20 characters, as in web-api";

}  // namespace

const Form any{"text", "[\\s\\S]+", not_empty, ""};
const Form value{"text", "", check_value, ""};
const Form name{"a name", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", check_name, kNameAdvice, Code::bad_name};
const Form project{"a project's name", "^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$", check_project,
                   "it becomes the prefix of every cloud resource: lower-case letters, digits and single hyphens",
                   Code::bad_name};
const Form repository{"a repository's path", "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$", check_repository,
                      "write owner/name, or group/subgroup/name on GitLab"};
const Form branch{"a branch name", "", check_branch, ""};
const Form tag_pattern{"a tag pattern", "", check_tag_pattern, "write literals and '*', as in v*"};
const Form relative_path{"a path inside the repository", "", check_relative_path,
                         "paths are relative to the manifest's folder and can't leave it", Code::outside_repository};
const Form absolute_path{"a path of a URL", "^/", check_absolute_path, "write it as a request would, as in /health"};
const Form route{"a route", "^/", check_route, "write an exact path as in /docs, or a prefix as in /api/*"};
const Form account{"an account", "^[0-9]{12}$", check_account, "an AWS account is twelve digits in quotes"};
const Form digits{"digits", "^[0-9]{1,20}$", check_digits, ""};
const Form region{"a region", "^[a-z][a-z0-9]*(-[a-z0-9]+)+$", check_region, "as in eu-west-1 or asia-south1"};
const Form gcp_project{"a project id", "^[a-z][a-z0-9-]{4,28}[a-z0-9]$", check_gcp_project, ""};
const Form cidr{"a CIDR range", "", check_cidr, "as in 10.0.0.0/16"};
const Form https_url{"an https URL", "^https://", check_https_url, "as in https://gitlab.example.com"};
const Form cron{"a cron expression", "", check_cron, "as in 0 6 * * 1-5"};
const Form image{"an image reference", "", check_image, "as in python:3.12-slim or ghcr.io/acme/tool@sha256:…"};
const Form platform{"a platform", "", check_platform, "as in linux/amd64 or linux/arm64"};
const Form environment_variable{"a variable's name", "^[A-Za-z_][A-Za-z0-9_]*$", check_variable, ""};
const Form host_secret{"the name of a secret", "^[A-Za-z_][A-Za-z0-9_]*$", check_host_secret, ""};
const Form secret_source{
    "a source of a secret", "", check_secret_source,
    "write database.url (.host, .port, .name, .user, .password), cache.url (.host, .port), secret:NAME or "
    "secret:NAME#KEY"};
const Form approver{"an approver", "", check_approver, "write a user's name, or org/team"};
const Form command_line{"a command line", "", check_command_line, ""};
const Form command_word{"a word of a command", "", check_value, ""};
const Form sha256{"a SHA-256", "^[0-9a-f]{64}$", check_sha256, ""};
const Form version{"an exact version", "^[0-9]+\\.[0-9]+\\.[0-9]+$", check_version, "as in 1.11.4"};
const Form domain{"a domain name", "", check_domain, "as in tasks.example.com"};
const Form health_codes{"status codes", "", check_health_codes, "as in 200 or 200-399"};
const Form bucket_prefix{"a bucket's prefix", "^[a-z0-9][a-z0-9-]{1,32}[a-z0-9]$", check_bucket_prefix, ""};
const Form action{"an action", "", check_action, "as in s3:GetObject"};
const Form email{"an e-mail address", "", check_email, ""};

}  // namespace pipewright::manifest::forms

#include <array>

#include "generator/manifest/form_parts.h"
#include "generator/manifest/forms.h"

namespace pipewright::manifest::forms {

namespace {

// One part of an image's path: words joined by a dot, one or two underscores, or hyphens.
bool path_component(std::string_view text) {
    const auto letter = [](char c) { return lower(c) || digit(c); };
    if (text.empty() || !letter(text.front()) || !letter(text.back())) return false;
    while (!text.empty()) {
        while (!text.empty() && letter(text.front())) text.remove_prefix(1);
        const std::string_view joint = text.substr(0, std::min(text.find_first_not_of("._-"), text.size()));
        const bool good = joint.empty() || joint == "." || joint == "_" || joint == "__" ||
                          joint.find_first_not_of('-') == std::string_view::npos;
        if (!good) return false;
        text.remove_prefix(joint.size());
        if (!text.empty() && !letter(text.front())) return false;
    }
    return true;
}

// HOST or HOST:PORT before an image's path.
bool registry_host(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos) {
        const std::string_view port = text.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !all_of(port, digit)) return false;
        text = text.substr(0, colon);
    }
    return each_part(text, '.', [](std::string_view one) {
        return made_of(one, 1, 253, "-") && one.front() != '-' && one.back() != '-';
    });
}

struct Reference {
    bool good = false;
    std::string_view tag, digest;
};

// [HOST[:PORT]/]PATH[:TAG][@sha256:HEX], as container engines take it (distribution's reference grammar).
Reference reference(std::string_view text) {
    Reference made;
    if (text.empty() || text.size() > 512) return made;
    const std::size_t at = text.find('@');
    if (at != std::string_view::npos) {
        made.digest = text.substr(at + 1);
        if (!made.digest.starts_with("sha256:") || made.digest.size() != 71 || !all_of(made.digest.substr(7), hex)) {
            return made;
        }
        text = text.substr(0, at);
    }
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && text.find('/', colon) == std::string_view::npos) {
        made.tag = text.substr(colon + 1);
        if (!made_of(made.tag, 1, 128, "_.-") || one_of(made.tag.front(), ".-")) return made;
        text = text.substr(0, colon);
    }
    const std::size_t slash = text.find('/');
    const bool host = slash != std::string_view::npos && registry_host(text.substr(0, slash));
    made.good = each_part(host ? text.substr(slash + 1) : text, '/', path_component);
    return made;
}

std::string_view check_image(std::string_view text) {
    if (reference(text).good) return {};
    const std::string_view name = text.substr(0, text.find('@'));
    const std::size_t slash = name.find('/');
    const std::string_view path = slash == std::string_view::npos ? name : name.substr(slash);
    return std::any_of(path.begin(), path.end(), upper) ? "has capital letters in its name"
                                                        : "is not an image reference";
}

std::string_view check_pinned_image(std::string_view text) {
    const Reference made = reference(text);
    if (!made.good) return check_image(text);
    const bool pinned = !made.digest.empty() || std::any_of(made.tag.begin(), made.tag.end(), digit);
    return pinned ? std::string_view() : "names neither a version nor a digest, so that it changes under the jobs";
}

std::string_view check_registry_namespace(std::string_view text) {
    return text.size() <= 255 && path_component(text) ? std::string_view() : "is not a namespace";
}

std::string_view check_stage(std::string_view text) {
    return made_of(text, 1, 128, "_.-") && word(text.front()) ? std::string_view() : "is not the name of a stage";
}

std::string_view check_build_secret(std::string_view text) {
    return made_of(text, 1, 128, "_.-") && word(text.front()) ? std::string_view() : "is not the id of a secret";
}

// GitHub: letters, digits, underscores, not starting with a digit or GITHUB_ ("Using secrets"). GitLab takes the same
// and keeps CI_ to itself.
std::string_view check_host_secret(std::string_view text) {
    if (text.starts_with("GITHUB_") || text.starts_with("CI_")) return "starts with a prefix that the hosts reserve";
    const bool good = made_of(text, 1, 128, "_") && !digit(text.front());
    return good ? std::string_view() : "is not letters, digits and underscores";
}

constexpr std::string_view kStoreCharacters = "-_./+=@";  // AWS Secrets Manager, CreateSecret, Name

std::string_view check_store_secret(std::string_view text) {
    return made_of(text, 1, 512, kStoreCharacters) ? std::string_view() : "does not name a secret";
}

std::string_view check_secret_source(std::string_view text) {
    static constexpr std::array<std::string_view, 9> kKnown{"database.url",  "database.host", "database.port",
                                                            "database.name", "database.user", "database.password",
                                                            "cache.url",     "cache.host",    "cache.port"};
    if (std::find(kKnown.begin(), kKnown.end(), text) != kKnown.end()) return {};
    if (!text.starts_with("secret:")) return "is no source of a secret";
    const std::string_view rest = text.substr(7);
    const std::size_t hash = rest.find('#');
    const bool good = made_of(rest.substr(0, hash), 1, 512, kStoreCharacters) &&
                      (hash == std::string_view::npos || made_of(rest.substr(hash + 1), 1, 512, kStoreCharacters));
    return good ? std::string_view() : "does not name a secret";
}

std::string_view check_account(std::string_view text) {
    return text.size() == 12 && all_of(text, digit) ? std::string_view() : "is not twelve digits";
}

std::string_view check_region(std::string_view text) {
    const auto part = [](std::string_view one) {
        return !one.empty() && all_of(one, [](char c) { return lower(c) || digit(c); });
    };
    const bool parts = text.size() <= 32 && text.find('-') != std::string_view::npos && each_part(text, '-', part);
    return parts && lower(text.front()) && digit(text.back()) ? std::string_view() : "is not the name of a region";
}

std::string_view check_gcp_project(std::string_view text) {
    const bool good = text.size() >= 6 && text.size() <= 30 && lower(text.front()) && text.back() != '-' &&
                      all_of(text, [](char c) { return lower(c) || digit(c) || c == '-'; });
    return good ? std::string_view() : "is not 6 to 30 lower-case letters, digits and hyphens";
}

// Four numbers of an IPv4 address, or nothing in front.
std::array<int, 4> ipv4(std::string_view text) {
    std::array<int, 4> octets{-1, 0, 0, 0};
    std::array<int, 4> found{};
    std::size_t count = 0;
    const bool good = each_part(text, '.', [&](std::string_view one) {
        const int number = small_number(one);
        if (number < 0 || number > 255 || count == 4) return false;
        found.at(count++) = number;
        return true;
    });
    return good && count == 4 ? found : octets;
}

// Groups of up to four hex digits; -1 where one is none. An empty text has none.
int groups(std::string_view text) {
    int count = 0;
    if (text.empty()) return 0;
    const bool good = each_part(text, ':', [&](std::string_view one) {
        ++count;
        return !one.empty() && one.size() <= 4 && all_of(one, [](char c) { return hex(c) || (c >= 'A' && c <= 'F'); });
    });
    return good ? count : -1;
}

// Eight groups, or fewer with "::" once (RFC 4291, 2.2, without an IPv4 address inside).
bool ipv6(std::string_view text) {
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) return groups(text) == 8;
    const int before = groups(text.substr(0, gap));
    const int behind = groups(text.substr(gap + 2));
    return before >= 0 && behind >= 0 && before + behind <= 7;
}

std::string_view check_cidr(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return "has no '/' with a prefix length";
    const std::string_view address = text.substr(0, slash);
    const int length = small_number(text.substr(slash + 1));
    if (address.find(':') != std::string_view::npos) {
        return ipv6(address) && length >= 0 && length <= 128 ? std::string_view() : "is not an IPv6 range";
    }
    return ipv4(address)[0] >= 0 && length >= 0 && length <= 32 ? std::string_view() : "is not an IPv4 range";
}

// AWS takes /16 to /28 for a VPC; a sixteenth of it is a subnet, and a load balancer wants at least a /27.
std::string_view check_network_range(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return "has no '/' with a prefix length";
    if (ipv4(text.substr(0, slash))[0] < 0) return "is not an IPv4 range";
    const int length = small_number(text.substr(slash + 1));
    return length >= 16 && length <= 23 ? std::string_view() : "has no prefix length from 16 to 23";
}

std::string_view bits_beyond_prefix(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::array<int, 4> octets = ipv4(text.substr(0, slash));
    const int within = 1 << (24 - small_number(text.substr(slash + 1)));
    return octets[2] % within == 0 && octets[3] == 0 ? std::string_view() : "does not begin at its own first address";
}

std::string_view check_bucket_prefix(std::string_view text) {
    const bool good = text.size() >= 3 && text.size() <= 34 && text.front() != '-' && text.back() != '-' &&
                      all_of(text, [](char c) { return lower(c) || digit(c) || c == '-'; });
    return good ? std::string_view() : "is not 3 to 34 lower-case letters, digits and hyphens";
}

std::string_view check_bucket(std::string_view text) {
    const auto end = [](char c) { return lower(c) || digit(c); };
    const bool good = text.size() >= 3 && text.size() <= 63 && end(text.front()) && end(text.back()) &&
                      all_of(text, [&](char c) { return end(c) || one_of(c, "._-"); });
    return good ? std::string_view() : "is not the name of a bucket";
}

std::string_view check_table(std::string_view text) {
    return made_of(text, 3, 255, "_.-") ? std::string_view() : "is not the name of a table";
}

std::string_view check_action(std::string_view text) {
    const std::size_t colon = text.find(':');
    const bool good = colon != std::string_view::npos && made_of(text.substr(0, colon), 1, 64, "-") &&
                      made_of(text.substr(colon + 1), 1, 128, "*");
    return good ? std::string_view() : "is not SERVICE:ACTION";
}

std::string_view check_arn(std::string_view text) {
    if (text == "*") return {};
    const bool good = text.starts_with("arn:") && text.size() > 4 && text.size() <= 2048 &&
                      all_of(text, [](char c) { return c > 0x20 && c < 0x7F && !one_of(c, "\"\\`'"); });
    return good ? std::string_view() : "is neither an ARN nor '*'";
}

std::string_view check_gcp_role(std::string_view text) {
    for (const std::string_view owner : {"projects/", "organizations/"}) {
        if (!text.starts_with(owner)) continue;
        const std::string_view rest = text.substr(owner.size());
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos || !made_of(rest.substr(0, slash), 1, 63, "-:.")) return "is not a role";
        text = rest.substr(slash + 1);
        break;
    }
    const bool good = text.starts_with("roles/") && made_of(text.substr(6), 1, 128, "_.");
    return good ? std::string_view() : "is not a role";
}

std::string_view check_resource(std::string_view text) {
    const bool good = made_of(text, 1, 512, ":/._@+=,~-") && word(text.front());
    return good ? std::string_view() : "is not the name or the ARN of something in a cloud";
}

std::string_view check_machine(std::string_view text) {
    return made_of(text, 1, 64, "._-") && word(text.front()) ? std::string_view() : "is no class or type of a machine";
}

std::string_view check_engine_version(std::string_view text) {
    const auto part = [](std::string_view one) { return !one.empty() && one.size() <= 4 && all_of(one, digit); };
    int parts = 0;
    const bool good = each_part(text, '.', [&](std::string_view one) { return ++parts <= 4 && part(one); });
    return good ? std::string_view() : "is not a version";
}

std::string_view check_identifier(std::string_view text) {
    const bool good = made_of(text, 1, 63, "_") && (lower(text.front()) || upper(text.front()));
    return good ? std::string_view() : "is not letters, digits and underscores after a letter";
}

std::string_view check_endpoint(std::string_view text) {
    const auto letter = [](char c) { return lower(c) || digit(c); };
    const bool good = !text.empty() && text.size() <= 64 && letter(text.front()) && letter(text.back()) &&
                      all_of(text, [&](char c) { return letter(c) || one_of(c, ".-"); });
    return good ? std::string_view() : "is not the name of a service of the cloud";
}

constexpr std::string_view kImageAdvice = "as in python:3.13-slim or ghcr.io/acme/tool@sha256:…";

}  // namespace

#define HOST_LABEL "[A-Za-z0-9](?:[A-Za-z0-9-]{0,251}[A-Za-z0-9])?"
#define IMAGE_WORDS "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*"
#define IMAGE_NAME "(?:" HOST_LABEL "(?:\\." HOST_LABEL ")*(?::[0-9]{1,5})?/)?" IMAGE_WORDS "(?:/" IMAGE_WORDS ")*"
#define TAG "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
#define TAG_WITH_NUMBER "(?=[A-Za-z_.-]*[0-9])" TAG
#define DIGEST "@sha256:[0-9a-f]{64}"
#define OCTET "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
#define IPV4 OCTET "(?:\\." OCTET "){3}"
#define GROUP "[0-9A-Fa-f]{1,4}"
#define IPV6                                                                                                         \
    "(?:(?:" GROUP ":){7}" GROUP "|(?:" GROUP ":){1,7}:|(?:" GROUP ":){1,6}:" GROUP "|(?:" GROUP ":){1,5}(?::" GROUP \
    "){1,2}|(?:" GROUP ":){1,4}(?::" GROUP "){1,3}|(?:" GROUP ":){1,3}(?::" GROUP "){1,4}|(?:" GROUP                 \
    ":){1,2}(?:"                                                                                                     \
    ":" GROUP "){1,5}|" GROUP ":(?::" GROUP "){1,6}|:(?:(?::" GROUP "){1,7}|:))"

const Form image{"an image reference", "^(?=.{1,512}$)" IMAGE_NAME "(?::" TAG ")?(?:" DIGEST ")?$", check_image,
                 kImageAdvice};
const Form pinned_image{"an image with a version or a digest",
                        "^(?=.{1,512}$)" IMAGE_NAME "(?:(?::" TAG ")?" DIGEST "|:" TAG_WITH_NUMBER ")$",
                        check_pinned_image, "as in debian:13.1-slim or debian@sha256:…"};
const Form registry_namespace{"a namespace", "^(?=.{1,255}$)" IMAGE_WORDS "$", check_registry_namespace, "as in acme"};
const Form stage{"the name of a stage", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$", check_stage,
                 "as the Dockerfile says: FROM … AS runtime"};
const Form build_secret{"the id of a secret", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$", check_build_secret,
                        "as the Dockerfile says: RUN --mount=type=secret,id=npm-token"};
const Form host_secret{"the name of a host's secret", "^(?!GITHUB_|CI_)[A-Za-z_][A-Za-z0-9_]{0,127}$",
                       check_host_secret, "as the host's settings call it: NPM_TOKEN"};
const Form store_secret{"the name of a secret in the cloud's store", "^[A-Za-z0-9_./+=@-]{1,512}$", check_store_secret,
                        "as the cloud's secret store calls it: ghcr-pull"};
const Form secret_source{
    "a source of a secret",
    "^(?:database\\.(?:url|host|port|name|user|password)|cache\\.(?:url|host|port)|"
    "secret:[A-Za-z0-9_./+=@-]{1,512}(?:#[A-Za-z0-9_./+=@-]{1,512})?)$",
    check_secret_source,
    "write database.url (.host, .port, .name, .user, .password), cache.url (.host, .port), secret:NAME or "
    "secret:NAME#KEY"};
const Form account{"an account", "^[0-9]{12}$", check_account, "an AWS account is twelve digits in quotes"};
const Form region{"a region", "^(?=.{1,32}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*-[a-z0-9]*[0-9]$", check_region,
                  "as in eu-west-1 or asia-south1"};
const Form gcp_project{"a project id", "^[a-z][a-z0-9-]{4,28}[a-z0-9]$", check_gcp_project, "as in acme-shop-dev"};
const Form cidr{"a CIDR range", "^(?:" IPV4 "/(?:3[0-2]|[12]?[0-9])|" IPV6 "/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$",
                check_cidr, "as in 10.0.0.0/16"};
const Form network_range{"the range of a network", "^" IPV4 "/(?:1[6-9]|2[0-3])$",
                         check_network_range,      "as in 10.0.0.0/16",
                         Code::malformed,          bits_beyond_prefix};
const Form bucket_prefix{"a bucket's prefix", "^[a-z0-9][a-z0-9-]{1,32}[a-z0-9]$", check_bucket_prefix,
                         "as in acme-tfstate"};
const Form bucket{"a bucket", "^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", check_bucket, "as in acme-terraform-state"};
const Form table{"a table", "^[A-Za-z0-9_.-]{3,255}$", check_table, "as in acme-terraform-locks"};
const Form action{"an action", "^[A-Za-z0-9-]{1,64}:[A-Za-z0-9*]{1,128}$", check_action, "as in s3:GetObject"};
const Form arn{"an ARN", "^(?:\\*|arn:(?![^\"\\\\`']*[\"\\\\`'])[!-~]{1,2044})$", check_arn,
               "as in arn:aws:s3:::acme-uploads/*"};
const Form gcp_role{"a role of Google Cloud",
                    "^(?:(?:projects|organizations)/[A-Za-z0-9.:-]{1,63}/)?roles/[A-Za-z0-9_.]{1,128}$", check_gcp_role,
                    "as in roles/storage.objectViewer"};
const Form resource{"a name or an ARN", "^[A-Za-z0-9][A-Za-z0-9:/._@+=,~-]{0,511}$", check_resource,
                    "as the cloud calls it"};
const Form machine{"a class or type", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", check_machine,
                   "as in t3.small, db.t4g.micro or e2-small"};
const Form engine_version{"a database's version", "^[0-9]{1,4}(?:\\.[0-9]{1,4}){0,3}$", check_engine_version,
                          "as in \"16\" or \"8.0\", with the quotes"};
const Form identifier{"an identifier", "^[A-Za-z][A-Za-z0-9_]{0,62}$", check_identifier, "as in app"};
const Form endpoint{"a service of the cloud", "^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$", check_endpoint,
                    "what follows com.amazonaws.REGION: sqs, ecr.api"};

#undef HOST_LABEL
#undef IMAGE_WORDS
#undef IMAGE_NAME
#undef TAG
#undef TAG_WITH_NUMBER
#undef DIGEST
#undef OCTET
#undef IPV4
#undef GROUP
#undef IPV6

}  // namespace pipewright::manifest::forms

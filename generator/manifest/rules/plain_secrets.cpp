#include "generator/manifest/rules/rules.h"

namespace pipewright::manifest::rules {

namespace {

bool word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// How well-known secrets begin, how long they are at least, and what they are.
struct Sign {
    std::string_view start;
    std::size_t least;
    std::string_view what;
};
constexpr Sign kSigns[] = {{"AKIA", 20, "an access key of AWS"},
                           {"ASIA", 20, "a session key of AWS"},
                           {"ghp_", 36, "a token of GitHub"},
                           {"gho_", 36, "a token of GitHub"},
                           {"ghs_", 36, "a token of GitHub"},
                           {"github_pat_", 40, "a token of GitHub"},
                           {"glpat-", 24, "a token of GitLab"},
                           {"gldt-", 24, "a deploy token of GitLab"},
                           {"xoxb-", 24, "a token of Slack"},
                           {"xoxp-", 24, "a token of Slack"},
                           {"https://hooks.slack.com/services/", 50, "a webhook of Slack"},
                           {"sk_live_", 24, "a key of Stripe"},
                           {"AIza", 39, "an API key of Google"},
                           {"-----BEGIN ", 20, "a private key"}};

std::string_view secret_in(std::string_view text) {
    for (const Sign& sign : kSigns) {
        const std::size_t at = text.find(sign.start);
        if (at == std::string_view::npos || text.size() - at < sign.least) continue;
        if (at > 0 && word(text[at - 1])) continue;
        if (sign.what == "a private key" && text.find("PRIVATE KEY-----") == std::string_view::npos) continue;
        return sign.what;
    }
    return {};
}

}  // namespace

// Configuration and build arguments are committed, and everybody who can read the repository reads them.
void plain_secrets(const Subject& subject) {
    const auto look = [&](const Field<Map<std::string>>& values, const std::string& instead) {
        for (const Named<std::string>& one : *values) {
            const std::string_view what = secret_in(*one.field);
            if (what.empty()) continue;
            subject.report(Code::plain_secret, one.field.place(),
                           "the value of '" + one.name + "' looks like " + std::string(what),
                           "revoke it, and " + instead);
        }
    };
    const std::string store = "take it from the cloud's store: secrets: { VARIABLE: secret:NAME }";
    each_service(subject, [&](const Service&, const written::Service& written) {
        look(written.env, store);
        look(written.build->args, "take it from the host's secrets: build: { secrets: { ID: NAME } }");
        look(written.test->env, "let the tests do without: they run for everybody's change requests");
    });
    each_environment(subject, [&](const Environment&, const written::Environment& written) {
        look(written.env, store);
        for (const Named<written::ServiceOverride>& one : *written.services) look(one.field->env, store);
    });
    for (const Named<written::ExtraJob>& job : *subject.written.extend->jobs)
        look(job.field->env, "take it from the host's secrets: secrets: [NAME]");
}

}  // namespace pipewright::manifest::rules

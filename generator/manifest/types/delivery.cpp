#include "generator/manifest/types/delivery.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kSwitch = boolean_type();
constexpr Choice kLevels[] = {
    {"critical", "only critical findings fail the scan"},
    {"high", "high and critical findings fail it"},
    {"medium", "medium, high and critical findings fail it"},
    {"none", "findings are shown and fail nothing"},
};
constexpr Type kLevel = choice_type(kLevels);
constexpr Row kScanRows[] = {
    row<&Scan::source>("source", kSwitch, "true", "Whether the source is scanned.", "true"),
    row<&Scan::image>("image", kSwitch, "true", "Whether images are scanned.", "true"),
    row<&Scan::fail_on>("fail_on", kLevel, "critical", "From which severity on a finding fails the scan.", "high"),
};
constexpr std::string_view kScanExamples[] = {R"(
delivery:
  scan: { source: true, image: true, fail_on: high }
)"};
constexpr Type kScan = described(record_type<Scan>(kScanRows), "", kScanExamples);

constexpr Type kRetries = integer_type(1, 100);
constexpr Type kDelay = integer_type(1, 300);
constexpr Row kSmokeRows[] = {
    row<&SmokeSettings::retries>("retries", kRetries, "10", "How often the smoke test asks before it fails.", "20"),
    row<&SmokeSettings::delay_seconds>("delay_seconds", kDelay, "6", "Seconds between two tries.", "10"),
};
constexpr std::string_view kSmokeExamples[] = {R"(
delivery:
  smoke: { retries: 20, delay_seconds: 10 }
)"};
constexpr Type kSmokeSettings = described(record_type<SmokeSettings>(kSmokeRows), "", kSmokeExamples);

constexpr Type kSecretName = text_type(forms::host_secret);
constexpr Row kNotifyRows[] = {
    required<&Notify::slack>("slack", kSecretName, "The host's secret that holds the address of the webhook.",
                             "SLACK_WEBHOOK"),
};
constexpr std::string_view kNotifyExamples[] = {R"(
delivery:
  notify: { slack: SLACK_WEBHOOK }
)"};
constexpr Type kNotify = described(record_type<Notify>(kNotifyRows), "", kNotifyExamples);

constexpr Type kSchedule = text_type(forms::cron);
constexpr Row kDriftRows[] = {
    required<&Drift::schedule>("schedule", kSchedule,
                               "When every target is planned, read-only, at the commit that was applied there.",
                               "\"0 6 * * 1-5\""),
};
constexpr std::string_view kDriftExamples[] = {R"(
delivery:
  drift: { schedule: "0 6 * * 1-5" }
)"};
constexpr Type kDrift = described(record_type<Drift>(kDriftRows), "", kDriftExamples);

constexpr Type kUrl = text_type(forms::https_url);
constexpr Type kSum = text_type(forms::sha256);
constexpr Row kCheckRows[] = {
    required<&Check::url>("url", kUrl, "Where a job finds this program.",
                          "https://downloads.example.com/pipewright-0.1.0"),
    required<&Check::sha256>("sha256", kSum, "The checksum of what it finds there.",
                             "3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728"),
};
constexpr std::string_view kCheckExamples[] = {R"(
delivery:
  check:
    url: https://downloads.example.com/pipewright-0.1.0
    sha256: 3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728
)"};
constexpr Type kCheck = described(record_type<Check>(kCheckRows), "", kCheckExamples);

constexpr Choice kSigners[] = {
    {"none", "images are not signed"},
    {"cosign", "keyless, with the job's own identity; every signature stands in the public log"},
    {"attestation", "GitHub's attestations, which need a public repository or the enterprise plan"},
};
constexpr Type kSigner = choice_type(kSigners);
constexpr Row kRows[] = {
    row<&Delivery::scan>("scan", kScan, "{}", "Scans of source and images.", "{ fail_on: high }"),
    row<&Delivery::sbom>("sbom", kSwitch, "true", "Whether images carry a bill of materials.", "true"),
    row<&Delivery::sign>("sign", kSigner, "none", "How images are signed.", "cosign"),
    row<&Delivery::smoke>("smoke", kSmokeSettings, "{}", "How patient smoke tests are.", "{ retries: 20 }"),
    derived<&Delivery::notify>("notify", kNotify, "nobody", "Who is told how a delivery went.",
                               "{ slack: SLACK_WEBHOOK }"),
    derived<&Delivery::drift>("drift", kDrift, "none", "A scheduled plan of every target that changes nothing.",
                              "{ schedule: \"0 6 * * 1-5\" }"),
    row<&Delivery::operations>("operations", kSwitch, "true",
                               "Whether there is an operators' form: deploy, roll back, plan, apply and destroy by "
                               "hand.",
                               "true"),
    derived<&Delivery::check>("check", kCheck, "no such job", "A job that checks that the generated files are current.",
                              "{ url: https://downloads.example.com/pipewright-0.1.0, sha256: "
                              "3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728 }"),
};
constexpr std::string_view kExamples[] = {R"(
delivery:
  scan: { source: true, image: true, fail_on: high }
  sbom: true
  sign: attestation
  smoke: { retries: 20, delay_seconds: 10 }
  notify: { slack: SLACK_WEBHOOK }
  drift: { schedule: "0 6 * * 1-5" }
  operations: true
  check:
    url: https://downloads.example.com/pipewright-0.1.0
    sha256: 3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728
)"};
}  // namespace

constexpr Type kDelivery = described(record_type<Delivery>(kRows), "", kExamples);

}  // namespace pipewright::manifest::written

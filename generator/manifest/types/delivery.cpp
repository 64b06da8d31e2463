#include "generator/manifest/types/delivery.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kSwitch = boolean_type();
constexpr std::string_view kLevels[] = {"critical", "high", "medium", "none"};
constexpr Type kLevel = choice_type(kLevels);
constexpr Row kScanRows[] = {
    row<&Scan::source>("source", kSwitch, "true", "Whether the source is scanned."),
    row<&Scan::image>("image", kSwitch, "true", "Whether images are scanned."),
    row<&Scan::fail_on>("fail_on", kLevel, "critical", "From which severity on a scan fails."),
};
constexpr Type kScan = record_type<Scan>(kScanRows);
constexpr Type kRetries = integer_type(1, 100);
constexpr Type kDelay = integer_type(1, 300);
constexpr Row kSmokeRows[] = {
    row<&SmokeSettings::retries>("retries", kRetries, "10", "How often the smoke test asks."),
    row<&SmokeSettings::delay_seconds>("delay_seconds", kDelay, "6", "Seconds between two tries."),
};
constexpr Type kSmokeSettings = record_type<SmokeSettings>(kSmokeRows);
constexpr Type kSecretName = text_type(forms::host_secret);
constexpr Row kNotifyRows[] = {
    required<&Notify::slack>("slack", kSecretName, "The host's secret that holds the webhook."),
};
constexpr Type kNotify = record_type<Notify>(kNotifyRows);
constexpr Type kSchedule = text_type(forms::cron);
constexpr Row kDriftRows[] = {
    required<&Drift::schedule>("schedule", kSchedule, "When every target is planned without changing it."),
};
constexpr Type kDrift = record_type<Drift>(kDriftRows);
constexpr Type kUrl = text_type(forms::https_url);
constexpr Type kSum = text_type(forms::sha256);
constexpr Row kCheckRows[] = {
    required<&Check::url>("url", kUrl, "Where a job finds this program."),
    required<&Check::sha256>("sha256", kSum, "The checksum of what it finds there."),
};
constexpr Type kCheck = record_type<Check>(kCheckRows);
constexpr std::string_view kSigners[] = {"none", "cosign", "attestation"};
constexpr Type kSigner = choice_type(kSigners);
constexpr Row kRows[] = {
    row<&Delivery::scan>("scan", kScan, "", "Scans of source and images."),
    row<&Delivery::sbom>("sbom", kSwitch, "true", "Whether images carry a bill of materials."),
    row<&Delivery::sign>("sign", kSigner, "none", "How images are signed."),
    row<&Delivery::smoke>("smoke", kSmokeSettings, "", "How patient smoke tests are."),
    row<&Delivery::notify>("notify", kNotify, "", "Who is told."),
    row<&Delivery::drift>("drift", kDrift, "", "A scheduled plan that changes nothing."),
    row<&Delivery::operations>("operations", kSwitch, "true", "Whether there is an operators' form."),
    row<&Delivery::check>("check", kCheck, "", "A job that checks that the output is current."),
};
}  // namespace

constexpr Type kDelivery = record_type<Delivery>(kRows);

}  // namespace pipewright::manifest::written

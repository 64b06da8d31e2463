#include "generator/manifest/types/stack.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kAnyText = text_type(forms::any);
constexpr Type kDomain = text_type(forms::domain);
constexpr Type kSwitch = boolean_type();
constexpr Type kCidr = text_type(forms::cidr);
constexpr Type kCidrs = list_type<std::string>(kCidr, 1, 50);
constexpr Row kHttpsRows[] = {
    required<&Https::domain>("domain", kDomain, "The name under which the ingress is reached."),
    row<&Https::zone>("zone", kDomain, "", "The hosted zone in which certificate and name are made."),
    row<&Https::zone_role>("zone_role", kAnyText, "", "The role through which the zone of another account is reached."),
    row<&Https::certificate>("certificate", kAnyText, "", "An existing certificate instead of a zone."),
};
constexpr Type kHttps = record_type<Https>(kHttpsRows);
constexpr Type kPositive = integer_type(1, 1000000000);
constexpr Row kRateRows[] = {
    row<&Rate::per_second>("per_second", kPositive, "50", "Requests a second."),
    row<&Rate::burst>("burst", kPositive, "100", "Requests at once."),
    row<&Rate::per_day>("per_day", kPositive, "100000", "Requests a day."),
};
constexpr Type kRate = record_type<Rate>(kRateRows);
constexpr std::string_view kIngresses[] = {"load-balancer", "api-gateway", "none"};
constexpr Type kIngressKind = choice_type(kIngresses);
constexpr Type kClient = text_type(forms::name);
constexpr Type kClients = list_type<std::string>(kClient, 1, 50);
constexpr Row kIngressRows[] = {
    row<&Ingress::type>("type", kIngressKind, "load-balancer", "What takes requests from outside."),
    row<&Ingress::https>("https", kHttps, "", "Port 443 with a certificate; port 80 only redirects."),
    derived<&Ingress::allow>("allow", kCidrs, "everyone", "Who may reach it."),
    row<&Ingress::internal>("internal", kSwitch, "false", "A balancer that the internet can't reach."),
    row<&Ingress::api_key>("api_key", kSwitch, "true", "api-gateway: whether requests need a key."),
    row<&Ingress::clients>("clients", kClients, "[default]", "api-gateway: one key per client."),
    row<&Ingress::rate>("rate", kRate, "", "api-gateway: the usage plan."),
    row<&Ingress::waf>("waf", kSwitch, "false", "A web application firewall before it."),
};
constexpr Type kIngress = record_type<Ingress>(kIngressRows, "type");

constexpr std::string_view kModes[] = {"create", "existing", "default"};
constexpr std::string_view kNats[] = {"none", "single", "per-zone"};
constexpr Type kMode = choice_type(kModes);
constexpr Type kNat = choice_type(kNats);
constexpr Type kZones = integer_type(2, 6);
constexpr Type kTexts = list_type<std::string>(kAnyText, 1, 50);
constexpr Row kNetworkRows[] = {
    row<&Network::mode>("mode", kMode, "create", "Whether the network is made, given or the account's default."),
    row<&Network::cidr>("cidr", kCidr, "10.0.0.0/16", "The range of a network that is made."),
    row<&Network::zones>("zones", kZones, "2", "Over how many zones it spreads."),
    row<&Network::nat>("nat", kNat, "single", "How private subnets reach the internet."),
    row<&Network::endpoints>("endpoints", kTexts, "", "Further endpoints of the cloud's services."),
    row<&Network::vpc>("vpc", kAnyText, "", "existing: the network."),
    row<&Network::private_subnets>("private_subnets", kTexts, "", "existing: the private subnets."),
    row<&Network::public_subnets>("public_subnets", kTexts, "", "existing: the public subnets."),
    row<&Network::ssh_from>("ssh_from", kCidr, "", "ec2-compose: from where SSH is let in."),
    row<&Network::ssh_key>("ssh_key", kAnyText, "", "ec2-compose: the key pair for SSH."),
};
constexpr Type kNetwork = record_type<Network>(kNetworkRows);

constexpr std::string_view kEngines[] = {"postgres", "mysql"};
constexpr Type kEngine = choice_type(kEngines);
constexpr Type kStorage = integer_type(20, 65536);
constexpr Type kDays = integer_type(1, 35);
constexpr Row kDatabaseRows[] = {
    row<&Database::engine>("engine", kEngine, "postgres", "The database."),
    derived<&Database::version>("version", kAnyText, "the newest known", "Its version, in quotes."),
    derived<&Database::type>("class", kAnyText, "the smallest of the cloud", "Its instance class."),
    row<&Database::storage_gb>("storage_gb", kStorage, "20", "Its storage in GiB."),
    row<&Database::multi_zone>("multi_zone", kSwitch, "false", "Whether a standby runs in another zone."),
    row<&Database::backup_days>("backup_days", kDays, "7", "How long backups are kept."),
    derived<&Database::name>("name", kAnyText, "app", "The name of the database."),
    derived<&Database::user>("user", kAnyText, "app", "The name of its user."),
};
constexpr Type kDatabase = record_type<Database>(kDatabaseRows);

constexpr std::string_view kCaches[] = {"redis", "valkey"};
constexpr Type kCacheEngine = choice_type(kCaches);
constexpr Type kReplicas = integer_type(0, 5);
constexpr Row kCacheRows[] = {
    row<&Cache::engine>("engine", kCacheEngine, "redis", "The cache."),
    derived<&Cache::type>("class", kAnyText, "the smallest of the cloud", "Its node class."),
    row<&Cache::replicas>("replicas", kReplicas, "0", "Its replicas."),
};
constexpr Type kCache = record_type<Cache>(kCacheRows);

constexpr Type kCount = integer_type(1, 100);
constexpr Row kInstanceRows[] = {
    derived<&Instance::type>("type", kAnyText, "t3.micro or e2-small", "The instance type."),
    row<&Instance::count>("count", kCount, "1", "How many instances."),
};
constexpr Type kInstance = record_type<Instance>(kInstanceRows);

constexpr std::string_view kRollouts[] = {"rolling", "blue-green", "canary"};
constexpr Type kRolloutKind = choice_type(kRollouts);
constexpr Type kPercent = integer_type(1, 99);
constexpr Type kMinutes = integer_type(0, 1440);
constexpr Row kRolloutRows[] = {
    row<&Rollout::type>("type", kRolloutKind, "rolling", "How new copies take over."),
    row<&Rollout::percent>("percent", kPercent, "10", "canary: the share of requests at first."),
    row<&Rollout::bake_minutes>("bake_minutes", kMinutes, "5", "How long both run before the old copies go."),
};
constexpr Type kRollout = record_type<Rollout>(kRolloutRows, "type");

constexpr Type kRetention = integer_type(1, 3653);
constexpr Type kEmail = text_type(forms::email);
constexpr Row kObservabilityRows[] = {
    row<&Observability::log_retention_days>("log_retention_days", kRetention, "30", "How long logs are kept."),
    row<&Observability::insights>("insights", kSwitch, "true", "Container insights."),
    row<&Observability::dashboard>("dashboard", kSwitch, "true", "A dashboard."),
    row<&Observability::alarm_email>("alarm_email", kEmail, "", "Who is told of alarms."),
};
constexpr Type kObservability = record_type<Observability>(kObservabilityRows);

constexpr std::string_view kClouds[] = {"aws", "gcp"};
constexpr std::string_view kRuntimes[] = {"ecs-fargate", "ec2-compose", "compute-mig"};
constexpr Type kCloud = choice_type(kClouds);
constexpr Type kRuntime = choice_type(kRuntimes);
constexpr Type kSpot = integer_type(0, 100);
constexpr Row kRows[] = {
    derived<&Stack::cloud>("cloud", kCloud, "follows runtime", "The cloud."),
    derived<&Stack::runtime>("runtime", kRuntime, "required in a stack", "What services run on."),
    row<&Stack::ingress>("ingress", kIngress, "", "What takes requests from outside."),
    row<&Stack::network>("network", kNetwork, "", "The network."),
    row<&Stack::database>("database", kDatabase, "", "A database."),
    row<&Stack::cache>("cache", kCache, "", "A cache."),
    row<&Stack::instance>("instance", kInstance, "", "The instances of ec2-compose and compute-mig."),
    row<&Stack::spot_percent>("spot_percent", kSpot, "0", "The share of spot capacity."),
    row<&Stack::scaling>("scaling", kScaling, "", "Default for the services of this stack."),
    row<&Stack::rollout>("rollout", kRollout, "", "How new copies take over."),
    row<&Stack::observability>("observability", kObservability, "", "Logs, insights, dashboard and alarms."),
};
}  // namespace

constexpr Type kStack = record_type<Stack>(kRows);

}  // namespace pipewright::manifest::written

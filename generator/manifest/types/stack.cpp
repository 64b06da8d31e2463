#include "generator/manifest/types/stack.h"

#include "generator/manifest/forms.h"

namespace pipewright::manifest::written {

namespace {
constexpr Type kDomain = text_type(forms::domain);
constexpr Type kResource = text_type(forms::resource);
constexpr Type kSwitch = boolean_type();
constexpr Type kCidr = text_type(forms::cidr);
constexpr Type kCidrs = set_type<std::string>(kCidr, 1, 50);
constexpr Row kHttpsRows[] = {
    derived<&Https::domain>("domain", kDomain, "required, in the stack or in the target",
                            "The name under which the ingress is reached.", "shop.example.com"),
    derived<&Https::zone>("zone", kDomain, "none",
                          "A hosted zone in which the certificate is proved and the name is set: in the target's own "
                          "account or project, or reached through zone_role.",
                          "example.com"),
    derived<&Https::zone_role>("zone_role", kResource, "none",
                               "The role through which a zone in another account is reached.",
                               "\"arn:aws:iam::333333333333:role/dns\""),
    derived<&Https::certificate>(
        "certificate", kResource, "one that is issued in zone", "An existing certificate.",
        "\"arn:aws:acm:eu-west-1:222222222222:certificate/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f\""),
};
constexpr std::string_view kHttpsExamples[] = {R"(
stacks:
  aws:
    ingress:
      https: { zone: example.com, zone_role: "arn:aws:iam::333333333333:role/dns" }
environments:
  dev:
    targets:
      aws: { ingress: { https: { domain: dev.shop.example.com } } }
  prod:
    targets:
      aws: { ingress: { https: { domain: shop.example.com } } }
)",
                                               R"(
environments:
  prod:
    targets:
      aws:
        ingress:
          https:
            domain: shop.example.com
            certificate: "arn:aws:acm:eu-west-1:222222222222:certificate/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f"
)"};
constexpr Type kHttps = described(overlaid(record_type<Https>(kHttpsRows)),
                                  "Port 443 with a certificate; port 80 only redirects. Either zone or certificate is "
                                  "needed.",
                                  kHttpsExamples);

constexpr Type kPositive = integer_type(1, 1000000000);
constexpr Row kRateRows[] = {
    row<&Rate::per_second>("per_second", kPositive, "50", "Requests a second, on average.", "10"),
    row<&Rate::burst>("burst", kPositive, "100", "Requests at once.", "20"),
    row<&Rate::per_day>("per_day", kPositive, "100000", "Requests of one client a day.", "10000"),
};
constexpr std::string_view kRateExamples[] = {R"(
stacks:
  aws:
    ingress: { type: api-gateway, rate: { per_second: 10, burst: 20, per_day: 10000 } }
)"};
constexpr Type kRate = described(overlaid(record_type<Rate>(kRateRows)), "", kRateExamples);

constexpr Choice kIngresses[] = {
    {"load-balancer", "an application load balancer with a rule for each route"},
    {"api-gateway",
     "AWS: a REST API, a VPC link and an internal network load balancer; nothing else is reachable from "
     "outside, and the stage is named after the environment"},
    {"none", "nothing takes requests from outside"},
};
constexpr Type kIngressKind = choice_type(kIngresses);
constexpr Type kClient = text_type(forms::name);
constexpr Type kClients = set_type<std::string>(kClient, 1, 50);
constexpr Row kIngressRows[] = {
    row<&Ingress::type>("type", kIngressKind, "load-balancer", "What takes requests from outside.", "api-gateway"),
    derived<&Ingress::https>("https", kHttps, "none: port 80 alone",
                             "Port 443 with a certificate; port 80 then only redirects.",
                             "{ domain: shop.example.com, zone: example.com }"),
    derived<&Ingress::allow>("allow", kCidrs, "everyone", "The ranges of addresses that may reach it.",
                             "[203.0.113.0/24]"),
    row<&Ingress::internal>("internal", kSwitch, "false", "A balancer that the internet can't reach.", "true"),
    row<&Ingress::api_key>("api_key", kSwitch, "true", "api-gateway: whether requests need a key.", "true"),
    row<&Ingress::clients>("clients", kClients, "[default]", "api-gateway: the clients, each with a key of its own.",
                           "[mobile, partner]"),
    row<&Ingress::rate>("rate", kRate, "{}", "api-gateway: the usage plan.", "{ per_second: 10, burst: 20 }"),
    row<&Ingress::waf>("waf", kSwitch, "false", "A web application firewall in front of it.", "true"),
};
constexpr std::string_view kIngressExamples[] = {R"(
stacks:
  aws:
    ingress: none
)",
                                                 R"(
stacks:
  aws:
    ingress:
      type: load-balancer
      https: { domain: shop.example.com, zone: example.com }
      allow: [203.0.113.0/24]
      internal: false
      waf: true
environments:
  dev:
    targets:
      aws: { ingress: { https: null } }
)",
                                                 R"(
stacks:
  aws:
    ingress:
      type: api-gateway
      api_key: true
      clients: [mobile, partner]
      rate: { per_second: 10, burst: 20 }
)"};
constexpr Type kIngress = described(overlaid(record_type<Ingress>(kIngressRows, "type")),
                                    "A word alone stands for { type: … }.", kIngressExamples);

constexpr Choice kModes[] = {
    {"create", "a network of the target's own"},
    {"existing", "a given one, in which only security groups are made: vpc, private_subnets and public_subnets"},
    {"default", "ec2-compose: the account's default VPC"},
};
constexpr Choice kNats[] = {
    {"none",
     "no way to the internet; workloads reach the cloud's services through endpoints, and only registries of "
     "the cloud itself will do"},
    {"single", "one NAT gateway for all zones"},
    {"per-zone", "one NAT gateway in each zone, so that none of them depends on another"},
};
constexpr Type kMode = choice_type(kModes);
constexpr Type kNat = choice_type(kNats);
constexpr Type kRange = text_type(forms::network_range);
constexpr Type kZones = integer_type(2, 6);
constexpr Type kEndpoint = text_type(forms::endpoint);
constexpr Type kEndpoints = set_type<std::string>(kEndpoint, 1, 50);
constexpr Type kSubnets = set_type<std::string>(kResource, 1, 50);
constexpr Type kKeyPair = text_type(forms::line);
constexpr Row kNetworkRows[] = {
    row<&Network::mode>("mode", kMode, "create", "Whether the network is made, given, or the account's default.",
                        "existing"),
    row<&Network::cidr>("cidr", kRange, "10.0.0.0/16",
                        "create: the range of the network, of which each subnet takes a sixteenth.", "10.20.0.0/16"),
    row<&Network::zones>("zones", kZones, "2", "create: over how many availability zones it spreads.", "3"),
    row<&Network::nat>("nat", kNat, "single", "create: how private subnets reach the internet.", "per-zone"),
    derived<&Network::endpoints>("endpoints", kEndpoints, "none beyond those that nat: none makes",
                                 "create: further services of the cloud that get an endpoint in the network.",
                                 "[sqs, kms]"),
    derived<&Network::vpc>("vpc", kResource, "none", "existing: the network.", "vpc-0a1b2c3d4e5f60718"),
    derived<&Network::private_subnets>("private_subnets", kSubnets, "none",
                                       "existing: the subnets in which services and data stores run.",
                                       "[subnet-0aa11bb22cc33dd44, subnet-0ee55ff66aa77bb88]"),
    derived<&Network::public_subnets>("public_subnets", kSubnets, "none",
                                      "existing: the subnets in which a public load balancer stands.",
                                      "[subnet-01122aabb33cc44dd, subnet-05566eeff77aa88bb]"),
    derived<&Network::ssh_from>("ssh_from", kCidr, "no port 22 at all",
                                "ec2-compose: the range from which SSH is let in; 0.0.0.0/0 and ::/0 are errors.",
                                "203.0.113.7/32"),
    derived<&Network::ssh_key>("ssh_key", kKeyPair, "none: only EC2 Instance Connect opens a session",
                               "ec2-compose: the EC2 key pair for SSH.", "operations"),
};
constexpr std::string_view kNetworkExamples[] = {R"(
stacks:
  aws:
    network: { mode: create, cidr: 10.20.0.0/16, zones: 3, nat: none, endpoints: [sqs, kms] }
)",
                                                 R"(
environments:
  prod:
    targets:
      aws:
        network:
          mode: existing
          vpc: vpc-0a1b2c3d4e5f60718
          private_subnets: [subnet-0aa11bb22cc33dd44, subnet-0ee55ff66aa77bb88]
          public_subnets: [subnet-01122aabb33cc44dd, subnet-05566eeff77aa88bb]
)",
                                                 R"(
stacks:
  aws:
    runtime: ec2-compose
    network: { mode: default, ssh_from: 203.0.113.7/32, ssh_key: operations }
)"};
constexpr Type kNetwork = described(overlaid(record_type<Network>(kNetworkRows)), "", kNetworkExamples);

constexpr Choice kEngines[] = {{"postgres", "PostgreSQL"}, {"mysql", "MySQL"}};
constexpr Type kEngine = choice_type(kEngines);
constexpr Type kEngineVersion = text_type(forms::engine_version);
constexpr Type kMachine = text_type(forms::machine);
constexpr Type kIdentifier = text_type(forms::identifier);
constexpr Type kStorage = integer_type(20, 65536);
constexpr Type kDays = integer_type(1, 35);
constexpr Row kDatabaseRows[] = {
    row<&Database::engine>("engine", kEngine, "postgres", "The kind of database.", "mysql"),
    derived<&Database::version>("version", kEngineVersion, "the newest known", "Its version, in quotes.", "\"16\""),
    derived<&Database::type>("class", kMachine, "the smallest of the cloud", "Its instance class.", "db.t4g.micro"),
    row<&Database::storage_gb>("storage_gb", kStorage, "20", "Its storage in GiB.", "100"),
    row<&Database::multi_zone>("multi_zone", kSwitch, "false", "Whether a standby runs in another zone.", "true"),
    row<&Database::backup_days>("backup_days", kDays, "7", "How many days backups are kept.", "30"),
    row<&Database::name>("name", kIdentifier, "app", "The name of the database.", "shop"),
    row<&Database::user>("user", kIdentifier, "app", "The name of its user.", "shop"),
};
constexpr std::string_view kDatabaseExamples[] = {R"(
stacks:
  aws:
    database:
      engine: postgres
      version: "16"
      class: db.t4g.micro
      storage_gb: 100
      backup_days: 7
      name: shop
      user: shop
services:
  api:
    secrets: { DATABASE_URL: database.url }
environments:
  prod:
    targets:
      aws: { database: { multi_zone: true, backup_days: 30 } }
)"};
constexpr Type kDatabase = described(
    overlaid(record_type<Database>(kDatabaseRows)),
    "RDS on AWS, Cloud SQL on GCP: private and encrypted. Terraform makes the password, and it never enters its state; "
    "services get it by their secrets.",
    kDatabaseExamples);

constexpr Choice kCaches[] = {{"redis", "Redis"}, {"valkey", "Valkey, the free fork of Redis"}};
constexpr Type kCacheEngine = choice_type(kCaches);
constexpr Type kReplicas = integer_type(0, 5);
constexpr Row kCacheRows[] = {
    row<&Cache::engine>("engine", kCacheEngine, "redis", "The kind of cache.", "valkey"),
    derived<&Cache::type>("class", kMachine, "the smallest of the cloud", "Its node class.", "cache.t4g.micro"),
    row<&Cache::replicas>("replicas", kReplicas, "0", "How many copies it has that can take over.", "1"),
};
constexpr std::string_view kCacheExamples[] = {R"(
stacks:
  aws:
    cache: { engine: valkey, class: cache.t4g.micro, replicas: 1 }
services:
  api:
    secrets: { REDIS_URL: cache.url }
)"};
constexpr Type kCache =
    described(overlaid(record_type<Cache>(kCacheRows)),
              "ElastiCache on AWS, Memorystore on GCP: private, and encrypted in transit.", kCacheExamples);

constexpr Type kCount = integer_type(1, 100);
constexpr Row kInstanceRows[] = {
    derived<&Instance::type>("type", kMachine, "t3.micro on AWS, e2-small on GCP", "The type of the machines.",
                             "t3.small"),
    row<&Instance::count>("count", kCount, "1",
                          "How many machines: exactly so many with ec2-compose; with compute-mig the default of "
                          "scaling's min and max.",
                          "2"),
};
constexpr std::string_view kInstanceExamples[] = {R"(
stacks:
  aws: { runtime: ec2-compose, instance: { type: t3.small, count: 2 } }
)"};
constexpr Type kInstance = described(overlaid(record_type<Instance>(kInstanceRows)),
                                     "Of ec2-compose, where a scaling of stack or target is an error, and of "
                                     "compute-mig, where a given scaling wins over count.",
                                     kInstanceExamples);

constexpr Choice kRollouts[] = {
    {"rolling", "copies are replaced one after the other"},
    {"blue-green", "new copies beside all old ones, then all requests at once"},
    {"canary", "a share of the requests first, then all"},
};
constexpr Type kRolloutKind = choice_type(kRollouts);
constexpr Type kShare = integer_type(1, 99);
constexpr Type kMinutes = integer_type(0, 1440);
constexpr Row kRolloutRows[] = {
    row<&Rollout::type>("type", kRolloutKind, "rolling", "How new copies take over.", "canary"),
    row<&Rollout::percent>("percent", kShare, "10", "canary: the share of requests at first, in percent.", "20"),
    row<&Rollout::bake_minutes>("bake_minutes", kMinutes, "5",
                                "blue-green and canary: how long both run before the old copies go.", "10"),
};
constexpr std::string_view kRolloutExamples[] = {R"(
stacks:
  aws:
    rollout: blue-green
)",
                                                 R"(
stacks:
  aws:
    rollout: { type: canary, percent: 20, bake_minutes: 10 }
)"};
constexpr Type kRollout = described(
    overlaid(record_type<Rollout>(kRolloutRows, "type")),
    "A word alone stands for { type: … }. blue-green and canary need ecs-fargate and a load balancer; services "
    "without routes always roll.",
    kRolloutExamples);

// What CloudWatch keeps logs for (PutRetentionPolicy, retentionInDays); Cloud Logging takes them all too.
constexpr std::int64_t kDaysOfLogs[] = {1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                                        365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};
constexpr Type kRetention = integer_type(kDaysOfLogs);
constexpr Type kEmail = text_type(forms::email);
constexpr Row kObservabilityRows[] = {
    row<&Observability::log_retention_days>("log_retention_days", kRetention, "30", "How many days logs are kept.",
                                            "90"),
    row<&Observability::insights>("insights", kSwitch, "true", "Whether the cloud's container insights are on.",
                                  "false"),
    row<&Observability::dashboard>("dashboard", kSwitch, "true", "Whether there is a dashboard.", "true"),
    derived<&Observability::alarm_email>("alarm_email", kEmail, "nobody", "Who is told of alarms.", "ops@example.com"),
};
constexpr std::string_view kObservabilityExamples[] = {R"(
stacks:
  aws:
    observability: { log_retention_days: 90, insights: true, dashboard: true, alarm_email: ops@example.com }
)"};
constexpr Type kObservability =
    described(overlaid(record_type<Observability>(kObservabilityRows)), "", kObservabilityExamples);

constexpr Choice kClouds[] = {{"aws", "Amazon Web Services"}, {"gcp", "Google Cloud"}};
constexpr Choice kRuntimes[] = {
    {"ecs-fargate", "AWS: containers on Fargate, without machines to keep"},
    {"ec2-compose", "AWS: containers by Docker Compose on a group of EC2 machines"},
    {"compute-mig", "GCP: a managed instance group for each service"},
};
constexpr Type kCloud = choice_type(kClouds);
constexpr Type kRuntime = choice_type(kRuntimes);
constexpr Type kSpot = integer_type(0, 100);
constexpr Row kRows[] = {
    fixed(derived<&Stack::cloud>("cloud", kCloud, "follows runtime", "The cloud; no target can change it.", "aws")),
    fixed(required<&Stack::runtime>("runtime", kRuntime, "What services run on; no target can change it.",
                                    "ecs-fargate")),
    row<&Stack::ingress>("ingress", kIngress, "load-balancer", "What takes requests from outside.", "load-balancer"),
    row<&Stack::network>("network", kNetwork, "{}", "The network in which everything runs.",
                         "{ cidr: 10.20.0.0/16, nat: per-zone }"),
    derived<&Stack::database>("database", kDatabase, "none", "A database.", "{ engine: postgres, version: \"16\" }"),
    derived<&Stack::cache>("cache", kCache, "none", "A cache.", "{ engine: valkey }"),
    derived<&Stack::instance>("instance", kInstance, "its keys' defaults",
                              "The machines of ec2-compose and compute-mig.", "{ type: t3.small, count: 2 }"),
    row<&Stack::spot_percent>("spot_percent", kSpot, "0",
                              "The share of spare capacity, which is cheaper and can be taken away: any with "
                              "ecs-fargate, elsewhere only 0 and 100.",
                              "70"),
    row<&Stack::scaling>("scaling", kScaling, "{}", "The default for the services of this stack.",
                         "{ min: 2, max: 6 }"),
    row<&Stack::rollout>("rollout", kRollout, "rolling", "How new copies take over from old ones.", "blue-green"),
    row<&Stack::observability>("observability", kObservability, "{}", "Logs, insights, a dashboard and alarms.",
                               "{ log_retention_days: 90 }"),
};
constexpr std::string_view kExamples[] = {R"(
services:
  api: { secrets: { DATABASE_URL: database.url, CACHE_URL: cache.url } }
stacks:
  aws:
    cloud: aws
    runtime: ecs-fargate
    ingress: load-balancer
    network: { cidr: 10.20.0.0/16, zones: 2, nat: single }
    database: { engine: postgres, version: "16" }
    cache: { engine: valkey }
    spot_percent: 70
    scaling: { min: 2, max: 6 }
    rollout: blue-green
    observability: { log_retention_days: 90 }
)",
                                          R"(
stacks:
  aws: { runtime: ec2-compose, instance: { type: t3.small, count: 2 } }
)"};
}  // namespace

constexpr Type kStack = described(overlaid(record_type<Stack>(kRows)),
                                  "A shape of infrastructure on one cloud. Any of its keys but cloud and runtime can "
                                  "stand in a target too and overrides it there.",
                                  kExamples);

}  // namespace pipewright::manifest::written

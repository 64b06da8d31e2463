#pragma once

#include "generator/manifest/types/common.h"

namespace pipewright::manifest::written {

struct Https {
    Field<std::string> domain, zone, zone_role, certificate;
};
struct Rate {
    Field<std::int64_t> per_second, burst, per_day;
};
struct Ingress {
    Field<std::string> type;
    Field<Https> https;
    Field<List<std::string>> allow;
    Field<bool> internal, api_key;
    Field<List<std::string>> clients;
    Field<Rate> rate;
    Field<bool> waf;
};
struct Network {
    Field<std::string> mode, cidr;
    Field<std::int64_t> zones;
    Field<std::string> nat;
    Field<List<std::string>> endpoints;
    Field<std::string> vpc;
    Field<List<std::string>> private_subnets, public_subnets;
    Field<std::string> ssh_from, ssh_key;
};
struct Database {
    Field<std::string> engine, version, type;
    Field<std::int64_t> storage_gb;
    Field<bool> multi_zone;
    Field<std::int64_t> backup_days;
    Field<std::string> name, user;
};
struct Cache {
    Field<std::string> engine, type;
    Field<std::int64_t> replicas;
};
struct Instance {
    Field<std::string> type;
    Field<std::int64_t> count;
};
struct Rollout {
    Field<std::string> type;
    Field<std::int64_t> percent, bake_minutes;
};
struct Observability {
    Field<std::int64_t> log_retention_days;
    Field<bool> insights, dashboard;
    Field<std::string> alarm_email;
};
struct Stack {
    Field<std::string> cloud, runtime;
    Field<Ingress> ingress;
    Field<Network> network;
    Field<Database> database;
    Field<Cache> cache;
    Field<Instance> instance;
    Field<std::int64_t> spot_percent;
    Field<Scaling> scaling;
    Field<Rollout> rollout;
    Field<Observability> observability;
};

extern const Type kStack;

}  // namespace pipewright::manifest::written

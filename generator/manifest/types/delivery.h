#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::written {

struct Scan {
    Field<bool> source, image;
    Field<std::string> fail_on;
};
struct SmokeSettings {
    Field<std::int64_t> retries, delay_seconds;
};
struct Notify {
    Field<std::string> slack;
};
struct Drift {
    Field<std::string> schedule;
};
struct Check {
    Field<std::string> url, sha256;
};
struct Delivery {
    Field<Scan> scan;
    Field<bool> sbom;
    Field<std::string> sign;
    Field<SmokeSettings> smoke;
    Field<Notify> notify;
    Field<Drift> drift;
    Field<bool> operations;
    Field<Check> check;
};

extern const Type kDelivery;

}  // namespace pipewright::manifest::written

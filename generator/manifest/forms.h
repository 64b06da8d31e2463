// The forms that texts of the manifest must have, each checked in one place.
#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest::forms {

// Texts, and what hosts and programs call their things: forms.cpp.
extern const Form any;            // any text, not empty
extern const Form line;           // any text on one line
extern const Form value;          // any text, also an empty one
extern const Form name;           // of services, stacks and environments: manifest.md
extern const Form project;        // manifest.md
extern const Form repository;     // owner/name or group/sub/name
extern const Form branch;         // git-check-ref-format(1)
extern const Form tag_pattern;    // a tag with "*"
extern const Form relative_path;  // inside the repository
extern const Form absolute_path;  // of a URL: starts with /
extern const Form route;          // an exact path or /prefix/*
extern const Form digits;
extern const Form https_url;
extern const Form domain;
extern const Form email;
extern const Form health_codes;  // 200, 200-299, 200,204
extern const Form cron;          // five fields
extern const Form environment_variable;
extern const Form approver;      // user, or org/team
extern const Form command_line;  // a shell command without a host's expression
extern const Form sha256;
extern const Form version;  // exact: 1.11.4

// Images, and what clouds call theirs: forms_cloud.cpp.
extern const Form image;               // an image reference
extern const Form pinned_image;        // with a digest, or a tag with a number in it
extern const Form registry_namespace;  // on Docker Hub
extern const Form stage;               // of a Dockerfile
extern const Form build_secret;        // its id in a Dockerfile
extern const Form host_secret;         // a name that both hosts take for a secret
extern const Form store_secret;        // a secret in a cloud's store
extern const Form secret_source;       // database.*, cache.*, secret:NAME
extern const Form account;             // twelve digits
extern const Form region;
extern const Form gcp_project;    // 6 to 30 lower-case letters, digits, hyphens
extern const Form cidr;           // IPv4 or IPv6 with a prefix length
extern const Form network_range;  // IPv4, /16 to /23
extern const Form bucket_prefix;
extern const Form bucket;
extern const Form table;           // of DynamoDB
extern const Form action;          // service:Action
extern const Form arn;             // of resources, or *
extern const Form gcp_role;        // roles/…
extern const Form resource;        // a name, an id or an ARN
extern const Form machine;         // a class or type: db.t3.micro, e2-small
extern const Form engine_version;  // of a database: 16, 8.0
extern const Form identifier;      // of a database or its user
extern const Form endpoint;        // sqs, ecr.api

}  // namespace pipewright::manifest::forms

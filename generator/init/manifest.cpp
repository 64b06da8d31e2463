#include "generator/init/manifest.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "generator/embed/templates.h"
#include "generator/init/words.h"
#include "generator/manifest/schema.h"
#include "generator/text/suggest.h"

namespace pipewright::init {

namespace {

std::string or_open(const std::string& text) { return text.empty() ? std::string(kPlaceholder) : text; }

Names names_of(const std::vector<EnvironmentDecision>& environments) {
    Names names;
    for (const EnvironmentDecision& one : environments) names.push_back(one.name);
    return names;
}

Sketch host_sketch(const HostDecision& host, const Decisions& decisions) {
    Sketch sketch = Sketch::map(true);
    if (host.host == Host::github && !host.visibility.empty()) sketch.put("visibility", Sketch::of(host.visibility));
    if (host.host == Host::gitlab && host.url != "https://gitlab.com") sketch.put("url", Sketch::of(host.url));
    if (!host.plan.empty()) sketch.put("plan", Sketch::of(host.plan));
    if (host.default_branch != "main") sketch.put("default_branch", Sketch::of(host.default_branch));
    const std::string& common = decisions.hosts.front().repository;
    if (host.repository != common) sketch.put("repository", Sketch::of(or_open(host.repository)));
    if (decisions.hosts.size() > 1) {
        sketch.put("deploys", Sketch::words(host.deploys ? names_of(decisions.environments) : Names{}));
    }
    return sketch;
}

Names host_comment(const HostDecision& host) {
    Names lines;
    if (!host.where.empty()) lines.push_back("Seen in " + host.where + ".");
    if (!host.deploys) lines.emplace_back("It tests, scans and plans; the other host deploys.");
    if (host.host == Host::github) {
        if (host.deploys) lines.emplace_back("Visibility and plan decide which gates GitHub can enforce.");
        if (!host.repository.empty()) {
            lines.push_back("With owner_id and repository_id the cloud checks those too; this prints both:");
            lines.push_back("  gh api repos/" + host.repository + " --jq '.owner.id, .id'");
        }
    }
    return lines;
}

bool takes_traffic(const ServiceFacts& one) { return (one.port.known() || !one.worker) && !one.inside; }

// Which service gets what no other does: one whose name or making says that people look at it, else the first.
std::size_t front_of(const std::vector<ServiceFacts>& services) {
    constexpr std::array<std::string_view, 9> kFronts{"frontend", "front",  "web",     "www",  "ui",
                                                      "site",     "client", "gateway", "proxy"};
    std::size_t best = services.size();
    std::size_t rank = kFronts.size() + 1;
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (!takes_traffic(services[i])) continue;
        std::size_t mine = kFronts.size();
        for (std::size_t word = 0; word < kFronts.size(); ++word) {
            if (mine == kFronts.size() && services[i].name.find(kFronts[word]) != std::string::npos) mine = word;
        }
        if (services[i].front_end) mine = 0;
        if (mine < rank) {
            rank = mine;
            best = i;
        }
    }
    return best;
}

// Two services can't claim one route: all but one get a prefix.
std::vector<std::optional<Names>> routes_of(const std::vector<ServiceFacts>& services) {
    std::vector<std::optional<Names>> routes(services.size());
    const auto outside = std::count_if(services.begin(), services.end(), takes_traffic);
    const std::size_t front = front_of(services);
    bool api_taken =
        std::any_of(services.begin(), services.end(), [](const ServiceFacts& one) { return one.name == "api"; });
    for (std::size_t i = 0; i < services.size(); ++i) {
        const ServiceFacts& one = services[i];
        if (one.inside) {
            routes[i] = Names{};
        } else if (outside > 1 && takes_traffic(one)) {
            std::string prefix = one.name;
            if (!api_taken && (prefix == "backend" || prefix == "server")) {
                prefix = "api";
                api_taken = true;
            }
            routes[i] = i == front ? Names{"/*"} : Names{"/" + prefix + "/*"};
        }
    }
    return routes;
}

Names service_comment(const ServiceFacts& service) {
    Names lines{service.recipe ? "Seen: " + service.where + "; init wrote its Dockerfile."
                               : "Seen in " + service.where + "."};
    if (service.worker && !service.port.known()) lines.emplace_back("No port was seen, so it takes no traffic.");
    if (!service.more_ports.empty()) lines.push_back("It also exposes " + listing(service.more_ports) + ".");
    if (!service.settings.empty()) {
        lines.push_back("The Compose file also sets " + listing(service.settings) + ":");
        lines.emplace_back("here `env` takes plain values, and `secrets` says where secret ones are kept.");
    }
    for (const std::string& remark : service.remarks) lines.push_back("Note: " + remark + ".");
    return lines;
}

Sketch services_sketch(const Decisions& decisions) {
    Sketch sketch = Sketch::map();
    const std::vector<std::optional<Names>> routes = routes_of(decisions.services);
    for (std::size_t i = 0; i < decisions.services.size(); ++i) {
        const ServiceFacts& one = decisions.services[i];
        sketch.put(one.name, service_sketch(one, routes[i] ? &*routes[i] : nullptr), service_comment(one));
        sketch.twigs.back().blank_before = i > 0;
    }
    if (!decisions.services.empty()) return sketch;
    ServiceFacts example;
    example.name = "app";
    example.path = ".";
    example.dockerfile = "Dockerfile";
    sketch.put(
        "app", service_sketch(example, nullptr),
        {"No Dockerfile was seen, so this is an example: a service is built from `path`, and listens on `port`."});
    return sketch;
}

void head_line(Sketch& root, std::string key, Sketch value, Names above, bool blank) {
    root.put(std::move(key), std::move(value), std::move(above));
    root.twigs.back().blank_before = blank;
}

}  // namespace

std::string manifest_text(const Decisions& decisions) {
    Sketch root = Sketch::map();
    Sketch shape = decisions.starter->root;
    root.put("pipewright", Sketch::number(1));
    const std::string from = decisions.project_where.empty() ? "" : "From " + decisions.project_where + ". ";
    head_line(root, "project", Sketch::of(or_open(decisions.project)),
              {from + "The prefix of everything in the cloud: it should never change."}, false);
    root.put("repository", Sketch::of(or_open(decisions.hosts.empty() ? "" : decisions.hosts.front().repository)));
    Sketch hosts = Sketch::map();
    for (const HostDecision& host : decisions.hosts) {
        hosts.put(host.host == Host::github ? "github" : "gitlab", host_sketch(host, decisions), host_comment(host));
    }
    head_line(root, "hosts", std::move(hosts), {}, true);
    head_line(root, "services", services_sketch(decisions), {}, true);
    Sketch stacks = decisions.stacks;
    add_stores(decisions.facts.stores, stacks);
    head_line(root, "stacks", std::move(stacks), {}, true);
    Sketch environments = Sketch::map();
    for (const EnvironmentDecision& one : decisions.environments)
        environments.put(one.name, environment_sketch(one, decisions));
    head_line(root, "environments", std::move(environments),
              {"In the order of promotion: what is built for the first one moves on."}, true);
    for (Twig& twig : shape.twigs) {
        if (root.find(twig.key) == nullptr) root.twigs.push_back(std::move(twig));
    }

    yaml::Document document;
    document.head = {
        "yaml-language-server: $schema=" + std::string(kSchemaFile),
        "What this repository delivers, and to where. `pipewright init` wrote it from what it saw; now it is yours."};
    document.roots.push_back(to_value(root));
    std::string text = yaml::print(document).bytes;
    if (open_lines(text).empty()) return text;
    document.head.push_back("What it could not see stands here as " + std::string(kPlaceholder) +
                            ", which `pipewright validate` refuses until you write it.");
    return yaml::print(document).bytes;
}

std::string trial_text(Decisions decisions) {
    const auto fill = [](std::string& text, const char* fact) {
        if (text.empty()) text = fact;
    };
    fill(decisions.project, "trial");
    for (HostDecision& host : decisions.hosts) fill(host.repository, "acme/trial");
    for (EnvironmentDecision& one : decisions.environments) {
        for (PlaceDecision& place : one.places) {
            const bool aws = place.cloud == Cloud::aws;
            fill(place.region, aws ? "eu-west-1" : "europe-west1");
            if (aws) fill(place.account, "111111111111");
            if (!aws) fill(place.project, "acme-trial");
            if (!aws) fill(place.project_number, "100000000001");
        }
    }
    if (decisions.needs_approvers && decisions.approvers.empty()) decisions.approvers = {"somebody"};
    for (ServiceFacts& one : decisions.services) {
        if (!one.port.known() && !one.worker) one.port = {8080, "trial"};
    }
    if (decisions.services.empty()) {
        ServiceFacts example;
        example.name = "app";
        example.path = ".";
        example.dockerfile = "Dockerfile";
        example.port = {8080, "trial"};
        decisions.services.push_back(std::move(example));
    }
    return manifest_text(decisions);
}

std::vector<std::size_t> open_lines(std::string_view manifest) {
    std::vector<std::size_t> open;
    const std::vector<std::string_view> lines = lines_of(manifest);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool comment = trim(lines[i]).starts_with('#');
        if (!comment && lines[i].find(kPlaceholder) != std::string_view::npos) open.push_back(i + 1);
    }
    return open;
}

std::string with_arguments(std::string_view dockerfile, const StringMap& arguments) {
    std::string text;
    std::size_t used = 0;
    for (const std::string_view line : lines_of(dockerfile)) {
        std::string written(line);
        for (const auto& [name, value] : arguments) {
            const std::string start = "ARG " + name + "=";
            if (!line.starts_with(start)) continue;
            ++used;
            const bool quotes = value.find(' ') != std::string::npos;
            if (plain_argument(value)) written = start + (quotes ? "\"" + value + "\"" : value);
        }
        text += written + "\n";
    }
    if (used != arguments.size()) throw std::logic_error("an argument of a Dockerfile has not exactly one line");
    return text;
}

std::vector<Companion> companions(const Decisions& decisions) {
    std::vector<Companion> all{{std::string(kSchemaFile), manifest::json_schema()}};
    for (const ServiceFacts& one : decisions.services) {
        if (!one.recipe) continue;
        const std::string folder = "dockerfiles/";
        all.push_back({below(one.path, one.dockerfile),
                       with_arguments(embed::bytes_of(folder + one.recipe->name + ".Dockerfile"), one.recipe->args)});
        all.push_back({below(one.path, ".dockerignore"),
                       std::string(embed::bytes_of(folder + one.recipe->ignore + ".dockerignore"))});
    }
    return all;
}

}  // namespace pipewright::init

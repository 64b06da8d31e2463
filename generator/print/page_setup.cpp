#include <algorithm>

#include "generator/print/page_host.h"
#include "generator/project/registry.h"
#include "generator/project/signing.h"
#include "generator/text/suggest.h"

namespace pipewright::print {

namespace {

using infrastructure::LeftOut;
using infrastructure::TargetModel;
using markdown::Block;
using markdown::Inlines;
using markdown::Item;

class SetUp {
public:
    SetUp(const Output& output, std::vector<HostPart>& parts)
        : output_(output), model_(*output.infrastructure), settings_(*output.settings), parts_(parts) {}

    std::vector<Block> blocks() {
        add(Block::heading(2, words("What a person sets up")));
        Inlines intro = words(
            "Generated files can't make these. A job that misses its identity, its keys or its state stops with a "
            "message");
        std::vector<std::string> guards;
        for (HostPart& part : parts_) {
            for (const std::string& one : part.guards) {
                if (std::find(guards.begin(), guards.end(), one) == guards.end()) guards.push_back(one);
            }
            for (Item& task : part.tasks) tasks_.push_back(std::move(task));
        }
        if (!guards.empty())
            intro = intro + words(guards.size() > 1 ? ", and so do " : ", and so does ") + and_codes(guards) +
                    words(" where a gate isn't as it should be");
        add(Block::paragraph(intro + words("; the rest nothing checks but you.")));
        ids();
        registry();
        pull_secret();
        add(Block::tasks(std::move(tasks_)));
        platforms();
        return std::move(blocks_);
    }

private:
    void add(Block block) { blocks_.push_back(std::move(block)); }

    void ids() {
        if (!lacks_repository_id(model_)) return;
        tasks_.push_back(
            {words("In ") + code(output_.manifest_path) + words(", ") + code("owner_id") + words(" and ") +
             code("repository_id") + words(" of ") + code("hosts.github") + words(", which ") +
             code("gh api repos/" + settings_.github->repository + " --jq '.owner.id, .id'") +
             words(
                 " prints. Without them the cloud trusts a name that another repository may get, and a repository that "
                 "was created, renamed or moved since 15 July 2026 is not let in at all: it sends the ids.")});
    }

    // A registry that tokens open takes any tag from whoever may push.
    void registry() {
        if (registries::by_cloud(settings_)) return;
        std::vector<std::string> repositories;
        for (const TargetModel& target : model_.targets) {
            for (const std::string& one : target.repositories) {
                if (std::find(repositories.begin(), repositories.end(), one) == repositories.end())
                    repositories.push_back(one);
            }
        }
        Inlines line;
        if (settings_.registry.kind == RegistryKind::dockerhub) {
            line = words("On Docker Hub, the repositories ") + codes(repositories) +
                   words(settings_.registry.pull_secret.empty() ? ", public, because nothing signs in to pull them: "
                                                                : ", private: ") +
                   words("a first push makes a missing one with the visibility that the account has by default");
        } else {
            line =
                words("In the registry, the right to push to ") + codes(repositories) + words(" for as few as can be");
        }
        if (signing(settings_) == kNoSigning)
            line = line + words(". Whoever may push there could place the tag that says an image has passed; with ") +
                   code("delivery.sign: cosign") + words(" a deploy takes only what this project's jobs have signed");
        tasks_.push_back({line + words(".")});
    }

    void pull_secret() {
        if (settings_.registry.pull_secret.empty()) return;
        std::vector<std::string> places;
        for (const TargetModel& target : model_.targets) {
            const std::string place = target.account + " " + target.region;
            if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
        }
        std::vector<Item> items;
        for (const std::string& place : places) {
            const auto target = std::find_if(model_.targets.begin(), model_.targets.end(), [&](const TargetModel& one) {
                return one.account + " " + one.region == place;
            });
            items.push_back({words(target->cloud == Cloud::aws ? "Secrets Manager of " : "Secret Manager of ") +
                             code(target->cloud == Cloud::aws ? place : target->account)});
        }
        tasks_.push_back(
            {words("The secret ") + code(settings_.registry.pull_secret) + words(", ") +
                 code("{\"username\": …, \"password\": …}") +
                 words(" of a user who may read the images and nothing else, with which services pull them:"),
             {Block::tasks(std::move(items))}});
    }

    const TargetModel& target_of(const LeftOut& one) const {
        return *std::find_if(model_.targets.begin(), model_.targets.end(), [&](const TargetModel& target) {
            return target.environment == one.environment && target.stack == one.stack;
        });
    }

    const Target& settings_of(const LeftOut& one) const {
        return *settings_.environment(one.environment)->target(one.stack);
    }

    // Roots that this version doesn't make: their plan jobs fail until a person has made them.
    void platforms() {
        if (model_.left_out.empty() && model_.omitted.empty()) return;
        add(Block::heading(3, words("What this version has no Terraform for")));
        if (!model_.omitted.empty()) omitted();
        if (model_.left_out.empty()) return;
        bool amazon = false, google = false, roles = false;
        for (const LeftOut& one : model_.left_out) {
            const TargetModel& target = target_of(one);
            (target.cloud == Cloud::aws ? amazon : google) = true;
            roles = roles || (target.cloud == Cloud::aws && !target.roles.empty());
        }
        Inlines intro =
            words(
                "The folders below are yours to fill. The pipelines plan and apply them like any other "
                "root, and every plan fails until its folder is there: ") +
            code("main.tf") + words(" with an empty ") +
            (amazon ? code("backend \"s3\" {}") : code("backend \"gcs\" {}")) +
            (amazon && google ? words(" (on Google Cloud ") + code("\"gcs\"") + words(")") : Inlines{}) +
            words(", and ") + code("backend.hcl") + words(" with the ") + code("bucket") + words(" and the ") +
            (amazon ? code("key") : code("prefix")) +
            (amazon && google ? words(" (there ") + code("prefix") + words(")") : Inlines{}) +
            words(" below. Jobs find what a root makes by the names given here, and the services by those in ") +
            code(below(output_, "ci/targets/ENVIRONMENT-STACK.json")) +
            words(". A root must come up before any image exists.");
        if (roles) {
            intro = intro + words(" On AWS ") + code("infra") + words(" may do there what ") +
                    code("infrastructure.permissions") + words(" names, and ") + code("plan") +
                    words(" may read nothing that the root makes: allow it that in a ") + code("custom_*.tf") +
                    words(" of the ") + code("bootstrap") + words(" root beside the folder.");
        }
        add(Block::paragraph(intro));
        if (google) before_google();
        std::vector<Item> items;
        std::vector<std::string> projects;
        for (const LeftOut& one : model_.left_out) {
            if (settings_of(one).cloud == Cloud::gcp) project(one, projects, items);
            items.push_back(root(one));
        }
        add(Block::tasks(std::move(items)));
    }

    Item root(const LeftOut& one) const {
        const TargetModel& target = target_of(one);
        const Target& settings = settings_of(one);
        Inlines line = code(names::platform_root(settings_, settings)) +
                       words(" (no module for " + listing(one.why) + "): ") + words("bucket ") +
                       code(target.state_bucket) + words(target.cloud == Cloud::aws ? ", key " : ", prefix ") +
                       code(names::state_key(settings_, settings, "platform"));
        if (!target.state_table.empty()) line = line + words(", locked in the table ") + code(target.state_table);
        line = line + words(". It makes ");
        std::vector<Inlines> parts;
        for (const auto& [what, names] : target.by_hand)
            parts.push_back(words(what) + (names.empty() ? Inlines{} : words(" ") + codes(names)));
        if (!target.boundary.empty()) parts.push_back(words("all roles with the boundary ") + code(target.boundary));
        line = line + joined(parts, "; ");
        return {line + words(".")};
    }

    void before_google() {
        Inlines line =
            words(
                "On Google Cloud nothing makes yet what comes before that: in each project, the buckets of states and "
                "of records, the pool of workload identities ") +
            code(names::identity_pool(settings_)) +
            words(
                ", and the service accounts with their providers, whose conditions are the claims under Identities. "
                "What each may do stands in the lines ") +
            code("# calls:") + words(" of the scripts that its jobs run.");
        if (registries::is_native(settings_)) line = line + words(" The repositories of images belong there as well.");
        add(Block::paragraph(line));
    }

    // What comes before a project's first root.
    void project(const LeftOut& one, std::vector<std::string>& seen, std::vector<Item>& items) const {
        const TargetModel& target = target_of(one);
        if (std::find(seen.begin(), seen.end(), target.account) != seen.end()) return;
        seen.push_back(target.account);
        std::vector<std::string> accounts, buckets;
        const auto once = [](std::vector<std::string>& to, const std::string& name) {
            if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
        };
        for (const TargetModel& other : model_.targets) {
            if (other.cloud != Cloud::gcp || other.account != target.account) continue;
            for (const infrastructure::Role& role : other.roles) once(accounts, role.name);
            const Target& its = *settings_.environment(other.environment)->target(other.stack);
            once(buckets, other.state_bucket);
            once(buckets, names::record_bucket(settings_, its));
        }
        const Inlines line = words("In the project ") + code(target.account) + words(": the buckets ") +
                             and_codes(buckets) + words("; the service accounts ") + codes(accounts);
        items.push_back({line + words(".")});
    }

    void omitted() {
        std::vector<std::string> whats;
        for (const LeftOut& one : model_.omitted) {
            for (const std::string& what : one.why) {
                if (std::find(whats.begin(), whats.end(), what) == whats.end()) whats.push_back(what);
            }
        }
        std::vector<Inlines> lines;
        for (const std::string& what : whats) {
            std::vector<std::string> where;
            for (const LeftOut& one : model_.omitted) {
                if (std::find(one.why.begin(), one.why.end(), what) != one.why.end())
                    where.push_back(one.environment + " on " + one.stack);
            }
            lines.push_back(words(what + " of " + listing(where)));
        }
        add(Block::paragraph(words("Not made though the manifest has it: ") + joined(lines, "; ") + words(". Files ") +
                             code("custom_*.tf") + words(" beside a root's own may add it.")));
    }

    const Output& output_;
    const infrastructure::Model& model_;
    const Project& settings_;
    std::vector<HostPart>& parts_;
    std::vector<Item> tasks_;
    std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> set_up_section(const Output& output, std::vector<HostPart>& parts) {
    return SetUp(output, parts).blocks();
}

}  // namespace pipewright::print

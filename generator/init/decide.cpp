#include <algorithm>

#include "generator/init/decisions.h"
#include "generator/init/pairs.h"
#include "generator/init/questions.h"
#include "generator/init/words.h"
#include "generator/manifest/forms.h"
#include "generator/runtimes/runtime.h"
#include "generator/text/suggest.h"

namespace pipewright::init {

namespace {

namespace forms = manifest::forms;

std::string title(Host host) { return host == Host::github ? "GitHub" : "GitLab"; }

bool production(std::string_view name) { return name == "prod" || name == "production" || name == "live"; }

class Deciding {
public:
    Deciding(Facts facts, const Wishes& wishes, system::Prompt* prompt, Diagnostics& diagnostics)
        : wishes_(wishes), questions_(prompt, wishes.yes, diagnostics), diagnostics_(diagnostics) {
        made_.facts = std::move(facts);
    }

    std::optional<Decisions> run() {
        if (questions_.asks()) greet();
        hosts();
        project();
        starter();
        if (environments()) {
            places();
            approvers();
        }
        services();
        if (questions_.stopped() || questions_.wrong()) return std::nullopt;
        if (!questions_.missing().empty()) {
            Names flags = questions_.missing();
            flags.erase(std::unique(flags.begin(), flags.end()), flags.end());
            diagnostics_.report(Code::bad_call, {}, "there is no terminal to ask at, and some facts can't be seen",
                                "give " + listing(flags) + "; or --yes, which marks what is missing in the manifest");
            return std::nullopt;
        }
        return std::move(made_);
    }

private:
    void greet() {
        std::string text = "Enter takes what stands in [brackets]; Ctrl-D stops, and nothing is written.\n\n";
        for (const std::string& line : describe(made_.facts)) text += line + "\n";
        questions_.say(text + "\n");
    }

    void hosts() {
        const Facts& facts = made_.facts;
        const Remote* github = facts.git.on(Host::github);
        const Remote* gitlab = facts.git.on(Host::gitlab);
        std::string wished = wishes_.host;
        if (wished.empty() && github == nullptr && gitlab == nullptr) {
            const std::string seen = facts.gitlab_file && !facts.github_folder ? "gitlab" : "github";
            wished = questions_.settle({"GitHub or GitLab (github, gitlab, or the https address of a GitLab)",
                                        "--host github|gitlab|URL",
                                        {},
                                        seen,
                                        host_check()});
        } else if (!wished.empty() && !host_check()(wished).empty()) {
            questions_.refuse("--host github|gitlab|URL", wished, host_check()(wished));
        }
        if (wished == "github") {
            gitlab = nullptr;
        } else if (!wished.empty()) {
            github = nullptr;
        }
        const bool on_gitlab = gitlab != nullptr || (!wished.empty() && wished != "github");
        const bool on_github = github != nullptr || wished == "github";
        // The host of origin deploys; the other one tests and plans.
        const bool gitlab_first = on_gitlab && (!on_github || gitlab->name == "origin");
        if (on_github) made_.hosts.push_back(host(Host::github, github, {}));
        if (on_gitlab) made_.hosts.push_back(host(Host::gitlab, gitlab, wished));
        if (made_.hosts.size() == 2) {
            if (gitlab_first) std::swap(made_.hosts[0], made_.hosts[1]);
            made_.hosts[1].deploys = false;
        }
        if (!made_.hosts.empty()) terms(made_.hosts.front());
    }

    static Check host_check() {
        return [](const std::string& answer) -> std::string {
            if (answer == "github" || answer == "gitlab") return {};
            if (!answer.starts_with("https://")) return "is neither github, gitlab nor an https address";
            return std::string(forms::https_url.check(answer));
        };
    }

    HostDecision host(Host kind, const Remote* remote, const std::string& wished) {
        HostDecision decision;
        decision.host = kind;
        decision.where = remote != nullptr ? "the remote " + remote->name : "";
        if (kind == Host::gitlab) {
            decision.url = wished.starts_with("https://") ? wished
                           : remote != nullptr            ? remote->url
                                                          : "https://gitlab.com";
        }
        // One repository is wished for; where there are two hosts it is the one that deploys that is meant.
        const std::string example = kind == Host::github ? "owner/name" : "group/name";
        const bool first = made_.hosts.empty();
        const auto check = [kind](const std::string& answer) -> std::string {
            const std::string wrong(forms::repository.check(answer));
            const bool many = std::count(answer.begin(), answer.end(), '/') != 1;
            return wrong.empty() && kind == Host::github && many ? "is not owner/name" : wrong;
        };
        if (remote != nullptr && (wishes_.repository.empty() || !first)) {
            decision.repository = remote->path;
        } else {
            decision.repository =
                questions_.settle({"Repository on " + title(kind) + " (" + example + ", Enter leaves it open)",
                                   "--repository " + example,
                                   wishes_.repository,
                                   {},
                                   check});
        }
        const std::string seen = made_.facts.git.default_branch;
        // What is checked out may be any branch.
        const bool sure =
            !seen.empty() && (made_.facts.git.branch_where != ".git/HEAD" || seen == "main" || seen == "master");
        decision.default_branch = questions_.asks() && wishes_.branch.empty() && sure
                                      ? seen
                                      : questions_.settle({"Default branch", "--branch NAME", wishes_.branch,
                                                           seen.empty() ? "main" : seen, by(forms::branch)});
        return decision;
    }

    // What decides which gates the host enforces.
    void terms(HostDecision& decision) {
        if (decision.host == Host::gitlab) {
            decision.plan = questions_.settle({"Plan of the group on GitLab (free, premium, ultimate)",
                                               "--plan free|premium|ultimate", wishes_.plan, "free",
                                               one_of({"free", "premium", "ultimate"})});
            return;
        }
        decision.visibility = questions_.settle({"Is the repository public or private", "--visibility public|private",
                                                 wishes_.visibility, "private", one_of({"public", "private"})});
        if (decision.visibility == "public" && wishes_.plan.empty()) {
            decision.plan = "free";
            return;
        }
        decision.plan =
            questions_.settle({"Plan of the owner on GitHub (free, team, enterprise)", "--plan free|team|enterprise",
                               wishes_.plan, "free", one_of({"free", "team", "enterprise"})});
    }

    void project() {
        std::string seen;
        std::string where = "the repository's name";
        for (const HostDecision& one : made_.hosts) {
            if (seen.empty() && !one.repository.empty()) seen = to_name(last_part(one.repository), 24);
        }
        if (seen.size() < 3) {
            seen = to_name(made_.facts.folder_name, 24);
            where = "the folder's name";
        }
        if (!seen.empty() && seen.size() < 3) seen = "app-" + seen;
        made_.project = questions_.settle({"Name of the project, the prefix of everything in the cloud",
                                           "--project NAME", wishes_.project, seen, by(forms::project)});
        if (made_.project == seen && wishes_.project.empty()) made_.project_where = where;
    }

    void starter() {
        Names names;
        std::string list;
        for (const Starter& one : starters()) {
            names.push_back(one.name);
            list += "  " + one.name + std::string(14 - std::min<std::size_t>(13, one.name.size()), ' ') +
                    one.description + "\n";
        }
        if (wishes_.starter.empty() && wishes_.stacks.empty()) questions_.say("It can run on:\n" + list);
        const std::string known = starters().front().name;
        const std::string name =
            wishes_.stacks.empty() || !wishes_.starter.empty()
                ? questions_.settle({"Which of them", "--starter NAME", wishes_.starter, known, one_of(names)})
                : known;
        made_.starter = &starters().front();
        for (const Starter& one : starters()) {
            if (one.name == name) made_.starter = &one;
        }
        Sketch root = made_.starter->root;
        if (Sketch* stacks = root.find("stacks")) made_.stacks = *stacks;
        if (!wishes_.stacks.empty()) wished_stacks();
    }

    void wished_stacks() {
        made_.stacks = Sketch::map();
        for (const std::string& text : wishes_.stacks) {
            Pair pair = pair_of(text);
            const Runtime* runs = runtime(pair.value);
            const std::string flag = "--stack [NAME=]RUNTIME";
            if (runs == nullptr) {
                Names known;
                for (const Runtime* one : runtimes()) known.emplace_back(one->name);
                questions_.refuse(flag, pair.value, "is no runtime; known are " + listing(known));
                continue;
            }
            if (pair.key.empty()) pair.key = to_string(runs->cloud);
            const std::string wrong(forms::name.check(pair.key));
            if (!wrong.empty()) questions_.refuse(flag, pair.key, wrong);
            if (made_.stacks.find(pair.key) != nullptr)
                questions_.refuse(flag, pair.key, "names two stacks: write NAME=RUNTIME");
            made_.stacks.put(pair.key, Sketch::map()).put("runtime", Sketch::of(std::string(runs->name)));
        }
    }

    // False where nothing can be said of the environments, so that one mistake isn't told twice.
    bool environments() {
        Sketch root = made_.starter->root;
        Sketch* shaped = root.find("environments");
        Names usual;
        for (const Twig& one : shaped->twigs) usual.push_back(one.key);
        std::string words;
        for (const std::string& one : usual) words += (words.empty() ? "" : ",") + one;
        const std::string answer =
            questions_.settle({"Environments, in the order of promotion", "--environments dev,prod",
                               wishes_.environments, words, list_by(forms::name)});
        if (answer.empty()) return false;
        bool unique = true;
        const std::string branch = made_.hosts.empty() ? "main" : made_.hosts.front().default_branch;
        for (const std::string_view part : split(answer, ',')) {
            EnvironmentDecision one;
            one.name = trim(part);
            const bool again = std::any_of(made_.environments.begin(), made_.environments.end(),
                                           [&](const EnvironmentDecision& other) { return other.name == one.name; });
            if (again) questions_.refuse("--environments dev,prod", one.name, "stands there twice");
            unique = unique && !again;
            const bool first = made_.environments.empty();
            Sketch* shape = shaped->find(one.name);
            Sketch* trigger = shape != nullptr ? shape->find("deploy_on") : nullptr;
            if (trigger != nullptr && !first && trigger->find("tag") != nullptr) {
                one.trigger = "tag";
                one.value = trigger->find("tag")->text;
            } else if (first) {
                one.trigger = production(one.name) ? "tag" : "branch";
                one.value = production(one.name) ? "v*" : branch;
            } else {
                one.trigger = "after";
                one.value = made_.environments.back().name;
            }
            made_.environments.push_back(std::move(one));
        }
        // Somebody lets the last one through, and every production: by a tag that the language gates itself, or by
        // hand.
        for (std::size_t i = 1; i < made_.environments.size(); ++i) {
            EnvironmentDecision& one = made_.environments[i];
            const bool last = i + 1 == made_.environments.size();
            if (one.trigger == "after" && (last || production(one.name))) one.gate = "manual";
        }
        return unique;
    }

    void places() {
        check_pairs("--account ENVIRONMENT=ACCOUNT", wishes_.accounts, forms::account);
        check_pairs("--region [STACK=]REGION", wishes_.regions, forms::region);
        std::vector<std::pair<std::string, Cloud>> stacks;
        for (Twig& twig : made_.stacks.twigs) {
            const Runtime* runs = runtime(twig.value.find("runtime")->text);
            stacks.emplace_back(twig.key, runs != nullptr ? runs->cloud : Cloud::aws);
        }
        std::vector<std::string> common;
        for (const auto& [stack, cloud] : stacks) {
            const bool aws = cloud == Cloud::aws;
            const bool wished =
                std::all_of(made_.environments.begin(), made_.environments.end(), [&, name = stack](const auto& one) {
                    return !value_for(wishes_.regions, {name, one.name}).empty();
                });
            common.push_back(wished ? std::string()
                                    : questions_.settle({(aws ? "Region of AWS" : "Region of Google Cloud") +
                                                             std::string(stacks.size() > 1 ? " for " + stack : "") +
                                                             " (Enter leaves it open)",
                                                         "--region " + std::string(aws ? "eu-west-1" : "europe-west1"),
                                                         {},
                                                         aws ? made_.facts.region.value : "",
                                                         by(forms::region)}));
        }
        for (EnvironmentDecision& one : made_.environments) {
            for (std::size_t i = 0; i < stacks.size(); ++i) {
                PlaceDecision place;
                place.stack = stacks[i].first;
                place.cloud = stacks[i].second;
                place.region = value_for(wishes_.regions, {place.stack, one.name});
                if (place.region.empty()) place.region = common[i];
                if (place.cloud == Cloud::aws) {
                    place.account =
                        questions_.settle({"AWS account of " + one.name + " (twelve digits, Enter leaves it open)",
                                           "--account " + one.name + "=ACCOUNT",
                                           value_for(wishes_.accounts, {one.name, place.stack}),
                                           {},
                                           by(forms::account)});
                } else {
                    gcp_project(one, place);
                }
                one.places.push_back(std::move(place));
            }
        }
    }

    void gcp_project(const EnvironmentDecision& environment, PlaceDecision& place) {
        const std::string wished = value_for(wishes_.gcp_projects, {environment.name, place.stack});
        const std::string flag = "--gcp-project " + environment.name + "=ID:NUMBER";
        const std::size_t colon = wished.find(':');
        place.project =
            questions_.settle({"Google Cloud project of " + environment.name + " (its ID, Enter leaves it open)",
                               flag,
                               wished.substr(0, colon),
                               {},
                               by(forms::gcp_project)});
        const std::string number = colon == std::string::npos ? "" : wished.substr(colon + 1);
        place.project_number = questions_.settle(
            {"Number of that project (digits, Enter leaves it open)", flag, number, {}, by(forms::digits)});
    }

    // Pairs of flags whose keys name nothing would be ignored; that is a mistake.
    void check_pairs(const std::string& flag, const Names& pairs, const manifest::Form& form) {
        for (const std::string& text : pairs) {
            const Pair pair = pair_of(text);
            const bool environment = std::any_of(made_.environments.begin(), made_.environments.end(),
                                                 [&](const EnvironmentDecision& one) { return one.name == pair.key; });
            if (!pair.key.empty() && !environment && made_.stacks.find(pair.key) == nullptr) {
                questions_.refuse(flag, pair.key, "is neither an environment nor a stack");
            }
            const std::string wrong(form.check(pair.value));
            if (!wrong.empty()) questions_.refuse(flag, pair.value, wrong);
        }
    }

    void approvers() {
        if (made_.hosts.empty()) return;
        const HostDecision& host = made_.hosts.front();
        const bool manual = std::any_of(made_.environments.begin(), made_.environments.end(),
                                        [](const EnvironmentDecision& one) { return one.gate == "manual"; });
        if (!manual && wishes_.approvers.empty()) return;
        const bool github = host.host == Host::github;
        const bool reviewed = github && (host.visibility == "public" || host.plan == "enterprise");
        made_.needs_approvers = manual && reviewed;
        // On these plans the cloud compares users with the token's actor, or nothing enforces names at all.
        if (!github && host.plan == "free" && wishes_.approvers.empty()) return;
        const std::string who = reviewed || !github ? "users, or teams as org/team" : "users";
        const auto check = [github, reviewed](const std::string& answer) -> std::string {
            const std::string wrong = list_by(forms::approver)(answer);
            const bool team = github && !reviewed && answer.find('/') != std::string::npos;
            return wrong.empty() && team ? "names a team, and only users can be checked on this plan" : wrong;
        };
        const std::string answer = questions_.settle({"Who lets it through to " + made_.environments.back().name +
                                                          " (" + who + ", with commas; Enter leaves it open)",
                                                      "--approvers NAME,NAME",
                                                      wishes_.approvers,
                                                      {},
                                                      check,
                                                      !made_.needs_approvers});
        for (const std::string_view one : split(answer, ',')) {
            if (!trim(one).empty()) made_.approvers.emplace_back(trim(one));
        }
    }

    void services() {
        made_.services = made_.facts.services;
        for (const ServiceFacts& offer : made_.facts.offers) {
            if (wishes_.no_dockerfiles) continue;
            const std::string file = below(offer.path, offer.dockerfile);
            if (questions_.agree("There is no Dockerfile for " + offer.where + ". Write " + file + "?")) {
                made_.services.push_back(offer);
            }
        }
        for (ServiceFacts& one : made_.services) {
            if (!one.missing) continue;
            const std::string file = below(one.path, one.dockerfile);
            if (!wishes_.no_dockerfiles &&
                questions_.agree("There is no " + file + ", which " + one.where + " is built from. Write it?")) {
                one.recipe = one.missing;
                if (!one.port.known() && !one.worker) one.port = {one.recipe->port, "the Dockerfile that init offers"};
            } else {
                one.remarks.push_back(file + " is not there, and the image is built of it");
            }
        }
        for (ServiceFacts& one : made_.services) {
            if (one.port.known() || one.worker || !questions_.asks()) continue;
            const auto check = [](const std::string& answer) -> std::string {
                const std::optional<std::int64_t> number = to_number(answer);
                return number && *number >= 1 && *number <= 65535 ? "" : "is no port";
            };
            const std::string port = questions_.settle(
                {"Port that " + one.name + " (" + one.where + ") listens on (Enter: none, it takes no traffic)",
                 {},
                 {},
                 {},
                 check,
                 true});
            one.worker = port.empty();
            if (!port.empty()) one.port = {*to_number(port), "as answered"};
        }
    }

    const Wishes& wishes_;
    Questions questions_;
    Diagnostics& diagnostics_;
    Decisions made_;
};

}  // namespace

std::optional<Decisions> decide(Facts facts, const Wishes& wishes, system::Prompt* prompt, Diagnostics& diagnostics) {
    return Deciding(std::move(facts), wishes, prompt, diagnostics).run();
}

}  // namespace pipewright::init

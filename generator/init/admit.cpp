#include "generator/init/admit.h"

#include <algorithm>

#include "generator/manifest/forms.h"
#include "generator/text/quote.h"

namespace pipewright::init {

namespace {

namespace forms = manifest::forms;

// Bounds of the language.
constexpr std::size_t kMostServices = 64;
constexpr std::size_t kMostWords = 100;
constexpr std::size_t kMostVariables = 100;
constexpr std::size_t kMostLines = 50;
// Names in a comment; a longer list helps nobody.
constexpr std::size_t kMostNamed = 20;

std::string wrong_with(const Names& texts, const manifest::Form& form, std::size_t most) {
    if (texts.size() > most) return "is too long";
    for (const std::string& text : texts) {
        const std::string_view wrong = form.check(text);
        if (!wrong.empty()) return "holds " + quote(text) + ", which " + std::string(wrong);
    }
    return {};
}

// Leaves out a list that no manifest may hold.
bool keep_words(Names& words, const char* what, const manifest::Form& form, std::size_t most, Names& remarks) {
    const std::string wrong = wrong_with(words, form, most);
    if (wrong.empty()) return true;
    remarks.push_back(std::string(what) + " is left out: it " + wrong);
    words.clear();
    return false;
}

void keep_variables(StringMap& map, const char* what, Names& remarks) {
    std::erase_if(map, [&](const auto& pair) {
        const bool wrong =
            !forms::environment_variable.check(pair.first).empty() || !forms::value.check(pair.second).empty();
        if (wrong) remarks.push_back(quote(pair.first) + " is left out of " + what);
        return wrong;
    });
    if (map.size() <= kMostVariables) return;
    remarks.push_back(std::string(what) + " goes on: only the first " + std::to_string(kMostVariables) + " are here");
    map.resize(kMostVariables);
}

void shorten(Names& names) {
    if (names.size() <= kMostNamed) return;
    const std::size_t more = names.size() - kMostNamed;
    names.resize(kMostNamed);
    names.push_back(std::to_string(more) + " more");
}

void admit_tests(ServiceFacts& service) {
    if (!service.tests) return;
    Tests& tests = *service.tests;
    if (!service.test_folder.empty() && !forms::relative_path.check(service.test_folder).empty())
        service.test_folder.clear();
    const bool run = keep_words(tests.run, "its test", forms::command_line, kMostLines, service.remarks);
    if (!run || tests.run.empty() || !forms::image.check(tests.image).empty()) {
        service.tests.reset();
        service.beside_tests.clear();
        return;
    }
    keep_variables(tests.env, "its test's env", service.remarks);
    std::erase_if(service.beside_tests, [](const SideContainer& one) {
        return !forms::name.check(one.name).empty() || !forms::image.check(one.image).empty();
    });
}

void admit_parts(ServiceFacts& service) {
    Names& remarks = service.remarks;
    if (!service.build_target.empty() && !forms::stage.check(service.build_target).empty()) {
        remarks.push_back("its build's target " + quote(service.build_target) + " is left out: it " +
                          std::string(forms::stage.check(service.build_target)));
        service.build_target.clear();
    }
    keep_words(service.command, "its command", forms::value, kMostWords, remarks);
    if (service.migrate.known() &&
        !keep_words(service.migrate.value, "its migration", forms::value, kMostWords, remarks)) {
        service.migrate = {};
    }
    if (service.health.known() && !forms::absolute_path.check(service.health.value).empty()) service.health = {};
    keep_variables(service.env, "its env", remarks);
    keep_variables(service.secrets, "its secrets", remarks);
    admit_tests(service);
    shorten(service.settings);
}

std::string no_service(const ServiceFacts& service) {
    if (!service.same_image_as.empty())
        return service.command.empty() ? "it runs another's image without a command" : "";
    for (const std::string* path : {&service.path, &service.dockerfile}) {
        const std::string_view wrong = forms::relative_path.check(*path);
        if (!wrong.empty()) return quote(*path) + " " + std::string(wrong);
    }
    return {};
}

bool has(const std::vector<ServiceFacts>& services, const std::string& name) {
    return std::any_of(services.begin(), services.end(), [&](const ServiceFacts& one) { return one.name == name; });
}

void admit_all(std::vector<ServiceFacts>& services, Names& remarks) {
    for (ServiceFacts& one : services) admit_parts(one);
    std::erase_if(services, [&](const ServiceFacts& one) {
        const std::string why = no_service(one);
        if (!why.empty()) remarks.push_back("service '" + one.name + "' (" + one.where + ") is left out: " + why);
        return !why.empty();
    });
    if (services.size() > kMostServices) {
        remarks.push_back("here are " + std::to_string(services.size()) + " services, and a manifest holds " +
                          std::to_string(kMostServices) + ": the others are left out");
        services.resize(kMostServices);
    }
    const std::vector<ServiceFacts> there = services;
    std::erase_if(services, [&](const ServiceFacts& one) {
        return !one.same_image_as.empty() && !has(there, one.same_image_as);
    });
    for (ServiceFacts& one : services)
        std::erase_if(one.calls, [&](const std::string& name) { return !has(services, name); });
}

}  // namespace

void admit(Facts& facts) {
    admit_all(facts.services, facts.remarks);
    admit_all(facts.offers, facts.remarks);
    for (Store& store : facts.stores) {
        if (!store.version.empty() && !forms::engine_version.check(store.version).empty()) store.version.clear();
    }
}

}  // namespace pipewright::init

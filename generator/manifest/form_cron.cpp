#include <array>

#include "generator/manifest/form_parts.h"
#include "generator/manifest/forms.h"

// Five fields of POSIX cron, with names of months and days: what GitHub ("on.schedule") and GitLab both read.
namespace pipewright::manifest::forms {

namespace {

struct Field {
    int least, most;
    std::string_view names;  // of three letters each, the first stands for least
};
constexpr std::array<Field, 5> kFields{{{0, 59, ""},
                                        {0, 23, ""},
                                        {1, 31, ""},
                                        {1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
                                        {0, 6, "SUNMONTUEWEDTHUFRISAT"}}};

// The number of a value of a field, or -1.
int value_of(std::string_view text, const Field& field) {
    for (std::size_t i = 0; text.size() == 3 && i < field.names.size(); i += 3) {
        if (field.names.substr(i, 3) == text) return field.least + static_cast<int>(i / 3);
    }
    const int number = text.size() <= 2 ? small_number(text) : -1;
    return number >= field.least && number <= field.most ? number : -1;
}

struct Item {
    bool good = false, backwards = false;
};

// *, N or N-N, each also with /STEP.
Item item_of(std::string_view text, const Field& field) {
    Item item;
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
        const std::string_view step = text.substr(slash + 1);
        if (step.size() > 2 || small_number(step) < 1) return item;
        text = text.substr(0, slash);
    }
    if (text == "*") {
        item.good = true;
        return item;
    }
    const std::size_t dash = text.find('-');
    const int first = value_of(text.substr(0, dash), field);
    const int last = dash == std::string_view::npos ? first : value_of(text.substr(dash + 1), field);
    item.good = first >= 0 && last >= 0;
    item.backwards = first > last;
    return item;
}

template <class Test>
bool each_item(std::string_view text, Test test) {
    std::size_t field = 0;
    const bool good = each_part(text, ' ', [&](std::string_view part) {
        if (field == kFields.size()) return false;
        const Field& here = kFields.at(field++);
        return each_part(part, ',', [&](std::string_view one) { return test(item_of(one, here)); });
    });
    return good && field == kFields.size();
}

std::string_view check_cron(std::string_view text) {
    return each_item(text, [](const Item& item) { return item.good; })
               ? std::string_view()
               : "is not minute (0-59), hour (0-23), day (1-31), month (1-12) and weekday (0-6), with one blank "
                 "between them";
}

std::string_view backwards(std::string_view text) {
    return each_item(text, [](const Item& item) { return !item.backwards; }) ? std::string_view()
                                                                             : "has a range that counts backwards";
}

}  // namespace

#define ITEM(x) "(?:\\*|" x "(?:-" x ")?)(?:/[1-9][0-9]?)?"
#define FIELD(x) ITEM(x) "(?:," ITEM(x) ")*"
#define MINUTE "(?:[1-5]?[0-9])"
#define HOUR "(?:1?[0-9]|2[0-3])"
#define DAY "(?:[1-9]|[12][0-9]|3[01])"
#define MONTH "(?:[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
#define WEEKDAY "(?:[0-6]|SUN|MON|TUE|WED|THU|FRI|SAT)"

const Form cron{
    "a cron expression", "^" FIELD(MINUTE) " " FIELD(HOUR) " " FIELD(DAY) " " FIELD(MONTH) " " FIELD(WEEKDAY) "$",
    check_cron,          "as in 0 6 * * 1-5: at six on workdays, UTC",
    Code::malformed,     backwards};

#undef ITEM
#undef FIELD
#undef MINUTE
#undef HOUR
#undef DAY
#undef MONTH
#undef WEEKDAY

}  // namespace pipewright::manifest::forms

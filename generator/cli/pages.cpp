#include "generator/cli/pages.h"

#include "generator/embed/pages.h"

namespace pipewright::cli {

std::string_view page_of(Code code) { return embed::page(describe(code).id); }

}  // namespace pipewright::cli

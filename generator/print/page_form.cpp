#include <algorithm>

#include "generator/print/page_host.h"

namespace pipewright::print {

namespace {

using markdown::Block;
using markdown::Inlines;

// What each host says of it; where several do, with the host in front.
Inlines each(const std::vector<HostPart>& parts, Inlines HostPart::*member) {
    std::vector<const HostPart*> saying;
    for (const HostPart& part : parts) {
        if (!(part.*member).empty()) saying.push_back(&part);
    }
    std::vector<Inlines> all;
    for (const HostPart* part : saying)
        all.push_back((saying.size() > 1 ? words("on " + part->name + " ") : Inlines{}) + part->*member);
    return joined(all, "; ");
}

// What the first environment's deploy by the form leaves out that a push runs.
std::string skipped(const Project& settings) {
    const bool tests = std::any_of(settings.services.begin(), settings.services.end(),
                                   [](const Service& one) { return one.test.has_value(); });
    const bool scans = settings.delivery.scan_source;
    if (!tests && !scans) return "";
    return std::string(", without ") + (tests ? "the tests" : "") + (tests && scans ? " and " : "") +
           (scans ? "the scan of the source" : "") + " that a push runs";
}

}  // namespace

std::vector<Block> form_section(const Output& output, std::vector<HostPart>& parts) {
    const Project& settings = *output.settings;
    std::vector<Inlines> places;
    for (const HostPart& part : parts) {
        if (!part.form.empty()) places.push_back(part.form);
    }
    if (places.empty()) return {};
    std::vector<Block> blocks;
    blocks.push_back(Block::heading(2, words("The operators' form")));
    Inlines first = words("What a person does to a target by hand, behind the same gates: ") + joined(places, "; ") +
                    words(". Its first job refuses a combination that makes no sense, with the list of valid ones.");
    for (const HostPart& part : parts) {
        for (const Inlines& caution : part.cautions) first = first + words(" ") + caution;
    }
    blocks.push_back(Block::paragraph(first));
    const Inlines how = each(parts, &HostPart::applies);
    const Inlines changed =
        !settings.infrastructure.apply_gated
            ? words("It plans first and applies nothing: a changed platform stops it until ") + code("infra") +
                  words(" has applied it.")
            : words("It plans and applies first") + (how.empty() ? Inlines{} : words(": ") + how) + words(".");
    blocks.push_back(Block::bullets(
        {{code("infra") + words(": plans, and applies what the plan showed once a person has agreed: ") +
          each(parts, &HostPart::agreed) + words(".")},
         {code("deploy") + words(": builds for ") + code(settings.first().name) +
          words(" only" + skipped(settings) +
                ", else promotes what passed before; rolls out anew even where the digest is the same. ") +
          changed},
         {code("rollback") + words(": back to what passed here before, or to IMAGE, a digest that did. A second one "
                                   "without IMAGE leads forth again: to go further back, name IMAGE.")},
         {code("destroy") + words(": takes the platform away; CONFIRM must repeat the environment's name. A protected "
                                  "target refuses it.")}}));
    blocks.push_back(Block::paragraph(words(
        "Don't cancel a job that applies, destroys or deploys: hosts give it seconds to end, and what the cloud is "
        "just making is then in no state. If it happened, start that very job again: it takes its lease back at once, "
        "while any other waits until it has run out (ten minutes). It goes on from the state, and names what stands in "
        "its way; look for what the state doesn't know.")));
    return blocks;
}

}  // namespace pipewright::print

// What the program has to say about its input: collected, never printed from below.
#pragma once

#include <string>
#include <vector>

#include "generator/text/catalogue.h"
#include "generator/text/source.h"

namespace pipewright {

// One message. It says what is wrong in lower case and without a full stop; help says what to write instead.
struct Diagnostic {
    Code code;
    Severity severity = Severity::error;
    Span span;
    std::string message;
    std::string help;
};

// The messages of one run, each once: the same code, place and message is not said twice.
class Diagnostics {
public:
    // Reports with the severity of the catalogue. A span that is nowhere makes a message without a place.
    void report(Code code, const Span& span, std::string message, std::string help = {});

    // Whether this code was reported at this place, in whatever words.
    bool said(Code code, const Span& span) const;

    bool has_errors() const { return errors_ > 0; }
    std::size_t errors() const { return errors_; }
    std::size_t warnings() const { return warnings_; }

    // All messages in order of place (source, offset), those without a place last, then by code and text.
    std::vector<Diagnostic> sorted() const;

    // Takes over what another collected.
    void add(const Diagnostics& other);

private:
    void keep(Diagnostic diagnostic);

    std::vector<Diagnostic> all_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

}  // namespace pipewright

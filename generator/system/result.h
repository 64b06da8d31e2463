// Values or the operating system's refusal. Nothing in this floor throws across its interface.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace pipewright::system {

// What failed, where, and the system's words for it.
struct Failure {
    int code = 0;           // errno
    std::string operation;  // "write", "rename"
    std::string path;
    std::string words;  // "No space left on device"

    // "can't write 'ci/lib.sh': No space left on device"
    std::string sentence() const { return "can't " + operation + " '" + path + "': " + words; }
};

struct Done {};

template <typename T>
class Result {
public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Failure failure) : content_(std::in_place_index<1>, std::move(failure)) {}

    bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Only when ok().
    const T& value() const { return *std::get_if<0>(&content_); }
    T& value() { return *std::get_if<0>(&content_); }
    // Only when not ok().
    const Failure& failure() const { return *std::get_if<1>(&content_); }

private:
    std::variant<T, Failure> content_;
};

}  // namespace pipewright::system

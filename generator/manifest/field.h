// A member of the manifest as it was written: the value, whether it was given, where, and whether it is bad.
#pragma once

#include <string>
#include <vector>

#include "generator/text/source.h"

namespace pipewright::manifest {

// absent: not written. given: written and good. removed: written as null. bad: written, refused, and already reported,
// so that nothing is said about it again. filled: not written, holds the default.
enum class State { absent, given, removed, bad, filled };

struct FieldBase {
    State state = State::absent;
    bool doubtful = false;  // it or something in it is bad: nothing can be concluded from the whole
    Span span;              // the value as written
    Span key;               // its key, where it has one

    bool given() const { return state == State::given; }
    bool bad() const { return state == State::bad; }
    bool present() const { return state == State::given || state == State::filled; }
    // Where a message about this should point: at the value, else at the key.
    const Span& place() const { return span.known() ? span : key; }
};

template <class T>
struct Field : FieldBase {
    T value{};
    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
    T* operator->() { return &value; }
};

template <class T>
struct Named {
    std::string name;
    Field<T> field;
};

template <class T>
using List = std::vector<Field<T>>;

// In the order written; names are unique.
template <class T>
using Map = std::vector<Named<T>>;

}  // namespace pipewright::manifest

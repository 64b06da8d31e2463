// Reading single values by their types, and the words for what is wrong with one. Only for table.cpp.
#pragma once

#include "generator/manifest/type.h"

namespace pipewright::manifest {

std::string quoted(std::string_view text);

// What a message calls the thing that is read: its key, or the last word of its path.
std::string subject(const Reading& reading);

// Marks a field as bad and says why; always false.
bool refuse(FieldBase& into, Reading& reading, Code code, const Span& span, std::string message, std::string help = {});
bool refuse_type(FieldBase& into, Reading& reading, const yaml::Node& node, std::string_view wanted,
                 std::string help = {});

// The words of a choice.
std::vector<std::string> words_of(const Type& choice);

void read_text(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading);
void read_choice(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading);
void read_boolean(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading);
void read_integer(const Type& type, const yaml::Node& node, FieldBase& into, Reading& reading);

}  // namespace pipewright::manifest

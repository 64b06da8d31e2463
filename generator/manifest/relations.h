// What must hold between the keys of one map.
#pragma once

#include <vector>

#include "generator/manifest/type.h"

namespace pipewright::manifest {

// Reports the relations of a record that don't hold between its slots (PW0202, PW0203).
void check_relations(const Type& record, const std::vector<Slot>& all, const FieldBase& into, Reading& reading);

}  // namespace pipewright::manifest

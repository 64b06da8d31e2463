// Going on behind a duplicate or a merge key, so that one mistake hides no other.
#pragma once

#include "generator/yaml/node.h"

namespace pipewright::yaml {

// Leaves the first of equal keys, and puts what "<<" names where it would have stood: as the writer meant it.
void mend(Node& node);

}  // namespace pipewright::yaml

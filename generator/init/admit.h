// The border between what other people's files say and what a manifest can hold.
#pragma once

#include "generator/init/facts.h"

namespace pipewright::init {

// Takes out whatever no manifest may hold, with a remark each: a path with a line feed, a command with an escape
// sequence, the 65th service. What stays can be written, so that no content of a repository makes a manifest wrong.
void admit(Facts& facts);

}  // namespace pipewright::init

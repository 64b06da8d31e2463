# One test for every example: pipelines/NAME is what examples/NAME/pipewright.yaml generates. An example without its
# tree in pipelines/ must be one that is refused as not built yet (PW0401); a tree without its example fails.
file(GLOB examples CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/examples ${PROJECT_SOURCE_DIR}/examples/*/pipewright.yaml)
file(GLOB trees CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/pipelines ${PROJECT_SOURCE_DIR}/pipelines/*)
list(TRANSFORM examples REPLACE "/pipewright.yaml$" "")
list(APPEND examples ${trees})
list(REMOVE_DUPLICATES examples)
foreach(name IN LISTS examples)
  pipewright_test(golden.${name} golden 60 ${CMAKE_CURRENT_SOURCE_DIR}/golden/golden.sh $<TARGET_FILE:pipewright> ${name})
endforeach()

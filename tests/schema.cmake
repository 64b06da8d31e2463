# The JSON Schema against the program, and in an editor: tests/schema/*.mjs say how.
add_executable(read_manifests ${CMAKE_CURRENT_SOURCE_DIR}/schema/read_manifests.cpp)
target_link_libraries(read_manifests PRIVATE pipewright_options pipewright_manifest nlohmann_json::nlohmann_json)
foreach(test agree forms complete)
  pipewright_test(schema.${test} conformance 60
    ${CMAKE_CURRENT_SOURCE_DIR}/schema/run.sh ${test} $<TARGET_FILE:read_manifests>)
endforeach()

# The reader against another one: the same documents, the same values.
add_executable(dump_node ${CMAKE_CURRENT_SOURCE_DIR}/reader/dump_node.cpp)
target_link_libraries(dump_node PRIVATE pipewright_options pipewright_yaml)
find_program(PIPEWRIGHT_NODE node)
if(NOT PIPEWRIGHT_NODE)
  set(PIPEWRIGHT_NODE node)
endif()
add_test(NAME reader.corpus COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/reader/compare.sh ${PIPEWRIGHT_NODE} $<TARGET_FILE:dump_node>
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(reader.corpus PROPERTIES LABELS conformance COST 2 TIMEOUT 60 SKIP_RETURN_CODE 77)

# The reader against another one: the same documents, the same values.
add_executable(dump_node ${CMAKE_CURRENT_SOURCE_DIR}/reader/dump_node.cpp)
target_link_libraries(dump_node PRIVATE pipewright_options pipewright_yaml)
pipewright_test(reader.corpus conformance 60 ${CMAKE_CURRENT_SOURCE_DIR}/reader/compare.sh node $<TARGET_FILE:dump_node>)

# What `pipewright simulate` answers, against the hosts' own programs and against answers written by hand.
set(simulate ${CMAKE_CURRENT_SOURCE_DIR}/simulate)

pipewright_test(simulate.differential conformance 300 ${CMAKE_CURRENT_SOURCE_DIR}/conformance/on-trees.sh --generated
  ${trees} node ${simulate}/differential.mjs $<TARGET_FILE:pipewright>)
set_tests_properties(simulate.differential PROPERTIES FIXTURES_REQUIRED conformance_trees)
pipewright_test(simulate.answers conformance 60 node ${simulate}/answers.mjs $<TARGET_FILE:pipewright>
  ${PROJECT_SOURCE_DIR}/pipelines)
pipewright_test(simulate.catches conformance 120 python3 ${simulate}/catches.py $<TARGET_FILE:pipewright>)

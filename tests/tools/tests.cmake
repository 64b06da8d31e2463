# pipewright_test(NAME LABEL SECONDS COMMAND...): one ctest entry, started by run-test.sh: a temporary folder of its
# own, the tools of ./dev test on PATH, and exit code 77 for a test that can't run here.
function(pipewright_test name label seconds)
  add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/tools/run-test.sh ${name} ${ARGN}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${seconds} COST ${seconds} SKIP_RETURN_CODE 77
    ENVIRONMENT "PIPEWRIGHT_SKIPS=${PROJECT_BINARY_DIR}/Testing/skipped")
endfunction()

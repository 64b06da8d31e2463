# What the program prints for machines, against the schemas of those formats: tests/formats/check.mjs says how.
pipewright_test(formats conformance 60 ${CMAKE_CURRENT_SOURCE_DIR}/formats/run.sh $<TARGET_FILE:pipewright>)

# Generated scripts played for real: tests/end_to_end/run.sh gives each scene a sandbox, so that they can't meet.
pipewright_test(end_to_end.key end_to_end 60 ${CMAKE_CURRENT_SOURCE_DIR}/end_to_end/key.sh)
foreach(scene terraform workflow promote ready failures unwell refusals hotfix together killed signals half lost rollback platform bootstrap builds hosts guard guard-tags form shared compose gcp gcp-failures gcp-together gcp-terraform gcp-across told drift check extend keys signing)
  pipewright_test(end_to_end.${scene} end_to_end 900 ${CMAKE_CURRENT_SOURCE_DIR}/end_to_end/run.sh ${scene})
endforeach()
set_tests_properties(end_to_end.check PROPERTIES ENVIRONMENT PIPEWRIGHT_PROGRAM=$<TARGET_FILE:pipewright>)

# What the scripts declare that they call is what their documentation lists, which the scenes enforce.
pipewright_test(conformance.calls conformance 30 python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/end_to_end/cloud/calls.py
  ${PROJECT_SOURCE_DIR}/templates/scripts/ci ${PROJECT_SOURCE_DIR}/docs/scripts.md)

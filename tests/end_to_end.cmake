# Generated scripts played for real: tests/end_to_end/run.sh gives each scene a sandbox, so that they can't meet.
pipewright_test(end_to_end.key end_to_end 60 ${CMAKE_CURRENT_SOURCE_DIR}/end_to_end/key.sh)
foreach(scene workflow promote failures unwell refusals together killed lost builds hosts guard)
  pipewright_test(end_to_end.${scene} end_to_end 480 ${CMAKE_CURRENT_SOURCE_DIR}/end_to_end/run.sh ${scene})
endforeach()

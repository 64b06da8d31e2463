# The build in the ways that a machine with all libraries doesn't show.
pipewright_test(build.fetchcontent build 300
  ${CMAKE_CURRENT_SOURCE_DIR}/build/fetchcontent.sh ${PROJECT_BINARY_DIR}/downloads)

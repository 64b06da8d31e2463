# The Dockerfiles that init offers: read by hadolint, and held against what init promises of them; one of them built and
# run, and every .dockerignore put to use.
pipewright_test(dockerfiles.lint conformance 60 python3 ${CMAKE_CURRENT_SOURCE_DIR}/dockerfiles/check.py)
pipewright_test(dockerfiles.lint.catches conformance 60 python3 ${CMAKE_CURRENT_SOURCE_DIR}/dockerfiles/check.py --catches)
pipewright_test(dockerfiles.build conformance 240
  python3 ${CMAKE_CURRENT_SOURCE_DIR}/dockerfiles/build.py $<TARGET_FILE:pipewright>)

# The Dockerfiles that init offers: read by hadolint, and held against what init promises of them.
pipewright_test(dockerfiles.lint conformance 60 python3 ${CMAKE_CURRENT_SOURCE_DIR}/dockerfiles/check.py)
pipewright_test(dockerfiles.lint.catches conformance 60 python3 ${CMAKE_CURRENT_SOURCE_DIR}/dockerfiles/check.py --catches)

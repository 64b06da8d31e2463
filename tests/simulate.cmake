# What `pipewright simulate` answers, against the hosts' own programs and against answers written by hand.
set(simulate ${CMAKE_CURRENT_SOURCE_DIR}/simulate)

# Every event of all examples; of the other manifests what their pipelines have beside those.
pipewright_test(simulate.differential conformance 400 node ${simulate}/differential.mjs $<TARGET_FILE:pipewright>
  ${PROJECT_SOURCE_DIR}/pipelines/compose-on-ec2 ${PROJECT_SOURCE_DIR}/pipelines/fargate-microservice
  ${PROJECT_SOURCE_DIR}/pipelines/multicloud-gitlab ${PROJECT_SOURCE_DIR}/pipelines/staged-backend
  ${PROJECT_SOURCE_DIR}/pipelines/two-account-api)
pipewright_test(simulate.manifests conformance 400 ${CMAKE_CURRENT_SOURCE_DIR}/conformance/on-trees.sh --generated
  ${trees} node ${simulate}/differential.mjs --narrow $<TARGET_FILE:pipewright>)
set_tests_properties(simulate.manifests PROPERTIES FIXTURES_REQUIRED conformance_trees)
pipewright_test(simulate.answers conformance 60 node ${simulate}/answers.mjs $<TARGET_FILE:pipewright>
  ${PROJECT_SOURCE_DIR}/pipelines)
pipewright_test(simulate.catches conformance 120 python3 ${simulate}/catches.py $<TARGET_FILE:pipewright>)

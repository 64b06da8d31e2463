# Terraform itself, with the providers' schemas, and checkov read the modules and the generated roots (docs/testing.md).
set(terraform_trees ${CMAKE_CURRENT_SOURCE_DIR}/conformance/on-trees.sh ${PROJECT_BINARY_DIR}/conformance)

# pipewright_terraform(NAME SECONDS COMMAND...): a test of that label that runs two programs at a time by itself.
function(pipewright_terraform name seconds)
  pipewright_test(terraform.${name} terraform ${seconds} ${ARGN})
  set_tests_properties(terraform.${name} PROPERTIES PROCESSORS 2)
endfunction()

# One entry for each module, so that they run beside one another.
file(GLOB modules CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/templates/terraform
  ${PROJECT_SOURCE_DIR}/templates/terraform/*/*/variables.tf)
foreach(module IN LISTS modules)
  get_filename_component(module ${module} DIRECTORY)
  string(REPLACE "/" "." name ${module})
  pipewright_test(terraform.modules.${name} terraform 900
    ${conformance}/terraform-modules.py ${PROJECT_SOURCE_DIR}/templates/terraform/${module})
endforeach()
pipewright_test(terraform.kept terraform 120
  ${conformance}/terraform-kept.py ${PROJECT_SOURCE_DIR}/templates/terraform/aws)

# What reads the trees that generate.sh wrote.
pipewright_test(terraform.fmt terraform 120
  ${terraform_trees} ${conformance}/terraform-fmt.sh ${PROJECT_SOURCE_DIR}/templates/terraform)
pipewright_terraform(roots 600 ${terraform_trees} ${conformance}/terraform-roots.py)
pipewright_terraform(checkov 600
  ${terraform_trees} ${conformance}/terraform-checkov.py ${PROJECT_SOURCE_DIR}/templates/terraform)
set_tests_properties(terraform.fmt terraform.roots terraform.checkov PROPERTIES FIXTURES_REQUIRED conformance_trees)

pipewright_terraform(catches 600 ${conformance}/terraform-catches.py)

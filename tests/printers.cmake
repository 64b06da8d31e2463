# Printers against the readers of others: documents made of hostile texts, read back. tests/printers/*.sh say by whom.
add_executable(random_documents
  printers/random_documents.cpp printers/random.cpp printers/compare.cpp printers/read.cpp
  printers/random_yaml.cpp printers/random_hcl.cpp printers/random_markdown.cpp)
target_link_libraries(random_documents PRIVATE pipewright_options pipewright_yaml pipewright_hcl pipewright_markdown
  pipewright_text nlohmann_json::nlohmann_json ${PIPEWRIGHT_YAML_CPP})

foreach(format yaml hcl markdown)
  pipewright_test(printers.${format} conformance 120 ${CMAKE_CURRENT_SOURCE_DIR}/printers/${format}.sh $<TARGET_FILE:random_documents>)
  # A slow machine may take its time; the cost is what a common one takes.
  set_tests_properties(printers.${format} PROPERTIES COST 8)
endforeach()

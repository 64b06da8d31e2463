# pipewright_embed(TARGET FOLDER NAME SOURCE...): the files below FOLDER as views in the library of generator/embed/NAME.cpp and
# further sources, without the modules' tests and what a
# terraform init leaves behind. The assembler takes their bytes as they are, so nothing is escaped; a changed, new or
# removed file builds the library again.
function(pipewright_embed target folder name)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(FILTER files EXCLUDE REGEX "(^|/)(tests|[.]terraform)/|[.]terraform[.]lock[.]hcl$")
  list(SORT files)
  set(assembly "    .section .rodata\n")
  set(declarations "")
  set(rows "")
  set(depends "")
  set(number 0)
  foreach(file IN LISTS files)
    string(APPEND assembly
      "    .global pipewright_${name}_${number}\n    .global pipewright_${name}_${number}_end\n"
      "pipewright_${name}_${number}:\n    .incbin \"${folder}/${file}\"\npipewright_${name}_${number}_end:\n    .byte 0\n")
    string(APPEND declarations "extern const char pipewright_${name}_${number}[], pipewright_${name}_${number}_end[];\n")
    string(APPEND rows "    {\"${file}\", pipewright_${name}_${number}, pipewright_${name}_${number}_end},\n")
    list(APPEND depends ${folder}/${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")
  set(out ${PROJECT_BINARY_DIR}/embed)
  file(CONFIGURE OUTPUT ${out}/${name}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${out}/${name}.inc CONTENT
    "// Made by cmake/Embed.cmake.\nextern \"C\" {\n${declarations}}\nnamespace {\nconst Row kRows[] = {\n${rows}    {nullptr, nullptr, nullptr},\n};\n}\n" @ONLY)
  set_property(SOURCE ${out}/${name}.S APPEND PROPERTY OBJECT_DEPENDS "${depends}")
  add_library(${target} STATIC ${PROJECT_SOURCE_DIR}/generator/embed/${name}.cpp ${ARGN} ${out}/${name}.S)
  target_include_directories(${target} PRIVATE ${out})
  target_link_libraries(${target} PUBLIC pipewright_options)
endfunction()

# The fuzzers. They need clang with libFuzzer, whatever compiler builds the rest, so each is a few calls of it.
find_program(PIPEWRIGHT_CLANG NAMES clang++-16 clang++-19 clang++-18 clang++-17 clang++-15 clang++-14 clang++)
set(fuzz_flags -std=c++20 -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
set(fuzz ${PROJECT_BINARY_DIR}/fuzz)
set(fuzz_missing "")
if(NOT PIPEWRIGHT_FUZZ)
  set(fuzz_missing "PIPEWRIGHT_FUZZ is off")
elseif(NOT PIPEWRIGHT_CLANG)
  set(fuzz_missing "clang is not installed")
else()
  set(probe ${fuzz}/probe)
  file(WRITE ${probe}.cpp "#include <string>\nextern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, std::size_t) { return 0; }\n")
  execute_process(COMMAND ${PIPEWRIGHT_CLANG} ${fuzz_flags} ${probe}.cpp -o ${probe} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    set(fuzz_missing "${PIPEWRIGHT_CLANG} can't build with libFuzzer (Debian: libclang-rt-16-dev)")
  endif()
endif()

# yaml-cpp from its source, with the sanitizers; yaml-cpp.sh says what stands in for it.
set(fuzz_yaml ${fuzz}/yaml-cpp)
if(fuzz_missing STREQUAL "")
  add_custom_command(OUTPUT ${fuzz_yaml}/about ${fuzz_yaml}/link
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/yaml-cpp.sh ${PIPEWRIGHT_CLANG} ${PROJECT_BINARY_DIR}/downloads ${fuzz_yaml}
      $<TARGET_FILE:${PIPEWRIGHT_YAML_CPP}> ${fuzz_flags}
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/yaml-cpp.sh ${CMAKE_CURRENT_SOURCE_DIR}/build/yaml-cpp-source.sh
    VERBATIM COMMENT "yaml-cpp for the fuzzers")
endif()

# fuzz_object(OBJECT SOURCE): the rule that compiles one file for the fuzzers.
function(fuzz_object object source)
  set(includes $<TARGET_PROPERTY:${PIPEWRIGHT_YAML_CPP},INTERFACE_INCLUDE_DIRECTORIES>)
  get_filename_component(folder ${object} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(OUTPUT ${object}
    COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${PIPEWRIGHT_CLANG} ${fuzz_flags} -DPIPEWRIGHT_VERSION="${PROJECT_VERSION}" -I${PROJECT_SOURCE_DIR} -I${fuzz_yaml}/include
      "$<$<BOOL:${includes}>:-I$<JOIN:${includes},;-I>>" -MD -MF ${object}.d -c ${source} -o ${object}
    DEPENDS ${source} ${fuzz_yaml}/about DEPFILE ${object}.d COMMAND_EXPAND_LISTS VERBATIM COMMENT "clang++ -fsanitize=fuzzer ${source}")
endfunction()

# pipewright_fuzzer(NAME LONGEST FLOORS SEEDS): tests/fuzz/NAME.cpp with the sources of these floors, run for 20 seconds
# over inputs of at most LONGEST bytes.
function(pipewright_fuzzer name longest floors seeds)
  set(program "none: ${fuzz_missing}")
  if(fuzz_missing STREQUAL "")
    set(program ${fuzz}/${name})
    set(objects ${fuzz}/objects/${name}.o)
    fuzz_object(${objects} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}.cpp)
    foreach(floor IN LISTS floors)
      file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/generator ${PROJECT_SOURCE_DIR}/generator/${floor}/*.cpp)
      list(REMOVE_ITEM sources manifest/schema.cpp)  # prints, and needs a library of its own for it
      foreach(source IN LISTS sources)
        set(object ${fuzz}/objects/${source}.o)
        list(APPEND objects ${object})
        get_property(known GLOBAL PROPERTY fuzz_object_${source})
        if(NOT known)
          set_property(GLOBAL PROPERTY fuzz_object_${source} ON)
          fuzz_object(${object} ${PROJECT_SOURCE_DIR}/generator/${source})
        endif()
      endforeach()
    endforeach()
    add_custom_command(OUTPUT ${program}
      COMMAND ${PIPEWRIGHT_CLANG} ${fuzz_flags} ${objects} @${fuzz_yaml}/link -o ${program}
      DEPENDS ${objects} ${fuzz_yaml}/link VERBATIM)
    add_custom_target(fuzz_${name} ALL DEPENDS ${program})
  endif()
  pipewright_test(fuzz.${name} fuzz 60 ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/run.sh ${program} 20 ${longest}
    ${fuzz}/found_${name} ${seeds})
endfunction()

pipewright_fuzzer(read 4096 "text;yaml" "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds/read;${CMAKE_CURRENT_SOURCE_DIR}/reader/corpus")
pipewright_fuzzer(load 16384 "text;yaml;files;project;runtimes;manifest" "${CMAKE_CURRENT_SOURCE_DIR}/manifest;${PROJECT_SOURCE_DIR}/examples")

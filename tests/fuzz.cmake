# The fuzzers. They need clang with libFuzzer, whatever compiler builds the rest, so each is one call of it.
find_program(PIPEWRIGHT_CLANG NAMES clang++-16 clang++-19 clang++-18 clang++-17 clang++-15 clang++-14 clang++)
set(fuzz_flags -std=c++20 -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
set(fuzz_missing "")
if(NOT PIPEWRIGHT_FUZZ)
  set(fuzz_missing "PIPEWRIGHT_FUZZ is off")
elseif(NOT PIPEWRIGHT_CLANG)
  set(fuzz_missing "clang is not installed")
else()
  set(probe ${PROJECT_BINARY_DIR}/fuzz/probe)
  file(WRITE ${probe}.cpp "#include <string>\nextern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, std::size_t) { return 0; }\n")
  execute_process(COMMAND ${PIPEWRIGHT_CLANG} ${fuzz_flags} ${probe}.cpp -o ${probe} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    set(fuzz_missing "${PIPEWRIGHT_CLANG} can't build with libFuzzer (Debian: libclang-rt-16-dev)")
  endif()
endif()

# pipewright_fuzzer(NAME FLOORS SEEDS): tests/fuzz/NAME.cpp with the sources of these floors, run for 20 seconds.
function(pipewright_fuzzer name floors seeds)
  set(program "none: ${fuzz_missing}")
  if(fuzz_missing STREQUAL "")
    set(program ${PROJECT_BINARY_DIR}/fuzz/${name})
    set(main ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}.cpp)
    set(objects "")
    set(headers "")
    set(sources ${main})
    foreach(floor IN LISTS floors)
      file(GLOB more CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/generator/${floor}/*.cpp)
      file(GLOB above CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/generator/${floor}/*.h)
      list(APPEND sources ${more})
      list(APPEND headers ${above})
    endforeach()
    set(includes $<TARGET_PROPERTY:${PIPEWRIGHT_YAML_CPP},INTERFACE_INCLUDE_DIRECTORIES>)
    foreach(source IN LISTS sources)
      file(RELATIVE_PATH object ${PROJECT_SOURCE_DIR} ${source})
      string(REPLACE "/" "_" object ${object})
      set(object ${PROJECT_BINARY_DIR}/fuzz/${name}_${object}.o)
      add_custom_command(OUTPUT ${object}
        COMMAND ${PIPEWRIGHT_CLANG} ${fuzz_flags} -I${PROJECT_SOURCE_DIR} "$<$<BOOL:${includes}>:-I$<JOIN:${includes},;-I>>"
          -c ${source} -o ${object}
        DEPENDS ${source} ${headers} COMMAND_EXPAND_LISTS VERBATIM COMMENT "clang++ -fsanitize=fuzzer ${source}")
      list(APPEND objects ${object})
    endforeach()
    add_custom_command(OUTPUT ${program}
      COMMAND ${PIPEWRIGHT_CLANG} ${fuzz_flags} ${objects} $<TARGET_FILE:${PIPEWRIGHT_YAML_CPP}> -o ${program}
      DEPENDS ${objects} ${PIPEWRIGHT_YAML_CPP} COMMAND_EXPAND_LISTS VERBATIM)
    add_custom_target(fuzz_${name} ALL DEPENDS ${program})
  endif()
  pipewright_test(fuzz.${name} fuzz 60 ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/run.sh ${program} 20 ${PROJECT_BINARY_DIR}/fuzz/found_${name}
    ${seeds})
endfunction()

pipewright_fuzzer(read "text;yaml" "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds/read;${CMAKE_CURRENT_SOURCE_DIR}/reader/corpus")

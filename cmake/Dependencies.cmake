# The four libraries: the system's where it has them, else a pinned release. docs/dependencies.md says why these.
# FETCHCONTENT_SOURCE_DIR_YAML-CPP (and the others') name a local copy instead of a download;
# PIPEWRIGHT_FETCH=ON ignores what the system has, so that the fallback itself can be tried (tests/build does).
include(FetchContent)
option(PIPEWRIGHT_FETCH "build the libraries from their sources even where the system has them" OFF)

if(NOT PIPEWRIGHT_FETCH)
  find_package(yaml-cpp 0.7 QUIET)
  find_package(nlohmann_json 3.11 QUIET)
  find_package(CLI11 2.1 QUIET)
  find_package(doctest 2.4 QUIET)
endif()

if(PIPEWRIGHT_STATIC AND yaml-cpp_FOUND)
  find_library(PIPEWRIGHT_YAML_CPP_ARCHIVE NAMES libyaml-cpp.a)
  if(NOT PIPEWRIGHT_YAML_CPP_ARCHIVE)
    set(yaml-cpp_FOUND OFF)
  endif()
endif()

# These releases ask for a CMake older than CMake 4 still pretends to be.
set(CMAKE_POLICY_VERSION_MINIMUM 3.5)
# Their headers count as a system's: our warnings are for our code.
if(NOT yaml-cpp_FOUND)
  set(YAML_CPP_BUILD_TESTS OFF CACHE BOOL "" FORCE)
  set(YAML_CPP_BUILD_TOOLS OFF CACHE BOOL "" FORCE)
  FetchContent_Declare(yaml-cpp SYSTEM
    URL https://github.com/jbeder/yaml-cpp/archive/refs/tags/yaml-cpp-0.7.0.tar.gz
    URL_HASH SHA256=43e6a9fcb146ad871515f0d0873947e5d497a1c9c60c58cb102a97b47208b7c3)
  FetchContent_MakeAvailable(yaml-cpp)
  # 0.7.0 uses uint16_t and leaves it to other headers to declare it, which from GCC 15 on they don't.
  target_compile_options(yaml-cpp PRIVATE -include cstdint)
endif()
if(NOT nlohmann_json_FOUND)
  set(JSON_BuildTests OFF CACHE BOOL "" FORCE)
  FetchContent_Declare(nlohmann_json SYSTEM
    URL https://github.com/nlohmann/json/releases/download/v3.11.2/json.tar.xz
    URL_HASH SHA256=8c4b26bf4b422252e13f332bc5e388ec0ab5c3443d24399acb675e68278d341f)
  FetchContent_MakeAvailable(nlohmann_json)
endif()
if(NOT CLI11_FOUND)
  FetchContent_Declare(CLI11 SYSTEM
    URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz
    URL_HASH SHA256=26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb)
  FetchContent_MakeAvailable(CLI11)
endif()
if(PIPEWRIGHT_TESTS AND NOT doctest_FOUND)
  set(DOCTEST_WITH_TESTS OFF CACHE BOOL "" FORCE)
  FetchContent_Declare(doctest SYSTEM
    URL https://github.com/doctest/doctest/archive/refs/tags/v2.4.9.tar.gz
    URL_HASH SHA256=19b2df757f2f3703a5e63cee553d85596875f06d91a3333acd80a969ef210856)
  FetchContent_MakeAvailable(doctest)
endif()
unset(CMAKE_POLICY_VERSION_MINIMUM)

# Debian's package exports the bare name, newer releases a name in a namespace.
if(TARGET yaml-cpp::yaml-cpp)
  set(PIPEWRIGHT_YAML_CPP yaml-cpp::yaml-cpp)
else()
  set(PIPEWRIGHT_YAML_CPP yaml-cpp)
endif()
# Those name the shared library, though the archive that one static file needs comes along with it.
if(PIPEWRIGHT_STATIC AND yaml-cpp_FOUND)
  add_library(pipewright_yaml_cpp_archive STATIC IMPORTED GLOBAL)
  set_target_properties(pipewright_yaml_cpp_archive PROPERTIES
    IMPORTED_LOCATION ${PIPEWRIGHT_YAML_CPP_ARCHIVE}
    INTERFACE_INCLUDE_DIRECTORIES $<TARGET_PROPERTY:${PIPEWRIGHT_YAML_CPP},INTERFACE_INCLUDE_DIRECTORIES>)
  set(PIPEWRIGHT_YAML_CPP pipewright_yaml_cpp_archive)
endif()

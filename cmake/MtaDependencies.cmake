# Libraries that mta builds with; none of them shows in a public header (docs/rationale.md says why each is here).
# They are found GLOBAL: a program that adds mta as a subdirectory links a static mta, and through it these.

# mta_dependency(TARGET HEADER_ONLY): layers compile with it, nothing links it.
# mta_dependency(TARGET FIND line (MODULE pkg-config-module | FLAGS linker-flags)): whoever links a static mta links it
# too; FIND is how the installed CMake package finds it, MODULE or FLAGS what mta.pc says.
function(mta_dependency target)
  cmake_parse_arguments(PARSE_ARGV 1 DEPENDENCY "HEADER_ONLY" "FIND;MODULE;FLAGS" "")
  foreach(key HEADER_ONLY FIND MODULE FLAGS)
    set_property(GLOBAL PROPERTY "MTA_${key}_${target}" "${DEPENDENCY_${key}}")
  endforeach()
  set_property(GLOBAL APPEND PROPERTY MTA_DEPENDENCIES ${target})
endfunction()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED GLOBAL)
find_package(Boost 1.74 REQUIRED GLOBAL)
find_package(nlohmann_json 3.11 REQUIRED GLOBAL)
find_package(ZLIB REQUIRED GLOBAL)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET GLOBAL libzstd)
pkg_check_modules(SIMDJSON REQUIRED IMPORTED_TARGET GLOBAL simdjson)
pkg_check_modules(PSL REQUIRED IMPORTED_TARGET GLOBAL libpsl)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET GLOBAL re2)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET GLOBAL libhwy)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET GLOBAL libxxhash)
find_package(date 3.0 REQUIRED GLOBAL)

mta_dependency(Boost::headers HEADER_ONLY)
mta_dependency(nlohmann_json::nlohmann_json HEADER_ONLY)
mta_dependency(PkgConfig::XXHASH HEADER_ONLY)  # compiled in with XXH_INLINE_ALL
mta_dependency(ZLIB::ZLIB FIND "find_dependency(ZLIB)" MODULE zlib)
mta_dependency(PkgConfig::ZSTD FIND "mta_find_module(ZSTD libzstd)" MODULE libzstd)
mta_dependency(PkgConfig::SIMDJSON FIND "mta_find_module(SIMDJSON simdjson)" MODULE simdjson)
mta_dependency(PkgConfig::PSL FIND "mta_find_module(PSL libpsl)" MODULE libpsl)
mta_dependency(PkgConfig::RE2 FIND "mta_find_module(RE2 re2)" MODULE re2)
mta_dependency(PkgConfig::HWY FIND "mta_find_module(HWY libhwy)" MODULE libhwy)
mta_dependency(date::date-tz FIND "find_dependency(date 3.0)" FLAGS -ldate-tz)

# Installs the library, its headers, a CMake package (find_package(mta)) and mta.pc. A static mta tells both where to
# find what it was built with; a shared one needs nothing of its users.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/mta")
mta_linked_libraries(libraries)
set(MTA_FIND_DEPENDENCIES "")
set(MTA_PC_REQUIRES "")
set(MTA_PC_LIBS "-pthread")
set(MTA_PC_CFLAGS "")
if(NOT BUILD_SHARED_LIBS)
  set(MTA_PC_CFLAGS " -DMTA_STATIC")
  foreach(library IN LISTS libraries)
    get_property(find GLOBAL PROPERTY "MTA_FIND_${library}")
    get_property(module GLOBAL PROPERTY "MTA_MODULE_${library}")
    get_property(flags GLOBAL PROPERTY "MTA_FLAGS_${library}")
    string(APPEND MTA_FIND_DEPENDENCIES "${find}\n")
    if(module)
      list(APPEND MTA_PC_REQUIRES ${module})
    else()
      string(PREPEND MTA_PC_LIBS "${flags} ")
    endif()
  endforeach()
endif()
list(JOIN MTA_PC_REQUIRES ", " MTA_PC_REQUIRES)
# Relative to the file itself, so that an installed tree may be moved.
file(RELATIVE_PATH MTA_PC_PREFIX "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" MTA_PC_PREFIX "${MTA_PC_PREFIX}")

configure_package_config_file(cmake/mtaConfig.cmake.in "${PROJECT_BINARY_DIR}/mtaConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
# Before 1.0 a minor version may break its users.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/mtaConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
configure_file(cmake/mta.pc.in "${PROJECT_BINARY_DIR}/mta.pc" @ONLY)

install(TARGETS mta EXPORT mtaTargets FILE_SET HEADERS)
install(EXPORT mtaTargets NAMESPACE mta:: DESTINATION "${package_dir}")
install(FILES "${PROJECT_BINARY_DIR}/mtaConfig.cmake" "${PROJECT_BINARY_DIR}/mtaConfigVersion.cmake"
  DESTINATION "${package_dir}")
install(FILES "${PROJECT_BINARY_DIR}/mta.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(FILES LICENSE NOTICE DESTINATION "${CMAKE_INSTALL_DOCDIR}")  # of the lists that are compiled in, too

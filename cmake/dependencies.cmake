# Third-party parts; each is linked PRIVATE to the room that hides it. Debian 12's versions are the floor (cmake/packages.txt).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
# OpenStreetMap files: libosmium is headers alone and stands on these.
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(EXPAT REQUIRED)
# Archives that `gazetteer fetch` unpacks; libcurl, whose headers it takes, is loaded when it is called.
pkg_check_modules(MINIZIP REQUIRED IMPORTED_TARGET minizip)
# The program allocates in one thread and frees in another; this allocator is faster at that. Without it, and under sanitizers, the C library's serves.
if(NOT DEMARC_SANITIZE)
  find_package(mimalloc QUIET)
endif()

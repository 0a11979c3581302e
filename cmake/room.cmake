# demarc_room(NAME [DEPENDS demarc::x ...] [PRIVATE libs...] [PUBLIC libs...]): one static library per room, target demarc::NAME,
# of all .cpp files directly in the room's folder. DEPENDS are other rooms, PRIVATE the third-party parts that the room hides.
function(demarc_room name)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;PRIVATE;PUBLIC;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(excluded ${ROOM_EXCLUDE})
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${excluded})
  endforeach()
  add_library(demarc_${name} STATIC ${sources})
  add_library(demarc::${name} ALIAS demarc_${name})
  target_link_libraries(demarc_${name} PUBLIC demarc_options ${ROOM_DEPENDS} ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
endfunction()

# demarc_test(ROOM): program test_ROOM of tests/ROOM/*_test.cpp, linked with the room, found by ctest under the label ROOM.
function(demarc_test room)
  cmake_parse_arguments(TEST "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${room}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${room} ${sources})
  target_link_libraries(test_${room} PRIVATE demarc::${room} demarc_catch_main ${TEST_LINK})
  # What is tried is compiled as ever; the tests' own lines (Catch2, nlohmann/json) take half the time to compile without optimisation. The extractor's have an engine of their own.
  target_compile_options(test_${room} PRIVATE $<IF:$<STREQUAL:${room},extractor>,-O1,-O0>)
  add_test(NAME ${room} COMMAND test_${room} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${room} PROPERTIES LABELS "fast;${room}")
endfunction()

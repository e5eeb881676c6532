# SPDX-License-Identifier: BSD-3-Clause
# A room is a folder of sources with one topic. Its CMakeLists.txt lists its files and the rooms
# whose headers they may include; tools/check_rooms.py compares that list with the includes.

# scorefields_room(NAME [USES ROOM...] FILES FILE...): adds the files to the enclosing library, whose
# name is in scorefields_room_library.
function (scorefields_room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;FILES")
  list(TRANSFORM arg_FILES PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  target_sources(${scorefields_room_library} PRIVATE ${arg_FILES})
endfunction ()

# SPDX-License-Identifier: BSD-3-Clause
# The tests of a folder compiled together: their headers are read once for several of them, so that
# tests build from nothing in half of the time. A changed test then costs its whole unit, which is
# why it is off where people work. A name of a test must be unique within its folder; what two tests
# need is in support/.
option(SCOREFIELDS_TEST_UNITS "Compile tests of one folder together: faster from nothing" OFF)

# scorefields_test_units(TARGET): to be called where the target is made.
function (scorefields_test_units target)
  if (NOT SCOREFIELDS_TEST_UNITS)
    return ()
  endif ()
  set(most 8) # tests of a unit, so that all cores have something to do until the end
  get_target_property(sources ${target} SOURCES)
  foreach (source IN LISTS sources)
    # A test with hot loops includes itself once for each processor.
    file(STRINGS "${CMAKE_CURRENT_SOURCE_DIR}/${source}" loops LIMIT_COUNT 1 REGEX "EachTarget\\.h")
    if (loops)
      continue ()
    endif ()
    get_filename_component(folder "${source}" DIRECTORY)
    string(MAKE_C_IDENTIFIER "Of${folder}" folder)
    if (NOT DEFINED count_${folder})
      set(count_${folder} 0)
    endif ()
    math(EXPR unit "${count_${folder}} / ${most}")
    math(EXPR count_${folder} "${count_${folder}} + 1")
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP ${folder}_${unit})
  endforeach ()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction ()

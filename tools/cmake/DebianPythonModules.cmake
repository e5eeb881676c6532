# SPDX-License-Identifier: BSD-3-Clause
# Debian 13's ParaView package calls its Python modules X.so in its CMake files, but installs them
# as X.cpython-<version>-<architecture>.so; CMake then refuses the whole package. The modules are
# not linked with, so their files need not be known: declare them of a kind that is not checked.
file(GLOB scorefields_python_targets
  "/usr/lib/*/cmake/paraview-*/ParaView*Python*-targets.cmake"
  "/usr/lib/*/cmake/paraview-*/vtk/VTKPython-targets.cmake")
foreach (file IN LISTS scorefields_python_targets)
  file(STRINGS "${file}" lines REGEX "^add_library\\([A-Za-z0-9:_]+ MODULE IMPORTED\\)")
  foreach (line IN LISTS lines)
    string(REGEX REPLACE "^add_library\\(([A-Za-z0-9:_]+) .*" "\\1" target "${line}")
    set("_cmake_import_check_xcframework_for_${target}" "${CMAKE_CURRENT_LIST_DIR}")
  endforeach ()
endforeach ()

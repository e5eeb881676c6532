# SPDX-License-Identifier: BSD-3-Clause
# The VTK module, its Python wrapping and the ParaView plugin around it.
#
# Layout, in the build tree and installed alike:
#   plugins/ScoreFields/ScoreFields.so        the plugin
#   plugins/ScoreFields/lib/                  the VTK module's library
#   plugins/ScoreFields/python/scorefields/   `from scorefields import vtkScoreFields`, and view.py
#   plugins/ScoreFields/python/score_state.py a state file
# ParaView loads every library that lies directly in a folder of PV_PLUGIN_PATH or in a folder of a
# plugin's name below it, so what is no plugin lies one level deeper.

# Only these: find_package(ParaView) alone asks for the development files of all it was built with.
include("${CMAKE_CURRENT_LIST_DIR}/DebianPythonModules.cmake")
find_package(ParaView 5.11 QUIET
  COMPONENTS RemotingCore RemotingServerManager RemotingApplication)
if (NOT ParaView_FOUND)
  message(FATAL_ERROR "ScoreFields needs ParaView 5.11 or later with its development files"
    " (${ParaView_NOT_FOUND_MESSAGE}). On Debian or Ubuntu run tools/install-deps.sh; with a"
    " ParaView built from source pass -DParaView_DIR=<its cmake folder>. The numerics alone"
    " build with -DSCOREFIELDS_BUILD_PLUGIN=OFF.")
endif ()

# ParaView 5.12 and later name this target, but look for it only with components not asked for here.
if (PARAVIEW_USE_PYTHON AND ParaView_VERSION VERSION_GREATER_EQUAL 5.12
    AND NOT TARGET Python3::Module)
  find_package(Python3 REQUIRED COMPONENTS Interpreter Development.Module)
endif ()

include(GNUInstallDirs)
set(scorefields_plugins_dir "${CMAKE_INSTALL_LIBDIR}/${PARAVIEW_PLUGIN_SUBDIR}")
set(scorefields_home "${scorefields_plugins_dir}/ScoreFields")
# The build tree is laid out like an installation; build/plugins is the short name of its plugins.
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/${scorefields_plugins_dir}")
file(CREATE_LINK "${scorefields_plugins_dir}" "${CMAKE_BINARY_DIR}/plugins" SYMBOLIC)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

vtk_module_scan(
  MODULE_FILES "${PROJECT_SOURCE_DIR}/Filters/vtk.module"
  REQUEST_MODULES ScoreFields::vtkScoreFields
  PROVIDES_MODULES scorefields_modules
  REQUIRES_MODULES scorefields_required
  HIDE_MODULES_FROM_CACHE ON)
foreach (module IN LISTS scorefields_required)
  if (NOT TARGET "${module}")
    message(FATAL_ERROR "ScoreFields needs ${module}, which this ParaView does not have.")
  endif ()
endforeach ()

set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/${scorefields_home}/lib")
vtk_module_build(
  MODULES ${scorefields_modules}
  PACKAGE ScoreFields
  INSTALL_HEADERS OFF
  LIBRARY_DESTINATION "${scorefields_home}/lib"
  ARCHIVE_DESTINATION "${scorefields_home}/lib"
  RUNTIME_DESTINATION "${scorefields_home}/lib")

if (PARAVIEW_USE_PYTHON)
  set(CMAKE_INSTALL_RPATH "$ORIGIN/../../lib")
  vtk_module_wrap_python(
    MODULES ${scorefields_modules}
    INSTALL_HEADERS OFF
    PYTHON_PACKAGE scorefields
    MODULE_DESTINATION "${scorefields_home}/python"
    LIBRARY_DESTINATION "${scorefields_home}/lib"
    TARGET ScoreFields::python
    BUILD_STATIC OFF)
  foreach (file IN ITEMS score_state.py scorefields/critical_points.py scorefields/view.py)
    set(target "${scorefields_home}/python/${file}")
    get_filename_component(folder "${target}" DIRECTORY)
    configure_file("${PROJECT_SOURCE_DIR}/Plugin/python/${file}" "${CMAKE_BINARY_DIR}/${target}" COPYONLY)
    install(FILES "${PROJECT_SOURCE_DIR}/Plugin/python/${file}" DESTINATION "${folder}")
  endforeach ()
endif ()

paraview_plugin_scan(
  PLUGIN_FILES "${PROJECT_SOURCE_DIR}/Plugin/paraview.plugin"
  PROVIDES_PLUGINS scorefields_plugins
  ENABLE_BY_DEFAULT ON)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/${CMAKE_INSTALL_LIBDIR}")
set(CMAKE_INSTALL_RPATH "$ORIGIN/lib")
# No PLUGINS_FILE_NAME: ParaView takes an XML file in plugins/ for a plugin of that name, which then
# hides the real one.
paraview_plugin_build(
  LIBRARY_DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY_SUBDIRECTORY "${PARAVIEW_PLUGIN_SUBDIR}"
  PLUGINS ${scorefields_plugins})
# ParaView installs an archive that the plugin has linked already; nobody needs it.
set(archive "${CMAKE_STATIC_LIBRARY_PREFIX}vtkScoreFieldsCS${CMAKE_STATIC_LIBRARY_SUFFIX}")
install(CODE
  "file(REMOVE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/${archive}\")")

# SPDX-License-Identifier: BSD-3-Clause
# `cmake --build <folder> --target package` makes a Debian package of the plugin (CPack).
#
# Whatever the prefix of the build tree, the package has the folders of Debian's ParaView: /usr, and
# below it the libraries' folder of the processor. dpkg-shlibdeps finds what the package depends on.
# ParaView itself is named to the version, for a plugin works with no other one.
# The component `debian` is what the package has beside the installed plugin.

set(scorefields_package paraview-plugin-scorefields)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME "${scorefields_package}")
# Two ParaViews make two packages, in their file names as well.
set(CPACK_DEBIAN_PACKAGE_VERSION "${PROJECT_VERSION}+pv${ParaView_VERSION}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGE_CONTACT "The ScoreFields authors <authors@scorefields.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Density and score of point clouds in ParaView")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "A plugin for ParaView. It gives the density of a point cloud, its score (the
gradient of the log density), and where that score can be trusted.
It works with the ParaView that it was built against and with no other one.")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
math(EXPR next_patch "${ParaView_VERSION_PATCH} + 1")
set(next_paraview "${ParaView_VERSION_MAJOR}.${ParaView_VERSION_MINOR}.${next_patch}~")
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "paraview (>= ${ParaView_VERSION}), paraview (<< ${next_paraview})")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_BINARY_DIR}/${scorefields_home}/lib")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS python3-paraview)
set(CPACK_STRIP_FILES ON)

set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_CMAKE_PROJECTS
  "${CMAKE_BINARY_DIR};${PROJECT_NAME};ALL;/" "${CMAKE_BINARY_DIR};${PROJECT_NAME};debian;/")
set(CPACK_SCOREFIELDS_LIBRARIES "${CMAKE_INSTALL_LIBDIR}")
set(CPACK_SCOREFIELDS_DEBIAN_LIBRARIES "lib/${CMAKE_LIBRARY_ARCHITECTURE}")
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/PackageLayout.cmake")

set(templates "${PROJECT_SOURCE_DIR}/packaging/debian")
set(results "${CMAKE_BINARY_DIR}/packaging/debian")
file(READ "${PROJECT_SOURCE_DIR}/LICENSE" scorefields_licence)
configure_file("${templates}/copyright.in" "${results}/copyright" @ONLY)
install(FILES "${results}/copyright" DESTINATION "share/doc/${scorefields_package}"
  COMPONENT debian EXCLUDE_FROM_ALL)
# ParaView lists in its Plugin Manager what this file beside its programs names. Debian 12 leaves it
# out; later versions list the plugins of their own folder, and this package adds no file.
if (ParaView_VERSION VERSION_LESS 5.12)
  set(scorefields_plugin_file
    "/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/${PARAVIEW_PLUGIN_SUBDIR}/ScoreFields/ScoreFields.so")
  set(scorefields_plugin_list "share/${scorefields_package}/ScoreFields.plugins.xml")
  configure_file("${templates}/ScoreFields.plugins.xml.in" "${results}/ScoreFields.plugins.xml"
    @ONLY)
  configure_file("${templates}/paraview.conf.in" "${results}/paraview.conf" @ONLY)
  install(FILES "${results}/ScoreFields.plugins.xml" DESTINATION "share/${scorefields_package}"
    COMPONENT debian EXCLUDE_FROM_ALL)
  install(FILES "${results}/paraview.conf" DESTINATION bin COMPONENT debian EXCLUDE_FROM_ALL)
endif ()

include(CPack)

# SPDX-License-Identifier: BSD-3-Clause
# CPack runs this on the files that it will pack. It moves the plugin to Debian's folder of
# libraries.
set(prefix "${CPACK_TEMPORARY_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}")
set(from "${prefix}/${CPACK_SCOREFIELDS_LIBRARIES}")
set(to "${prefix}/${CPACK_SCOREFIELDS_DEBIAN_LIBRARIES}")
if (NOT from STREQUAL to)
  file(GLOB entries "${from}/*")
  file(MAKE_DIRECTORY "${to}")
  foreach (entry IN LISTS entries)
    get_filename_component(name "${entry}" NAME)
    file(RENAME "${entry}" "${to}/${name}")
  endforeach ()
  file(GLOB rest "${from}/*")
  if (NOT rest)
    file(REMOVE_RECURSE "${from}")
  endif ()
endif ()

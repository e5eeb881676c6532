# SPDX-License-Identifier: BSD-3-Clause
# The form of the sources, and the pages of docs/filters against the XML that they are written from.
find_package(Python3 QUIET COMPONENTS Interpreter)

add_test(NAME Style.Sources COMMAND "${PROJECT_SOURCE_DIR}/tools/check-style.sh")
set_tests_properties(Style.Sources PROPERTIES LABELS style SKIP_RETURN_CODE 77)
if (Python3_FOUND)
  add_test(NAME Style.FilterPages
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/docs/filters.py" --check)
  set_tests_properties(Style.FilterPages PROPERTIES LABELS style)
endif ()

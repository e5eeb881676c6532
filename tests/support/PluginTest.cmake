# SPDX-License-Identifier: BSD-3-Clause
# scorefields_add_test(NAME <name> LABEL <label> COMMAND <command>...
#                      [ENVIRONMENT <variable=value>...] [TIMEOUT <seconds>] [DISPLAY])
#
# A test of the built plugin, run with ParaView's own programs, which find it through
# PV_PLUGIN_PATH. It fails where anything prints an error, whatever it returns. DISPLAY: it draws,
# so it gets a virtual screen (without -noreset that would end with its first program).

find_program(PVPYTHON pvpython REQUIRED)
find_program(PVBATCH pvbatch REQUIRED)
find_program(PVSERVER pvserver REQUIRED)
find_program(XVFB_RUN xvfb-run)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function (scorefields_add_test)
  cmake_parse_arguments(PARSE_ARGV 0 test "DISPLAY" "NAME;LABEL;TIMEOUT" "COMMAND;ENVIRONMENT")
  set(screen)
  if (test_DISPLAY AND XVFB_RUN)
    set(screen "${XVFB_RUN}" -a -s "-screen 0 1280x1024x24 -noreset")
  endif ()
  if (NOT test_TIMEOUT)
    set(test_TIMEOUT 1200)
  endif ()
  add_test(NAME "${test_NAME}" COMMAND ${screen} ${test_COMMAND})
  set_tests_properties("${test_NAME}" PROPERTIES
    LABELS "${test_LABEL}"
    TIMEOUT "${test_TIMEOUT}"
    SKIP_RETURN_CODE 77
    ENVIRONMENT "PV_PLUGIN_PATH=${CMAKE_BINARY_DIR}/plugins;PYTHONPATH=${PROJECT_SOURCE_DIR}/tools;${test_ENVIRONMENT}"
    FAIL_REGULAR_EXPRESSION "ERR[|];ERROR:;Traceback;Segmentation fault")
endfunction ()

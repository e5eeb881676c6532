#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# Installs what is missing, builds the plugin and its tests, and runs the tests.
# Arguments go to CTest: tools/test.sh -L numerics runs the numerics' tests only.
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"

# Where nobody waits for a compiler newer than ours, a warning is an error.
werror=OFF
if [[ ${CI:-} == true ]]; then
  werror=ON
fi

install_dependencies --tests
build_tree -DSCOREFIELDS_BUILD_TESTS=ON -DSCOREFIELDS_TEST_UNITS=ON \
  -DSCOREFIELDS_WARNINGS_AS_ERRORS=$werror
# One more than cores, since the tests of the window wait for it a good part of their time.
ctest --test-dir "$build" --output-on-failure --no-tests=error --parallel "$((cores + 1))" "$@"

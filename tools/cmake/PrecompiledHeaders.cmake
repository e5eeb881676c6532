# SPDX-License-Identifier: BSD-3-Clause
# Headers that most units include and that cost more to read than the unit itself. They are read
# once to a target. -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows whether a unit forgot one of its own.
set(scorefields_common_headers
  <Eigen/Core>
  <algorithm>
  <array>
  <cmath>
  <functional>
  <limits>
  <memory>
  <sstream>
  <stdexcept>
  <string>
  <utility>
  <vector>)
set(scorefields_test_headers ${scorefields_common_headers} <gtest/gtest.h>)

// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Numbers_h
#define support_Numbers_h

#include <limits>

/// Numbers that many tests use.
namespace scorefields
{
constexpr double Eps = std::numeric_limits<double>::epsilon();
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

/// A mean of draws is farther from its expectation than this in standard errors by one chance in
/// two million.
constexpr double FiveSigma = 5.0;
}

#endif

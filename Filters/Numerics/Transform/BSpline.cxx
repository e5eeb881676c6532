// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/BSpline.h"

#include "Numerics/Base/Types.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace scorefields
{
namespace
{
using Tables = std::array<SplineTable, MaximumSplineOrder + 1>;

// Piece j of the spline of order p, as a function of x = j + 1/2 - s with s = t - 1/2, by
// (p - 1) M_p(x) = x M_{p-1}(x) + (p - x) M_{p-1}(x - 1).
Tables MakeTables()
{
  Tables tables{};
  tables[1][0][0] = 1.0;
  for (int p = 2; p <= MaximumSplineOrder; ++p)
  {
    for (int j = 0; j < p; ++j)
    {
      for (int k = 0; k < p - 1; ++k)
      {
        const double here = j < p - 1 ? tables[p - 1][k][j] / (p - 1) : 0.0;
        const double before = j > 0 ? tables[p - 1][k][j - 1] / (p - 1) : 0.0;
        tables[p][k][j] += (j + 0.5) * here + (p - j - 0.5) * before;
        tables[p][k + 1][j] += before - here;
      }
    }
  }
  return tables;
}

double Zeta(int p)
{
  double sum = 0.0;
  for (int m = 30; m >= 1; --m)
  {
    sum += std::pow(m, -p);
  }
  return sum;
}

// Integral over the frequencies of the mesh of exp(-(r theta)^2 / 2) times the aliases' weights,
// and of its leading term over all frequencies.
double IntegralRatio(int order, double resolution)
{
  constexpr int steps = 60; // a smooth integrand: far beyond the digits a bound needs
  const double last = std::min(Pi, 9.0 / resolution);
  double whole = 0.0;
  double leading = 0.0;
  for (int i = 1; i <= steps; ++i)
  {
    const double theta = last * (i - 0.5) / steps;
    const double gauss = std::exp(-0.5 * resolution * resolution * theta * theta);
    for (int m = 1; m <= 2; ++m)
    {
      const double shift = 2.0 * Pi * m;
      whole += gauss *
        (std::pow(theta / (shift - theta), order) + std::pow(theta / (shift + theta), order));
      leading += gauss * 2.0 * std::pow(theta / shift, order);
    }
  }
  return whole / leading;
}
}

const SplineTable& SplineWeights(int order)
{
  static const Tables tables = MakeTables();
  assert(order >= MinimumSplineOrder && order <= MaximumSplineOrder);
  return tables[static_cast<std::size_t>(order)];
}

double SplineTransform(int order, double theta)
{
  const double half = 0.5 * theta;
  const double sinc = std::abs(half) < 1e-8 ? 1.0 : std::sin(half) / half;
  return std::pow(sinc, order);
}

double SplineErrorBound(int order, double resolution)
{
  constexpr double cramer = 1.0865;
  const double hermite = cramer * std::sqrt(2.0 * std::tgamma(order + 1.0));
  return 2.0 * hermite * Zeta(order) * std::pow(2.0 * Pi * resolution, -order) *
    std::max(1.0, IntegralRatio(order, resolution));
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/LinearDensity.h"

#include <cmath>

namespace scorefields
{
namespace
{
/// du / dx at the nodes along an axis; 1 if it is no logarithm.
Eigen::VectorXd SlopesAlong(const Grid& nodes, int axis, bool isLogarithm)
{
  Eigen::VectorXd slopes = Eigen::VectorXd::Ones(nodes.Dimensions[axis]);
  for (Index i = 0; isLogarithm && i < slopes.size(); ++i)
  {
    const double u = nodes.Origin[axis] + static_cast<double>(i) * nodes.Spacing[axis];
    slopes[i] = std::pow(10.0, -u) / std::log(10.0);
  }
  return slopes;
}
}

void LinearDensities(
  const Grid& nodes, const std::array<bool, 3>& logarithms, const double* densities, double* linear)
{
  std::array<Eigen::VectorXd, 3> slopes;
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto a = static_cast<std::size_t>(axis);
    slopes[a] = SlopesAlong(nodes, axis, logarithms[a]);
  }
  Index node = 0;
  for (Index k = 0; k < nodes.Dimensions[2]; ++k)
  {
    for (Index j = 0; j < nodes.Dimensions[1]; ++j)
    {
      const double across = slopes[1][j] * slopes[2][k];
      for (Index i = 0; i < nodes.Dimensions[0]; ++i, ++node)
      {
        const double density = densities[node];
        linear[node] = density > 0.0 ? density * slopes[0][i] * across : density;
      }
    }
  }
}
}

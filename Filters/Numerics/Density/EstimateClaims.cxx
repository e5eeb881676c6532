// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/EstimateClaims.h"

#include "Numerics/Exact/BoundaryImages.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();
constexpr double RoundingOfOffsets = 16.0 * Eps;
constexpr double RoundingOfLogarithm = 4.0 * Eps; ///< per 1 + its size
constexpr double ImagesBeyond = 74.0; ///< 2 ln 1e16: what BoundaryImages keeps, squared bandwidths

double RootOfCondition(const GaussianKernel& kernel)
{
  if (kernel.IsDiagonal())
  {
    return 1.0;
  }
  const Eigen::MatrixXd part = kernel.ActiveAxes().PartOf(kernel.Covariance());
  const Eigen::VectorXd eigenvalues =
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(part, Eigen::EigenvaluesOnly).eigenvalues();
  return std::sqrt(eigenvalues.maxCoeff() / eigenvalues.minCoeff());
}
}

double FarthestOffset(const GaussianKernel& kernel, const PointBox& one, const PointBox& other)
{
  const Eigen::Vector3d least = one.Lower - other.Upper;
  const Eigen::Vector3d most = one.Upper - other.Lower;
  double squared = 0.0;
  for (int corner = 0; corner < 8; ++corner)
  {
    Eigen::Vector3d offset;
    for (int axis = 0; axis < 3; ++axis)
    {
      offset[axis] = ((corner >> axis) & 1) != 0 ? most[axis] : least[axis];
    }
    squared = std::max(squared, kernel.SquaredDistance(offset));
  }
  return std::sqrt(squared);
}

double FarthestSample(const EstimateProblem& problem)
{
  const Grid& grid = problem.Nodes;
  const auto& boundaries = problem.Settings.Fft.Boundaries;
  const Eigen::Vector3d last =
    grid.Node(grid.Dimensions[0] - 1, grid.Dimensions[1] - 1, grid.Dimensions[2] - 1);
  const PointBox nodes{ grid.Origin.cwiseMin(last), grid.Origin.cwiseMax(last) };
  PointBox samples{ problem.Moments.Lower, problem.Moments.Upper };
  for (int axis = 0; axis < 3; ++axis)
  {
    if (boundaries[static_cast<std::size_t>(axis)] != Boundary::Open && grid.Dimensions[axis] > 1)
    {
      samples.Lower[axis] = nodes.Lower[axis];
      samples.Upper[axis] = nodes.Upper[axis];
    }
  }
  const double farthest = FarthestOffset(problem.Kernel, nodes, samples);
  return HasClosedAxis(grid, boundaries) ? std::sqrt(farthest * farthest + ImagesBeyond) : farthest;
}

ErrorClaims ExactClaims(
  const GaussianKernel& kernel, double count, double farthest, double tolerance)
{
  const double sums = tolerance + 0.5 * Eps * count;
  const double logarithm = 0.5 * farthest * farthest + std::abs(kernel.LogPeak());
  ErrorClaims claims;
  claims.Density = sums + RoundingOfLogarithm * (logarithm + 1.0);
  claims.LogDensity = claims.Density;
  claims.Score =
    (2.0 * sums + RoundingOfOffsets * RootOfCondition(kernel)) * std::max(farthest, 1.0);
  claims.AbsoluteDensity = sums * std::exp(kernel.LogPeak());
  return claims;
}
}

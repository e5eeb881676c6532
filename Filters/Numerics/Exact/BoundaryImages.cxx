// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/BoundaryImages.h"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double LogNegligible = 36.84; // ln 1e16
constexpr double MostImages = 1e8;

double LengthOf(const Grid& grid, int axis)
{
  return static_cast<double>(grid.Dimensions[axis] - 1) * grid.Spacing[axis];
}

/// The coordinates of a sample's images along one axis, within `reach` of [lower, lower + length].
void ImagesAlong(Boundary boundary, double x, double lower, double length, double reach,
  std::vector<double>& images)
{
  images.clear();
  if (boundary == Boundary::Open)
  {
    images.push_back(x);
    return;
  }
  const bool mirrors = boundary == Boundary::Reflecting;
  const double period = mirrors ? 2.0 * length : length;
  double offset = std::fmod(x - lower, period);
  offset += offset < 0.0 ? period : 0.0;
  const auto most = static_cast<Index>(std::ceil((reach + length) / period)) + 1;
  for (Index k = -most; k <= most; ++k)
  {
    for (const double side : { 1.0, -1.0 })
    {
      const double image = side * offset + static_cast<double>(k) * period;
      const bool wanted = side > 0.0 || mirrors;
      if (wanted && image >= -reach && image <= length + reach)
      {
        images.push_back(lower + image);
      }
    }
  }
}

double ReachOf(
  const GaussianKernel& kernel, const Grid& grid, const std::array<Boundary, 3>& boundaries)
{
  const double widest =
    Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(kernel.Covariance(), Eigen::EigenvaluesOnly)
      .eigenvalues()
      .maxCoeff();
  double squared = 2.0 * LogNegligible * widest;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool closed = boundaries[static_cast<std::size_t>(axis)] != Boundary::Open;
    squared += closed ? std::pow(LengthOf(grid, axis), 2.0) : 0.0;
  }
  return std::sqrt(squared);
}

void RequireFewImages(
  const Samples& samples, const Grid& grid, const std::array<Boundary, 3>& boundaries, double reach)
{
  double images = static_cast<double>(samples.Count());
  for (int axis = 0; axis < 3; ++axis)
  {
    if (boundaries[static_cast<std::size_t>(axis)] != Boundary::Open)
    {
      const double length = LengthOf(grid, axis);
      images *= (length + 2.0 * reach) / length;
    }
  }
  if (images > MostImages)
  {
    std::ostringstream message;
    message << "Boundary asks the exact engine for " << images << " images of the points, since the"
            << " kernel is wide against the box; set Engine to FFT or Bandwidth to less";
    throw std::invalid_argument(message.str());
  }
}

std::array<Boundary, 3> Effective(const Grid& grid, std::array<Boundary, 3> boundaries)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    if (grid.Dimensions[axis] < 2)
    {
      boundaries[static_cast<std::size_t>(axis)] = Boundary::Open;
    }
  }
  return boundaries;
}
}

bool HasClosedAxis(const Grid& grid, const std::array<Boundary, 3>& boundaries)
{
  for (const Boundary boundary : Effective(grid, boundaries))
  {
    if (boundary != Boundary::Open)
    {
      return true;
    }
  }
  return false;
}

Samples WithImages(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const std::array<Boundary, 3>& boundaries)
{
  const std::array<Boundary, 3> effective = Effective(grid, boundaries);
  const double reach = ReachOf(kernel, grid, effective);
  RequireFewImages(samples, grid, effective, reach);
  std::vector<double> coordinates;
  std::vector<double> weights;
  std::array<std::vector<double>, 3> images;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    for (std::size_t axis = 0; axis < 3; ++axis)
    {
      const auto a = static_cast<int>(axis);
      ImagesAlong(effective[axis], samples.Points(a, i), grid.Origin[a], LengthOf(grid, a), reach,
        images[axis]);
    }
    for (const double z : images[2])
    {
      for (const double y : images[1])
      {
        for (const double x : images[0])
        {
          coordinates.insert(coordinates.end(), { x, y, z });
          weights.push_back(samples.Weight(i));
        }
      }
    }
  }
  Samples all;
  const auto count = static_cast<Index>(weights.size());
  all.Points = Eigen::Map<const Eigen::Matrix3Xd>(coordinates.data(), 3, count);
  if (samples.Weights.size() > 0)
  {
    all.Weights = Eigen::Map<const Eigen::VectorXd>(weights.data(), count);
  }
  all.TotalWeight = samples.TotalWeight;
  return all;
}
}

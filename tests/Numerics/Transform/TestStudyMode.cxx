// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FftDensity.h"
#include "support/Numbers.h"

#include "support/Reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
Grid Square(double low, double high, Index nodes)
{
  Grid grid;
  grid.Origin = Eigen::Vector3d(low, low, 0.0);
  grid.Spacing = Eigen::Vector3d::Constant((high - low) / static_cast<double>(nodes - 1));
  grid.Dimensions = Index3(nodes, nodes, 1);
  return grid;
}

Samples Points(const std::vector<Eigen::Vector2d>& points)
{
  Eigen::Matrix3Xd matrix = Eigen::Matrix3Xd::Zero(3, static_cast<Index>(points.size()));
  for (std::size_t i = 0; i < points.size(); ++i)
  {
    matrix.col(static_cast<Index>(i)).head<2>() = points[i];
  }
  return Samples::Unweighted(matrix);
}

FftOptions Unclamped()
{
  FftOptions options = FftOptions::Study();
  options.ClampNegative = false;
  return options;
}
}

// Oracle: KernelDensity.jl's algorithm in 50 digits (reference.json). The tolerance is rounding:
// 4 eps of the maximum by the transforms, the same again by the binning weights.
TEST(StudyMode, EqualsKernelDensityJlBeforeTheClamp)
{
  const auto& reference = reference::All()["kerneldensity_jl_16x16"]["grids"];
  const Samples samples =
    Points({ { -1, -1 }, { 1, 1 }, { 1, -1 }, { 0.5, -0.75 }, { -0.25, 0.5 } });
  const Grid grid = Square(-3.0, 3.0, 16);
  for (const std::string name : { "h0.3", "h0.05" })
  {
    std::vector<double> density(256);
    FieldView fields;
    fields.Density = density.data();
    const auto kernel = GaussianKernel::Isotropic(Axes::First(2), std::stod(name.substr(1)));
    const FftReport report = ComputeFftDensity(grid, samples, kernel, Unclamped(), fields);
    const double most = reference::Number(reference[name]["max"]);
    const double tolerance = 8.0 * Eps * most;
    for (const auto& entry : reference[name]["density_unclamped"])
    {
      const std::size_t node =
        entry["ij"][0].get<std::size_t>() + 16 * entry["ij"][1].get<std::size_t>();
      EXPECT_NEAR(density[node], reference::Number(entry["value"]), tolerance) << name;
    }
    EXPECT_NEAR(report.Minimum, reference::Number(reference[name]["min"]), tolerance);
    EXPECT_NEAR(report.Maximum, most, tolerance);
    const double mass = Eigen::Map<Eigen::VectorXd>(density.data(), 256).sum() * 0.4 * 0.4;
    EXPECT_NEAR(mass, 1.0, 256 * Eps);
    EXPECT_EQ(report.DroppedWeight, 0.0);
  }
}

// Oracle: the library's rule (its source): a point counts if it lies above the first node and not
// above the last one, while all points count in the divisor.
TEST(StudyMode, DropsPointsOnTheLowerEdgeAndOutsideButCountsThem)
{
  const Samples samples =
    Points({ { -3, 0 }, { 3, 0 }, { 0, -3 }, { 0, 3 }, { 0.1, 0.2 }, { 7, 0 } });
  const Grid grid = Square(-3.0, 3.0, 16);
  std::vector<double> density(256);
  FieldView fields;
  fields.Density = density.data();
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), 0.5);
  const FftReport report = ComputeFftDensity(grid, samples, kernel, Unclamped(), fields);
  const double mass = Eigen::Map<Eigen::VectorXd>(density.data(), 256).sum() * 0.4 * 0.4;
  EXPECT_NEAR(mass, 0.5, 256 * Eps);
  EXPECT_NEAR(report.DroppedWeight, 0.5, Eps);
  EXPECT_NEAR(report.LostWeight, 1.0 / 6.0, Eps);
}

// Oracle: another implementation, tests/support/reference/study_frames.py with numpy 1.24.2, of the
// least density over the largest in frames of the study's animation of partial derivatives. At h =
// 0.06 and 0.16 the cut spectrum rings, a number that rounding changes by 4 eps, given with five
// digits. At 0.31 and 0.51 it is the least of 65536 numbers of rounding noise, 4 to 5 of its
// standard deviations, which in another library has another size: a factor of three is allowed.
TEST(StudyMode, NegativeValuesAreOfTheStudysSize)
{
  const auto& reference = reference::All()["sample200"];
  const Samples samples = Samples::Unweighted(reference::Points(reference["points"]));
  const Grid grid = Square(-10.0, 10.0, 256);
  const double expected[][2] = { { 0.06, -2.1191e-3 }, { 0.16, -2.1181e-11 }, { 0.31, -1.8509e-16 },
    { 0.51, -1.7510e-16 } };
  for (const auto& row : expected)
  {
    std::vector<double> density(256 * 256);
    std::vector<double> logDensity(256 * 256);
    FieldView fields;
    fields.Density = density.data();
    fields.LogDensity = logDensity.data();
    const auto kernel = GaussianKernel::Isotropic(Axes::First(2), row[0]);
    const FftReport report = ComputeFftDensity(grid, samples, kernel, FftOptions::Study(), fields);
    const double ratio = report.Minimum / report.Maximum;
    if (row[0] < 0.2)
    {
      EXPECT_NEAR(ratio, row[1], 4.0 * Eps - 1e-4 * row[1]) << row[0];
    }
    else
    {
      EXPECT_LT(ratio, row[1] / 3.0) << row[0];
      EXPECT_GT(ratio, row[1] * 3.0) << row[0];
    }
    EXPECT_GE(*std::min_element(density.begin(), density.end()), 0.0);
    EXPECT_GT(std::count(density.begin(), density.end(), 0.0), 256 * 256 / 5);
    EXPECT_TRUE(std::all_of(
      logDensity.begin(), logDensity.end(), [](double value) { return std::isfinite(value); }));
    EXPECT_LE(-report.Minimum, report.Floor());
  }
}

// Oracle: the kernel is repeated with the period nodes * spacing; a point near one edge appears at
// the other with the value of its image. Rounding: 4 eps of the maximum.
TEST(StudyMode, WrapsAroundWithOneSpacingMoreThanTheBox)
{
  const Samples samples = Points({ { 2.8, 0.2 } });
  const Grid grid = Square(-3.0, 3.0, 61);
  std::vector<double> density(61 * 61);
  FieldView fields;
  fields.Density = density.data();
  const double h = 0.5;
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  ComputeFftDensity(grid, samples, kernel, Unclamped(), fields);
  const double image = 2.8 - 6.1 + 3.0; // offset of the image from the first node
  const double atEdge = std::exp(-0.5 * image * image / (h * h)) / (2.0 * Pi * h * h);
  EXPECT_NEAR(density[61 * 32], atEdge, 8.0 * Eps / (2.0 * Pi * h * h));
}
}

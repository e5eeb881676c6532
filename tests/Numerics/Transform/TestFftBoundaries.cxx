// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FftDensity.h"
#include "support/DirectSum.h"

#include "support/Boxes.h"
#include "support/Fields.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
// The samples with their images along the first axis: shifted by whole periods, and for a
// reflecting axis mirrored at its lower face in addition. Enough of them for h <= 1/2 period.
Samples WithImages(const Samples& samples, double low, double length, bool mirror)
{
  const Index n = samples.Count();
  const double period = mirror ? 2.0 * length : length;
  const Index copies = mirror ? 22 : 11;
  Eigen::Matrix3Xd points(3, copies * n);
  for (Index copy = 0; copy < copies; ++copy)
  {
    auto block = points.middleCols(copy * n, n);
    block = samples.Points;
    if (copy >= 11)
    {
      block.row(0) = (2.0 * low - block.row(0).array()).matrix();
    }
    block.row(0).array() += period * static_cast<double>(copy % 11 - 5);
  }
  Samples images = Samples::Unweighted(points);
  images.TotalWeight = samples.TotalWeight;
  return images;
}

void ExpectEqualsImageSum(Boundary boundary, double h)
{
  const Grid grid = support::GridInBox({ -0.5, -0.4, 0.0 }, { 0.5, 0.6, 0.0 }, { 51, 38, 1 });
  const Samples samples = Samples::Unweighted(1.5 * RandomPoints(100, 3, 2));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  FftOptions options;
  options.Boundaries[0] = boundary;
  support::Fields exact(grid.Size());
  support::Fields fft(grid.Size());
  direct::EvaluateOnGrid(
    WithImages(samples, -0.5, 1.0, boundary == Boundary::Reflecting), kernel, grid, exact.View());
  FieldView view = fft.View();
  view.KishSampleSize = nullptr;
  const FftReport report = ComputeFftDensity(grid, samples, kernel, options, view);
  EXPECT_LE((fft.Density - exact.Density).cwiseAbs().maxCoeff(), report.Floor());
  EXPECT_LE(report.Floor(), 1e-8 * report.Maximum);
  EXPECT_EQ(report.DroppedWeight, 0.0);
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const double relative = report.Floor() / exact.Density[i];
    if (relative < 1e-6)
    {
      const double frequency = exact.Score.col(i).norm() + 6.0 / h;
      ASSERT_LE((fft.Score.col(i) - exact.Score.col(i)).norm(), 1.1 * relative * frequency);
    }
  }
  if (boundary == Boundary::Reflecting)
  {
    // No flux through the faces.
    for (Index j = 0; j < 38; ++j)
    {
      EXPECT_NEAR(fft.Score(0, 51 * j), 0.0, 1e-6 / h);
      EXPECT_NEAR(fft.Score(0, 51 * j + 50), 0.0, 1e-6 / h);
    }
  }
}
}

// Oracle: DirectSum over the samples and their images, within the floor that the engine claims.
TEST(FftBoundaries, PeriodicAxisSumsOverPeriods)
{
  ExpectEqualsImageSum(Boundary::Periodic, 0.1);
  ExpectEqualsImageSum(Boundary::Periodic, 0.5);
}

// Oracle: DirectSum over the samples and their images, within the floor that the engine claims.
TEST(FftBoundaries, ReflectingAxisSumsOverMirrorImages)
{
  ExpectEqualsImageSum(Boundary::Reflecting, 0.1);
  ExpectEqualsImageSum(Boundary::Reflecting, 0.5);
}

// Oracle: invariant. All mass stays in a closed box; the trapezoidal rule is exact to rounding for
// a periodic function. Also for a kernel wider than the box. The mass is the transform at frequency
// 0, which spreading keeps; sums of 50 samples and 3e4 nodes round by less than 500 eps.
TEST(FftBoundaries, ClosedBoxKeepsTheMass)
{
  const Grid grid = support::GridInBox({ 0.0, 0.0, 0.0 }, { 1.0, 2.0, 3.0 }, { 21, 31, 41 });
  Eigen::Matrix3Xd points = RandomPoints(50, 4).array() + 0.5;
  points.row(2) *= 3.0;
  FftOptions options;
  options.Boundaries = { Boundary::Periodic, Boundary::Reflecting, Boundary::Periodic };
  for (const double h : { 0.2, 4.0 })
  {
    support::Fields fft(grid.Size());
    FieldView view;
    view.Density = fft.Density.data();
    ComputeFftDensity(grid, Samples::Unweighted(points),
      GaussianKernel::Isotropic(Axes::First(3), h), options, view);
    double mass = 0.0;
    for (Index i = 0; i < grid.Size(); ++i)
    {
      const Index row = i / 21;
      const bool faces[] = { i % 21 % 20 == 0, row % 31 % 30 == 0, row / 31 % 40 == 0 };
      mass +=
        fft.Density[i] * (faces[0] ? 0.5 : 1.0) * (faces[1] ? 0.5 : 1.0) * (faces[2] ? 0.5 : 1.0);
    }
    EXPECT_NEAR(mass * grid.Spacing.prod(), 1.0, 1e-13);
  }
}
}

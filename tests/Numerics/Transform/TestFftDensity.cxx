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
Samples Weighted(Index n, int dimension, double width)
{
  return Samples::Weighted(width * RandomPoints(n, 1, dimension),
    (RandomPoints(n, 2).row(0).array() + 1.0).matrix().transpose());
}

// Compares with the definition: the density within the floor F that the engine claims; what is
// derived from it where f is above 1e6 F. There log f is off by F / f; a derivative of order m of
// the density's error is bounded like the error times (sqrt(m) 6 / h)^m, since no frequency beyond
// 6 / h carries it; the quotient adds the error of f times what it is multiplied with.
void ExpectEqualsDirectSum(const Grid& grid, const Samples& samples, const GaussianKernel& kernel,
  const FftOptions& options = {})
{
  support::Fields exact(grid.Size());
  support::Fields fft(grid.Size());
  direct::EvaluateOnGrid(samples, kernel, grid, exact.View());
  FieldView view = fft.View();
  view.KishSampleSize = nullptr;
  const FftReport report = ComputeFftDensity(grid, samples, kernel, options, view);
  const double floor = report.Floor();
  EXPECT_LE((fft.Density - exact.Density).cwiseAbs().maxCoeff(), floor);
  EXPECT_LE(floor, 2.0 * options.Tolerance * std::exp(kernel.LogPeak()));
  EXPECT_GE(fft.Density.minCoeff(), 0.0);
  EXPECT_TRUE(fft.LogDensity.allFinite() && fft.Score.allFinite() && fft.Hessian.allFinite());
  const double frequency = 6.0 * std::sqrt(kernel.Precision().diagonal().maxCoeff());
  Index compared = 0;
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const double relative = floor / exact.Density[i];
    if (relative > 1e-6)
    {
      continue;
    }
    ++compared;
    const double score = exact.Score.col(i).norm();
    const double scale = score + frequency;
    ASSERT_NEAR(fft.LogDensity[i], exact.LogDensity[i], 1.1 * relative + 1e-14);
    ASSERT_LE((fft.Score.col(i) - exact.Score.col(i)).norm(), 1.1 * relative * scale);
    ASSERT_LE((fft.Hessian.col(i) - exact.Hessian.col(i)).norm(), 4.0 * relative * scale * scale);
    ASSERT_NEAR(fft.EffectiveSampleSize[i], exact.EffectiveSampleSize[i],
      1.1 * relative * exact.EffectiveSampleSize[i]);
  }
  EXPECT_GT(compared, grid.Size() / 50);
}
}

// Oracle: DirectSum. A box that is not square, weights, samples outside that reach in, bandwidths
// from half a spacing to as wide as the box and far wider.
TEST(FftDensity, EqualsTheDirectSumInAPlane)
{
  const Grid grid = support::GridInBox({ -0.7, -0.4, 0.0 }, { 0.5, 0.6, 0.0 }, { 90, 64, 1 });
  const Samples samples = Weighted(400, 2, 1.3);
  for (const double h : { 0.008, 0.03, 0.08, 0.4, 1.0, 30.0 })
  {
    SCOPED_TRACE(h);
    ExpectEqualsDirectSum(grid, samples, GaussianKernel::Isotropic(Axes::First(2), h));
  }
}

// Oracle: DirectSum. Bandwidths differ per axis; one is wider than the box.
TEST(FftDensity, EqualsTheDirectSumInSpace)
{
  const Grid grid = support::GridInBox({ -0.6, -0.5, -0.4 }, { 0.5, 0.6, 0.3 }, { 24, 18, 21 });
  const Samples samples = Weighted(200, 3, 1.2);
  for (const double h : { 0.08, 0.3 })
  {
    const Eigen::Vector3d bandwidths(h, 1.5 * h, 12.0 * h);
    ExpectEqualsDirectSum(
      grid, samples, GaussianKernel::PerAxis(Axes::First(3), bandwidths), FftOptions{});
  }
}

// Oracle: DirectSum.
TEST(FftDensity, EqualsTheDirectSumOnALine)
{
  const Grid grid = support::GridInBox({ -0.6, 0.0, 0.0 }, { 0.5, 0.0, 0.0 }, { 700, 1, 1 });
  for (const double h : { 0.004, 0.1, 50.0 })
  {
    ExpectEqualsDirectSum(grid, Weighted(50, 1, 1.2), GaussianKernel::Isotropic(Axes::First(1), h));
  }
}

// Oracle: DirectSum. The kernel is four times as long as wide, oblique to the axes.
TEST(FftDensity, EqualsTheDirectSumForAFullCovariance)
{
  Eigen::Matrix3d shape;
  shape << 1.0, 0.75, 0.2, 0.75, 1.0, -0.1, 0.2, -0.1, 0.5;
  const Grid plane = support::GridInBox({ -0.7, -0.4, 0.0 }, { 0.5, 0.6, 0.0 }, { 60, 44, 1 });
  ExpectEqualsDirectSum(plane, Weighted(200, 2, 1.2), GaussianKernel(Axes::First(2), 0.01 * shape));
  const Grid space = support::GridInBox({ -0.6, -0.5, -0.4 }, { 0.5, 0.6, 0.3 }, { 20, 18, 21 });
  ExpectEqualsDirectSum(space, Weighted(100, 3, 1.2), GaussianKernel(Axes::First(3), 0.02 * shape));
}

// Oracle: DirectSum. Data that are flat along y or along x, with offsets there.
TEST(FftDensity, EqualsTheDirectSumInOtherPlanes)
{
  for (const int flat : { 0, 1 })
  {
    const Axes axes = Axes::FromFlags(flat != 0, flat != 1, true);
    Grid grid = support::GridInBox({ -0.6, -0.5, -0.4 }, { 0.5, 0.6, 0.3 }, { 40, 30, 50 });
    grid.Origin[flat] = 7.0;
    grid.Dimensions[flat] = 1;
    Samples samples = Weighted(200, 3, 1.2);
    samples.Points.row(flat).setConstant(7.0);
    ExpectEqualsDirectSum(grid, samples, GaussianKernel::Isotropic(axes, 0.07));
  }
}

// Oracle: DirectSum. A grid of one node along an axis in which the data extend is a slice.
TEST(FftDensity, EqualsTheDirectSumOnASlice)
{
  const Grid grid = support::GridInBox({ -0.6, -0.5, 0.1 }, { 0.5, 0.6, 0.1 }, { 40, 30, 1 });
  ExpectEqualsDirectSum(
    grid, Weighted(200, 3, 1.2), GaussianKernel::Isotropic(Axes::First(3), 0.15));
}

// Oracle: DirectSum, at tolerances from loose to as tight as rounding lets them be.
TEST(FftDensity, KeepsTheToleranceAskedFor)
{
  const Grid grid = support::GridInBox({ -0.7, -0.4, 0.0 }, { 0.5, 0.6, 0.0 }, { 90, 64, 1 });
  for (const double tolerance : { 1e-3, 1e-6, 1e-12 })
  {
    FftOptions options;
    options.Tolerance = tolerance;
    support::Fields exact(grid.Size());
    support::Fields fft(grid.Size());
    const Samples samples = Weighted(400, 2, 1.3);
    const auto kernel = GaussianKernel::Isotropic(Axes::First(2), 0.08);
    FieldView view;
    view.Density = exact.Density.data();
    direct::EvaluateOnGrid(samples, kernel, grid, view);
    view.Density = fft.Density.data();
    const FftReport report = ComputeFftDensity(grid, samples, kernel, options, view);
    const double error = (fft.Density - exact.Density).cwiseAbs().maxCoeff();
    EXPECT_LE(error, report.Floor());
    EXPECT_LE(error, tolerance * report.Maximum);
    EXPECT_LE(report.Errors.Spreading.Density + report.Errors.Wrap.Density,
      3.0 * tolerance * report.Maximum);
  }
}

// Oracle: direct sum over the samples as linear binning moves them to the nodes, which is what the
// aliased spectrum promises to give: positive, up to rounding of 4 eps of the maximum.
TEST(FftDensity, AliasedSpectrumIsThePositiveSumOverBinnedSamples)
{
  const Grid grid = support::GridInBox({ -1.0, -1.0, 0.0 }, { 1.0, 1.0, 0.0 }, { 41, 41, 1 });
  Eigen::Matrix3Xd corners(3, 4);
  corners << 0.1, 0.15, 0.1, 0.15, -0.3, -0.3, -0.25, -0.25, 0.0, 0.0, 0.0, 0.0;
  Eigen::VectorXd shares(4);
  shares << 0.75 * 0.6, 0.25 * 0.6, 0.75 * 0.4, 0.25 * 0.4;
  Eigen::Matrix3Xd point(3, 1);
  point << 0.1 + 0.25 * 0.05, -0.3 + 0.4 * 0.05, 0.0;
  FftOptions options;
  options.Spectrum = FftSpectrum::Aliased;
  options.ClampNegative = false;
  for (const double h : { 0.05, 0.2 })
  {
    const auto kernel = GaussianKernel::Isotropic(Axes::First(2), h);
    support::Fields exact(grid.Size());
    support::Fields fft(grid.Size());
    direct::EvaluateOnGrid(Samples::Weighted(corners, shares), kernel, grid, exact.View());
    FieldView view;
    view.Density = fft.Density.data();
    const FftReport report =
      ComputeFftDensity(grid, Samples::Unweighted(point), kernel, options, view);
    // The normalisation of the sampled kernel: sum over nodes times cell = 1 + 4 exp(-2 pi^2 r^2).
    const double normalisation = 4.0 * std::exp(-2.0 * Pi * Pi * h * h / (0.05 * 0.05));
    const double tolerance = report.Errors.RoundOff.Density + report.Errors.Wrap.Density +
      1.1 * normalisation * report.Maximum;
    EXPECT_LE((fft.Density - exact.Density).cwiseAbs().maxCoeff(), tolerance);
    EXPECT_GE(report.Minimum, -report.Errors.RoundOff.Density - report.Errors.Wrap.Density);
  }
}
}

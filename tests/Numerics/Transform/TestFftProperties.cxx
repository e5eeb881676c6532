// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FftDensity.h"
#include "support/DirectSum.h"

#include "support/Boxes.h"
#include "support/Fields.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace scorefields
{
namespace
{
Grid Plane()
{
  return support::GridInBox({ -0.7, -0.4, 0.0 }, { 0.5, 0.6, 0.0 }, { 90, 64, 1 });
}

FieldView WithoutKish(support::Fields& fields)
{
  FieldView view = fields.View();
  view.KishSampleSize = nullptr;
  return view;
}

GaussianKernel Isotropic(double h)
{
  return GaussianKernel::Isotropic(Axes::First(2), h);
}
}

// Oracle: invariant, to the bit.
TEST(FftProperties, AreTheSameToTheBitForAnyNumberOfThreads)
{
  const Grid grid = support::GridInBox({ -0.6, -0.5, -0.4 }, { 0.5, 0.6, 0.3 }, { 34, 28, 21 });
  const Samples samples = Samples::Unweighted(RandomPoints(5000, 3));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(3), 0.1);
  support::Fields one(grid.Size());
  support::Fields four(grid.Size());
  ComputeFftDensity(grid, samples, kernel, {}, WithoutKish(one));
  ComputeFftDensity(grid, samples, kernel, {}, WithoutKish(four), OnThreads(4));
  EXPECT_TRUE(one.Density == four.Density && one.LogDensity == four.LogDensity);
  EXPECT_TRUE(one.Score == four.Score && one.Hessian == four.Hessian);
}

// Oracle: invariant. Exchanging x and y exchanges the results, also where the spectrum is cut at
// the Nyquist frequency while it is still large. The transforms of x and y are not alike, so they
// agree to rounding only: of the density, and of its derivative, whose frequencies reach pi /
// spacing.
TEST(FftProperties, NoAxisIsSpecial)
{
  const Grid grid = support::GridInBox({ -1.0, -1.0, 0.0 }, { 1.0, 1.0, 0.0 }, { 24, 24, 1 });
  Eigen::Matrix3Xd points = RandomPoints(30, 3, 2);
  support::Fields given(grid.Size());
  support::Fields swapped(grid.Size());
  FftOptions options = FftOptions::Study();
  options.ClampNegative = false;
  const auto kernel = Isotropic(0.3 * grid.Spacing[0]);
  const FftReport report =
    ComputeFftDensity(grid, Samples::Unweighted(points), kernel, options, WithoutKish(given));
  points.row(0).swap(points.row(1));
  ComputeFftDensity(grid, Samples::Unweighted(points), kernel, options, WithoutKish(swapped));
  const double gradient = report.Errors.RoundOff.Density * Pi / grid.Spacing[0];
  Index compared = 0;
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const Index mirrored = i / 24 + 24 * (i % 24);
    const double f = given.Density[i];
    ASSERT_NEAR(f, swapped.Density[mirrored], 2.0 * report.Errors.RoundOff.Density);
    if (f > 1e-3 * report.Maximum)
    {
      ++compared;
      const double score = given.Score.col(i).norm();
      const double tolerance = 2.0 * (gradient + score * report.Errors.RoundOff.Density) / f;
      ASSERT_NEAR(given.Score(0, i), swapped.Score(1, mirrored), tolerance);
      ASSERT_NEAR(given.Score(1, i), swapped.Score(0, mirrored), tolerance);
    }
  }
  EXPECT_GT(compared, 50);
}

// Oracle: dimension analysis. Scaling by a power of two rounds nothing, so results agree to the
// bit; by 1e9 or 1e-9 they agree within the claimed floor, twice.
TEST(FftProperties, ScaleWithTheUnitOfLength)
{
  const Samples samples = Samples::Unweighted(RandomPoints(300, 3, 2));
  support::Fields reference(Plane().Size());
  const FftReport report =
    ComputeFftDensity(Plane(), samples, Isotropic(0.06), {}, WithoutKish(reference));
  for (const double unit : { std::ldexp(1.0, 30), std::ldexp(1.0, -30), 1e9, 1e-9 })
  {
    Grid grid = Plane();
    grid.Origin *= unit;
    grid.Spacing *= unit;
    support::Fields scaled(grid.Size());
    ComputeFftDensity(grid, Samples::Unweighted(unit * samples.Points), Isotropic(unit * 0.06), {},
      WithoutKish(scaled));
    const double error = (unit * unit * scaled.Density - reference.Density).cwiseAbs().maxCoeff();
    const bool power = unit != 1e9 && unit != 1e-9;
    EXPECT_LE(error, power ? 0.0 : 2.0 * report.Errors.RoundOff.Density + 1e-3 * report.Floor())
      << unit;
  }
}

// Oracle: invariant. A common offset of 1e8 boxes costs the digits that the coordinates have lost
// and no more: positions are off by eps 1e8, the density by that over h.
TEST(FftProperties, FarFromTheOriginNothingCancels)
{
  const Samples samples = Samples::Unweighted(RandomPoints(300, 3, 2));
  Grid grid = Plane();
  support::Fields reference(grid.Size());
  support::Fields far(grid.Size());
  ComputeFftDensity(grid, samples, Isotropic(0.06), {}, WithoutKish(reference));
  grid.Origin.array() += 1e8;
  ComputeFftDensity(
    grid, Samples::Unweighted(samples.Points.array() + 1e8), Isotropic(0.06), {}, WithoutKish(far));
  const double error = (far.Density - reference.Density).cwiseAbs().maxCoeff();
  EXPECT_LE(error, 4.0 * Eps * 1e8 / 0.06 * reference.Density.maxCoeff());
}

// Oracle: the whole at once. Samples in two parts whose meshes are added, nodes in two blocks, as
// ranks do it. Adding meshes in another order rounds differently by eps per node.
TEST(FftProperties, PartsOfSamplesAndNodesMakeTheWhole)
{
  const Samples all = Samples::Unweighted(RandomPoints(400, 3, 2));
  const Grid grid = Plane();
  const auto kernel = Isotropic(0.06);
  support::Fields whole(grid.Size());
  const FftReport report = ComputeFftDensity(grid, all, kernel, {}, WithoutKish(whole));

  FftDensity engine(grid, { kernel }, MomentsOf(all), {});
  Mesh sum = engine.Spread(StoredSamples(Samples::Unweighted(all.Points.leftCols(150))), {});
  const Mesh rest =
    engine.Spread(StoredSamples(Samples::Unweighted(all.Points.rightCols(250))), {});
  for (Index i = 0; i < sum.Values.Size(); ++i)
  {
    sum.Values[i] += rest.Values[i];
  }
  engine.Transform(std::move(sum), {});
  support::Fields upper(90 * 24);
  engine.Evaluate(kernel, Index3(0, 40, 0), Index3(90, 24, 1), WithoutKish(upper), {});
  EXPECT_LE((upper.Density - whole.Density.tail(90 * 24)).cwiseAbs().maxCoeff(),
    report.Errors.RoundOff.Density);
  const double score = whole.Score.cwiseAbs().maxCoeff();
  EXPECT_LE((upper.Score - whole.Score.rightCols(90 * 24)).cwiseAbs().maxCoeff(), 1e-6 * score);
}

// Oracle: one run per bandwidth. Within the floor of the sweep.
TEST(FftProperties, OneMeshServesAllBandwidthsOfASweep)
{
  const Samples samples = Samples::Unweighted(RandomPoints(400, 3, 2));
  const Grid grid = Plane();
  std::vector<GaussianKernel> kernels;
  for (const double h : { 0.4, 0.1, 0.03 })
  {
    kernels.push_back(Isotropic(h));
  }
  FftDensity engine(grid, kernels, MomentsOf(samples), {});
  engine.Transform(engine.Spread(StoredSamples(samples), {}), {});
  for (const GaussianKernel& kernel : kernels)
  {
    support::Fields exact(grid.Size());
    support::Fields fft(grid.Size());
    FieldView view;
    view.Density = exact.Density.data();
    direct::EvaluateOnGrid(samples, kernel, grid, view);
    view.Density = fft.Density.data();
    const FftReport report = engine.Evaluate(kernel, view, {});
    EXPECT_LE((fft.Density - exact.Density).cwiseAbs().maxCoeff(), report.Floor());
    EXPECT_LE(report.Floor(), 1e-8 * report.Maximum);
  }
  EXPECT_THROW(engine.Evaluate(Isotropic(0.02), {}, {}), std::invalid_argument);
  EXPECT_THROW(engine.Evaluate(Isotropic(0.5), {}, {}), std::invalid_argument);
}

// Oracle: invariant. A bandwidth of a twentieth of the spacing and much less: whatever the nodes
// miss, their sum is the mass and no value is above the kernel's peak.
TEST(FftProperties, MassIsRightFarBelowTheSpacing)
{
  const Grid grid = support::GridInBox({ -1.0, -1.0, 0.0 }, { 1.0, 1.0, 0.0 }, { 128, 128, 1 });
  const Samples samples = Samples::Unweighted(RandomPoints(10000, 3, 2));
  for (const double share : { 0.5, 0.05, 1e-4, 1e-9 })
  {
    const auto kernel = Isotropic(share * grid.Spacing[0]);
    for (const FftSpectrum spectrum : { FftSpectrum::Deconvolved, FftSpectrum::Aliased })
    {
      FftOptions options;
      options.Spectrum = spectrum;
      support::Fields fft(grid.Size());
      const FftReport report = ComputeFftDensity(grid, samples, kernel, options, WithoutKish(fft));
      const double mass = fft.Density.sum() * grid.Spacing[0] * grid.Spacing[1];
      // At half a spacing the true sum over nodes differs by sampling: 2 exp(-2 pi^2 / 4) per
      // axis, times the samples' characteristic function, which is below 0.1 for random ones.
      EXPECT_NEAR(mass, 1.0, 1e-2) << share;
      EXPECT_TRUE(fft.LogDensity.allFinite() && fft.Score.allFinite());
      EXPECT_LE(report.Maximum, std::exp(kernel.LogPeak()));
      EXPECT_GE(report.Minimum, -report.Floor());
    }
  }
}

// Oracle: values that are 0 in truth, far outside the cloud, where padding and spreading leave
// nothing. The rounding of a transform of N values f is noise of 0.6 u sqrt(log2 N) rms(f)
// (Schatzman 1996; fftw.org/accuracy), 1.3 eps rms(f) for 2^18 values. The largest of so many such
// numbers is some 5 times that, and rms(f) at most 0.3 of the maximum for a cloud that fills a
// tenth of the box: 2 eps of the maximum, and a fifth of that more for the spreading.
TEST(FftProperties, RoundingStaysBelowTheModel)
{
  const Grid grid = support::GridInBox({ -6.0, -6.0, 0.0 }, { 6.0, 6.0, 0.0 }, { 200, 200, 1 });
  const Samples samples = Samples::Unweighted(RandomPoints(100, 3, 2));
  for (const FftSpectrum spectrum : { FftSpectrum::Deconvolved, FftSpectrum::Aliased })
  {
    FftOptions options;
    options.Spectrum = spectrum;
    options.Tolerance = 1e-15;
    options.ClampNegative = false;
    for (const double h : { 0.2, 0.4 })
    {
      support::Fields exact(grid.Size());
      support::Fields fft(grid.Size());
      FieldView view;
      view.Density = exact.Density.data();
      direct::EvaluateOnGrid(samples, Isotropic(h), grid, view);
      view.Density = fft.Density.data();
      const FftReport report = ComputeFftDensity(grid, samples, Isotropic(h), options, view);
      double worst = 0.0;
      for (Index i = 0; i < grid.Size(); ++i)
      {
        worst = exact.Density[i] > 0.0 && exact.Density[i] < 1e-20
          ? std::max(worst, std::abs(fft.Density[i]))
          : worst;
      }
      EXPECT_LE(worst, 2.4 * Eps * report.Maximum) << h;
      EXPECT_GT(worst, 0.01 * Eps * report.Maximum) << h;
      EXPECT_LE(worst, report.Errors.RoundOff.Density);
    }
  }
}

// Oracle: definition. One sample outside reaches in, one is too far, one is inside.
TEST(FftProperties, CountsWeightOutsideAndDropped)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(0) << 0.0, 0.55, 40.0;
  Eigen::VectorXd weights(3);
  weights << 1.0, 2.0, 5.0;
  const Samples samples = Samples::Weighted(points, weights);
  support::Fields fft(Plane().Size());
  const FftReport report =
    ComputeFftDensity(Plane(), samples, Isotropic(0.06), {}, WithoutKish(fft));
  EXPECT_NEAR(report.LostWeight, 7.0 / 8.0, Eps);
  EXPECT_NEAR(report.DroppedWeight, 5.0 / 8.0, Eps);
}

// Oracle: definition. Without samples there is no density, and no number that could mislead.
TEST(FftProperties, NoSamplesGiveZero)
{
  support::Fields fft(Plane().Size());
  ComputeFftDensity(
    Plane(), Samples::Unweighted(Eigen::Matrix3Xd(3, 0)), Isotropic(0.06), {}, WithoutKish(fft));
  EXPECT_TRUE((fft.Density.array() == 0.0).all());
  EXPECT_TRUE(fft.LogDensity.allFinite());
  EXPECT_TRUE((fft.Score.array() == 0.0).all());
}

// Contract: the messages name the property.
TEST(FftProperties, RefusesWhatCannotWork)
{
  const Samples samples = Samples::Unweighted(RandomPoints(10, 3, 2));
  support::Fields fft(Plane().Size());
  const auto message = [&](const Grid& grid, const FftOptions& options, const FieldView& view)
  {
    try
    {
      ComputeFftDensity(grid, samples, Isotropic(0.06), options, view);
    }
    catch (const std::invalid_argument& error)
    {
      return std::string(error.what());
    }
    return std::string();
  };
  FftOptions options;
  options.Tolerance = 0.0;
  EXPECT_NE(message(Plane(), options, {}).find("Tolerance is 0"), std::string::npos);
  EXPECT_NE(message(Plane(), {}, fft.View()).find("KishSampleSize"), std::string::npos);
  Grid grid = Plane();
  grid.Dimensions[1] = 1;
  EXPECT_NE(message(grid, FftOptions::Study(), {}).find("at least 2"), std::string::npos);
  grid = Plane();
  grid.Spacing[0] = 0.0;
  EXPECT_NE(message(grid, {}, {}).find("spacing"), std::string::npos);
}
}

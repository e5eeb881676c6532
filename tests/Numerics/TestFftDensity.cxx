// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/DirectSum.h"
#include "Numerics/FftDensity.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();

// All fields of one evaluation, and views of them.
struct Fields
{
  explicit Fields(const Grid& grid)
    : Density(grid.Size())
    , LogDensity(grid.Size())
    , Score(3, grid.Size())
    , Hessian(6, grid.Size())
    , SampleSize(grid.Size())
  {
  }
  FieldView View()
  {
    FieldView view;
    view.Density = this->Density.data();
    view.LogDensity = this->LogDensity.data();
    view.Score = this->Score.data();
    view.Hessian = this->Hessian.data();
    view.EffectiveSampleSize = this->SampleSize.data();
    return view;
  }

  Eigen::VectorXd Density;
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  Eigen::Matrix<double, 6, Eigen::Dynamic> Hessian;
  Eigen::VectorXd SampleSize;
};

// Compares with the definition. The density within the floor that the engine claims; derivatives
// of the logarithm where the density is above 1e6 floors, within the floor times the powers of
// 1/h that derivatives bring, times 10 for the Hermite polynomials in them.
void ExpectEqualsDirectSum(const Grid& grid, const Samples& samples, const GaussianKernel& kernel,
  const FftOptions& options, const Execution& execution = {})
{
  Fields exact(grid);
  Fields fft(grid);
  direct::EvaluateOnGrid(samples, kernel, grid, exact.View());
  const FftReport report = ComputeFftDensity(grid, samples, kernel, options, fft.View(), execution);
  const double floor = report.Floor();
  EXPECT_LE(floor, 20.0 * options.Tolerance * std::exp(kernel.LogPeak()));
  EXPECT_LE((fft.Density - exact.Density).cwiseAbs().maxCoeff(), floor);
  EXPECT_GE(fft.Density.minCoeff(), 0.0);
  EXPECT_TRUE(fft.LogDensity.allFinite() && fft.Score.allFinite() && fft.Hessian.allFinite());
  const double narrowest = 1.0 / std::sqrt(kernel.Precision().diagonal().maxCoeff());
  Index compared = 0;
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const double relative = floor / exact.Density[i];
    if (relative > 1e-6)
    {
      continue;
    }
    ++compared;
    const double length = exact.Score.col(i).norm() + 1.0 / narrowest;
    EXPECT_NEAR(fft.LogDensity[i], exact.LogDensity[i], 2.0 * relative + 1e-15);
    EXPECT_LE((fft.Score.col(i) - exact.Score.col(i)).norm(), 10.0 * relative * length);
    EXPECT_LE(
      (fft.Hessian.col(i) - exact.Hessian.col(i)).norm(), 30.0 * relative * length * length);
    EXPECT_NEAR(fft.SampleSize[i], exact.SampleSize[i], 2.0 * relative * exact.SampleSize[i]);
  }
  EXPECT_GT(compared, grid.Size() / 50);
}

Grid MakeGrid(const Eigen::Vector3d& low, const Eigen::Vector3d& high, const Index3& nodes)
{
  Grid grid;
  grid.Origin = low;
  grid.Dimensions = nodes;
  for (int a = 0; a < 3; ++a)
  {
    grid.Spacing[a] = nodes[a] > 1 ? (high[a] - low[a]) / static_cast<double>(nodes[a] - 1) : 1.0;
  }
  return grid;
}
}

// Oracle: DirectSum. A box that is not square, weights, points outside that reach in.
TEST(FftDensity, EqualsTheDirectSumInAPlane)
{
  const Grid grid = MakeGrid({ -0.7, -0.4, 0.0 }, { 0.5, 0.6, 0.0 }, { 90, 64, 1 });
  const Samples samples = Samples::Weighted(1.3 * RandomPoints(400, 1, 2),
    (RandomPoints(400, 2).row(0).array() + 1.0).matrix().transpose());
  for (const double h : { 0.03, 0.08, 0.4 })
  {
    ExpectEqualsDirectSum(grid, samples, GaussianKernel::Isotropic(Axes::First(2), h), {});
  }
}
}

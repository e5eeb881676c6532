// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/MeshPlan.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// What the transform adds and lacks at a node: the periodic images of the samples that it keeps,
/// and the samples that it drops. One axis; kernels of height 1.
double ErrorByImages(const MeshAxis& axis, const Samples& samples, double bandwidth, double node)
{
  constexpr int images = 20;
  double error = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const double x = samples.Points(0, i);
    const bool kept = x >= axis.KeepAbove && x <= axis.KeepUpTo;
    for (int k = -images; k <= images; ++k)
    {
      if ((k != 0) == kept)
      {
        const double z = (node - x - (kept ? k : 0) * axis.Period) / bandwidth;
        error += std::exp(-0.5 * z * z) / (kept ? 1.0 : 2.0 * images);
      }
    }
  }
  return error;
}

double SumAt(const Samples& samples, double bandwidth, double x)
{
  return (-0.5 * ((samples.Points.row(0).array() - x) / bandwidth).square()).exp().sum();
}
}

// Oracle: definition, summed directly. The images and the dropped samples never exceed the bound,
// and the bound keeps to the half of the tolerance that is for them.
TEST(MeshPlan, BoundsWhatImagesAddAndDroppedSamplesLack)
{
  const Samples samples = Samples::Unweighted(10.0 * RandomPoints(400, 5, 1));
  const CloudMoments cloud = MomentsOf(samples);
  for (const double tolerance : { 1e-2, 1e-4, 1e-8 })
  {
    for (const double bandwidth : { 0.05, 0.3, 2.0 })
    {
      for (const double half : { 0.5, 2.0, 8.0 })
      {
        Grid grid;
        grid.Dimensions = { 101, 1, 1 };
        grid.Origin = { -half, 0.0, 0.0 };
        grid.Spacing = { half / 50.0, 1.0, 1.0 };
        FftOptions options;
        options.Tolerance = tolerance;
        const MeshPlan plan =
          PlanMesh(grid, { GaussianKernel::Isotropic(Axes::First(1), bandwidth) }, cloud, options);
        double largest = 0.0;
        for (double x = cloud.Lower[0]; x <= cloud.Upper[0]; x += 0.1 * bandwidth)
        {
          largest = std::max(largest, SumAt(samples, bandwidth, x));
        }
        double error = 0.0;
        for (int node = 0; node < 101; ++node)
        {
          error =
            std::max(error, ErrorByImages(plan.Axes[0], samples, bandwidth, grid.Node(node)[0]));
        }
        EXPECT_LE(error, plan.WrapError * largest) << tolerance << " " << bandwidth << " " << half;
        EXPECT_LE(plan.WrapError, 0.5 * tolerance);
      }
    }
  }
}

// Oracle: definition. A period that is much longer than needed leaves no error.
TEST(MeshPlan, CountsOnThePeriodThatThereIs)
{
  const Samples samples = Samples::Unweighted(1e-3 * RandomPoints(50, 6, 1));
  Grid grid;
  grid.Dimensions = { 101, 1, 1 };
  grid.Origin = { -5.0, 0.0, 0.0 };
  grid.Spacing = { 0.1, 1.0, 1.0 };
  FftOptions options;
  options.Tolerance = 1e-2;
  const MeshPlan plan =
    PlanMesh(grid, { GaussianKernel::Isotropic(Axes::First(1), 0.2) }, MomentsOf(samples), options);
  // Images stay five units, 25 bandwidths, away from every node: 25 exp(-312) and less.
  EXPECT_LE(plan.WrapError, 1e-130);
}
}

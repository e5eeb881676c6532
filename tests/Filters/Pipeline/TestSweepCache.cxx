// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/SweepCache.h"

#include "support/DensityImage.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <limits>

namespace vtkscorefields
{
namespace
{
vtkSmartPointer<vtkImageData> Image(double value)
{
  scorefields::Grid grid;
  grid.Dimensions = scorefields::Index3(32, 32, 1);
  return DensityImage(grid, "Density", [value](const Eigen::Vector3d&) { return value; });
}

double ValueOf(vtkImageData* image)
{
  return image->GetPointData()->GetArray("Density")->GetComponent(0, 0);
}
}

// Contract: what is kept comes back with the same arrays; images used longest ago go first, and
// never more than the budget is kept.
TEST(SweepCache, KeepsWhatWasUsedLastWithinTheBudget)
{
  SweepCache cache;
  const double one = 1024.0 * static_cast<double>(Image(0.0)->GetActualMemorySize());
  const double budget = 2.5 * one;
  for (const std::size_t step : { 0u, 1u })
  {
    cache.Keep(step, Image(static_cast<double>(step)), budget);
  }
  EXPECT_EQ(ValueOf(cache.Find(0)), 0.0); // now the one used last
  cache.Keep(2, Image(2.0), budget);
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_EQ(ValueOf(cache.Find(0)), 0.0);
  EXPECT_EQ(ValueOf(cache.Find(2)), 2.0);
  EXPECT_LE(cache.Bytes(), budget);
  cache.Keep(2, Image(7.0), budget); // in place of the former one
  EXPECT_EQ(ValueOf(cache.Find(2)), 7.0);
  cache.Keep(3, Image(3.0), 0.5 * one);
  EXPECT_EQ(cache.Find(3), nullptr);
  cache.Clear();
  EXPECT_EQ(cache.Bytes(), 0.0);
}

// Contract: what is kept belongs to one state, told by the stamp of the input or by its points.
TEST(SweepCache, BelongsToOneState)
{
  SweepCache cache;
  SweepCache::State state;
  state.Filter = 5;
  state.Stamp = 7;
  state.Cloud = 9;
  cache.Enter(state);
  cache.Keep(0, Image(1.0), 1e9);
  EXPECT_TRUE(cache.IsAt(state) && cache.HasCloudOf(state));
  SweepCache::State moved = state;
  moved.Stamp = 8;
  EXPECT_FALSE(cache.IsAt(moved));
  EXPECT_TRUE(cache.HasCloudOf(moved));
  cache.Rename(moved);
  EXPECT_TRUE(cache.IsAt(moved));
  EXPECT_NE(cache.Find(0), nullptr);
  moved.Filter = 6;
  EXPECT_FALSE(cache.IsAt(moved) || cache.HasCloudOf(moved));
  cache.Enter(moved);
  EXPECT_EQ(cache.Find(0), nullptr);
}

// Oracle: definition. Equal samples in other memory have one fingerprint; each bit of a coordinate
// or a weight changes it, the number of threads does not. A stamp follows the objects and their
// changes.
TEST(SweepCache, TellsCloudsApart)
{
  using scorefields::Samples;
  const Samples samples = Samples::Weighted(RandomPoints(9000, 1), Eigen::VectorXd::Ones(9000));
  const auto print = [](const Samples& of)
  { return FingerprintOf(scorefields::StoredSamples(of), scorefields::Execution()); };
  EXPECT_EQ(print(Samples(samples)), print(samples));
  Samples other = samples;
  other.Points(2, 8999) += std::numeric_limits<double>::epsilon();
  EXPECT_NE(print(other), print(samples));
  other = samples;
  other.Weights[5] = 2.0;
  EXPECT_NE(print(other), print(samples));
  auto data = PolyDataPoints(samples.Points.leftCols(3));
  const std::uint64_t before = StampOf(data);
  EXPECT_EQ(StampOf(data), before);
  EXPECT_NE(StampOf(PolyDataPoints(samples.Points.leftCols(3))), before);
  data->Modified();
  EXPECT_NE(StampOf(data), before);
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/ReweightedSource.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

namespace scorefields
{
// Oracle: the definition, for a part of the entries, of a cloud with weights and of one without.
TEST(ReweightedSource, SquaresTheWeights)
{
  const Eigen::Matrix3Xd points = RandomPoints(20, 5);
  const Eigen::VectorXd weights = RandomPoints(20, 6).row(0).array() + 1.0;
  for (const bool weighted : { true, false })
  {
    const Samples cloud =
      weighted ? Samples::Weighted(points, weights) : Samples::Unweighted(points);
    const StoredSamples stored(cloud);
    const ReweightedSource squares(stored, WeightPower::Two, 3.0);
    const ReweightedSource scaled(stored, WeightPower::One, 3.0);
    SampleSource::Storage storage;
    storage.Weights = { 9.0 }; // of another batch
    SampleSource::Storage other;
    const SampleBatch ofSquares = squares.Read(4, 9, storage);
    const SampleBatch ofScaled = scaled.Read(4, 9, other);
    ASSERT_EQ(ofSquares.Count, 5);
    for (Index i = 0; i < 5; ++i)
    {
      EXPECT_EQ(Eigen::Vector3d::Map(ofSquares.Points + 3 * i), cloud.Points.col(4 + i));
      EXPECT_EQ(ofSquares.Weight(i), 3.0 * (cloud.Weight(4 + i) * cloud.Weight(4 + i)));
      EXPECT_EQ(ofScaled.Weight(i), 3.0 * cloud.Weight(4 + i));
    }
  }
}
}

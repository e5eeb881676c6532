// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/ReweightedSource.h"

#include "support/Numbers.h"
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

// Oracle: the sums that a reading of the squared weights gives. Twenty terms of rounding.
TEST(ReweightedSource, KnowsTheMomentsOfSquares)
{
  const Samples cloud =
    Samples::Weighted(RandomPoints(20, 5), (RandomPoints(20, 6).row(0).array() + 1.0).matrix());
  const StoredSamples stored(cloud);
  const CloudMoments found = SquaredMoments(stored, MomentsOf(cloud), 3.0, {});
  const CloudMoments expected = Survey(ReweightedSource(stored, WeightPower::Two, 3.0), {}).Moments;
  constexpr double eps = 20.0 * Eps;
  EXPECT_EQ(found.Count, expected.Count);
  EXPECT_NEAR(found.TotalWeight, expected.TotalWeight, eps * expected.TotalWeight);
  EXPECT_NEAR(found.SquaredWeights, expected.SquaredWeights, eps * expected.SquaredWeights);
  EXPECT_EQ(found.Lower, expected.Lower);
  EXPECT_EQ(found.Upper, expected.Upper);
}
}

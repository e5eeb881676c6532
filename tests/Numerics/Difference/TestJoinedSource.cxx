// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/JoinedSource.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <limits>

namespace scorefields
{
namespace
{
Samples Cloud(Index count, unsigned int seed, bool weighted)
{
  const Eigen::Matrix3Xd points = RandomPoints(count, seed);
  const Eigen::VectorXd weights = RandomPoints(count, seed + 1).row(0).array() + 1.0;
  return weighted ? Samples::Weighted(points, weights) : Samples::Unweighted(points);
}

/// The entries [begin, end), read at once.
Samples Part(const SampleSource& source, Index begin, Index end)
{
  SampleSource::Storage storage;
  storage.Points = { 9.0, 9.0, 9.0 }; // of another batch
  storage.Weights = { 9.0 };
  const SampleBatch batch = source.Read(begin, end, storage);
  Samples part;
  part.Points = Eigen::Map<const Eigen::Matrix3Xd>(batch.Points, 3, batch.Count);
  part.Weights.resize(batch.Count);
  for (Index i = 0; i < batch.Count; ++i)
  {
    part.Weights[i] = batch.Weight(i);
  }
  return part;
}

CloudPart PartOf(const Samples& cloud, const StoredSamples& stored)
{
  return { stored, MomentsOf(cloud) };
}
}

// Oracle: the definition, one after the other, with weights where one of them has some, wherever a
// batch begins and ends.
TEST(JoinedSource, HasTheSamplesOfBoth)
{
  for (const unsigned int weighted : { 0U, 1U, 2U, 3U })
  {
    const Samples first = Cloud(7, 1, (weighted & 1U) != 0);
    const Samples second = Cloud(5, 3, (weighted & 2U) != 0);
    const StoredSamples a(first);
    const StoredSamples b(second);
    const JoinedSource joined(a, b);
    ASSERT_EQ(joined.EntryCount(), 12);
    EXPECT_EQ(joined.IsWeighted(), weighted != 0);
    for (Index begin = 0; begin < 12; ++begin)
    {
      for (Index end = begin + 1; end <= 12; ++end)
      {
        const Samples part = Part(joined, begin, end);
        ASSERT_EQ(part.Count(), end - begin);
        for (Index i = begin; i < end; ++i)
        {
          const Samples& of = i < 7 ? first : second;
          const Index own = i < 7 ? i : i - 7;
          EXPECT_EQ(part.Points.col(i - begin), of.Points.col(own));
          EXPECT_EQ(part.Weights[i - begin], of.Weight(own));
        }
      }
    }
  }
}

// Oracle: the definition, a weight of 1 for each counts samples, another for all does not.
TEST(JoinedSource, TellsKindsOfWeights)
{
  const Eigen::Matrix3Xd points = RandomPoints(30, 2);
  const Samples plain = Samples::Unweighted(points);
  const Samples ones = Samples::Weighted(points, Eigen::VectorXd::Ones(30));
  const Samples tenths = Samples::Weighted(points, Eigen::VectorXd::Constant(30, 0.1));
  const Samples unequal = Cloud(30, 2, true);
  const StoredSamples storedPlain(plain);
  const StoredSamples storedOnes(ones);
  const StoredSamples storedTenths(tenths);
  const StoredSamples storedUnequal(unequal);
  EXPECT_TRUE(PartOf(plain, storedPlain).CountsSamples());
  EXPECT_TRUE(PartOf(ones, storedOnes).CountsSamples());
  EXPECT_FALSE(PartOf(tenths, storedTenths).CountsSamples());
  EXPECT_FALSE(HasUnequalWeights(MomentsOf(tenths)));
  EXPECT_FALSE(PartOf(unequal, storedUnequal).CountsSamples());
  EXPECT_TRUE(HasUnequalWeights(MomentsOf(unequal)));
}

// Oracle: the definition, each cloud has its effective number for the sum of its weights. Oracle: a
// reading of the source. Thirty terms of rounding.
TEST(JoinedSource, PoolsCloudsByTheirEffectiveNumbers)
{
  const Samples plain = Cloud(30, 2, false);
  const Samples unequal = Cloud(20, 7, true);
  const StoredSamples storedPlain(plain);
  const StoredSamples storedUnequal(unequal);
  constexpr double eps = 30.0 * std::numeric_limits<double>::epsilon();
  const PooledCloud counted(PartOf(plain, storedPlain), PartOf(plain, storedPlain));
  EXPECT_FALSE(counted.Source().IsWeighted());
  EXPECT_EQ(counted.Moments().TotalWeight, 60.0);
  const PooledCloud pooled(PartOf(plain, storedPlain), PartOf(unequal, storedUnequal));
  const CloudMoments read = Survey(pooled.Source(), {}).Moments;
  const double effective = MomentsOf(unequal).EffectiveCount();
  EXPECT_LT(effective, 20.0);
  EXPECT_NEAR(read.TotalWeight, 30.0 + effective, eps * 50.0);
  EXPECT_NEAR(pooled.Moments().TotalWeight, read.TotalWeight, eps * 50.0);
  EXPECT_NEAR(pooled.Moments().SquaredWeights, read.SquaredWeights, eps * 50.0);
  EXPECT_LT((pooled.Moments().Mean - read.Mean).norm(), eps);
  EXPECT_LT((pooled.Moments().Scatter - read.Scatter).norm(), eps * read.Scatter.norm());
}
}

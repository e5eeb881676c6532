// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/SquaredKernel.h"

#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/ManyImages.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
Domain ClosedBox(Boundary x, Boundary y)
{
  Domain box;
  box.Boundaries = { x, y, Boundary::Open };
  box.Length = Eigen::Vector3d(1.0, 0.7, 0.0);
  return box;
}

/// The cloud of the source, as it is.
Samples PlacesOf(const SquaredKernelSource& source)
{
  Samples places;
  InMemory(source, places);
  return places;
}
}

// Oracle: the definition. The sum of folded kernels of half the covariance around the places is the
// square of the folded kernel, for kernels narrower and as wide as the box, along periodic,
// reflecting and open axes. Places of 1e-18 are left out, and seven periods of images.
TEST(SquaredKernelSource, IsTheSquareOfTheFoldedKernel)
{
  Samples cloud = Samples::Weighted(RandomPoints(4, 3, 2), Eigen::Vector4d(1.0, 2.0, 0.5, 3.0));
  const Eigen::Matrix3Xd queries =
    (RandomPoints(20, 7, 2) * 0.7).colwise() + Eigen::Vector3d(0.5, 0.35, 0.0);
  const std::array<Boundary, 3> kinds{ Boundary::Open, Boundary::Periodic, Boundary::Reflecting };
  for (int variant = 0; variant < 27; ++variant)
  {
    const double h = std::array<double, 3>{ 0.05, 0.3, 0.8 }[static_cast<std::size_t>(variant / 9)];
    const Domain box = ClosedBox(kinds[static_cast<std::size_t>(variant % 3)],
      kinds[static_cast<std::size_t>(variant / 3 % 3)]);
    for (Index i = 0; i < cloud.Count(); ++i)
    {
      cloud.Points.col(i) = box.Folded(cloud.Points.col(i));
    }
    const StoredSamples stored(cloud);
    const Eigen::Vector3d variances(h * h, 0.5 * h * h, 0.0);
    const GaussianKernel kernel(Axes::First(2), variances.asDiagonal());
    const GaussianKernel narrow(Axes::First(2), (0.5 * variances).asDiagonal());
    const SquaredKernelSource source(stored, kernel, box);
    const Samples places = PlacesOf(source);
    const double factor = std::exp(kernel.LogPeak()) / 2.0; // 2^(-d/2)
    const Samples images = ManyImages(places, 2, box, 7);
    for (Index q = 0; q < queries.cols(); ++q)
    {
      double expected = 0.0;
      for (Index i = 0; i < cloud.Count(); ++i)
      {
        const Samples one = Samples::Unweighted(cloud.Points.col(i));
        support::Fields folded(1);
        direct::EvaluateAtPoints(ManyImages(one, 2, box, 7), kernel, queries.col(q), folded.View());
        expected += std::pow(cloud.Weights[i] * folded.Density[0], 2);
      }
      support::Fields found(1);
      direct::EvaluateAtPoints(images, narrow, queries.col(q), found.View());
      const double square = factor * places.TotalWeight * found.Density[0];
      const double leftOut = 1e-17 * places.TotalWeight * std::exp(2.0 * kernel.LogPeak());
      EXPECT_NEAR(square, expected, 1e-12 * expected + leftOut) << variant;
    }
  }
}

// Oracle: the samples themselves, with squared weights. In an open box, and wherever a part of the
// entries begins.
TEST(SquaredKernelSource, IsTheCloudInAnOpenBox)
{
  const Samples cloud = Samples::Weighted(RandomPoints(3, 3, 2), Eigen::Vector3d(1.0, 2.0, 0.5));
  const StoredSamples stored(cloud);
  const SquaredKernelSource source(stored, GaussianKernel::Isotropic(Axes::First(2), 0.3), {});
  EXPECT_EQ(source.EntryCount(), 3);
  const Samples places = PlacesOf(source);
  EXPECT_EQ(places.Points, cloud.Points);
  EXPECT_EQ(places.Weights, Eigen::VectorXd(cloud.Weights.array().square()));
}

// Oracle: a reading of the whole. Batches may begin and end anywhere.
TEST(SquaredKernelSource, ReadsAnyPart)
{
  const Samples cloud = Samples::Unweighted(RandomPoints(3, 3, 2));
  const StoredSamples stored(cloud);
  const Domain box = ClosedBox(Boundary::Reflecting, Boundary::Periodic);
  const SquaredKernelSource source(stored, GaussianKernel::Isotropic(Axes::First(2), 0.6), box);
  EXPECT_EQ(source.EntryCount(), 3 * 4 * 2);
  const Samples all = PlacesOf(source);
  ASSERT_EQ(all.Count(), 24);
  SampleSource::Storage storage;
  for (Index begin = 0; begin < 24; ++begin)
  {
    const SampleBatch batch = source.Read(begin, 24, storage);
    ASSERT_EQ(batch.Count, 24 - begin);
    EXPECT_EQ(Eigen::Vector3d::Map(batch.Points), all.Points.col(begin));
    EXPECT_EQ(batch.Weights[batch.Count - 1], all.Weights[23]);
  }
}

// Oracle: sums over the places. The bounds hold all of them.
TEST(SquaredKernelSource, KnowsItsMoments)
{
  const Samples cloud = Samples::Unweighted(RandomPoints(5, 3, 2));
  const StoredSamples stored(cloud);
  const Domain box = ClosedBox(Boundary::Periodic, Boundary::Reflecting);
  const SquaredKernelSource source(stored, GaussianKernel::Isotropic(Axes::First(2), 0.6), box);
  const Samples places = PlacesOf(source);
  const CloudMoments moments = MomentsOfSquares(source, MomentsOf(cloud), box, Exchange());
  EXPECT_EQ(moments.Count, static_cast<double>(places.Count()));
  EXPECT_NEAR(moments.TotalWeight, places.TotalWeight, 1e-14 * places.TotalWeight);
  EXPECT_TRUE((places.Points.rowwise().minCoeff().array() >= moments.Lower.array()).all());
  EXPECT_TRUE((places.Points.rowwise().maxCoeff().array() <= moments.Upper.array()).all());
}

// Contract: a correlated kernel in a closed box is refused with what to set instead.
TEST(SquaredKernelSource, RefusesCorrelationsInAClosedBox)
{
  const Samples cloud = Samples::Unweighted(RandomPoints(3, 3, 2));
  const StoredSamples stored(cloud);
  Eigen::Matrix3d covariance = Eigen::Vector3d(1.0, 1.0, 0.0).asDiagonal();
  covariance(0, 1) = covariance(1, 0) = 0.5;
  const GaussianKernel kernel(Axes::First(2), covariance);
  try
  {
    SquaredKernelSource(stored, kernel, ClosedBox(Boundary::Periodic, Boundary::Open));
    FAIL();
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("BandwidthShape"), std::string::npos);
  }
  EXPECT_NO_THROW(SquaredKernelSource(stored, kernel, Domain()));
}
}

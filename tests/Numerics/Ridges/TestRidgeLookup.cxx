// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgeLookup.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// A random path in the whole space, whose steps are at most 0.1 long.
std::vector<RidgePoint> Path(unsigned int seed, Index count)
{
  std::vector<RidgePoint> path(static_cast<std::size_t>(count));
  const Eigen::Matrix3Xd steps = 0.11 * RandomPoints(count, seed);
  for (std::size_t i = 1; i < path.size(); ++i)
  {
    path[i].Place = path[i - 1].Place + steps.col(static_cast<Index>(i));
  }
  return path;
}

Domain PeriodicBox()
{
  Domain box;
  box.Boundaries = { Boundary::Periodic, Boundary::Open, Boundary::Periodic };
  box.Lower = Eigen::Vector3d(-0.3, 0.0, 0.1);
  box.Length = Eigen::Vector3d(0.7, 0.0, 0.9);
  return box;
}

/// The distance of a place from all images of all segments.
double SlowDistance(const Eigen::Vector3d& place, const std::vector<RidgePoint>& path,
  const Domain& box, std::size_t& nearest)
{
  double least = 1e300;
  for (std::size_t i = 0; i + 1 < path.size(); ++i)
  {
    for (int x = -4; x <= 4; ++x)
    {
      for (int z = -4; z <= 4; ++z)
      {
        const Eigen::Vector3d turn(x * box.Length[0], 0.0, z * box.Length[2]);
        const SegmentDistance distance =
          DistanceFrom(place, path[i].Place + turn, path[i + 1].Place + turn);
        if (distance.Squared < least)
        {
          least = distance.Squared;
          nearest = i + (distance.Share > 0.5 ? 1 : 0);
        }
      }
    }
  }
  return std::sqrt(least);
}
}

// Oracle: all images of all segments, one by one. Rounding: a few eps times coordinates below 3.
TEST(RidgeLookup, FindsTheNearestSegmentAcrossSeams)
{
  const Domain box = PeriodicBox();
  const std::vector<RidgePoint> path = Path(1, 80);
  RidgeLookup lookup(0.1, box);
  lookup.Add(7, path);
  const Eigen::Matrix3Xd places = 1.2 * RandomPoints(900, 2);
  int hits = 0;
  for (Index i = 0; i < places.cols(); ++i)
  {
    std::size_t nearest = 0;
    const double distance = SlowDistance(places.col(i), path, box, nearest);
    const RidgeLookup::Hit hit = lookup.Find(places.col(i), 0.05);
    ASSERT_EQ(static_cast<bool>(hit), distance < 0.05) << i;
    if (hit)
    {
      ++hits;
      EXPECT_NEAR(hit.Distance, distance, 1e-14);
      EXPECT_EQ(hit.Vertex, static_cast<Index>(nearest));
      EXPECT_EQ(hit.Line, 7);
    }
  }
  EXPECT_GT(hits, 10);
}

// Contract: where two lines lie over each other the first one counts.
TEST(RidgeLookup, NamesTheFirstOfEquallyNearLines)
{
  RidgeLookup lookup(0.1, Domain());
  lookup.Add(0, Path(1, 10));
  lookup.Add(1, Path(1, 10));
  EXPECT_EQ(lookup.Find(Path(1, 10)[5].Place, 0.05).Line, 0);
  EXPECT_EQ(lookup.Find(Path(1, 10)[5].Place, 0.05).Vertex, 5);
}

// Oracle: by hand.
TEST(RidgeLookup, NearestImageIsWithinHalfAPeriod)
{
  const Eigen::Vector3d image =
    NearestImage(PeriodicBox(), Eigen::Vector3d(1.0, 5.0, 0.2), Eigen::Vector3d(-0.2, 0.0, 1.0));
  EXPECT_LT((image - Eigen::Vector3d(-0.4, 5.0, 1.1)).norm(), 1e-15);
}
}

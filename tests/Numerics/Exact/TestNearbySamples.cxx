// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/NearbySamples.h"

#include "Numerics/Exact/LatticeSum.h"
#include "Numerics/Exact/PointSum.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace exact
{
namespace
{
Eigen::Vector3d Vector(const ActiveVector& v)
{
  return { v[0], v[1], v[2] };
}

/// Samples, a kernel with correlations and a box of evaluation points, in two dimensions.
struct Case
{
  scorefields::Samples Samples;
  GaussianKernel Kernel;
  SampleTree Tree;
  ActiveKernel Compact;
  SplitPoint Centre;
  LocalFrame Frame;

  explicit Case(const Eigen::Vector3d& centre, double half)
    : Samples(scorefields::Samples::Weighted(
        4.0 * RandomPoints(800, 3, 2), RandomPoints(800, 4).row(0).array() + 0.6))
    , Kernel(Axes::First(2), Covariance())
    , Tree(this->Samples, Axes::First(2), this->Kernel.AxisBandwidths(), LeafSize)
    , Compact(this->Kernel)
  {
    this->Centre.Value = { centre[0], centre[1], 0.0 };
    this->Frame = FindFrame(this->Tree, this->Compact, this->Centre);
    SetExtent(this->Frame, this->Compact, { half, 0.5 * half, 0.0 });
  }

  static Eigen::Matrix3d Covariance()
  {
    Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
    covariance.topLeftCorner<2, 2>() << 0.04, 0.015, 0.015, 0.02;
    return covariance;
  }

  /// log of the summand of a sample (in tree order) over that of the reference, at Centre + delta.
  double LogRatio(Index position, const Eigen::Vector3d& delta) const
  {
    const Eigen::Vector3d x = Vector(this->Centre.Value) + delta;
    const auto summand = [&](Index p)
    {
      const Index i = this->Tree.OriginalIndex()[static_cast<std::size_t>(p)];
      return std::log(this->Samples.Weights[i]) -
        0.5 * this->Kernel.SquaredDistance(this->Samples.Points.col(i) - x);
    };
    return summand(position) - summand(this->Frame.Position);
  }

  std::array<Eigen::Vector3d, 5> Places() const
  {
    const Eigen::Vector3d half = Vector(this->Frame.Half);
    return { { Eigen::Vector3d::Zero(), half, -half, Eigen::Vector3d(half[0], -half[1], 0.0),
      Eigen::Vector3d(-half[0], half[1], 0.0) } };
  }
};

const std::array<Eigen::Vector3d, 3> Centres{ { Eigen::Vector3d(0.2, -0.3, 0.0),
  Eigen::Vector3d(2.5, 1.0, 0.0), Eigen::Vector3d(-30.0, 50.0, 0.0) } };
}

// Oracle: definition. The reference is the sample that counts most at the centre.
TEST(NearbySamples, ReferToTheSampleThatCountsMost)
{
  for (const Eigen::Vector3d& centre : Centres)
  {
    const Case made(centre, 0.1);
    for (Index p = 0; p < made.Tree.Count(); ++p)
    {
      EXPECT_LE(made.LogRatio(p, Eigen::Vector3d::Zero()), 1e-11); // rounding of squares up to 1e5
    }
    const LocalFrame other =
      FindFrame(made.Tree, made.Compact, made.Centre, { &made.Frame.Position, 1 });
    EXPECT_NE(other.Position, made.Frame.Position);
  }
}

// Oracle: definition. The bound of a box of samples is not below the logarithm of any of them at
// any corner of the box of points, where a linear exponent is largest.
TEST(NearbySamples, BoundsHoldForAllSamplesOfABox)
{
  for (const Eigen::Vector3d& centre : Centres)
  {
    const Case made(centre, 0.1);
    for (const SampleTree::Box& box : made.Tree.Boxes())
    {
      const double bound = BoundOf(box, made.Frame, made.Compact);
      for (Index p = box.Begin; p < box.End; ++p)
      {
        for (const Eigen::Vector3d& delta : made.Places())
        {
          EXPECT_LE(made.LogRatio(p, delta), bound + 1e-10); // rounding of squares up to 1e5
        }
      }
    }
  }
}

// Oracle: slow definition. Samples left out hold at most the tolerance of the sum at every point of
// the box; those that are kept have their own term and slope.
TEST(NearbySamples, LeaveOutAtMostTheTolerance)
{
  for (const Eigen::Vector3d& centre : Centres)
  {
    for (const double tolerance : { 1e-3, 1e-8 })
    {
      const Case made(centre, 0.1);
      NearbySearch search;
      std::vector<bool> kept(static_cast<std::size_t>(made.Tree.Count()), false);
      const bool fits =
        VisitNearby(made.Tree, made.Frame, made.Compact, std::log(tolerance), search,
          [&](const Chunk& chunk)
          {
            for (Index k = 0; k < chunk.Count && chunk.Term[k] > -599.0; ++k)
            {
              kept[static_cast<std::size_t>(chunk.Position[k])] = true;
              const double slope =
                chunk.Slope[0][k] * made.Frame.Half[0] + chunk.Slope[1][k] * made.Frame.Half[1];
              EXPECT_NEAR(chunk.Term[k] + slope,
                made.LogRatio(chunk.Position[k], Vector(made.Frame.Half)), 1e-10);
            }
          });
      ASSERT_TRUE(fits);
      for (const Eigen::Vector3d& delta : made.Places())
      {
        double all = 0.0;
        double left = 0.0;
        for (Index p = 0; p < made.Tree.Count(); ++p)
        {
          const double term = std::exp(made.LogRatio(p, delta));
          all += term;
          left += kept[static_cast<std::size_t>(p)] ? 0.0 : term;
        }
        EXPECT_LE(left, tolerance * all) << centre.transpose();
      }
      EXPECT_LT(std::count(kept.begin(), kept.end(), true), made.Tree.Count() / 2);
    }
  }
}

// Oracle: DirectSum, through the moments at single points and at those of a lattice, which is
// another routine. 1e-13 is left out and exponents up to 100 round; the Hessian has h^-2 = 100
// twice.
TEST(NearbySamples, SumsAtPointsAndOnALatticeAreTheEstimate)
{
  const Case made(Centres[0], 0.16);
  support::Fields expected(1);
  const MomentSet set(2, expected.View());
  Lattice lattice;
  lattice.Columns = { 0, 0.04, 8 };
  lattice.Rows = { 1, 0.02, 8 };
  lattice.Layers = { 2, 0.0, 1 };
  LatticeSum sums(set);
  sums.Start(lattice);
  NearbySearch search;
  std::vector<std::vector<double>> atPoints(64, std::vector<double>(MaximumMoments, 0.0));
  ASSERT_TRUE(VisitNearby(made.Tree, made.Frame, made.Compact, std::log(1e-13), search,
    [&](const Chunk& chunk)
    {
      sums.Add(chunk);
      for (int node = 0; node < 64; ++node)
      {
        AddAtPoint(chunk, set, lattice.Offset(node % 8, node / 8, 0),
          atPoints[static_cast<std::size_t>(node)].data());
      }
    }));
  for (int node = 0; node < 64; ++node)
  {
    const ActiveVector delta = lattice.Offset(node % 8, node / 8, 0);
    const Eigen::Vector3d x = Vector(made.Centre.Value) + Vector(delta);
    direct::EvaluateAtPoints(made.Samples, made.Kernel, x, expected.View());
    std::vector<double> ofLattice(MaximumMoments, 0.0);
    sums.Read(node % 8, node / 8, 0, ofLattice.data());
    for (const double* moments :
      { atPoints[static_cast<std::size_t>(node)].data(), ofLattice.data() })
    {
      const PointValues values =
        FromMoments(made.Kernel, made.Compact, made.Frame, delta, set, moments);
      const double logDensity =
        values.LogSum + made.Kernel.LogPeak() - std::log(made.Samples.TotalWeight);
      constexpr double share = 1e-13 + 100.0 * 8.0 * Eps;
      EXPECT_NEAR(logDensity, expected.LogDensity[0], share);
      EXPECT_LT((values.Score - expected.Score.col(0)).norm(), share * 100.0);
      EXPECT_LT((values.Hessian - ToMatrix(expected.Hessian.col(0))).norm(), share * 1e4);
      EXPECT_NEAR(values.Kish, expected.KishSampleSize[0], 4.0 * share * values.Kish);
    }
  }
}
}
}

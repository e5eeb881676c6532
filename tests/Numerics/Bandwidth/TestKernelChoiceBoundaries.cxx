// SPDX-License-Identifier: BSD-3-Clause
// The kernels that rules choose in closed boxes.
#include "Numerics/Bandwidth/KernelChoice.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "support/RandomPoints.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
KernelChoice ChooseIn(const Domain& domain, BandwidthRule rule, BandwidthShape shape,
  const Samples& samples, int dimension)
{
  KernelRequest request;
  request.Rule = rule;
  request.Shape = shape;
  return ChooseKernel(request, StoredSamples(samples), MomentsOf(samples), Axes::First(dimension),
    Exchange(), Execution(), domain);
}

KernelChoice ChooseOpen(
  BandwidthRule rule, BandwidthShape shape, const Samples& samples, int dimension)
{
  return ChooseIn(Domain(), rule, shape, samples, dimension);
}

/// The same box along each axis.
Domain BoxOf(const std::array<Boundary, 3>& boundaries, double lower, double length)
{
  Domain domain;
  domain.Boundaries = boundaries;
  domain.Lower.setConstant(lower);
  domain.Length.setConstant(length);
  return domain;
}

std::vector<BandwidthRule> RulesThatChoose()
{
  std::vector<BandwidthRule> rules;
  for (const BandwidthRule rule : ValuesOf<BandwidthRule>())
  {
    if (rule != BandwidthRule::Manual)
    {
      rules.push_back(rule);
    }
  }
  return rules;
}

/// Points around 0 in the box from -8 to 8, with weights or without; fewer in space, where there
/// are many images.
Samples CloudInBox(int dimension, bool weighted)
{
  const Index n = dimension == 3 ? 100 : 300;
  Eigen::Matrix3Xd points = StudySamples(n, 8).Points;
  points.row(2) = StudySamples(n, 9).Points.row(1);
  points.bottomRows(3 - dimension).setZero();
  return Samples::Weighted(points,
    weighted ? Eigen::VectorXd(RandomPoints(n, 5).row(0).array() + 0.7) : Eigen::VectorXd::Ones(n));
}

constexpr std::array<std::array<Boundary, 3>, 5> Boxes{ {
  { Boundary::Periodic, Boundary::Open, Boundary::Open },
  { Boundary::Reflecting, Boundary::Open, Boundary::Open },
  { Boundary::Periodic, Boundary::Periodic, Boundary::Periodic },
  { Boundary::Reflecting, Boundary::Reflecting, Boundary::Reflecting },
  { Boundary::Periodic, Boundary::Reflecting, Boundary::Open },
} };
}

// Oracle: limit and invariant. Every rule, with every boundary, with weights and without, in each
// dimension. Far from the ends of a box the boundaries do not matter. (Sheather-Jones without a box
// mirrors the points a tenth of their range beyond them. For 100 points that is at two or three
// bandwidths, where exp(-2.5^2 / 2) of the kernel is left.) Turned by half a period, so that the
// cloud lies across the seam, a rule chooses the same.
TEST(KernelChoice, ClosedBoxesChangeOnlyWhatTheyShould)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const std::array<Boundary, 3>& boundaries : Boxes)
    {
      const Domain box = BoxOf(boundaries, -8.0, 16.0);
      for (const bool weighted : { false, true })
      {
        const Samples cloud = CloudInBox(dimension, weighted);
        Samples turned = cloud;
        for (Index axis = 0; axis < dimension; ++axis)
        {
          const bool periodic = boundaries[static_cast<std::size_t>(axis)] == Boundary::Periodic;
          turned.Points.row(axis).array() += periodic ? 8.0 : 0.0;
        }
        for (const BandwidthRule rule : RulesThatChoose())
        {
          const double open = ChooseOpen(rule, BandwidthShape::PerAxis, cloud, dimension)
                                .Kernel.EquivalentBandwidth();
          const double closed = ChooseIn(box, rule, BandwidthShape::PerAxis, cloud, dimension)
                                  .Kernel.EquivalentBandwidth();
          const double across = ChooseIn(box, rule, BandwidthShape::PerAxis, turned, dimension)
                                  .Kernel.EquivalentBandwidth();
          const bool plugIn = rule == BandwidthRule::SheatherJones;
          EXPECT_NEAR(closed / open, 1.0, plugIn ? 0.045 : 1e-8) << NameOf(rule) << dimension;
          EXPECT_NEAR(across / closed, 1.0, 1e-8) << NameOf(rule) << dimension;
        }
      }
    }
  }
}

// Oracle: the cloud before it was turned. 5000 points, of which cross-validation takes samples and
// the spectrum.
TEST(KernelChoice, ManyPointsAcrossASeam)
{
  const Domain box = BoxOf({ Boundary::Periodic, Boundary::Periodic, Boundary::Open }, -8.0, 16.0);
  const Samples cloud = StudySamples(5000, 8);
  Samples turned = cloud;
  turned.Points.topRows(2).array() += 8.0;
  for (const BandwidthRule rule : RulesThatChoose())
  {
    const KernelChoice whole = ChooseOpen(rule, BandwidthShape::Isotropic, cloud, 2);
    const KernelChoice across = ChooseIn(box, rule, BandwidthShape::Isotropic, turned, 2);
    const double error = whole.RelativeError + across.RelativeError;
    EXPECT_NEAR(
      across.Kernel.EquivalentBandwidth() / whole.Kernel.EquivalentBandwidth(), 1.0, error + 1e-9)
      << NameOf(rule);
  }
}

// Oracle: closed form. An exponential cloud behind a wall is half of a symmetrical one; what a rule
// chooses for it lies at the least error. For least squares the criterion with mirrored points is
// summed plainly; without the wall the rule fits the edge and chooses less than half.
TEST(KernelChoice, AWallIsNoEdge)
{
  const Index n = 1000;
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  points.row(0) = -(0.5 - RandomPoints(n, 12, 1).row(0).array()).log();
  const Samples cloud = Samples::Unweighted(points);
  const Domain box = BoxOf({ Boundary::Reflecting, Boundary::Open, Boundary::Open }, 0.0, 50.0);
  const auto rule = BandwidthRule::LeastSquaresDensity;
  const auto shape = BandwidthShape::Isotropic;
  const double h = ChooseIn(box, rule, shape, cloud, 1).Kernel.EquivalentBandwidth();
  const auto kernel = [](double u, double width)
  { return std::exp(-0.5 * u * u / (width * width)) / std::sqrt(2.0 * Pi) / width; };
  const auto criterion = [&](double width)
  {
    double square = 0.0;
    double pairs = 0.0;
    for (Index i = 0; i < n; ++i)
    {
      for (Index j = 0; j < n; ++j)
      {
        const double near = points(0, j) - points(0, i);
        const double mirrored = points(0, j) + points(0, i);
        const double wide = std::sqrt(2.0) * width;
        square += kernel(near, wide) + kernel(mirrored, wide);
        pairs += i != j ? kernel(near, width) + kernel(mirrored, width) : 0.0;
      }
    }
    const auto count = static_cast<double>(n);
    return square / (count * count) - 2.0 * pairs / (count * (count - 1.0));
  };
  EXPECT_LT(criterion(h), criterion(h * 1.01));
  EXPECT_LT(criterion(h), criterion(h / 1.01));
  EXPECT_LT(ChooseOpen(rule, shape, cloud, 1).Kernel.EquivalentBandwidth(), 0.5 * h);
}

// Contract: a covariance cannot be turned on a periodic axis, and the rule says so; alone it can.
TEST(KernelChoice, RefusesACovarianceOnAPeriodicAxis)
{
  const Samples cloud = CloudInBox(2, false);
  const Domain box = BoxOf({ Boundary::Periodic, Boundary::Open, Boundary::Open }, -8.0, 16.0);
  for (const BandwidthRule rule : RulesThatChoose())
  {
    if (!NeedsSamples(rule))
    {
      EXPECT_NO_THROW(ChooseIn(box, rule, BandwidthShape::Covariance, cloud, 2));
      continue;
    }
    try
    {
      ChooseIn(box, rule, BandwidthShape::Covariance, cloud, 2);
      ADD_FAILURE() << NameOf(rule);
    }
    catch (const std::invalid_argument& error)
    {
      const std::string message = error.what();
      EXPECT_NE(message.find(NameOf(rule)), std::string::npos) << message;
      EXPECT_NE(message.find("Periodic along x"), std::string::npos) << message;
    }
    EXPECT_NO_THROW(ChooseIn(box, rule, BandwidthShape::Covariance, CloudInBox(1, false), 1));
  }
}
}

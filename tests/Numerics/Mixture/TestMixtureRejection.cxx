// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureRejection.h"

#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureTable.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
Eigen::AlignedBox3d Cube(double half)
{
  return { Eigen::Vector3d::Constant(-half), Eigen::Vector3d::Constant(half) };
}

std::string MessageFor(const Mixture& mixture, const Eigen::AlignedBox3d& box)
{
  try
  {
    SampleMixtureInBox(mixture, box, 0, 0, 1);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "accepted";
}
}

// Oracle: the study. Envelope 1 on [-3, 3]^2 accepts 0.995439 / 36 = 2.765 % of the tries; the
// number of tries for n points has the deviation sqrt(n (1 - q)) / q.
TEST(MixtureRejection, StudyAcceptsItsShareOfTheTries)
{
  constexpr Index Count = 20000;
  const MixtureCloud cloud =
    SampleMixtureInBox(MakeMixture(MixturePreset::Study), Cube(3.0), 1, 0, Count);
  const double acceptance = 0.995439 / 36.0;
  EXPECT_NEAR(static_cast<double>(cloud.Tries), Count / acceptance,
    FiveSigma * std::sqrt(Count * (1.0 - acceptance)) / acceptance);
  EXPECT_LT(cloud.Points.cwiseAbs().maxCoeff(), 3.0);
}

// Oracle: trapezoid moments of the truncated density on a fine grid (its error, about 1e-5, is
// small against the statistical one, about 5e-3).
TEST(MixtureRejection, MomentsAreThoseOfTheTruncatedMixture)
{
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const Eigen::AlignedBox3d box(Eigen::Vector3d(-1.0, -2.0, 0.0), Eigen::Vector3d(2.0, 0.5, 0.0));
  constexpr Index Nodes = 301;
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  double second = 0.0;
  double mass = 0.0;
  for (Index i = 0; i < Nodes * Nodes; ++i)
  {
    const Eigen::Array3d share((static_cast<double>(i % Nodes) + 0.5) / Nodes,
      (static_cast<double>(i / Nodes) + 0.5) / Nodes, 0.0);
    const Eigen::Vector3d x = box.min() + (box.sizes().array() * share).matrix();
    double density = 0.0;
    for (Index k = 0; k < mixture.Count(); ++k)
    {
      density += std::exp(LogContribution(mixture, k, x));
    }
    mass += density;
    mean += density * x;
    second += density * x[0] * x[1];
  }
  constexpr Index Count = 50000;
  const MixtureCloud cloud = SampleMixtureInBox(mixture, box, 2, 0, Count);
  EXPECT_LE((cloud.Points.rowwise().mean() - mean / mass).cwiseAbs().maxCoeff(),
    FiveSigma * 0.8 / std::sqrt(Count));
  EXPECT_NEAR(cloud.Points.row(0).cwiseProduct(cloud.Points.row(1)).mean(), second / mass,
    FiveSigma * 1.2 / std::sqrt(Count));
}

// Oracle: contract. A particle does not depend on which others are drawn.
TEST(MixtureRejection, AnySplitGivesTheSameCloud)
{
  const Mixture mixture = MakeMixture(MixturePreset::RingOfEight);
  const MixtureCloud whole = SampleMixtureInBox(mixture, Cube(3.0), 5, 0, 50);
  const MixtureCloud head = SampleMixtureInBox(mixture, Cube(3.0), 5, 0, 21);
  const MixtureCloud tail = SampleMixtureInBox(mixture, Cube(3.0), 5, 21, 29);
  EXPECT_EQ(whole.Points.leftCols(21), head.Points);
  EXPECT_EQ(whole.Points.rightCols(29), tail.Points);
  EXPECT_EQ(whole.Component.tail(29), tail.Component);
  EXPECT_EQ(whole.Tries, head.Tries + tail.Tries);
}

// Oracle: binomial. The component of an accepted point follows the mixture's weights.
TEST(MixtureRejection, ComponentsHaveTheirShare)
{
  const Mixture mixture = MakeMixture(MixturePreset::SeparatedClusters);
  constexpr Index Count = 5000;
  const MixtureCloud cloud = SampleMixtureInBox(mixture, Cube(4.0), 7, 0, Count);
  for (int k = 0; k < 4; ++k)
  {
    const double weight = mixture.Component(k).Weight;
    EXPECT_NEAR(static_cast<double>((cloud.Component.array() == k).count()), weight * Count,
      FiveSigma * std::sqrt(Count * weight * (1.0 - weight)));
  }
}

// Oracle: the maximum over a fine grid lies below the envelope, and the envelope near it: 10 %,
// more for the level squares of the checkerboard, where the search for the supremum ends early.
TEST(MixtureRejection, EnvelopeBoundsTheDensityTightly)
{
  for (int preset = 0; preset <= static_cast<int>(MixturePreset::Clusters3D); ++preset)
  {
    const Mixture mixture = MakeMixture(static_cast<MixturePreset>(preset));
    const Index deep = mixture.Dimension() == 3 ? 41 : 1;
    const Grid grid{ Eigen::Vector3d(-3.0, -3.0, deep > 1 ? -3.0 : 0.0),
      Eigen::Vector3d(0.03, 0.03, 0.15), Index3(201, 201, deep) };
    Eigen::VectorXd density(grid.Size());
    FieldView view;
    view.Density = density.data();
    EvaluateMixture(mixture, grid, view);
    const double envelope = DensityEnvelope(mixture, Cube(3.0));
    EXPECT_GE(envelope, density.maxCoeff()) << preset;
    EXPECT_LE(envelope, 1.4 * density.maxCoeff()) << preset;
  }
}

// Oracle: invariant. In other units of length the same cloud is found, scaled, where the study's
// envelope 1 would accept next to nothing or, worse, be too low. Rounding of units: some eps of 3,
// which accepts other points in one case of 1e12. The number of tries is 20 % above its expectation
// at most, six standard errors of 1 / sqrt(1000).
TEST(MixtureRejection, WorksInAnyUnitOfLength)
{
  const MixtureTable table = ToTable(MakeMixture(MixturePreset::Study));
  Eigen::Matrix3Xd clouds[2];
  for (const int i : { 0, 1 })
  {
    const double scale = i == 0 ? 1e-9 : 1e9;
    MixtureTable scaled = table;
    scaled.middleRows<3>(1) *= scale;
    scaled.bottomRows<6>() *= scale * scale;
    const MixtureCloud cloud = SampleMixtureInBox(FromTable(scaled), Cube(3.0 * scale), 1, 0, 1000);
    clouds[i] = cloud.Points / scale;
    // The envelope is within 10 % of the largest density, 0.191299.
    EXPECT_LT(static_cast<double>(cloud.Tries), 1000.0 * 36.0 * 0.1913 * 1.1 * 1.2);
  }
  EXPECT_TRUE(clouds[0].isApprox(clouds[1], 1e-14));
}

// Contract: the messages name the axis and its bounds, or how little they hold.
TEST(MixtureRejection, RefusesBoxesThatCannotWork)
{
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  Eigen::AlignedBox3d inverted = Cube(3.0);
  inverted.min()[1] = 4.0;
  EXPECT_EQ(MessageFor(mixture, inverted),
    "SamplingBounds along Y are 4 to 3; they must be finite, the first below the second");
  Eigen::AlignedBox3d endless = Cube(std::numeric_limits<double>::infinity());
  EXPECT_NE(MessageFor(mixture, endless).find("SamplingBounds along X"), std::string::npos);
  const Eigen::AlignedBox3d elsewhere(
    Eigen::Vector3d::Constant(100.0), Eigen::Vector3d::Constant(101.0));
  EXPECT_NE(
    MessageFor(mixture, elsewhere).find("SamplingBounds hold about 0 %"), std::string::npos);
  EXPECT_NE(MessageFor(mixture, Cube(1e6)).find("would accept"), std::string::npos);
  Eigen::AlignedBox3d flat = Cube(3.0);
  flat.min()[2] = 7.0; // along the flat axis nothing is asked of the box
  flat.max()[2] = -7.0;
  EXPECT_EQ(MessageFor(mixture, flat), "accepted");
}
}

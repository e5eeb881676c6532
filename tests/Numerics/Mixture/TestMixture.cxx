// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/Mixture.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureTable.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
/// Two rounds 2-D components.
MixtureTable TwoRows()
{
  MixtureTable table(MixtureTableRows, 2);
  table.col(0) << 1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 0.5, 0.0, 0.0;
  table.col(1) << 3.0, 4.0, 5.0, 0.0, 2.0, 1.0, 0.0, -0.5, 0.0, 0.0;
  return table;
}

std::string MessageFor(const MixtureTable& table)
{
  try
  {
    FromTable(table);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "accepted";
}

std::string MessageFor(int row, int column, double value)
{
  MixtureTable table = TwoRows();
  table(column, row) = value;
  return MessageFor(table);
}

void ExpectContains(const std::string& message, const std::string& part)
{
  EXPECT_NE(message.find(part), std::string::npos) << message << "\n  lacks: " << part;
}
}

// Oracle: 50-digit moments of the study's mixture; sums of three products, so a few eps.
TEST(Mixture, MomentsOfTheStudy)
{
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const auto& seed = reference::All()["seed_mixture"];
  const auto& expected = seed["covariance"];
  EXPECT_TRUE(mixture.Mean().isApprox(reference::Vector(seed["mean"]), 4.0 * Eps));
  const Eigen::Matrix3d covariance = mixture.Covariance();
  EXPECT_NEAR(covariance(0, 0), reference::Number(expected[0]), 8.0 * Eps);
  EXPECT_NEAR(covariance(0, 1), reference::Number(expected[1]), 8.0 * Eps);
  EXPECT_NEAR(covariance(1, 1), reference::Number(expected[2]), 8.0 * Eps);
  EXPECT_EQ(covariance(2, 2), 0.0);
}

// Oracle: definition.
TEST(Mixture, WeightsBecomeShares)
{
  const Mixture mixture = FromTable(TwoRows());
  EXPECT_EQ(mixture.Component(0).Weight, 0.25);
  EXPECT_EQ(mixture.Component(1).Weight, 0.75);
  MixtureTable huge = TwoRows();
  huge.row(0).setConstant(std::numeric_limits<double>::max());
  EXPECT_EQ(FromTable(huge).Component(1).Weight, 0.5);
}

// Oracle: definition. L L' = C and L^-1 L = 1 on the active axes.
TEST(Mixture, FactorAndWhiteningBelongToTheCovariance)
{
  const Mixture mixture = MakeMixture(MixturePreset::Clusters3D);
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    const Eigen::Matrix3d& factor = mixture.Factor(k);
    EXPECT_TRUE((factor * factor.transpose()).isApprox(mixture.Component(k).Covariance, 8 * Eps));
    EXPECT_TRUE((mixture.Whitening(k) * factor).isIdentity(16 * Eps));
  }
}

// Oracle: definition. Axes without a variance are inactive, whichever they are.
TEST(Mixture, FlatTablesHaveFewerAxes)
{
  EXPECT_EQ(FromTable(TwoRows()).Dimension(), 2);
  MixtureTable table(MixtureTableRows, 1);
  table.col(0) << 1.0, 2.0, 3.0, 4.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.5;
  const Mixture mixture = FromTable(table);
  EXPECT_EQ(mixture.Dimension(), 2);
  EXPECT_FALSE(mixture.ActiveAxes().IsActive(1));
  EXPECT_EQ(ToTable(mixture), table);
}

// Oracle: the contract of the messages: property, row from 1, value.
TEST(Mixture, RefusesBadRowsByNameAndNumber)
{
  ExpectContains(MessageFor(1, 0, -1.0), "Components row 2: the weight is -1");
  ExpectContains(MessageFor(0, 0, 0.0), "Components row 1: the weight is 0");
  ExpectContains(MessageFor(0, 0, std::nan("")), "Components row 1: the weight is");
  ExpectContains(MessageFor(1, 1, Infinity), "Components row 2: the mean is (");
  ExpectContains(MessageFor(1, 7, 2.0), "Components row 2: the covariance is XX 2, XY 2, YY 1");
  ExpectContains(MessageFor(1, 7, 2.0), "eigenvalues are");
  ExpectContains(MessageFor(1, 4, -1.0), "Components row 2: the covariance is XX -1");
  ExpectContains(MessageFor(1, 4, std::nan("")), "must be finite");
  ExpectContains(MessageFor(0, 6, 1.0), "Components row 2: the covariance is"); // 3-D by row 1 only
  ExpectContains(MessageFor(1, 3, 1.0), "Components row 2: the mean is (4 5 1)");
  ExpectContains(MessageFor(MixtureTable(MixtureTableRows, 0)), "Components is empty");
  MixtureTable point = TwoRows();
  point.bottomRows<6>().setZero();
  ExpectContains(MessageFor(point), "Components row 1: all variances are 0");
}

// Oracle: closed form. Covariances of sums of independent variables add.
TEST(Mixture, SmoothingAddsTheKernelToActiveAxes)
{
  const Mixture mixture = FromTable(TwoRows());
  const Mixture smoothed = mixture.Smoothed(2.0);
  EXPECT_EQ(smoothed.Component(0).Covariance.diagonal(), Eigen::Vector3d(5.0, 6.0, 0.0));
  EXPECT_EQ(smoothed.Component(1).Covariance(0, 1), -0.5);
  EXPECT_EQ(smoothed.Component(1).Mean, mixture.Component(1).Mean);
  EXPECT_EQ(ToTable(mixture.Smoothed(0.0)), ToTable(mixture));
  for (const double bad : { -1.0, Infinity, std::nan("") })
  {
    try
    {
      mixture.Smoothed(bad);
      ADD_FAILURE() << bad << " was accepted";
    }
    catch (const std::invalid_argument& error)
    {
      ExpectContains(error.what(), "Bandwidth is ");
    }
  }
}

// Oracle: marginals of a Gaussian are parts of its mean and covariance.
TEST(Mixture, LosesAndGainsDimensions)
{
  const Mixture study = MakeMixture(MixturePreset::Study);
  const Mixture line = study.InDimension(1);
  EXPECT_EQ(line.Dimension(), 1);
  EXPECT_EQ(line.Component(1).Mean, Eigen::Vector3d(1.0, 0.0, 0.0));
  EXPECT_EQ(line.Component(1).Covariance.diagonal(), Eigen::Vector3d(0.5, 0.0, 0.0));
  const Mixture space = study.InDimension(3);
  EXPECT_EQ(space.Dimension(), 3);
  EXPECT_EQ(space.Component(1).Covariance.diagonal(), Eigen::Vector3d(0.5, 0.5, 0.5));
  EXPECT_EQ(space.Component(1).Covariance(0, 1), 0.3);
  EXPECT_EQ(ToTable(study.InDimension(2)), ToTable(study));
  EXPECT_THROW(study.InDimension(0), std::invalid_argument);
}
}

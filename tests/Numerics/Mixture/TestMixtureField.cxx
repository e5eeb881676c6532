// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureField.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureTable.h"
#include "support/Fields.h"
#include "support/Numbers.h"
#include "support/Reference.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
using support::Fields;

Fields At(const Mixture& mixture, const PointsRef& points)
{
  Fields fields(points.cols());
  EvaluateMixture(mixture, points, fields.View());
  return fields;
}

Fields On(const Mixture& mixture, const Grid& grid)
{
  Fields fields(grid.Size());
  EvaluateMixture(mixture, grid, fields.View());
  return fields;
}

Grid Square(double half, Index nodes)
{
  const double spacing = 2.0 * half / static_cast<double>(nodes - 1);
  return { Eigen::Vector3d(-half, -half, 0.0), Eigen::Vector3d(spacing, spacing, 1.0),
    Index3(nodes, nodes, 1) };
}
}

// Oracle: 50-digit values at 12 points, out to (-300, 500) where log p = -3.4e5. Tolerances: log p
// as for a sum of squares; the score has terms C^-1 (m - x), |C^-1| = 5, rounded a few times each.
TEST(MixtureField, StudyAgreesWithFiftyDigits)
{
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  for (const auto& entry : reference::All()["seed_mixture"]["points"])
  {
    const Eigen::Vector3d x = reference::Vector(entry["x"]);
    const Fields fields = At(mixture, x);
    const double logDensity = reference::Number(entry["log_p"]);
    EXPECT_NEAR(fields.LogDensity[0], logDensity, 4.0 * Eps * (std::abs(logDensity) + 1.0));
    // exp turns the absolute error of log p into a relative one.
    const double density = reference::Number(entry["p"]);
    EXPECT_NEAR(fields.Density[0], density, 4.0 * Eps * (std::abs(logDensity) + 1.0) * density);
    const double scale = 5.0 * (x.norm() + 1.5);
    EXPECT_LE((fields.Score.col(0) - reference::Vector(entry["score"])).norm(), 4.0 * Eps * scale);
    const auto& hessian = entry["hess_log_p"];
    const Eigen::Vector3d expected = reference::Vector(hessian);
    const Eigen::Vector3d found(fields.Hessian(0, 0), fields.Hessian(3, 0), fields.Hessian(1, 0));
    // Terms r v v' with |v| up to `scale` cancel; r falls off as p does, so |v| counts near only.
    EXPECT_LE((found - expected).norm(), 64.0 * Eps * (1.0 + expected.norm())) << x.transpose();
    const Eigen::VectorXd shares = Responsibilities(mixture, x);
    EXPECT_NEAR(shares.sum(), 1.0, 4.0 * Eps);
    for (Index k = 0; k < 3; ++k)
    {
      const double share =
        reference::Number(entry["responsibilities"][static_cast<std::size_t>(k)]);
      EXPECT_NEAR(shares[k], share, 8.0 * Eps * (std::abs(logDensity) + 1.0) * share + 1e-300);
    }
  }
}

// Oracle: 25-digit critical points of the smoothed study for 12 bandwidths: there the score is 0.
// A point rounded by eps |x| has the score |Hessian| eps |x|, and |Hessian| < 20 here.
TEST(MixtureField, SmoothedScoreVanishesAtTheCriticalPoints)
{
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const auto& table =
    reference::All()["seed_mixture"]["critical_points_of_smoothed_density"]["by_h"];
  for (const auto& [bandwidth, points] : table.items())
  {
    const Mixture smoothed = mixture.Smoothed(std::stod(bandwidth));
    for (const auto& entry : points)
    {
      const Fields fields = At(smoothed, reference::Vector(entry["x"]));
      EXPECT_LE(fields.Score.col(0).norm(), 40.0 * Eps) << "bandwidth " << bandwidth;
      const double logDensity = reference::Number(entry["log_p"]);
      EXPECT_NEAR(fields.LogDensity[0], logDensity, 4.0 * Eps * (std::abs(logDensity) + 1.0));
    }
  }
}

// Oracle: integrals with 25 digits (reference.json). Sums at the step 1/5 are off by exp(-2 pi 0.88
// / 0.2) = 1e-12 (tests/support/reference/study.py), of values up to 4, and round by 121 eps of
// them.
TEST(MixtureField, IntegralsOfTheStudy)
{
  const Grid grid = Square(12.0, 121);
  const double cell = grid.Spacing[0] * grid.Spacing[1];
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const auto& metrics = reference::All()["metrics"]["values"];
  const Fields truth = On(mixture, grid);
  const Eigen::ArrayXd mass = cell * truth.Density.array();
  EXPECT_NEAR(mass.sum(), 1.0, 121.0 * Eps); // the density itself has no such pole
  EXPECT_NEAR(
    -(mass * truth.LogDensity.array()).sum(), reference::Number(metrics["entropy_p"]), 4e-12);
  EXPECT_NEAR((mass * truth.Score.colwise().squaredNorm().transpose().array()).sum(),
    reference::Number(metrics["FisherInformation_p"]), 4e-12);
  for (const char* bandwidth : { "0.3", "1.01" })
  {
    const Fields blurred = On(mixture.Smoothed(std::stod(bandwidth)), grid);
    EXPECT_NEAR((mass * (truth.LogDensity - blurred.LogDensity).array()).sum(),
      reference::Number(metrics[bandwidth]["KL_p_to_ph"]), 4e-12);
    EXPECT_NEAR(
      (mass * (truth.Score - blurred.Score).colwise().squaredNorm().transpose().array()).sum(),
      reference::Number(metrics[bandwidth]["FisherDivergence_p_to_ph"]), 4e-12);
  }
}

// Oracle: independent method. Central differences of log p and of the score in 3-D; the step 1e-5
// leaves truncation of step^2 / 6 times third derivatives (below 1e3 here), 2e-8, and rounding of
// 4 eps times values up to 10 over the step, 1e-9.
TEST(MixtureField, ScoreAndHessianAreDerivatives)
{
  const Mixture mixture = MakeMixture(MixturePreset::Clusters3D);
  const double step = 1e-5;
  for (const Eigen::Vector3d& x :
    { Eigen::Vector3d(0.1, -0.2, 0.3), Eigen::Vector3d(1.0, -1.0, 0.5) })
  {
    const Fields centre = At(mixture, x);
    const Eigen::Matrix3d hessian = ToMatrix(centre.Hessian.col(0));
    for (int axis = 0; axis < 3; ++axis)
    {
      const Eigen::Vector3d shift = step * Eigen::Vector3d::Unit(axis);
      const Fields above = At(mixture, Eigen::Vector3d(x + shift));
      const Fields below = At(mixture, Eigen::Vector3d(x - shift));
      EXPECT_NEAR(
        (above.LogDensity[0] - below.LogDensity[0]) / (2.0 * step), centre.Score(axis, 0), 2e-8);
      EXPECT_LE(
        ((above.Score.col(0) - below.Score.col(0)) / (2.0 * step) - hessian.col(axis)).norm(),
        2e-8);
    }
  }
}

// Oracle: invariant. Grid, points, block of a grid and any division of the work give the same bits.
TEST(MixtureField, BlocksAndThreadsGiveTheSameNumbers)
{
  const Mixture mixture = MakeMixture(MixturePreset::TwoMoons);
  const Grid grid{ Eigen::Vector3d(-3.1, -2.9, 0.0), Eigen::Vector3d(0.1, 0.17, 1.0),
    Index3(53, 31, 1) };
  const Fields whole = On(mixture, grid);
  Eigen::Matrix3Xd nodes(3, grid.Size());
  for (Index i = 0; i < grid.Size(); ++i)
  {
    nodes.col(i) = grid.Node(i);
  }
  EXPECT_EQ(At(mixture, nodes).Score, whole.Score);

  Fields split(grid.Size());
  EvaluateMixture(mixture, grid, split.View(), OnThreads(3));
  EXPECT_EQ(split.LogDensity, whole.LogDensity);
  EXPECT_EQ(split.Hessian, whole.Hessian);

  const Index3 first(5, 7, 0);
  const Index3 dimensions(20, 11, 1);
  Fields block(dimensions.prod());
  EvaluateMixture(mixture, grid, first, dimensions, block.View());
  for (Index i = 0; i < dimensions.prod(); ++i)
  {
    const Index node = first[0] + i % 20 + 53 * (first[1] + i / 20);
    // Other neighbours in a run may keep other negligible components: at most an ulp or two.
    EXPECT_NEAR(block.LogDensity[i], whole.LogDensity[node],
      2.0 * Eps * (1.0 + std::abs(whole.LogDensity[node])));
  }
}

// Oracle: invariant. Lengths times s: log p falls by d log s, 62 here, whose parts round by a few
// eps, the score by s.
TEST(MixtureField, ScalesWithTheUnitOfLength)
{
  const MixtureTable table = ToTable(MakeMixture(MixturePreset::Clusters3D));
  const Eigen::Vector3d x(0.4, 0.3, -2.0);
  const Fields original = At(FromTable(table), x);
  for (const double scale : { 1e-9, 1e9 })
  {
    MixtureTable scaled = table;
    scaled.middleRows<3>(1) *= scale;
    scaled.bottomRows<6>() *= scale * scale;
    const Fields fields = At(FromTable(scaled), Eigen::Vector3d(scale * x));
    const double shift = 3.0 * std::log(scale);
    EXPECT_NEAR(fields.LogDensity[0], original.LogDensity[0] - shift, 16.0 * Eps * 70.0);
    EXPECT_TRUE((scale * fields.Score).isApprox(original.Score, 64.0 * Eps));
  }
}

// Oracle: definition. A mixture in the plane y = 2 is 2-D; y is not looked at, the score there is
// 0.
TEST(MixtureField, FlatMixturesIgnoreTheFlatAxis)
{
  MixtureTable table(MixtureTableRows, 1);
  table.col(0) << 1.0, 1.0, 2.0, 3.0, 0.5, 0.0, 2.0, 0.0, 0.0, 0.0;
  const Fields fields =
    At(FromTable(table), Eigen::Vector3d(1.0, std::numeric_limits<double>::infinity(), 5.0));
  EXPECT_NEAR(fields.Density[0], std::exp(-1.0) / (2.0 * Pi), 4.0 * Eps);
  EXPECT_TRUE(fields.Score.col(0).isApprox(Eigen::Vector3d(0.0, 0.0, -1.0), 4.0 * Eps));
  EXPECT_EQ(fields.Score(1, 0), 0.0);
}

// Contract: a caller can stop the work.
TEST(MixtureField, StopsWhenAsked)
{
  Execution execution;
  execution.Continue = [](double) { return false; };
  FieldView nothing;
  EXPECT_THROW(
    EvaluateMixture(MakeMixture(MixturePreset::Study), Square(3.0, 5), nothing, execution),
    Aborted);
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Stencils.h"

#include "Numerics/Score/Differences.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace scorefields
{
namespace
{
constexpr Index Count = 25; ///< nodes of a line

/// A line through a density from elsewhere: its logarithm and its score at the nodes, in units of
/// the narrowest of its standard deviations.
struct Elsewhere
{
  Grid Nodes;
  Eigen::VectorXd LogDensity;
  Eigen::VectorXd Score;

  /// Up to 30 normal densities, alike or up to 4.5 times as wide, with weights over up to 30 powers
  /// of e.
  Elsewhere(std::mt19937_64& random, double nodesPerLength)
    : LogDensity(Count)
    , Score(Count)
  {
    std::uniform_real_distribution<double> uniform;
    const auto terms = 1 + static_cast<Index>(30.0 * uniform(random) * uniform(random));
    const double spread = std::exp(2.8 * uniform(random) - 0.7);
    const double weights = std::max(0.0, 60.0 * uniform(random) - 30.0);
    const double widths = uniform(random) < 0.5 ? 0.0 : 1.5;
    Eigen::ArrayXd place(terms);
    Eigen::ArrayXd logWeight(terms);
    Eigen::ArrayXd width(terms);
    for (Index k = 0; k < terms; ++k)
    {
      place[k] = spread * (4.0 * uniform(random) - 2.0);
      logWeight[k] = -weights * uniform(random);
      width[k] = std::exp(widths * uniform(random));
    }
    width /= width.minCoeff();
    this->Nodes.Dimensions[0] = Count;
    this->Nodes.Spacing[0] = 1.0 / nodesPerLength;
    this->Nodes.Origin[0] = spread * (4.0 * uniform(random) - 2.0) - 12.0 / nodesPerLength;
    for (Index i = 0; i < Count; ++i)
    {
      const Eigen::ArrayXd offset = place - this->Nodes.Node(i)[0];
      const Eigen::ArrayXd logTerm = logWeight - width.log() - 0.5 * (offset / width).square();
      const Eigen::ArrayXd term = (logTerm - logTerm.maxCoeff()).exp();
      this->LogDensity[i] = logTerm.maxCoeff() + std::log(term.sum());
      this->Score[i] = (term * offset / width.square()).sum() / term.sum();
    }
  }
};

struct Verdicts
{
  Index Accepted = 0;
  Index Wrong = 0;
};

/// Nodes whose difference is accepted at a tolerance, and those of them that are off by more. Of
/// the nodes three and more from a border or a gap, or of the others.
Verdicts Judge(const Elsewhere& line, const Eigen::VectorXd& values, DifferenceOrder order,
  double tolerance, bool inside)
{
  const RowDifferences rows(line.Nodes, values.data(), values.data(), order, {});
  DifferenceRow row(Count);
  rows.Evaluate(0, 0, row);
  Verdicts verdicts;
  for (Index i = 0; i < Count; ++i)
  {
    const Index first = std::max<Index>(0, i - 3);
    const auto around = values.segment(first, std::min(Count, i + 4) - first);
    const bool isInside = around.size() == 7 && around.allFinite();
    const auto at = static_cast<std::size_t>(i);
    const bool accepted = row.Outside[at] == 0 && row.SquaredError[at] <= tolerance * tolerance;
    const double rounding = 2e-15 * std::abs(values[i]) / line.Nodes.Spacing[0]; // 8 eps
    const double off = std::abs(row.Slope[0][at] - line.Score[i]);
    verdicts.Accepted += isInside == inside && accepted ? 1 : 0;
    verdicts.Wrong += isInside == inside && accepted && off > tolerance + rounding ? 1 : 0;
  }
  return verdicts;
}

/// The same for 6000 lines with 0.4 to 12 nodes per length, or with `least` at least.
Verdicts JudgeAll(double least, double cut, double tolerance, bool inside)
{
  std::mt19937_64 random(5);
  Verdicts all;
  for (int k = 0; k < 6000; ++k)
  {
    const double nodesPerLength = least * std::pow(12.0 / least, k / 6000.0);
    const Elsewhere line(random, nodesPerLength);
    const double lowest = line.LogDensity.maxCoeff() + std::log(cut);
    const Eigen::VectorXd values =
      (line.LogDensity.array() >= lowest).select(line.LogDensity, -Infinity);
    for (const auto order : { DifferenceOrder::Second, DifferenceOrder::Fourth })
    {
      const Verdicts verdicts = Judge(line, values, order, tolerance, inside);
      all.Accepted += verdicts.Accepted;
      all.Wrong += verdicts.Wrong;
    }
  }
  return all;
}
}

// Oracle: closed forms, of densities whose kernel nobody knows, on grids that resolve them and on
// coarse ones. Away from borders no wrong slope is accepted, and where the grid resolves the
// density most right ones are.
TEST(Stencils, WithoutAKernelAcceptNoWrongSlopeInside)
{
  for (const double tolerance : { 1e-3, 1e-2, 1e-1 })
  {
    EXPECT_EQ(JudgeAll(0.4, 0.0, tolerance, true).Wrong, 0) << tolerance;
    const Verdicts resolved = JudgeAll(3.0, 0.0, tolerance, true);
    EXPECT_EQ(resolved.Wrong, 0) << tolerance;
    EXPECT_GE(resolved.Accepted, 0.6 * 2 * 6000 * (Count - 6)) << tolerance;
  }
}

// Oracle: closed forms. Next to borders, and to regions where somebody cut the density to 0, values
// tell less. Of a thousand slopes accepted there one at most is wrong, as docs/reliability.md says.
TEST(Stencils, WithoutAKernelAcceptFewWrongSlopesAtBorders)
{
  for (const double cut : { 0.0, 1e-8, 1e-3 })
  {
    for (const double tolerance : { 1e-3, 1e-2, 1e-1 })
    {
      const Verdicts verdicts = JudgeAll(0.4, cut, tolerance, false);
      EXPECT_GE(verdicts.Accepted, 2000) << cut << " " << tolerance;
      EXPECT_LE(1000 * verdicts.Wrong, verdicts.Accepted) << cut << " " << tolerance;
    }
  }
}
}

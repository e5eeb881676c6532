// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/ScoreNodes.h"

#include "support/RecoveryCases.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
using recovery::GridOver;
using recovery::Problem;
using recovery::Vector;

Problem Square()
{
  return Problem(GridOver(Vector(0, 0, 0), Vector(3, 3, 0), Index3(4, 4, 1)),
    [](const Vector& x) { return Vector(-x[0], x[1], 0.0); });
}

VectorNodes Read(Problem problem)
{
  problem.Input.Score = problem.Score.data();
  problem.Input.Mask = problem.Mask.empty() ? nullptr : problem.Mask.data();
  problem.Input.Weights = problem.Weights.empty() ? nullptr : problem.Weights.data();
  return ReadNodes(problem.Input, Lattice(problem.Input.Nodes, problem.Input.Borders), Execution());
}

void ExpectRefused(const Problem& problem, const std::string& message)
{
  try
  {
    Read(problem);
    ADD_FAILURE() << message;
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
  }
}
}

// Contract: the message names array, values and the first node; what is masked, or along a flat
// axis, may be anything.
TEST(ScoreNodes, VectorsInUseMustBeFinite)
{
  Problem broken = Square();
  broken.Score(1, 6) = std::nan("");
  broken.Score(0, 9) = std::numeric_limits<double>::infinity();
  ExpectRefused(broken,
    "ScoreArray \"Score\" is not finite at 2 of the nodes in use, first at node 6 (2, 1, 0)");
  Problem masked = broken;
  masked.Keep([](const Vector& x) { return x[1] > 2.5; });
  EXPECT_NO_THROW(Read(masked));
  Problem flat = Square();
  flat.Score.row(2).setConstant(std::nan(""));
  EXPECT_NO_THROW(Read(flat));
}

// Contract: the message names array, value and node.
TEST(ScoreNodes, MasksAndWeightsThatLeaveNothingAreNamed)
{
  Problem empty = Square();
  empty.Keep([](const Vector&) { return false; });
  ExpectRefused(empty, "MaskArray leaves none of the 16 nodes");
  Problem negative = Square();
  negative.Weigh([](const Vector& x) { return 1.0 - x[0]; });
  ExpectRefused(negative, "WeightArray \"Weights\" is -1 at node 2 (2, 0, 0)");
  Problem infinite = Square();
  infinite.Weigh([](const Vector& x) { return 1.0 / x[1]; });
  ExpectRefused(infinite, "is inf at node 0");
  Problem nothing = Square();
  nothing.Weigh([](const Vector&) { return 0.0; });
  ExpectRefused(nothing, "WeightArray \"Weights\" is 0 at all nodes");
}

// Oracle: definition. Weights are shares of the largest, 1e-8 at least; nodes whose weight is 0 do
// not count; equal weights and masks without a 0 are none. Weights of masked nodes are not looked
// at.
TEST(ScoreNodes, WeightsAreSharesOfTheLargest)
{
  Problem weighted = Square();
  weighted.Weigh(
    [](const Vector& x) { return x[1] > 2.5 ? 0.0
                            : x[0] > 2.5    ? 1e-20
                                            : 8.0 - 2.0 * x[0]; });
  const VectorNodes nodes = Read(weighted);
  EXPECT_EQ(nodes.Weights[0], 1.0);
  EXPECT_EQ(nodes.Weights[1], 0.75);
  EXPECT_EQ(nodes.Weights[3], 1e-8);
  EXPECT_TRUE(nodes.IsValid(3));
  EXPECT_FALSE(nodes.IsValid(12));
  Problem equal = Square();
  equal.Weigh([](const Vector& x) { return x[0] < 0.5 ? -1.0 : 3.0; });
  equal.Keep([](const Vector& x) { return x[0] > 0.5; });
  EXPECT_TRUE(Read(equal).Weights.empty());
  EXPECT_FALSE(Read(equal).Valid.empty());
  Problem all = Square();
  all.Keep([](const Vector&) { return true; });
  EXPECT_TRUE(Read(all).Valid.empty());
}
}

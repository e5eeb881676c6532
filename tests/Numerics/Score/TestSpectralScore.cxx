// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/SpectralScore.h"
#include "support/Numbers.h"

#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace scorefields
{
namespace
{
using Vector = Eigen::Vector3d;
using Function = std::function<double(const Vector&)>;

struct SpectralErrors
{
  Eigen::VectorXf Ringing, Noise;
};

struct Result
{
  Eigen::Matrix3Xd Score;
  SpectralErrors Errors;

  double ErrorAt(Index node) const { return this->Errors.Ringing[node] + this->Errors.Noise[node]; }
};

struct Problem
{
  std::vector<double> LogDensity;
  SpectralInput Input;

  Problem(const Grid& grid, const Function& logDensity)
  {
    for (Index node = 0; node < grid.Size(); ++node)
    {
      this->LogDensity.push_back(logDensity(grid.Node(node)));
    }
    this->Input.Nodes = grid;
    this->Input.Dimensions = grid.Dimensions;
    this->Input.Precision = { 0.0, 0.5 * Eps, -Infinity };
  }

  Result Solve(const Execution& execution = {})
  {
    this->Input.LogDensity = this->LogDensity.data();
    Result result;
    result.Score.resize(3, this->Input.Dimensions.prod());
    const Index size = this->Input.Dimensions.prod();
    result.Errors.Ringing.resize(size);
    result.Errors.Noise.resize(size);
    std::vector<double> workspace(static_cast<std::size_t>(size));
    const auto finish = [&](const SpectralRows& rows)
    {
      const Index at = rows.Begin * this->Input.Dimensions[0];
      const Index count = (rows.End - rows.Begin) * this->Input.Dimensions[0];
      for (int axis = 0; axis < 3; ++axis)
      {
        const double* slope = rows.Slope[static_cast<std::size_t>(axis)];
        result.Score.row(axis).segment(at, count) =
          Eigen::Map<const Eigen::RowVectorXd>(slope, count);
      }
      result.Errors.Ringing.segment(at, count) =
        Eigen::Map<const Eigen::VectorXf>(rows.Ringing, count);
      result.Errors.Noise.segment(at, count) = Eigen::Map<const Eigen::VectorXf>(rows.Noise, count);
    };
    ComputeSpectralScore(this->Input, workspace.data(), finish, execution);
    return result;
  }
};

Grid LineOf(Index nodes, double first, double delta, int axis = 0)
{
  Grid grid;
  grid.Origin[axis] = first;
  grid.Spacing[axis] = delta;
  grid.Dimensions[axis] = nodes;
  return grid;
}

/// Largest error of the score along x, the true one being a function of x.
double LargestError(
  const Result& result, const Grid& grid, const std::function<double(double)>& truth)
{
  double most = 0.0;
  for (Index node = 0; node < grid.Size(); ++node)
  {
    most = std::max(most, std::abs(result.Score(0, node) - truth(grid.Node(node)[0])));
  }
  return most;
}
}

// Oracle: closed form. log f = 3 cos(x) has the score -3 sin(x), and f the coefficients I_k(3),
// which beyond the Nyquist frequency k = n / 2 sum to 4e-4, 1.4e-8 and 1e-20 for n = 16, 24, 48;
// times 2 k for the derivative, and e^6 for the ratio of maximum and minimum of f: 3, 1.3e-4 and
// rounding. The same for both ways to lay nodes on a period, for odd n and along any axis.
TEST(SpectralScore, ConvergesLikeTheSpectrum)
{
  const auto truth = [](double x) { return -3.0 * std::sin(x); };
  const auto logDensity = [](const Vector& x) { return 3.0 * std::cos(x[0]); };
  const std::pair<Index, double> bounds[] = { { 16, 3.0 }, { 24, 1.3e-4 }, { 25, 1.3e-4 },
    { 48, 1e-12 } };
  for (const auto& [nodes, bound] : bounds)
  {
    const double delta = 2.0 * Pi / static_cast<double>(nodes);
    for (const LineEnds ends : { LineEnds::Wrapped, LineEnds::Periodic })
    {
      const Grid grid = LineOf(ends == LineEnds::Periodic ? nodes + 1 : nodes, 0.4, delta);
      Problem problem(grid, logDensity);
      problem.Input.Ends[0] = ends;
      EXPECT_LE(LargestError(problem.Solve(), grid, truth), bound) << nodes;
    }
  }
}

// Oracle: closed form. The mirrored continuation of exp(3 cos(x)) on [0, pi] is the function
// itself, with 48 nodes on its period. Rounding of a transform, some u, times the largest
// frequency, 24, and e^6 for the ratio of maximum and minimum: 1e-12 and a few times that.
TEST(SpectralScore, MirroredLinesAreExact)
{
  const Grid grid = LineOf(25, 0.0, Pi / 24.0);
  Problem problem(grid, [](const Vector& x) { return 3.0 * std::cos(x[0]); });
  problem.Input.Ends[0] = LineEnds::Mirrored;
  const auto truth = [](double x) { return -3.0 * std::sin(x); };
  EXPECT_LE(LargestError(problem.Solve(), grid, truth), 1e-11);
  problem.Input.Ends[0] = LineEnds::Wrapped; // it is not
  EXPECT_GT(LargestError(problem.Solve(), grid, truth), 0.1);
}

// Oracle: closed form of a Gaussian with covariance diag(1, 0.25, 4) on unequal spacings, three
// nodes or more per standard deviation, cut off at 2 standard deviations along z, where the ends
// matter, and at 6.1 or more along the others, where f is 1e-8 of its maximum: relative to the
// maximum of a line the error is below 1e-4 along z, and 1e-7 along x and y. The estimate is above
// the error at every node.
TEST(SpectralScore, IsAccurateForAGaussianInAnyBox)
{
  const Vector deviation(1.0, 0.5, 2.0);
  const Grid grid{ Vector(-6.1, -3.2, -4.0), Vector(0.3, 0.16, 0.4), Index3(41, 41, 21) };
  const auto reduced = [&](const Vector& x) { return x.cwiseQuotient(deviation).eval(); };
  Problem problem(grid, [&](const Vector& x) { return -0.5 * reduced(x).squaredNorm() - 800.0; });
  problem.Input.Scale.Length = deviation;
  const Result result = problem.Solve();
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Vector z = reduced(grid.Node(node));
    const Vector error =
      (result.Score.col(node) + z.cwiseQuotient(deviation)).cwiseProduct(deviation);
    EXPECT_LE(error.norm(), result.ErrorAt(node) + 1e-12) << z.transpose();
    const Vector line = (-0.5 * z.cwiseAbs2()).array().exp();
    ASSERT_LE(error.cwiseProduct(line).head<2>().cwiseAbs().maxCoeff(), 1e-7) << z.transpose();
    ASSERT_LE(std::abs(error[2] * line[2]), 1e-4) << z.transpose();
  }
}

// Oracle: definition. A line far out is as good as one through the middle, though its density is
// e^-5000 of that: the transform sees each line relative to its own maximum.
TEST(SpectralScore, DoesNotUnderflowWithTheLine)
{
  const Grid grid{ Vector(-5.0, 0.0, 0.0), Vector(0.25, 100.0, 1.0), Index3(41, 20, 1) };
  Problem problem(grid, [](const Vector& x) { return -0.5 * x.squaredNorm(); });
  const Result result = problem.Solve();
  const Index far = 41 * 19 + 16;               // x = -1
  EXPECT_NEAR(result.Score(0, 16), 1.0, 1e-6);  // f is 4e-6 at the ends
  EXPECT_NEAR(result.Score(0, far), 1.0, 1e-6); // log f = -1.8e6, whose rounding is 1e-10
  // Along y everything but the first node is 0 beside it: no score, and said so.
  EXPECT_GT(result.Errors.Noise[far], 1e17);
}

// Oracle: definition. Nodes without a value cut their lines; long pieces are transformed, on short
// ones a difference stands in, nothing reaches across. The log density is a quadratic, for which
// differences are exact.
TEST(SpectralScore, LinesAreCutAtMissingNodes)
{
  const Grid grid = LineOf(60, -2.0, 0.1);
  Problem problem(grid, [](const Vector& x) { return -0.5 * x.squaredNorm(); });
  problem.LogDensity[20] = NaN;
  problem.LogDensity[26] = NaN;
  problem.LogDensity[28] = NaN;
  const Result result = problem.Solve();
  for (Index node = 0; node < 60; ++node)
  {
    const bool missing = node == 20 || node == 26 || node == 28;
    const bool alone = node == 27;
    EXPECT_EQ(std::isinf(result.Errors.Ringing[node]), missing || alone) << node;
    if (missing || alone)
    {
      EXPECT_EQ(result.Score(0, node), 0.0);
    }
    else
    {
      const double error = std::abs(result.Score(0, node) - 2.0 + 0.1 * static_cast<double>(node));
      EXPECT_LE(error, result.ErrorAt(node)) << node;
      EXPECT_LE(error, node < 50 ? 1e-4 : 1e-2) << node; // f is 5e-4 at the last one
    }
  }
  EXPECT_NEAR(result.Score(0, 23), 2.0 - 2.3, 1e-12); // a piece of five nodes
  problem.Input.Ends[0] = LineEnds::Wrapped;          // a cut line does not go on so
  EXPECT_EQ(problem.Solve().Score, result.Score);
}

// Oracle: invariant. Any block, any number of threads: the same numbers to the bit.
TEST(SpectralScore, IsTheSameForAnyBlockAndThreads)
{
  const Grid grid{ Vector(-3.0, -2.0, -2.5), Vector(0.2, 0.25, 0.3), Index3(33, 21, 18) };
  Problem problem(
    grid, [](const Vector& x) { return std::cos(x[0]) - x.squaredNorm() + x[1] * x[2]; });
  problem.LogDensity[4000] = NaN;
  problem.Input.Ends[1] = LineEnds::Mirrored;
  const Result whole = problem.Solve();
  const Result threads = problem.Solve(OnThreads(3));
  EXPECT_EQ(whole.Score, threads.Score);
  EXPECT_EQ(whole.Errors.Ringing, threads.Errors.Ringing);
  problem.Input.First = Index3(5, 3, 7);
  problem.Input.Dimensions = Index3(20, 17, 4);
  const Result part = problem.Solve(OnThreads(2));
  for (Index node = 0; node < part.Score.cols(); ++node)
  {
    const Index i = 5 + node % 20;
    const Index j = 3 + node / 20 % 17;
    const Index k = 7 + node / 340;
    const Index same = i + 33 * (j + 21 * k);
    ASSERT_EQ(part.Score.col(node), whole.Score.col(same));
    ASSERT_EQ(part.ErrorAt(node), whole.ErrorAt(same));
  }
}

// Oracle: exact sums. Random clouds with unequal weights on random lines, resolved or not, cut off
// anywhere: no node whose estimated error is below a tolerance is off by more.
TEST(SpectralScore, EstimatesAreNotTooLow)
{
  std::mt19937 engine(5);
  const auto uniform = [&](double low, double high)
  { return low + (high - low) * static_cast<double>(engine()) / 4294967296.0; };
  const double steps[] = { 1.0, 0.8, 0.6, 0.45, 0.35, 0.25, 0.12 };
  Index accepted = 0;
  for (int trial = 0; trial < 700; ++trial)
  {
    const double spread = uniform(0.0, 8.0);
    const auto count = static_cast<std::size_t>(uniform(1.0, 30.0));
    std::vector<double> places, weights;
    for (std::size_t i = 0; i < count; ++i)
    {
      places.push_back(uniform(-spread, spread));
      weights.push_back(-uniform(0.0, trial % 2 == 0 ? 15.0 : 0.1));
    }
    const double delta = steps[trial % 7];
    const auto nodes = static_cast<Index>(uniform(16.0, 160.0));
    const Grid grid =
      LineOf(nodes, uniform(-spread, spread) - 0.5 * delta * static_cast<double>(nodes), delta);
    std::vector<double> truth;
    Problem problem(grid,
      [&](const Vector& x)
      {
        double largest = -Infinity;
        for (std::size_t i = 0; i < count; ++i)
        {
          largest = std::max(largest, weights[i] - 0.5 * (x[0] - places[i]) * (x[0] - places[i]));
        }
        double sum = 0.0;
        double moment = 0.0;
        for (std::size_t i = 0; i < count; ++i)
        {
          const double share =
            std::exp(weights[i] - 0.5 * (x[0] - places[i]) * (x[0] - places[i]) - largest);
          sum += share;
          moment += share * (places[i] - x[0]);
        }
        truth.push_back(moment / sum);
        return largest + std::log(sum);
      });
    const Result result = problem.Solve();
    for (Index node = 0; node < nodes; ++node)
    {
      const double error = std::abs(result.Score(0, node) - truth[static_cast<std::size_t>(node)]);
      for (const double tolerance : { 1e-3, 1e-2, 1e-1 })
      {
        const bool holds = result.ErrorAt(node) <= tolerance;
        accepted += holds ? 1 : 0;
        EXPECT_FALSE(holds && error > tolerance)
          << "trial " << trial << ", node " << node << " of " << nodes << ", step " << delta
          << ": off by " << error << ", estimated " << result.ErrorAt(node);
      }
    }
  }
  EXPECT_GT(accepted, 30000); // a quarter of all
}
}

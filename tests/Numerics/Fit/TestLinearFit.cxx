// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/LinearFit.h"

#include "Numerics/Fit/CurlFreeKernel.h"
#include "Numerics/Fit/GaussianModel.h"
#include "Numerics/Fit/RadialBasis.h"

#include "support/FitCases.h"
#include "support/Numbers.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace scorefields
{
namespace
{
const Eigen::MatrixXd NoFixedPart;

PathRequest Request()
{
  return { { 0.7, 1.4 }, { 1e-4, 1e-2, 1.0 }, 4, 3 };
}
}

// Contract: each sample is in one fold; folds differ by one sample at most.
TEST(LinearFit, FoldsHaveEachSampleOnce)
{
  const auto folds = FoldsOf(23, 5, 1);
  std::vector<Index> all;
  for (const auto& fold : folds)
  {
    EXPECT_GE(fold.size(), 4U);
    EXPECT_LE(fold.size(), 5U);
    all.insert(all.end(), fold.begin(), fold.end());
  }
  std::sort(all.begin(), all.end());
  std::vector<Index> expected(23);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(all, expected);
  EXPECT_EQ(FoldsOf(3, 5, 1).size(), 3U);
}

// Oracle: a fit for each fold by Cholesky, and the objective at its samples, one by one, with the
// divergence by differences (error 1e-9 times the size of the scores, at most 100 here).
TEST(LinearFit, ThePathIsThatOfSeparateFits)
{
  const FitSamples samples =
    fitcases::Plain(fitcases::Normals(2, 22, 2), Eigen::VectorXd::LinSpaced(22, 1.0, 3.0));
  const GaussianModel gaussian(samples);
  const Eigen::MatrixXd base = gaussian.ScoreAt(samples.Points);
  const Eigen::MatrixXd centres = samples.Points.leftCols(6);
  const BasisOfWidth radial = [&](double width)
  { return std::make_unique<RadialBasis>(centres, width); };
  const BasisOfWidth curlFree = [&](double width)
  { return std::make_unique<CurlFreeBasis>(centres, width); };
  for (const BasisOfWidth& basisOf : { radial, curlFree })
  {
    for (const PathPoint& point : HeldOutPath(basisOf, samples, base, Request(), Execution()))
    {
      Eigen::VectorXd values(22);
      const auto basis = basisOf(point.Width);
      for (const auto& held : FoldsOf(22, 4, 3))
      {
        std::vector<Index> others;
        for (Index i = 0; i < 22; ++i)
        {
          if (std::find(held.begin(), held.end(), i) == held.end())
          {
            others.push_back(i);
          }
        }
        const FitSamples seen = samples.Subset(others);
        const Eigen::MatrixXd seenBase = gaussian.ScoreAt(seen.Points);
        const auto model =
          basis->Combine(SolveRidge(ObjectiveOf(*basis, seen, seenBase, Execution()),
            basis->Penalty(), point.Regularization));
        for (const Index i : held)
        {
          const Eigen::VectorXd y = samples.Points.col(i);
          values[i] =
            0.5 * (model->ScoreAt(y) + base.col(i)).squaredNorm() + fitcases::Divergence(*model, y);
        }
      }
      EXPECT_NEAR(point.HeldOut, values.dot(samples.Shares), 1e-6) << point.Width;
      EXPECT_NEAR(point.Trimmed, TrimmedMean(values, samples.Shares, 0.05), 1e-6) << point.Width;
    }
  }
}

// Oracle: by hand. The lowest values are left out, of one at the boundary a part.
TEST(LinearFit, ATrimmedMeanLeavesOutTheLowest)
{
  const Eigen::Vector4d values(3.0, -100.0, 5.0, 1.0);
  const Eigen::Vector4d shares(1.0, 1.0, 2.0, 1.0);
  EXPECT_DOUBLE_EQ(TrimmedMean(values, shares, 0.0), -86.0 / 5.0);
  EXPECT_DOUBLE_EQ(TrimmedMean(values, shares, 0.2), 14.0 / 4.0);
  EXPECT_DOUBLE_EQ(TrimmedMean(values, shares, 0.3), 13.5 / 3.5);
}

// Contract: the choice is not led by single samples. One of two that nearly coincide is held out,
// and the fit that turns wild between the two has by far the lowest mean there.
TEST(LinearFit, OnePairOfSamplesDoesNotChoose)
{
  const PathPoint calm{ 1.0, 1.0, -1.0, -0.5 };
  const PathPoint wild{ 0.1, 1e-8, -50.0, 3.0 };
  const PathPoint broken{ 0.1, 1e-9, std::numeric_limits<double>::quiet_NaN(), -9.0 };
  const std::vector<PathPoint> path{ wild, calm, broken };
  EXPECT_EQ(BestOf(path).Width, 1.0);
}

// Contract: the number of threads changes no bit.
TEST(LinearFit, ThreadsChangeNothing)
{
  const FitSamples samples = fitcases::Plain(fitcases::Normals(3, 60, 2));
  const BasisOfWidth basisOf = [&](double width)
  { return std::make_unique<RadialBasis>(samples.Points, width); };
  const auto one = HeldOutPath(basisOf, samples, NoFixedPart, Request(), Execution());
  const auto three = HeldOutPath(basisOf, samples, NoFixedPart, Request(), OnThreads(3));
  for (std::size_t i = 0; i < one.size(); ++i)
  {
    EXPECT_EQ(one[i].HeldOut, three[i].HeldOut);
    EXPECT_EQ(one[i].Trimmed, three[i].Trimmed);
  }
}

// Oracle: the Cholesky solution. Rounding: the condition of the pencil, below 1e6, times eps.
TEST(QuadraticObjective, ThePathSolvesTheEquations)
{
  const FitSamples samples = fitcases::Plain(fitcases::Normals(2, 30, 2));
  const CurlFreeBasis basis(samples.Points.leftCols(5), 1.0);
  const QuadraticObjective objective = ObjectiveOf(basis, samples, NoFixedPart, Execution());
  for (const Eigen::MatrixXd& penalty : { basis.Penalty(), Eigen::MatrixXd() })
  {
    const RidgePath path(objective, penalty);
    for (const double regularization : { 1e-3, 1.0 })
    {
      const Eigen::MatrixXd expected = SolveRidge(objective, penalty, regularization);
      EXPECT_LE((path.Solve(regularization) - expected).norm(), 1e6 * Eps * expected.norm());
    }
  }
}
}

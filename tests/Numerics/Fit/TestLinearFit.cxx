// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/LinearFit.h"

#include "Numerics/Fit/CurlFreeKernel.h"
#include "Numerics/Fit/RadialBasis.h"

#include "support/FitCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();
const Eigen::MatrixXd NoBase;

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

// Oracle: a fit for each fold by Cholesky, and the objective at its samples with the divergence by
// differences (error 1e-9 times the size of the scores, at most 100 here).
TEST(LinearFit, ThePathIsThatOfSeparateFits)
{
  const FitSamples samples = fitcases::Plain(fitcases::Normals(2, 22, 2));
  const Eigen::MatrixXd centres = samples.Points.leftCols(6);
  const BasisOfWidth radial = [&](double width)
  { return std::make_unique<RadialBasis>(centres, width); };
  const BasisOfWidth curlFree = [&](double width)
  { return std::make_unique<CurlFreeBasis>(centres, width); };
  for (const BasisOfWidth& basisOf : { radial, curlFree })
  {
    for (const PathPoint& point : HeldOutPath(basisOf, samples, NoBase, Request(), Execution()))
    {
      double sum = 0.0;
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
        const auto model = basis->Combine(SolveRidge(
          ObjectiveOf(*basis, seen, NoBase, Execution()), basis->Penalty(), point.Regularization));
        sum += static_cast<double>(held.size()) / 22.0 *
          fitcases::Objective(*model, samples.Subset(held));
      }
      EXPECT_NEAR(point.HeldOut, sum, 1e-6) << point.Width << " " << point.Regularization;
    }
  }
}

// Contract: the number of threads changes no bit.
TEST(LinearFit, ThreadsChangeNothing)
{
  const FitSamples samples = fitcases::Plain(fitcases::Normals(3, 60, 2));
  const BasisOfWidth basisOf = [&](double width)
  { return std::make_unique<RadialBasis>(samples.Points, width); };
  const auto one = HeldOutPath(basisOf, samples, NoBase, Request(), Execution());
  const auto three = HeldOutPath(basisOf, samples, NoBase, Request(), OnThreads(3));
  for (std::size_t i = 0; i < one.size(); ++i)
  {
    EXPECT_EQ(one[i].HeldOut, three[i].HeldOut);
  }
}

// Oracle: the Cholesky solution. Rounding: the condition of the pencil, below 1e6, times eps.
TEST(QuadraticObjective, ThePathSolvesTheEquations)
{
  const FitSamples samples = fitcases::Plain(fitcases::Normals(2, 30, 2));
  const CurlFreeBasis basis(samples.Points.leftCols(5), 1.0);
  const QuadraticObjective objective = ObjectiveOf(basis, samples, NoBase, Execution());
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

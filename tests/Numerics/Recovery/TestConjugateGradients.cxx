// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/ConjugateGradients.h"

#include "support/Threads.h"

#include <Eigen/Cholesky>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
LinearMap MapOf(const Eigen::MatrixXd& matrix)
{
  return [matrix](const Eigen::VectorXd& source, Eigen::VectorXd& target)
  { target = matrix * source; };
}

/// Of a chain of n nodes: tridiagonal, 2 and -1, and 1 at the ends; constants are its null space.
Eigen::MatrixXd Chain(Index n)
{
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
  for (Index i = 0; i + 1 < n; ++i)
  {
    matrix(i, i) += 1.0;
    matrix(i + 1, i + 1) += 1.0;
    matrix(i, i + 1) = matrix(i + 1, i) = -1.0;
  }
  return matrix;
}

Eigen::MatrixXd Jacobi(Index n)
{
  return Eigen::VectorXd::LinSpaced(n, 0.5, 1.5).asDiagonal();
}
}

// Oracle: Cholesky's factors. The error is the tolerance times the condition, below 400.
TEST(ConjugateGradients, EqualsADirectSolver)
{
  const Index n = 30;
  const Eigen::MatrixXd matrix = Chain(n) + 0.01 * Eigen::MatrixXd::Identity(n, n);
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(n, -1.0, 3.0).array().cos();
  Eigen::VectorXd solution;
  const SolverReport report = SolveByConjugateGradients(
    MapOf(matrix), MapOf(Jacobi(n)), right, solution, SolverLimits{ 1e-12, 200 }, Execution());
  EXPECT_LE(report.Residual, 1e-11);
  EXPECT_GT(report.Iterations, 1);
  const Eigen::VectorXd expected = matrix.ldlt().solve(right);
  EXPECT_LE((solution - expected).norm(), 400.0 * 1e-11 * expected.norm());
}

// Oracle: the equations. What a singular matrix does not see is arbitrary.
TEST(ConjugateGradients, SingularEquationsHaveASolution)
{
  const Index n = 40;
  const Eigen::MatrixXd matrix = Chain(n);
  const Eigen::VectorXd right =
    matrix * Eigen::VectorXd::LinSpaced(n, 0.0, 2.0).array().square().matrix();
  Eigen::VectorXd solution;
  SolveByConjugateGradients(
    MapOf(matrix), MapOf(Jacobi(n)), right, solution, SolverLimits{ 1e-12, 200 }, Execution());
  EXPECT_LE((matrix * solution - right).norm(), 1e-10 * right.norm());
}

// Oracle: definition. Nothing is to be done for a right side of 0.
TEST(ConjugateGradients, ZeroIsSolvedAtOnce)
{
  Eigen::VectorXd solution;
  const SolverReport report = SolveByConjugateGradients(MapOf(Chain(5)), MapOf(Jacobi(5)),
    Eigen::VectorXd::Zero(5), solution, SolverLimits{}, Execution());
  EXPECT_EQ(report.Iterations, 0);
  EXPECT_EQ(report.Residual, 0.0);
  EXPECT_EQ(solution, Eigen::VectorXd::Zero(5));
}

// Contract: who asks for too much is told which properties to change.
TEST(ConjugateGradients, TooFewIterationsAreAnError)
{
  Eigen::VectorXd solution;
  try
  {
    SolveByConjugateGradients(MapOf(Chain(50)), MapOf(Jacobi(50)),
      Chain(50) * Eigen::VectorXd::LinSpaced(50, 0.0, 1.0).array().sqrt().matrix(), solution,
      SolverLimits{ 1e-10, 3 }, Execution());
    FAIL();
  }
  catch (const std::invalid_argument& error)
  {
    const std::string text = error.what();
    EXPECT_NE(text.find("MaximumIterations is 3"), std::string::npos) << text;
    EXPECT_NE(text.find("SolverTolerance asks for 1e-10"), std::string::npos) << text;
  }
}

// Contract: the same bits on any number of threads, beyond one block of a sum; the share done does
// not leave [0, 1], and who says no is obeyed.
TEST(ConjugateGradients, ThreadsAndAbort)
{
  const Index n = 20000;
  const LinearMap matrix = [](const Eigen::VectorXd& source, Eigen::VectorXd& target)
  { target = source.cwiseProduct(Eigen::VectorXd::LinSpaced(source.size(), 1.0, 9.0)); };
  const LinearMap identity = [](const Eigen::VectorXd& source, Eigen::VectorXd& target)
  { target = source; };
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(n, -1.0, 1.0);
  Eigen::VectorXd one;
  Eigen::VectorXd three;
  Execution threads = OnThreads(3);
  threads.Continue = [](double share)
  {
    EXPECT_GE(share, 0.0);
    EXPECT_LE(share, 1.0);
    return true;
  };
  SolveByConjugateGradients(matrix, identity, right, one, SolverLimits{}, Execution());
  SolveByConjugateGradients(matrix, identity, right, three, SolverLimits{}, threads);
  EXPECT_EQ(one, three);
  threads.Continue = [](double) { return false; };
  EXPECT_THROW(
    SolveByConjugateGradients(matrix, identity, right, one, SolverLimits{}, threads), Aborted);
}
}

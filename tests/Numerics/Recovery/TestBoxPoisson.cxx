// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/BoxPoisson.h"

#include "Numerics/Recovery/Edges.h"
#include "support/Numbers.h"

#include "support/RecoveryCases.h"
#include "support/Threads.h"

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
struct Box
{
  Edges All;

  Box(const Index3& nodes, const Boundaries& borders)
  {
    recovery::Problem problem(
      recovery::GridOver(recovery::Vector(0, 0, 0), recovery::Vector(3, 2, 1), nodes),
      recovery::Noise(1), borders);
    VectorNodes values;
    values.Vectors = problem.Score.data();
    values.GridDimensions = nodes;
    this->All = MakeEdges(Lattice(problem.Input.Nodes, borders), values, Execution());
  }
  Index Size() const { return this->All.Nodes.Size(); }
  Eigen::MatrixXd Matrix() const
  {
    Eigen::MatrixXd matrix(this->Size(), this->Size());
    for (Index column = 0; column < this->Size(); ++column)
    {
      const Eigen::VectorXd unit = Eigen::VectorXd::Unit(this->Size(), column);
      ApplyLaplacian(this->All, unit.data(), matrix.col(column).data(), Execution());
    }
    return matrix;
  }
  Eigen::VectorXd Solve(const Eigen::VectorXd& right, double shift, double constant,
    const Execution& execution = {}) const
  {
    Eigen::VectorXd values = right;
    BoxPoisson(this->All.Nodes, this->All.AxisWeight)
      .Solve(values.data(), shift, constant, execution);
    return values;
  }
};

constexpr Boundary Open = Boundary::Open;
constexpr Boundary Periodic = Boundary::Periodic;
constexpr Boundary Reflecting = Boundary::Reflecting;

std::vector<Box> Boxes()
{
  return { Box(Index3(7, 1, 1), { Open, Open, Open }),
    Box(Index3(1, 1, 6), { Open, Open, Periodic }), Box(Index3(9, 11, 1), { Open, Periodic, Open }),
    Box(Index3(1, 5, 4), { Open, Reflecting, Periodic }),
    Box(Index3(4, 5, 6), { Periodic, Open, Reflecting }),
    Box(Index3(3, 3, 12), { Periodic, Periodic, Open }) };
}
}

// Oracle: the equations themselves, (D'WD + shift) u = b, with D'WD edge by edge. Rounding: some
// eps of the transforms of at most 96 values, times the condition, which is below 300.
TEST(BoxPoisson, SolvesTheEquationsOfEveryBorder)
{
  for (const Box& box : Boxes())
  {
    const Eigen::VectorXd right =
      Eigen::VectorXd::LinSpaced(box.Size(), 0.3, 9.0).array().sin().matrix();
    const Eigen::VectorXd free = box.Solve(right, 0.0, 0.0);
    const Eigen::VectorXd expected = right.array() - right.mean();
    EXPECT_LE((box.Matrix() * free - expected).cwiseAbs().maxCoeff(), 1e4 * Eps) << box.Size();
    EXPECT_NEAR(free.mean(), 0.0, 1e3 * Eps);
    const Eigen::VectorXd shifted = box.Solve(right, 0.25, 4.0);
    EXPECT_LE((box.Matrix() * shifted + 0.25 * shifted - right).cwiseAbs().maxCoeff(), 1e4 * Eps);
    EXPECT_NEAR(box.Solve(right, 0.0, 3.0).mean(), 3.0 * right.mean(), 1e3 * Eps);
  }
}

// Oracle: the eigenvalues of the matrix, of which the least is 0.
TEST(BoxPoisson, KnowsTheLeastEigenvalue)
{
  for (const Box& box : Boxes())
  {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(box.Matrix());
    const double found = BoxPoisson(box.All.Nodes, box.All.AxisWeight).LeastEigenvalue();
    EXPECT_NEAR(found, solver.eigenvalues()[1], 1e3 * Eps) << box.Size();
  }
}

// Contract: the same bits on any number of threads; a lattice of one node has its mean only.
TEST(BoxPoisson, ThreadsChangeNothing)
{
  const Box box(Index3(33, 18, 5), { Open, Periodic, Open });
  const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(box.Size(), -1.0, 2.0);
  EXPECT_EQ(box.Solve(right, 0.1, 1.0), box.Solve(right, 0.1, 1.0, OnThreads(3)));
  const Box single(Index3(1, 1, 1), { Open, Open, Open });
  EXPECT_EQ(single.Solve(Eigen::VectorXd::Constant(1, 2.0), 0.0, 3.0)[0], 6.0);
}
}

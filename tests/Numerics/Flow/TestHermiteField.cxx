// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/HermiteField.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace scorefields
{
namespace
{
/// A function of space with its gradient and Hessian.
struct Function
{
  std::function<double(const Eigen::Vector3d&)> Value;
  std::function<Eigen::Vector3d(const Eigen::Vector3d&)> Gradient;
  std::function<Eigen::Matrix3d(const Eigen::Vector3d&)> Hessian;
};

/// With every monomial of degree 3 and less in the first d coordinates.
Function Cubic(int d)
{
  const Eigen::Vector3d a =
    Eigen::Vector3d(0.7, -0.4, 1.1)
      .cwiseProduct(Eigen::Vector3d(1.0, d > 1 ? 1.0 : 0.0, d > 2 ? 1.0 : 0.0));
  const Eigen::Vector3d b =
    Eigen::Vector3d(-0.3, 0.8, 0.5)
      .cwiseProduct(Eigen::Vector3d(1.0, d > 1 ? 1.0 : 0.0, d > 2 ? 1.0 : 0.0));
  // (a.x)^2 (b.x) + (a.x)(b.x) - 2 (b.x) + 3 and, in space, xyz.
  const double product = d > 2 ? 1.0 : 0.0;
  return { [=](const Eigen::Vector3d& x)
    {
      const double p = a.dot(x);
      const double q = b.dot(x);
      return p * p * q + p * q - 2.0 * q + 3.0 + product * x.prod();
    },
    [=](const Eigen::Vector3d& x)
    {
      const double p = a.dot(x);
      const double q = b.dot(x);
      return Eigen::Vector3d((2.0 * p * q + q) * a + (p * p + p - 2.0) * b +
        product * Eigen::Vector3d(x[1] * x[2], x[0] * x[2], x[0] * x[1]));
    },
    [=](const Eigen::Vector3d& x)
    {
      const Eigen::Matrix3d mixed = a * b.transpose() + b * a.transpose();
      Eigen::Matrix3d hessian = 2.0 * b.dot(x) * a * a.transpose() + (2.0 * a.dot(x) + 1.0) * mixed;
      hessian(0, 1) += product * x[2];
      hessian(0, 2) += product * x[1];
      hessian(1, 2) += product * x[0];
      hessian(1, 0) = hessian(0, 1);
      hessian(2, 0) = hessian(0, 2);
      hessian(2, 1) = hessian(1, 2);
      return hessian;
    } };
}

/// exp(0.5 x) cos(y + 0.5 z) and the like: all derivatives of every order.
Function Wave()
{
  const Eigen::Vector3d a(0.5, 0.3, -0.2);
  const Eigen::Vector3d b(0.4, 1.0, 0.7);
  return { [=](const Eigen::Vector3d& x) { return std::exp(a.dot(x)) * std::cos(b.dot(x)); },
    [=](const Eigen::Vector3d& x) {
      return Eigen::Vector3d(
        std::exp(a.dot(x)) * (std::cos(b.dot(x)) * a - std::sin(b.dot(x)) * b));
    },
    [=](const Eigen::Vector3d& x)
    {
      const Eigen::Matrix3d mixed = a * b.transpose() + b * a.transpose();
      return Eigen::Matrix3d(std::exp(a.dot(x)) *
        (std::cos(b.dot(x)) * (a * a.transpose() - b * b.transpose()) -
          std::sin(b.dot(x)) * mixed));
    } };
}

HermiteField FieldOf(const Function& function, const Grid& grid, Index gap = -1)
{
  Eigen::VectorXd values(grid.Size());
  Eigen::Matrix3Xd gradients(3, grid.Size());
  for (Index node = 0; node < grid.Size(); ++node)
  {
    values[node] = function.Value(grid.Node(node));
    gradients.col(node) = function.Gradient(grid.Node(node));
  }
  if (gap >= 0)
  {
    values[gap] = -std::numeric_limits<double>::infinity();
  }
  return HermiteField(grid, values, gradients, OnThreads(2));
}

Grid GridIn(int d, Index nodes, double spacing)
{
  Grid grid;
  grid.Origin = Eigen::Vector3d(-0.4, 0.3, d > 2 ? -0.2 : 0.0);
  grid.Spacing = spacing * Eigen::Vector3d(1.0, 0.8, 1.1);
  grid.Dimensions = Index3(nodes, d > 1 ? nodes + 1 : 1, d > 2 ? nodes : 1);
  if (d == 1)
  {
    grid.Origin[1] = 0.0;
  }
  return grid;
}

/// n points in the box of the grid's nodes.
Eigen::Matrix3Xd PointsIn(const Grid& grid, Index n)
{
  const Eigen::Vector3d size =
    grid.Spacing.cwiseProduct((grid.Dimensions.array() - 1).matrix().cast<double>());
  const Eigen::Matrix3Xd half = Eigen::Matrix3Xd::Constant(3, n, 0.5);
  return (size.asDiagonal() * (RandomPoints(n, 3) + half)).colwise() + grid.Origin;
}

/// The largest errors of value, gradient and Hessian.
Eigen::Vector3d Errors(const HermiteField& field, const Function& function, Index n = 200)
{
  Eigen::Vector3d worst = Eigen::Vector3d::Zero();
  const Eigen::Matrix3Xd points = PointsIn(field.Nodes(), n);
  for (Index i = 0; i < n; ++i)
  {
    const Eigen::Vector3d x = points.col(i);
    const HermiteField::Value value = field.At(x, true);
    Eigen::Vector3d gradient = function.Gradient(x);
    Eigen::Matrix3d hessian = function.Hessian(x);
    for (int axis = 0; axis < 3; ++axis)
    {
      if (!field.ActiveAxes().IsActive(axis))
      {
        gradient[axis] = 0.0;
        hessian.row(axis).setZero();
        hessian.col(axis).setZero();
      }
    }
    const Eigen::Vector3d errors(std::abs(value.Function - function.Value(x)),
      (value.Gradient - gradient).norm(), (value.Hessian - hessian).norm());
    worst = worst.cwiseMax(errors);
  }
  return worst;
}
}

// Oracle: closed form. Polynomials of degree 3 are reproduced with their derivatives, in cells at
// edges and corners as well, where mixed derivatives come from one side: to rounding. A value is a
// sum of up to 64 terms below 20, off by 64 u 20 = 1.4e-13; a derivative divides it by the spacing,
// 0.4 and more, and multiplies it by up to 6 each time.
TEST(HermiteField, ReproducesCubics)
{
  for (const int d : { 1, 2, 3 })
  {
    const Eigen::Vector3d errors = Errors(FieldOf(Cubic(d), GridIn(d, 4, 0.5)), Cubic(d));
    constexpr double rounding = 32.0 * std::numeric_limits<double>::epsilon() * 20.0;
    EXPECT_LT(errors[0], rounding) << d;
    EXPECT_LT(errors[1], rounding * 6.0 / 0.4) << d;
    EXPECT_LT(errors[2], rounding * 36.0 / 0.16) << d;
  }
}

// Oracle: closed form. Of x^4 / 24, whose fourth derivative is 1, the error is that of the node
// polynomial, -D^4 u^2 (1-u)^2 / 24: the bounds of the header are met. At 1000 places the largest
// value is met to a relative 8 (du)^2 = 2e-6 with du = 5e-4 (inside; of 1e-5 and 1e-4), and to 6e-6
// at the end that is left out by 1e-6 (the Hessian's, 5e-3).
TEST(HermiteField, HasTheErrorsStatedForFourthPowers)
{
  const Function quartic{ [](const Eigen::Vector3d& x) { return std::pow(x[0], 4) / 24.0; },
    [](const Eigen::Vector3d& x) { return Eigen::Vector3d(std::pow(x[0], 3) / 6.0, 0.0, 0.0); },
    [](const Eigen::Vector3d& x)
    {
      Eigen::Matrix3d hessian = Eigen::Matrix3d::Zero();
      hessian(0, 0) = 0.5 * x[0] * x[0];
      return hessian;
    } };
  const double spacing = 0.25;
  const HermiteField field = FieldOf(quartic, GridIn(1, 9, spacing));
  Eigen::Vector3d worst = Eigen::Vector3d::Zero();
  for (int i = 0; i <= 1000; ++i)
  {
    const double u = i / 1000.0;
    const Eigen::Vector3d x(-0.4 + spacing * (3.0 + 0.999999 * u), 0.0, 0.0);
    const HermiteField::Value value = field.At(x, true);
    worst = worst.cwiseMax(Eigen::Vector3d(std::abs(value.Function - quartic.Value(x)),
      std::abs(value.Gradient[0] - quartic.Gradient(x)[0]),
      std::abs(value.Hessian(0, 0) - quartic.Hessian(x)(0, 0))));
    EXPECT_NEAR(value.Function - quartic.Value(x),
      -std::pow(spacing, 4) * std::pow(0.999999 * u * (1.0 - 0.999999 * u), 2) / 24.0, 1e-15);
  }
  EXPECT_NEAR(worst[0], std::pow(spacing, 4) / 384.0, 3e-11);
  EXPECT_NEAR(worst[1], std::sqrt(3.0) * std::pow(spacing, 3) / 216.0, 1e-9);
  EXPECT_NEAR(worst[2], std::pow(spacing, 2) / 12.0, 3.2e-8);
}

// Oracle: order of convergence, 4 of the value, 3 of the gradient, 2 of the Hessian, over the whole
// box, so also at edges: from 4 to 16 cells along an axis, at most 0.2 below, as the worst of 3000
// points is not the worst of all.
TEST(HermiteField, ConvergesWithTheOrdersStated)
{
  for (const int d : { 1, 2, 3 })
  {
    const auto errors = [d](Index cells)
    {
      const Grid grid = GridIn(d, cells + 1, 2.0 / static_cast<double>(cells));
      return Errors(FieldOf(Wave(), grid), Wave(), 3000);
    };
    const Eigen::Array3d orders = (errors(4).array() / errors(16).array()).log() / std::log(4.0);
    EXPECT_GT(orders[0], 3.8) << d;
    EXPECT_GT(orders[1], 2.8) << d;
    EXPECT_GT(orders[2], 1.8) << d;
  }
}

// Oracle: invariant. Value and gradient are the same on either side of a face between cells, and
// at nodes those given. Two places 2e-9 apart differ by that times a slope below 3 and a curvature
// below 5.
TEST(HermiteField, IsContinuousWithItsGradient)
{
  const Grid grid = GridIn(3, 5, 0.4);
  const HermiteField field = FieldOf(Wave(), grid);
  const Eigen::Vector3d node = grid.Node(2, 1, 3);
  EXPECT_NEAR(field.At(node, false).Function, Wave().Value(node), 1e-15);
  EXPECT_LT((field.At(node, false).Gradient - Wave().Gradient(node)).norm(), 1e-15);
  for (int axis = 0; axis < 3; ++axis)
  {
    Eigen::Vector3d face = node + 0.3 * grid.Spacing;
    face[axis] = node[axis];
    const Eigen::Vector3d step = 1e-9 * Eigen::Vector3d::Unit(axis);
    const HermiteField::Value left = field.At(face - step, true);
    const HermiteField::Value right = field.At(face + step, true);
    EXPECT_NEAR(left.Function, right.Function, 2e-9 * 3.0);
    EXPECT_LT((left.Gradient - right.Gradient).norm(), 2e-9 * 5.0);
  }
}

// Oracle: definition. A node without a value makes the cells around it gaps, and no others; beside
// them differences from one side still reproduce cubics, to rounding of 16 terms below 20 and, in
// the gradient, over the spacing of 0.2. A point outside is its nearest one inside.
TEST(HermiteField, LeavesGapsAtNodesWithoutValue)
{
  const Grid grid = GridIn(2, 9, 0.25);
  const Index gap = 4 + 9 * 5;
  const HermiteField field = FieldOf(Cubic(2), grid, gap);
  const Eigen::Matrix3Xd points = PointsIn(grid, 500);
  int missing = 0;
  for (Index i = 0; i < points.cols(); ++i)
  {
    const Eigen::Vector3d x = points.col(i);
    const HermiteField::Value value = field.At(x, true);
    const Eigen::Array3d distance = (x - grid.Node(gap)).cwiseQuotient(grid.Spacing).cwiseAbs();
    ASSERT_EQ(std::isnan(value.Function), distance[0] < 1.0 && distance[1] < 1.0);
    missing += std::isnan(value.Function) ? 1 : 0;
    if (!std::isnan(value.Function))
    {
      EXPECT_NEAR(value.Function, Cubic(2).Value(x), 1e-13);
      EXPECT_NEAR(value.Gradient[1], Cubic(2).Gradient(x)[1], 1e-12);
    }
  }
  EXPECT_GT(missing, 10);
  const Eigen::Vector3d corner = grid.Node(8, 9, 0);
  const Eigen::Vector3d beyond = corner + Eigen::Vector3d(3.0, 1.0, 7.0);
  EXPECT_EQ(field.At(beyond, false).Function, field.At(corner, false).Function);
  EXPECT_NEAR(field.At(beyond, false).Function, Cubic(2).Value(corner), 1e-13);
}
}

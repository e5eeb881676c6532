// SPDX-License-Identifier: BSD-3-Clause
// Fields that are no gradient.
#include "Numerics/Recovery/DensityFromScore.h"

#include "support/RecoveryCases.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
using recovery::GridOver;
using recovery::Problem;
using recovery::Result;
using recovery::Solve;
using recovery::Vector;

/// Saint-Venant's warping function: the gradient part of the rotation (-y, x) in a square of half
/// width a, which solves Laplace's equation with the rotation's own flux through the sides:
///   u = x y - sum_n (-1)^n 4 sinh(k_n x) sin(k_n y) / (a k_n^3 cosh(k_n a)), k_n = (n + 1/2) pi /
///   a.
/// The terms fall like n^-3.
double Warping(double x, double y, double a)
{
  double sum = x * y;
  for (int n = 0; n < 4000; ++n)
  {
    const double k = (n + 0.5) * Pi / a;
    // sinh(k x) / cosh(k a) without overflow
    const double ratio = (std::exp(k * (std::abs(x) - a)) - std::exp(-k * (std::abs(x) + a))) /
      (1.0 + std::exp(-2.0 * k * a));
    sum -= (n % 2 ? -1.0 : 1.0) * 4.0 * std::copysign(ratio, x) * std::sin(k * y) / (a * k * k * k);
  }
  return sum;
}
}

// Oracle: closed form. Shears along a torus have no gradient part at all, on the grid neither:
// added to a gradient they change nothing of the potential, and the residual is the shear itself,
// with the curl of its differences. Rounding of transforms of values of order 10.
TEST(DensityFromScore, ShearOnATorusIsAllResidual)
{
  const double k = 2.0 * Pi;
  const Grid grid = GridOver(Vector(0, 0, 0), Vector(1, 2, 0), Index3(33, 41, 1));
  const Boundaries torus{ Boundary::Periodic, Boundary::Periodic, Boundary::Open };
  const auto gradient = [&](const Vector& x)
  { return Vector(-k * std::sin(k * x[0]), 0.5 * k * std::cos(0.5 * k * x[1]), 0.0); };
  const auto shear = [&](const Vector& x)
  { return Vector(3.0 * std::sin(0.5 * k * x[1]), 2.0 * std::cos(k * x[0]), 0.0); };
  Problem alone(grid, gradient, torus);
  Problem both(
    grid, [&](const Vector& x) { return Vector(gradient(x) + shear(x)); }, torus);
  const Result pure = Solve(alone);
  const Result mixed = Solve(both);
  EXPECT_LE((pure.LogDensity - mixed.LogDensity).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LE(mixed.Divergence.cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LE(pure.Report.MisfitShare, 1e-3);
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Vector x = grid.Node(node);
    ASSERT_LE((mixed.Residual.col(node) - pure.Residual.col(node) - shear(x)).norm(), 1e-10);
    // The mean of differences on both sides, over two spacings.
    const double dx = grid.Spacing[0];
    const double dy = grid.Spacing[1];
    const double curl = -2.0 * k * std::sin(k * x[0]) * std::sin(k * dx) / (k * dx) -
      1.5 * k * std::cos(0.5 * k * x[1]) * std::sin(0.5 * k * dy) / (0.5 * k * dy);
    ASSERT_LE((mixed.Curl.col(node) - pure.Curl.col(node) - Vector(0, 0, curl)).norm(), 1e-10);
  }
}

// Oracle: closed form. A rigid rotation about the z axis in a square box: the gradient part is the
// warping function of the box that reaches half a spacing beyond the nodes, since cells at its
// borders count whole; the curl is twice the rate everywhere. Second order: halving the spacing
// divides the error by 4, or by more than 3 while corners count.
TEST(DensityFromScore, RotationLeavesItsWarping)
{
  double before = 0.0;
  for (const Index n : { 16, 32, 64 })
  {
    const Grid grid = GridOver(Vector(-1, -1, 0), Vector(1, 1, 0), Index3(n, n, 1));
    const double a = 1.0 + 0.5 * grid.Spacing[0];
    Problem problem(grid, [](const Vector& x) { return Vector(-x[1], x[0], 0.0); });
    const Result result = Solve(problem);
    double worst = 0.0;
    for (Index node = 0; node < grid.Size(); ++node)
    {
      const Vector x = grid.Node(node);
      const Index opposite = grid.Size() - 1 - node; // at -x: the warping is the same there
      ASSERT_NEAR(result.LogDensity[node], result.LogDensity[opposite], 1e-11);
      ASSERT_LE((result.Curl.col(node) - Vector(0, 0, 2)).norm(), 1e-10);
      const Index mirrored = n - 1 - node % n + n * (node / n); // at (-x, y): the opposite sign
      const double warping = 0.5 * (result.LogDensity[node] - result.LogDensity[mirrored]);
      worst = std::max(worst, std::abs(warping - Warping(x[0], x[1], a)));
    }
    EXPECT_LE(worst, 0.05 * grid.Spacing[0]);
    EXPECT_TRUE(before == 0.0 || before / worst > 3.0) << before / worst;
    before = worst;
  }
}

// Oracle: closed form. A vortex with the stream function psi = exp(-|x|^2 / 2 t^2) beside a
// Gaussian: the density is the Gaussian, the residual the vortex (d psi / dy, -d psi / dx) and its
// curl -Laplace psi, to second order in the spacing.
TEST(DensityFromScore, VortexBesideAGaussianIsTold)
{
  const double t = 0.6;
  const auto psi = [&](const Vector& x) { return std::exp(-0.5 * x.squaredNorm() / (t * t)); };
  const auto vortex = [&](const Vector& x)
  { return Vector(Vector(-x[1], x[0], 0.0) * psi(x) / (t * t)); };
  double before[3] = {};
  for (const Index n : { 65, 129, 257 })
  {
    const Grid grid = GridOver(Vector(-5, -4, 0), Vector(5, 4, 0), Index3(n, n, 1));
    Problem problem(grid, [&](const Vector& x) { return Vector(vortex(x) - x); });
    const Result result = Solve(problem);
    double worst[3] = {};
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (Index node = 0; node < grid.Size(); ++node)
    {
      const Vector x = grid.Node(node);
      const double logDensity = -0.5 * x.squaredNorm() - std::log(2.0 * Pi);
      const double curl = psi(x) * (2.0 - x.squaredNorm() / (t * t)) / (t * t);
      // The constant is that of the box, which lacks 6e-5 of the Gaussian's mass.
      least = std::min(least, result.LogDensity[node] - logDensity);
      most = std::max(most, result.LogDensity[node] - logDensity);
      const double errors[3] = { 0.5 * (most - least),
        (result.Residual.col(node) - vortex(x)).norm(),
        (result.Curl.col(node) - Vector(0, 0, curl)).norm() };
      for (int i = 0; i < 3; ++i)
      {
        worst[i] = std::max(worst[i], errors[i]);
      }
    }
    for (int i = 0; i < 3; ++i)
    {
      EXPECT_TRUE(before[i] == 0.0 || before[i] / worst[i] > 3.2)
        << i << ": " << before[i] / worst[i];
      before[i] = worst[i];
    }
  }
}
}

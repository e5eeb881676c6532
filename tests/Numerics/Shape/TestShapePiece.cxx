// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Shape/ShapePiece.h"
#include "support/Numbers.h"

#include <Eigen/LU>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

namespace scorefields
{
namespace
{
constexpr std::uint32_t AnyStep = 3;
constexpr Index Many = 100000;

/// Edges that are oblique in space, and corners of unlike density, of which one is 0.
ShapePiece PieceOf(int dimension, bool isBox)
{
  ShapePiece piece;
  piece.Dimension = dimension;
  piece.IsBox = isBox;
  piece.Origin = { 1.0, -2.0, 0.5 };
  piece.Edges << 2.0, 0.5, -0.3, 0.4, 1.5, 0.2, -0.6, 0.1, 1.1;
  for (std::size_t i = 0; i < piece.Density.size(); ++i)
  {
    piece.Density[i] = i == 1 ? 0.0 : 1.0 + static_cast<double>(3 * i % 5);
  }
  return piece;
}

/// The shares of the edges at a point of a piece.
Eigen::VectorXd SharesAt(const ShapePiece& piece, const Eigen::Vector3d& point)
{
  const Eigen::MatrixXd edges = piece.Edges.leftCols(piece.Dimension);
  return (edges.transpose() * edges).inverse() * edges.transpose() * (point - piece.Origin);
}

/// Integrals over the shares of an edge from 0 to 1 or of the simplex, by Gauss points in the unit
/// box: a simplex is the box with t1 = s1, t2 = (1 - s1) s2, t3 = (1 - s1)(1 - s2) s3. Exact for
/// the polynomials below, whose degree in each s is at most 5.
template <class Function>
double Integral(const ShapePiece& piece, const Function& function)
{
  const double root = std::sqrt(0.6);
  const double node[3] = { 0.5 - 0.5 * root, 0.5, 0.5 + 0.5 * root };
  const double weight[3] = { 5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0 };
  const int n = piece.Dimension;
  double sum = 0.0;
  for (int index = 0; index < std::lround(std::pow(3.0, n)); ++index)
  {
    Eigen::VectorXd t(n);
    double factor = 1.0;
    double left = 1.0;
    for (int a = 0, rest = index; a < n; ++a, rest /= 3)
    {
      const double s = node[rest % 3];
      factor *= weight[rest % 3] * (piece.IsBox ? 1.0 : std::pow(1.0 - s, n - 1 - a));
      t[a] = piece.IsBox ? s : left * s;
      left *= 1.0 - s;
    }
    sum += factor * function(t);
  }
  return sum;
}

/// The density at shares of the edges, by the definition of the interpolation.
double DensityAt(const ShapePiece& piece, const Eigen::VectorXd& t)
{
  double sum = 0.0;
  for (int corner = 0; corner < piece.CornerCount(); ++corner)
  {
    double share = 1.0;
    for (int a = 0; piece.IsBox && a < piece.Dimension; ++a)
    {
      share *= (corner >> a) & 1 ? t[a] : 1.0 - t[a];
    }
    if (!piece.IsBox)
    {
      share = corner == 0 ? 1.0 - t.sum() : t[corner - 1];
    }
    sum += share * piece.Density[static_cast<std::size_t>(corner)];
  }
  return sum;
}

template <class Test>
void ForAllPieces(const Test& test)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const bool isBox : { false, true })
    {
      SCOPED_TRACE((isBox ? "box " : "simplex ") + std::to_string(dimension));
      test(PieceOf(dimension, isBox));
    }
  }
}
}

// Oracle: closed form, the root of Gram's determinant, for simplices over the factorial. The
// determinant of sides about 2 rounds by some eps of 20.
TEST(ShapePiece, MeasureIsThatOfGram)
{
  ForAllPieces(
    [](const ShapePiece& piece)
    {
      const Eigen::MatrixXd edges = piece.Edges.leftCols(piece.Dimension);
      const double volume = std::sqrt((edges.transpose() * edges).determinant());
      const double factorial = std::tgamma(piece.Dimension + 1.0);
      EXPECT_NEAR(
        MeasureOf(piece), piece.IsBox ? volume : volume / factorial, 100.0 * Eps * volume);
    });
  EXPECT_EQ(MeasureOf(ShapePiece()), 1.0);
}

// Oracle: the density's definition, integrated.
TEST(ShapePiece, MassIsTheIntegralOfTheDensity)
{
  ForAllPieces(
    [](const ShapePiece& piece)
    {
      const Eigen::MatrixXd edges = piece.Edges.leftCols(piece.Dimension);
      const double volume = std::sqrt((edges.transpose() * edges).determinant());
      const double expected =
        volume * Integral(piece, [&](const Eigen::VectorXd& t) { return DensityAt(piece, t); });
      EXPECT_NEAR(MassOf(piece), expected, 100.0 * Eps * expected);
    });
}

// Oracle: definition. Corners follow from the edges.
TEST(ShapePiece, CornersFollowTheEdges)
{
  const ShapePiece box = PieceOf(3, true);
  EXPECT_EQ(box.Corner(0), box.Origin);
  EXPECT_EQ(box.Corner(5), box.Origin + box.Edges.col(0) + box.Edges.col(2));
  const ShapePiece triangle = PieceOf(2, false);
  EXPECT_EQ(triangle.CornerCount(), 3);
  EXPECT_EQ(triangle.Corner(2), triangle.Origin + triangle.Edges.col(1));
}

// Oracle: the piece itself. Drawn points lie in it, off its line or plane by no more than rounding.
TEST(ShapePiece, PointsLieInThePiece)
{
  ForAllPieces(
    [](const ShapePiece& piece)
    {
      for (std::uint64_t i = 0; i < 2000; ++i)
      {
        RandomStream random(1, i, AnyStep);
        const Eigen::Vector3d point = DrawFrom(piece, random);
        const Eigen::VectorXd t = SharesAt(piece, point);
        const Eigen::Vector3d again = piece.Origin + piece.Edges.leftCols(piece.Dimension) * t;
        EXPECT_LE((again - point).cwiseAbs().maxCoeff(), 200.0 * Eps);
        EXPECT_GE(t.minCoeff(), -200.0 * Eps);
        EXPECT_LE(piece.IsBox ? t.maxCoeff() : t.sum(), 1.0 + 200.0 * Eps);
      }
    });
}

// Oracle: moments of the density's definition, integrated: the mean of each share of an edge and of
// each product of two. Their standard errors come from the integrals of squares.
TEST(ShapePiece, PointsHaveTheMomentsOfTheDensity)
{
  ForAllPieces(
    [](const ShapePiece& piece)
    {
      Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(piece.Dimension + 1, piece.Dimension + 1);
      for (Index i = 0; i < Many; ++i)
      {
        RandomStream random(2, static_cast<std::uint64_t>(i), AnyStep);
        Eigen::VectorXd one(piece.Dimension + 1);
        one << 1.0, SharesAt(piece, DrawFrom(piece, random));
        sum += one * one.transpose();
      }
      const double mass =
        Integral(piece, [&](const Eigen::VectorXd& t) { return DensityAt(piece, t); });
      for (int a = 0; a <= piece.Dimension; ++a)
      {
        for (int b = 0; b < a; ++b)
        {
          const auto product = [&](const Eigen::VectorXd& t)
          { return t[a - 1] * (b == 0 ? 1.0 : t[b - 1]); };
          const double mean =
            Integral(
              piece, [&](const Eigen::VectorXd& t) { return DensityAt(piece, t) * product(t); }) /
            mass;
          const double error = std::sqrt(mean / Many); // shares are at most 1: E x^2 <= E x
          EXPECT_NEAR(sum(a, b) / Many, mean, FiveSigma * error) << a << b;
        }
      }
    });
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PairCriterion.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
Locations WeightedLocations(int dimension)
{
  return FindLocations(
    Samples::Weighted(RandomPoints(60, 3, dimension), RandomPoints(60, 4).row(0).array() + 0.7),
    Axes::First(dimension));
}

/// The normal kernel in d dimensions and its Laplacian, at an offset.
double Kernel(const Eigen::Vector3d& z, double h, int d)
{
  return std::pow(2.0 * Pi * h * h, -0.5 * d) * std::exp(-0.5 * z.squaredNorm() / (h * h));
}

double Laplacian(const Eigen::Vector3d& z, double h, int d)
{
  return Kernel(z, h, d) * (z.squaredNorm() / (h * h) - d) / (h * h);
}

/// Points that count as one each.
struct Cloud
{
  int Dimension;
  Eigen::Matrix3Xd Points;
  Eigen::VectorXd Weights;
  double TotalWeight = this->Weights.sum();
  double SquaredWeights = this->Weights.squaredNorm();
  Index Count() const { return this->Points.cols(); }
};

Cloud CloudOf(const Locations& all)
{
  return { all.Dimension, all.Points, all.Weights };
}

/// The criteria as the header has them, by plain loops.
double Plain(Criterion criterion, const Cloud& all, double h)
{
  const int d = all.Dimension;
  double own = 0.0;   // int f^2 or int |grad f|^2, times W^2
  double pairs = 0.0; // sum over i != j
  double mean = 0.0;
  for (Index i = 0; i < all.Count(); ++i)
  {
    double sum = 0.0;
    Eigen::Vector3d gradient = Eigen::Vector3d::Zero();
    double curvature = 0.0;
    for (Index j = 0; j < all.Count(); ++j)
    {
      const Eigen::Vector3d z = all.Points.col(j) - all.Points.col(i);
      const double weight = all.Weights[i] * all.Weights[j];
      const bool density = criterion == Criterion::LeastSquaresDensity;
      const double wide = std::sqrt(2.0) * h;
      own += weight * (density ? Kernel(z, wide, d) : -Laplacian(z, wide, d));
      if (i != j)
      {
        pairs += weight * (density ? Kernel(z, h, d) : Laplacian(z, h, d));
        const double term = all.Weights[j] * Kernel(z, h, d);
        sum += term;
        gradient += term * z / (h * h);
        curvature += all.Weights[j] * Laplacian(z, h, d);
      }
    }
    const Eigen::Vector3d score = gradient / sum;
    const double others = all.TotalWeight - all.Weights[i];
    mean += all.Weights[i] / all.TotalWeight *
      (criterion == Criterion::Likelihood ? -std::log(sum / others)
                                          : curvature / sum - 0.5 * score.squaredNorm());
  }
  const double total = all.TotalWeight * all.TotalWeight;
  const double factor = 2.0 / (total - all.SquaredWeights);
  switch (criterion)
  {
    case Criterion::LeastSquaresDensity:
      return own / total - factor * pairs;
    case Criterion::LeastSquaresGradient:
      return own / total + factor * pairs;
    default:
      return mean;
  }
}
}

// Oracle: slow definition, with weights, in one to three dimensions. 60 by 60 terms round by 60 u
// and a few u each; they are up to (2 pi h^2)^(-d/2) and, in Laplacians, d / h^2 times that.
TEST(PairCriterion, EqualsItsDefinition)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const Locations locations = WeightedLocations(dimension);
    const PairCriterion pairs(locations, {});
    for (const double h : { 0.15, 0.4, 1.5 })
    {
      const double peak = std::pow(2.0 * Pi * h * h, -0.5 * dimension);
      const double curvature = dimension / (h * h);
      const auto expect = [&](Criterion criterion, double scale)
      {
        EXPECT_NEAR(
          pairs(criterion, h, {}), Plain(criterion, CloudOf(locations), h), 64.0 * Eps * scale)
          << static_cast<int>(criterion) << " " << dimension << " " << h;
      };
      expect(Criterion::LeastSquaresDensity, peak);
      expect(Criterion::LeastSquaresGradient, peak * curvature);
      expect(Criterion::Likelihood, 1.0 + 2.0 / (h * h)); // exponents of distances below 2
      expect(Criterion::Hyvarinen, curvature * (1.0 + 2.0 / (h * h)));
    }
  }
}

// Oracle: limit. An outlier a million bandwidths away does not underflow: the logarithm of what the
// others say about it is -1e12 / 2 and some.
TEST(PairCriterion, OutliersDoNotUnderflow)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(0) << 0.0, 1.0, 1e6;
  const Locations locations = FindLocations(Samples::Unweighted(points), Axes::First(1));
  const double likelihood = PairCriterion(locations, {})(Criterion::Likelihood, 1.0, {});
  EXPECT_NEAR(
    likelihood, 0.5 * 999999.0 * 999999.0 / 3.0, 2.0); // the rest are logarithms of order 1
}

// Oracle: definition, and the number of threads, to the bit. The nearest other location.
TEST(PairCriterion, FindsTheNearestAndIgnoresThreads)
{
  const Locations locations = WeightedLocations(2);
  const PairCriterion pairs(locations, OnThreads(3));
  for (Index i = 0; i < locations.Count(); ++i)
  {
    Eigen::ArrayXd squared =
      (locations.Points.colwise() - locations.Points.col(i)).colwise().squaredNorm().transpose();
    squared[i] = 1e300;
    EXPECT_NEAR(pairs.SquaredNearest()[i], squared.minCoeff(), 4.0 * Eps);
  }
  for (const Criterion criterion : { Criterion::LeastSquaresGradient, Criterion::Hyvarinen })
  {
    EXPECT_EQ(pairs(criterion, 0.3, OnThreads(3)), pairs(criterion, 0.3, {}));
  }
}

// Oracle: slow definition, with each of the points for itself. 400 by 400 terms that are added one
// after another round by 160,000 u at most, terms being as large as above. Rounded to twelve steps
// on the side, hundreds of points coincide. Weights for the least squares criteria;
// for the others a mean over unequal points at one location would count.
TEST(PairCriterion, RoundedPointsCountEach)
{
  for (int dimension = 1; dimension <= 2; ++dimension)
  {
    const Eigen::Matrix3Xd points = (RandomPoints(400, 5, dimension).array() * 12.0).round() / 12.0;
    for (const bool weighted : { false, true })
    {
      const Eigen::VectorXd weights = weighted
        ? Eigen::VectorXd(RandomPoints(400, 6).row(0).array() + 0.7)
        : Eigen::VectorXd::Ones(400);
      const Locations locations =
        FindLocations(Samples::Weighted(points, weights), Axes::First(dimension));
      ASSERT_LT(locations.Count(), 200);
      EXPECT_NEAR(locations.Steps[0], 1.0 / 12.0, 8.0 * Eps);
      const PairCriterion pairs(locations, {});
      const Cloud cloud{ dimension, points, weights };
      for (const double h : { 0.05, 0.15, 0.4 })
      {
        const double scale = std::pow(2.0 * Pi * h * h, -0.5 * dimension) * dimension / (h * h);
        const auto expect = [&](Criterion criterion, double size)
        {
          EXPECT_NEAR(pairs(criterion, h, {}), Plain(criterion, cloud, h), 80000.0 * Eps * size)
            << static_cast<int>(criterion) << " " << dimension << " " << h;
        };
        expect(Criterion::LeastSquaresDensity, scale);
        expect(Criterion::LeastSquaresGradient, scale);
        if (!weighted)
        {
          expect(Criterion::Likelihood, 1.0 + 2.0 / (h * h));
          expect(Criterion::Hyvarinen, (1.0 + 2.0 / (h * h)) * dimension / (h * h));
        }
      }
    }
  }
}

namespace
{
/// The images of a point in the box [-1/2, 1/2] of each closed axis, itself first, 7 periods on
/// either side.
std::vector<Eigen::Vector3d> ImagesOfPoint(
  const Eigen::Vector3d& point, const std::array<Boundary, 3>& boundaries)
{
  std::vector<Eigen::Vector3d> images{ point };
  for (std::size_t axis = 0; axis < 3; ++axis)
  {
    const auto a = static_cast<Index>(axis);
    const std::vector<Eigen::Vector3d> before = images;
    for (const Eigen::Vector3d& image : before)
    {
      for (int k = -7; k <= 7 && boundaries[axis] != Boundary::Open; ++k)
      {
        const bool mirrors = boundaries[axis] == Boundary::Reflecting;
        Eigen::Vector3d other = image;
        other[a] = mirrors ? image[a] + 2.0 * k : image[a] + k;
        if (k != 0)
        {
          images.push_back(other);
        }
        other[a] = 2.0 * k - 1.0 - image[a];
        if (mirrors)
        {
          images.push_back(other);
        }
      }
    }
  }
  return images;
}

/// The criteria with images, by plain loops; a point is left out with its images.
double PlainInBox(
  Criterion criterion, const Cloud& all, const std::array<Boundary, 3>& boundaries, double h)
{
  const int d = all.Dimension;
  const bool density = criterion == Criterion::LeastSquaresDensity;
  double square = 0.0;
  double pairs = 0.0;
  double mean = 0.0;
  for (Index i = 0; i < all.Count(); ++i)
  {
    double sum = 0.0;
    Eigen::Vector3d gradient = Eigen::Vector3d::Zero();
    double curvature = 0.0;
    for (Index j = 0; j < all.Count(); ++j)
    {
      for (const Eigen::Vector3d& image : ImagesOfPoint(all.Points.col(j), boundaries))
      {
        const Eigen::Vector3d z = image - all.Points.col(i);
        const double weight = all.Weights[i] * all.Weights[j];
        const double wide = std::sqrt(2.0) * h;
        square += weight * (density ? Kernel(z, wide, d) : -Laplacian(z, wide, d));
        if (i != j)
        {
          pairs += weight * (density ? Kernel(z, h, d) : Laplacian(z, h, d));
          sum += all.Weights[j] * Kernel(z, h, d);
          gradient += all.Weights[j] * Kernel(z, h, d) * z / (h * h);
          curvature += all.Weights[j] * Laplacian(z, h, d);
        }
      }
    }
    const double others = all.TotalWeight - all.Weights[i];
    mean += all.Weights[i] / all.TotalWeight *
      (criterion == Criterion::Likelihood ? -std::log(sum / others)
                                          : curvature / sum - 0.5 * (gradient / sum).squaredNorm());
  }
  const double total = all.TotalWeight * all.TotalWeight;
  const double factor = 2.0 / (total - all.SquaredWeights);
  return IsLeastSquares(criterion) ? square / total - (density ? factor : -factor) * pairs : mean;
}

constexpr std::array<std::array<Boundary, 3>, 4> ClosedBoxes{ {
  { Boundary::Periodic, Boundary::Open, Boundary::Open },
  { Boundary::Reflecting, Boundary::Open, Boundary::Open },
  { Boundary::Periodic, Boundary::Reflecting, Boundary::Open },
  { Boundary::Reflecting, Boundary::Periodic, Boundary::Reflecting },
} };
}

// Oracle: slow definition, with the images of 7 periods, for every boundary, with weights, in one
// to three dimensions. Points lie on walls. What is left out of the sums is 1e-12 of the
// kernel's maximum for each image, in Laplacians 55 / h^2 times that; 16 points with their images
// near the walls are below 500. In logarithms it is divided by f, which is above 1e-3 of the
// maximum here, for bandwidths of a tenth of the box and more.
TEST(PairCriterion, EqualsItsDefinitionInAClosedBox)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const std::array<Boundary, 3>& boundaries : ClosedBoxes)
    {
      Domain box;
      for (std::size_t axis = 0; axis < static_cast<std::size_t>(dimension); ++axis)
      {
        box.Boundaries[axis] = boundaries[axis];
      }
      box.Lower.setConstant(-0.5);
      box.Length.setOnes();
      Eigen::Matrix3Xd points = RandomPoints(16, 3, dimension);
      points(0, 0) = -0.5;
      if (dimension > 1)
      {
        points(dimension - 1, 1) = -0.5;
      }
      const Eigen::VectorXd weights = RandomPoints(16, 4).row(0).array() + 0.7;
      const Locations locations =
        FindLocations(Samples::Weighted(points, weights), Axes::First(dimension), box);
      const PairCriterion pairs(locations, {});
      for (const double h : { 0.1, 0.3 })
      {
        const double peak = std::pow(2.0 * Pi * h * h, -0.5 * dimension);
        const auto expect = [&](Criterion criterion, double scale)
        {
          const double expected =
            PlainInBox(criterion, { dimension, points, weights }, box.Boundaries, h);
          EXPECT_NEAR(pairs(criterion, h, {}), expected, 5e-10 * scale)
            << static_cast<int>(criterion) << " " << dimension << " " << h;
        };
        expect(Criterion::LeastSquaresDensity, peak);
        expect(Criterion::LeastSquaresGradient, 55.0 * peak / (h * h));
        expect(Criterion::Likelihood, 1e3);
        expect(Criterion::Hyvarinen, 55e3 / (h * h));
      }
    }
  }
}

// Oracle: worked by hand. A lone point beside a wall is answered by the others, however near its
// own image is: log f is minus half of (3 / h)^2 there and not that of its image, 0.1 away.
TEST(PairCriterion, OwnImagesDoNotHideTheOthers)
{
  Domain box;
  box.Boundaries[0] = Boundary::Reflecting;
  box.Lower[0] = 0.0;
  box.Length[0] = 8.0;
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2);
  points.row(0) << 0.05, 3.05;
  const Locations locations = FindLocations(Samples::Unweighted(points), Axes::First(1), box);
  const PairCriterion pairs(locations, {});
  const double h = 0.1;
  // The other's image is 3.1 away.
  const double sum = std::exp(-450.0) + std::exp(-0.5 * 31.0 * 31.0);
  const double expected = -std::log(sum) + std::log(std::sqrt(2.0 * Pi) * h);
  EXPECT_NEAR(pairs(Criterion::Likelihood, h, {}), expected, 1e-12 * expected);
}
}

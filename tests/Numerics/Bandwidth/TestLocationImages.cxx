// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LocationImages.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
Locations Boxed(Boundary x, Boundary y, int dimension)
{
  Domain box;
  box.Boundaries = { x, y, Boundary::Open };
  box.Lower = Eigen::Vector3d(-0.6, -0.5, 0.0);
  box.Length = Eigen::Vector3d(1.2, 1.0, 0.0);
  return FindLocations(
    Samples::Weighted(RandomPoints(40, 3, dimension), RandomPoints(40, 4).row(0).array() + 0.7),
    Axes::First(dimension), box);
}
}

// Oracle: worked by hand. Images of a point in [0, 1] with both boundaries.
TEST(LocationImages, LieWhereTheyBelong)
{
  Domain box;
  box.Length[0] = 1.0;
  const Eigen::Vector3d point(0.25, 7.0, 0.0);
  const auto places = [&](Boundary boundary, double reach)
  {
    box.Boundaries[0] = boundary;
    std::vector<double> result;
    for (const LocationImage& image : ImagesOf(box, reach))
    {
      result.push_back(image.Of(point)[0]);
      EXPECT_EQ(image.Of(point)[1], 7.0);
      EXPECT_EQ(image.OffsetOf(point)[0], image.Of(point)[0] - point[0]);
    }
    std::sort(result.begin(), result.end());
    return result;
  };
  EXPECT_EQ(places(Boundary::Periodic, 0.9), (std::vector<double>{ -0.75, 1.25 }));
  EXPECT_EQ(places(Boundary::Periodic, 1.0), (std::vector<double>{ -1.75, -0.75, 1.25, 2.25 }));
  EXPECT_EQ(places(Boundary::Reflecting, 2.5),
    (std::vector<double>{ -2.25, -1.75, -0.25, 1.75, 2.25, 3.75 }));
  EXPECT_TRUE(places(Boundary::Open, 9.0).empty());
}

// Oracle: definition, a sum over 41 periods. The sums leave out what is 1e-12 of the kernel's
// maximum, in Laplacians times 2 ln 1e12 - d, at most nine images for each bandwidth and axis.
TEST(LocationImages, OwnImagesAddWhatTheirSumSays)
{
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const Locations all = Boxed(boundary, Boundary::Open, 1);
    for (const double h : { 0.1, 0.5 })
    {
      double kernels = 0.0;
      double laplacians = 0.0;
      for (Index i = 0; i < all.Count(); ++i)
      {
        const double weight = all.Weights[i] * all.Weights[i] / std::sqrt(2.0 * Pi) / h;
        const auto add = [&](double u)
        {
          kernels += weight * std::exp(-0.5 * u * u / (h * h));
          laplacians +=
            weight * std::exp(-0.5 * u * u / (h * h)) * (u * u / (h * h) - 1.0) / (h * h);
        };
        for (int k = -20; k <= 20; ++k)
        {
          const double period = boundary == Boundary::Periodic ? 1.2 : 2.4;
          if (k != 0)
          {
            add(k * period);
          }
          if (boundary == Boundary::Reflecting)
          {
            add(-2.0 * (all.Points(0, i) + 0.6) + k * period);
          }
        }
      }
      const double tolerance = 1e-10 * all.SquaredWeights / h;
      EXPECT_NEAR(SumOverOwnImages(all, h, false), kernels, tolerance);
      EXPECT_NEAR(SumOverOwnImages(all, h, true), laplacians, 60.0 * tolerance / (h * h));
    }
  }
}

// Contract: every image within reach, with the weight of its owner, and the locations first.
TEST(LocationImages, SurroundTheLocations)
{
  const Locations all = Boxed(Boundary::Periodic, Boundary::Reflecting, 2);
  const ImagedLocations imaged = WithImages(all, 0.1);
  EXPECT_EQ(imaged.Images.size(), 24u); // up to the longest box, 1.2, two boxes on either side
  EXPECT_EQ(imaged.All.Points.leftCols(40), all.Points);
  for (std::size_t j = 0; j < imaged.Owners.size(); ++j)
  {
    EXPECT_EQ(imaged.All.Weights[static_cast<Index>(j)], all.Weights[imaged.Owners[j]]);
  }
  EXPECT_GE(imaged.All.Points.row(0).maxCoeff(), all.Points.row(0).minCoeff() + 1.2 - Eps);
}
}

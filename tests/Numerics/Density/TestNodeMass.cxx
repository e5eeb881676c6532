// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/NodeMass.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// 41 nodes along x, `spacing` apart and around 0, and 61 nodes along y a third apart.
Grid Nodes(double spacing)
{
  return { Eigen::Vector3d(-20.0 * spacing, -10.0, 0.0), Eigen::Vector3d(spacing, 1.0 / 3.0, 1.0),
    Index3(41, 61, 1) };
}

/// One point at (x, 0.1, 0), with the bandwidth 1.
struct OnePoint
{
  explicit OnePoint(double x)
    : Points(Samples::Unweighted(Eigen::Vector3d(x, 0.1, 0.0)))
  {
  }
  EstimateProblem On(const Grid& grid, const NodeBlock& block) const
  {
    return { this->Cloud, MomentsOf(this->Points), GaussianKernel::Isotropic(Axes::First(2), 1.0),
      grid, block };
  }
  EstimateProblem On(const Grid& grid) const { return this->On(grid, NodeBlock::Whole(grid)); }

  Samples Points;
  StoredSamples Cloud{ this->Points };
};

std::vector<double> DensityOf(const EstimateProblem& problem)
{
  std::vector<double> density(static_cast<std::size_t>(problem.Block.Dimensions.prod()));
  FieldView fields;
  fields.Density = density.data();
  EstimateDensity(problem, fields, Execution());
  return density;
}

std::string WarningOf(const EstimateProblem& problem, double lostWeight = 0.0)
{
  return CoarseNodesWarning(problem, DensityOf(problem).data(), lostWeight);
}

/// The values that a part gives to the sum over the parts.
std::vector<double> SumsOf(EstimateProblem problem)
{
  std::vector<double> given;
  problem.Parts.Sum = [&](double* values, Index n) { given.assign(values, values + n); };
  NodeMass(problem, DensityOf(problem).data());
  return given;
}
}

// Oracle: closed form, Poisson's sum: the trapezoid sum of a Gaussian at t is
// 1 + 2 sum_m exp(-2 (pi m h / s)^2) cos(2 pi m t / s). Beyond the box there is less than 1e-20;
// along y the sum differs from 1 by 1e-77; the density is right to 1e-4.
TEST(NodeMass, IsThatOfPoissonsSum)
{
  for (const double spacing : { 1.0, 2.0, 3.0, 8.0 })
  {
    for (const double place : { 0.0, 0.3, 0.5 })
    {
      double expected = 1.0;
      for (int m = 1; m < 40; ++m)
      {
        expected +=
          2.0 * std::exp(-2.0 * std::pow(Pi * m / spacing, 2)) * std::cos(2.0 * Pi * m * place);
      }
      const OnePoint point(place * spacing);
      const EstimateProblem problem = point.On(Nodes(spacing));
      const auto mass = NodeMass(problem, DensityOf(problem).data());
      ASSERT_TRUE(mass.has_value());
      EXPECT_NEAR(*mass, expected, 1e-4 * expected) << spacing << " " << place;
    }
  }
}

// Oracle: the mass of the whole. Parts that share a layer of nodes have each cell once.
TEST(NodeMass, IsTheSumOverTheParts)
{
  const OnePoint point(0.4);
  const Grid grid = Nodes(3.0);
  const NodeBlock left{ Index3::Zero(), Index3(21, 61, 1) };
  EstimateProblem right = point.On(grid, { Index3(20, 0, 0), Index3(21, 61, 1) });
  const std::vector<double> others = SumsOf(point.On(grid, left));
  right.Parts.Sum = [&](double* values, Index n)
  {
    for (Index i = 0; i < n; ++i)
    {
      values[i] += others[static_cast<std::size_t>(i)];
    }
  };
  const EstimateProblem whole = point.On(grid);
  const auto mass = NodeMass(whole, DensityOf(whole).data());
  const auto joined = NodeMass(right, DensityOf(right).data());
  ASSERT_TRUE(mass && joined);
  EXPECT_NEAR(*joined, *mass, 2e-4 * *mass);
}

// Contract: no mass where the nodes are not those of the whole box.
TEST(NodeMass, IsNotKnownForAPartAndASlice)
{
  const OnePoint point(0.4);
  const EstimateProblem part = point.On(Nodes(3.0), { Index3(1, 0, 0), Index3(40, 61, 1) });
  EXPECT_FALSE(NodeMass(part, DensityOf(part).data()).has_value());
  Grid slice = Nodes(30.0);
  slice.Dimensions[1] = 1;
  EXPECT_FALSE(NodeMass(point.On(slice), DensityOf(point.On(slice)).data()).has_value());
  EXPECT_EQ(WarningOf(point.On(slice)), "");
}

// Contract: numbers and the way out, where nodes far apart miss the mass or count it too often.
// 40 steps of 8 bandwidths are 321 nodes at one bandwidth.
TEST(NodeMass, WarnsOfNodesThatStepOverTheDensity)
{
  const std::string missed = WarningOf(OnePoint(4.0).On(Nodes(8.0)));
  EXPECT_NE(missed.find("The nodes are 8 bandwidths apart along x and hold 0.00214 of the mass"),
    std::string::npos)
    << missed;
  EXPECT_NE(missed.find("Raise SampleDimensions (321 along x"), std::string::npos) << missed;
  EXPECT_NE(missed.find("SamplingBounds"), std::string::npos) << missed;
  const std::string hit = WarningOf(OnePoint(0.0).On(Nodes(8.0)));
  EXPECT_NE(hit.find("hold 3.19 times the mass"), std::string::npos) << hit;
}

// Contract: silence where the nodes hold the mass: closer together, of many points, or where the
// rest lies outside of the box.
TEST(NodeMass, IsSilentWhereNothingIsMissed)
{
  EXPECT_EQ(WarningOf(OnePoint(1.0).On(Nodes(2.0))), "");
  const Grid grid{ Eigen::Vector3d(-0.6, -0.6, 0.0), Eigen::Vector3d(0.06, 0.06, 1.0),
    Index3(21, 21, 1) };
  const Samples points = Samples::Unweighted(RandomPoints(4000, 3, 2));
  const StoredSamples cloud(points);
  const EstimateProblem many{ cloud, MomentsOf(points),
    GaussianKernel::Isotropic(Axes::First(2), 0.02), grid };
  EXPECT_EQ(WarningOf(many), "");
  EXPECT_NE(WarningOf(many, 2000.0), "");
}
}

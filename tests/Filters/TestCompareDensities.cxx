// SPDX-License-Identifier: BSD-3-Clause
#include "vtkCompareDensities.h"

#include "Numerics/Comparison/SampleDistances.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"
#include "support/ScoreImage.h"
#include "vtkGaussianMixture.h"
#include "vtkKernelDensity.h"
#include "vtkMixtureTruth.h"
#include "vtkScoreField.h"

#include <vtkStringArray.h>
#include <vtkTable.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
using Vector = Eigen::Vector3d;

/// The density of a Gaussian with variance 1 around a point of the x axis, and its score.
vtkSmartPointer<vtkImageData> Gaussian(const Grid& grid, double centre, bool score = true)
{
  auto image = DensityImage(grid, "LogDensity",
    [centre](const Vector& x)
    {
      const Vector offset(x[0] - centre, x[1], 0.0);
      return -0.5 * offset.squaredNorm() - std::log(2.0 * Pi);
    });
  if (score)
  {
    support::AddVectors(image, grid, "Score",
      [centre](const Vector& x) { return Vector(centre - x[0], -x[1], 0.0); });
  }
  return image;
}

Grid Square(int nodes, double half)
{
  const double spacing = 2.0 * half / (nodes - 1);
  return Grid{ Vector(-half, -half, 0.0), Vector(spacing, spacing, 1.0), Index3(nodes, nodes, 1) };
}

struct Comparison
{
  vtkNew<vtkCompareDensities> Filter;
  vtkNew<ErrorLog> Log;

  Comparison() { this->Log->Watch(this->Filter); }
  void Run(vtkImageData* image, vtkImageData* reference)
  {
    this->Filter->SetInputData(0, image);
    if (reference)
    {
      this->Filter->SetInputData(1, reference);
    }
    this->Filter->Update();
  }
  vtkTable* Table(int port)
  {
    return vtkTable::SafeDownCast(this->Filter->GetOutputDataObject(port));
  }
  double Metric(const std::string& name)
  {
    vtkTable* table = this->Table(1);
    auto* names = vtkStringArray::SafeDownCast(table->GetColumnByName("Metric"));
    for (vtkIdType row = 0; names && row < table->GetNumberOfRows(); ++row)
    {
      if (names->GetValue(row) == name)
      {
        return table->GetValueByName(row, "Value").ToDouble();
      }
    }
    return std::numeric_limits<double>::quiet_NaN();
  }
};
}

// Oracle: closed forms of two Gaussians with variance 1, a distance m apart, whose trapezoid sums
// are right to rounding; and the errors at nodes.
TEST(CompareDensities, EqualsTheClosedFormsOfGaussians)
{
  const double m = 0.5;
  const Grid grid = Square(161, 10.0);
  Comparison compared;
  compared.Run(Gaussian(grid, 0.0), Gaussian(grid, m));
  EXPECT_TRUE(compared.Log->Errors.empty() && compared.Log->Warnings.empty());
  EXPECT_NEAR(compared.Metric("Mass"), 1.0, 1e-12);
  EXPECT_NEAR(compared.Metric("Compared measure"), 400.0, 1e-9);
  EXPECT_NEAR(compared.Metric("Kullback-Leibler divergence"), 0.5 * m * m, 1e-12);
  EXPECT_NEAR(
    compared.Metric("Hellinger distance"), std::sqrt(1.0 - std::exp(-m * m / 8.0)), 1e-12);
  EXPECT_NEAR(compared.Metric("Fisher divergence"), m * m, 1e-12);
  EXPECT_NEAR(compared.Metric("Root mean square score error"), m, 1e-12);
  EXPECT_NEAR(compared.Metric("Relative score error"), m / std::sqrt(2.0), 1e-12);
  vtkImageData* image = vtkImageData::SafeDownCast(compared.Filter->GetOutputDataObject(0));
  const vtkIdType centre = image->GetNumberOfPoints() / 2;
  EXPECT_NEAR(support::ValueAt(image, "LogDensityError", centre), 0.5 * m * m, 1e-14);
  EXPECT_NEAR(support::ValueAt(image, "DensityError", centre),
    (1.0 - std::exp(-0.5 * m * m)) / (2.0 * Pi), 1e-14);
  EXPECT_NEAR(support::ValueAt(image, "ScoreError", centre, 0), -m, 1e-14);
  EXPECT_TRUE(std::isnan(support::ValueAt(image, "ScoreAngle", centre))) << "one score is 0";
  EXPECT_NEAR(support::ValueAt(image, "ScoreAngle", centre + 2), 180.0, 1e-6)
    << "between the means";
  EXPECT_NEAR(support::ValueAt(image, "ScoreAngle", centre + 40), 0.0, 1e-6);
}

// Oracle: Stein's double sum with the scores of the two Gaussians, which are linear, so that they
// are interpolated exactly; the energy distance from the nodes by its definition through pairs (128
// directions: 2e-3), where masses are those of the nodes. Weights count.
TEST(CompareDensities, ComparesWithSamples)
{
  const Grid grid = Square(33, 4.0);
  const Eigen::Matrix3Xd points = 4.0 * RandomPoints(30, 2, 2);
  const Eigen::VectorXd weights = Eigen::VectorXd::LinSpaced(30, 1.0, 2.0);
  const auto samples = PolyDataPoints(points);
  AddPointArray(samples, "Mass", weights);
  Comparison compared;
  compared.Filter->SetInputData(2, samples);
  compared.Filter->SetSampleWeightArray("Mass");
  compared.Run(Gaussian(grid, 0.0), Gaussian(grid, 1.0));
  EXPECT_EQ(compared.Log->Errors + compared.Log->Warnings, "");
  const WeightedPlaces places{ points, weights / weights.sum() };
  const Vector mean = points * places.Shares;
  const double spread =
    std::sqrt((points.colwise() - mean).colwise().squaredNorm().dot(places.Shares) / 2.0);
  Eigen::Matrix3Xd score = -points;
  EXPECT_NEAR(compared.Metric("Kernel Stein discrepancy of the samples"),
    KernelSteinDiscrepancy(places, score, spread, 2, Execution()), 1e-12);
  score.row(0).array() += 1.0;
  EXPECT_NEAR(compared.Metric("Kernel Stein discrepancy of the samples from the reference"),
    KernelSteinDiscrepancy(places, score, spread, 2, Execution()), 1e-12);

  WeightedPlaces nodes{ Eigen::Matrix3Xd(3, grid.Size()), Eigen::VectorXd(grid.Size()) };
  for (Index node = 0; node < grid.Size(); ++node)
  {
    nodes.Points.col(node) = grid.Node(node);
    nodes.Shares[node] = std::exp(-0.5 * grid.Node(node).squaredNorm());
  }
  nodes.Shares /= nodes.Shares.sum(); // the half weights at the border are below 1e-3 of e^-8
  const auto distance = [](const WeightedPlaces& one, const WeightedPlaces& other)
  {
    double sum = 0.0;
    for (Index i = 0; i < one.Points.cols(); ++i)
    {
      sum += one.Shares[i] *
        (other.Points.colwise() - one.Points.col(i)).colwise().norm().dot(other.Shares);
    }
    return sum;
  };
  const double expected =
    std::sqrt(2.0 * distance(places, nodes) - distance(places, places) - distance(nodes, nodes));
  EXPECT_NEAR(compared.Metric("Energy distance of the samples"), expected, 3e-3 * expected);
  EXPECT_GT(compared.Metric("Energy distance of the samples from the reference"), 0.0);
}

// Contract: samples outside of the images have no score: they are left out, and told of; samples
// without points and an array that is not there are told of by name.
TEST(CompareDensities, TellsOfUnusableSamples)
{
  const Grid grid = Square(33, 4.0);
  Eigen::Matrix3Xd points = 4.0 * RandomPoints(30, 2, 2);
  points(0, 3) = 9.0;
  Comparison outside;
  outside.Filter->SetInputData(2, PolyDataPoints(points));
  outside.Run(Gaussian(grid, 0.0), Gaussian(grid, 1.0));
  EXPECT_TRUE(outside.Log->HasWarning("1 of the samples lie where the images have no score"))
    << outside.Log->Warnings;
  EXPECT_GT(outside.Metric("Kernel Stein discrepancy of the samples"), 0.0);

  Comparison none;
  none.Filter->SetInputData(2, PolyDataPoints(Eigen::Matrix3Xd(3, 0)));
  none.Run(Gaussian(grid, 0.0), Gaussian(grid, 1.0));
  EXPECT_TRUE(none.Log->HasWarning("Samples has no points")) << none.Log->Warnings;
  EXPECT_TRUE(std::isnan(none.Metric("Energy distance of the samples")));

  Comparison missing;
  missing.Filter->SetInputData(2, PolyDataPoints(points));
  missing.Filter->SetSampleWeightArray("Mass");
  missing.Run(Gaussian(grid, 0.0), Gaussian(grid, 1.0));
  EXPECT_TRUE(missing.Log->HasError("\"Mass\"")) << missing.Log->Errors;
}

// Oracle: the same. A log density and a score that are linear in places between nodes are met where
// the reference has other nodes; nodes outside of it are left out, and both is said once.
TEST(CompareDensities, TakesAReferenceWithOtherNodes)
{
  const auto exponential = [](const Grid& grid)
  {
    auto image =
      DensityImage(grid, "LogDensity", [](const Vector& x) { return -1.0 - x[0] + 0.25 * x[1]; });
    support::AddVectors(
      image, grid, "Score", [](const Vector&) { return Vector(-1.0, 0.25, 0.0); });
    return image;
  };
  Comparison between;
  between.Run(exponential(Square(21, 1.0)), exponential(Square(33, 1.5)));
  EXPECT_NEAR(between.Metric("Kullback-Leibler divergence"), 0.0, 1e-14);
  EXPECT_NEAR(between.Metric("Largest log density error"), 0.0, 1e-14);
  EXPECT_NEAR(between.Metric("Largest score error"), 0.0, 1e-14);
  EXPECT_NEAR(between.Metric("Compared measure"), 4.0, 1e-12);
  EXPECT_NE(between.Log->Warnings.find("interpolated linearly"), std::string::npos)
    << between.Log->Warnings;

  Comparison outside;
  outside.Run(exponential(Square(21, 1.0)), exponential(Square(11, 0.5)));
  EXPECT_NE(
    outside.Log->Warnings.find("320 nodes of Input lie outside of Reference"), std::string::npos)
    << outside.Log->Warnings;
  vtkImageData* image = vtkImageData::SafeDownCast(outside.Filter->GetOutputDataObject(0));
  EXPECT_TRUE(std::isnan(support::ValueAt(image, "DensityError", 0)));
  EXPECT_NEAR(support::ValueAt(image, "DensityError", image->GetNumberOfPoints() / 2), 0.0, 1e-14);
}

// Oracle: the truth that Mixture Truth added. Without a reference the image is judged by it; errors
// of the density by FFT where Score Field calls nodes reliable are far smaller than elsewhere.
TEST(CompareDensities, JudgesAnImageByItsTruth)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(mixture->GetOutputPort());
  vtkNew<vtkMixtureTruth> truth;
  truth->SetInputConnection(density->GetOutputPort());
  vtkNew<vtkScoreField> score;
  score->SetInputConnection(truth->GetOutputPort());
  Comparison compared;
  compared.Filter->SetInputConnection(score->GetOutputPort());
  compared.Filter->Update();
  EXPECT_TRUE(compared.Log->Errors.empty() && compared.Log->Warnings.empty())
    << (compared.Log->Errors + compared.Log->Warnings);
  EXPECT_NEAR(compared.Metric("Mass"), 1.0, 1e-3); // the box ends a few bandwidths out
  EXPECT_GT(compared.Metric("Kullback-Leibler divergence"), 0.0);
  EXPECT_GT(compared.Metric("Fisher divergence"), 0.0);
  vtkTable* classes = compared.Table(2);
  ASSERT_EQ(classes->GetNumberOfRows(), 8);
  double share = 0.0;
  for (vtkIdType row = 0; row < 8; ++row)
  {
    share += classes->GetValueByName(row, "Share").ToDouble();
  }
  EXPECT_NEAR(share, 1.0, 1e-12);
  EXPECT_GT(classes->GetValueByName(0, "Share").ToDouble(), 0.1);
}

// Contract: without scores the densities alone are compared.
TEST(CompareDensities, NeedsNoScores)
{
  const Grid grid = Square(41, 5.0);
  Comparison compared;
  compared.Run(Gaussian(grid, 0.0, false), Gaussian(grid, 0.5));
  EXPECT_TRUE(compared.Log->Errors.empty() && compared.Log->Warnings.empty());
  EXPECT_GT(compared.Metric("L2 distance"), 0.0);
  EXPECT_TRUE(std::isnan(compared.Metric("Fisher divergence")));
  EXPECT_FALSE(vtkImageData::SafeDownCast(compared.Filter->GetOutputDataObject(0))
                 ->GetPointData()
                 ->HasArray("ScoreError"));
}

// Contract: what cannot be compared is refused by name, and the outputs are empty.
TEST(CompareDensities, RefusesWhatCannotBeCompared)
{
  const Grid grid = Square(21, 5.0);
  const auto text = [](vtkImageData* image, vtkImageData* reference, auto change)
  {
    Comparison compared;
    change(compared.Filter.Get());
    compared.Run(image, reference);
    EXPECT_EQ(compared.Table(1)->GetNumberOfRows(), 0);
    return compared.Log->Errors;
  };
  const auto none = [](vtkCompareDensities*) {};
  EXPECT_NE(
    text(Gaussian(grid, 0.0), nullptr, none).find("Reference is not connected"), std::string::npos);
  EXPECT_NE(text(Gaussian(grid, 0.0), Gaussian(grid, 0.0),
              [](vtkCompareDensities* filter) { filter->SetDensityArray("Nothing"); })
              .find("DensityArray is \"Nothing\""),
    std::string::npos);
  EXPECT_NE(text(Gaussian(grid, 0.0), Gaussian(grid, 0.0),
              [](vtkCompareDensities* filter) { filter->SetReferenceArray("Nothing"); })
              .find("ReferenceArray is \"Nothing\""),
    std::string::npos);
  EXPECT_NE(text(Gaussian(grid, 0.0), Gaussian(grid, 0.0),
              [](vtkCompareDensities* filter) { filter->SetReferenceScoreArray("Nothing"); })
              .find("ReferenceScoreArray is \"Nothing\""),
    std::string::npos);
  EXPECT_NE(text(Gaussian(grid, 0.0), Gaussian(grid, 0.0),
              [](vtkCompareDensities* filter) { filter->SetScoreArray("LogDensity"); })
              .find("1 components; it must have 3"),
    std::string::npos);
  Grid cube = grid;
  cube.Dimensions[2] = 3;
  const std::string axes = text(Gaussian(grid, 0.0), Gaussian(cube, 0.0), none);
  EXPECT_NE(axes.find("1 nodes along axis z and Reference has 3"), std::string::npos) << axes;
  EXPECT_NE(text(Gaussian(grid, 0.0), Gaussian(grid, 0.0),
              [](vtkCompareDensities* filter) { filter->SetQuantity(9); })
              .find("Quantity is 9"),
    std::string::npos);
}

// Contract: nodes without a value are left out, NaN or hidden.
TEST(CompareDensities, LeavesOutNodesWithoutValue)
{
  const Grid grid = Square(41, 5.0);
  auto image = Gaussian(grid, 0.0);
  image->GetPointData()->GetArray("LogDensity")->SetComponent(0, 0, std::nan(""));
  Comparison compared;
  compared.Run(image, Gaussian(grid, 0.5));
  vtkImageData* output = vtkImageData::SafeDownCast(compared.Filter->GetOutputDataObject(0));
  EXPECT_TRUE(std::isnan(support::ValueAt(output, "DensityError", 0)));
  EXPECT_NEAR(compared.Metric("Compared measure"), 100.0 - 0.25 * 0.0625, 1e-9);
  EXPECT_NEAR(compared.Metric("Kullback-Leibler divergence"), 0.125, 1e-4);
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"
#include "support/RegionFilter.h"

#include <vtkImageData.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
/// What the filter says of an image.
std::string ErrorOf(const std::function<double(const Eigen::Vector3d&)>& density,
  const std::function<void(vtkHighestDensityRegions*)>& change = {})
{
  support::Regions regions;
  if (change)
  {
    change(regions.Filter);
  }
  regions.Run(DensityImage(support::Box(21, 5.0), "Density", density));
  EXPECT_EQ(regions.Log->ErrorCount, 1);
  EXPECT_EQ(regions.Contours()->GetNumberOfPoints(), 0);
  EXPECT_EQ(regions.Table()->GetNumberOfRows(), 0);
  return regions.Log->Errors;
}

double Gaussian(const Eigen::Vector3d& x)
{
  return std::exp(support::PlaneGaussian(x));
}

void ExpectText(const std::string& text, const std::string& part)
{
  EXPECT_NE(text.find(part), std::string::npos) << text << "\nhas not: " << part;
}
}

// Contract: one error that names the property, its value and what would be right, and empty
// outputs.
TEST(HighestDensityErrors, NameTheProperty)
{
  for (const double mass : { 0.0, 1.0, -0.5, 50.0, std::nan("") })
  {
    const std::string error =
      ErrorOf(Gaussian, [mass](vtkHighestDensityRegions* filter) { filter->AddRegionMass(mass); });
    ExpectText(error, "RegionMasses has ");
    ExpectText(error, "above 0 and below 1");
  }
  ExpectText(ErrorOf(Gaussian, [](auto* filter) { filter->SetLevelsFrom(2); }), "LevelsFrom is 2");
  ExpectText(ErrorOf(Gaussian, [](auto* filter) { filter->SetTotalMass(-1); }), "TotalMass is -1");
  ExpectText(ErrorOf(Gaussian, [](auto* filter) { filter->SetQuantity(7); }), "Quantity is 7");
  ExpectText(
    ErrorOf(Gaussian, [](auto* filter) { filter->SetLevelsFrom(1); }), "Samples is not connected");
  const std::string missing =
    ErrorOf(Gaussian, [](auto* filter) { filter->SetDensityArray("Other"); });
  ExpectText(missing, "DensityArray is \"Other\"");
  ExpectText(missing, "it has: Density");
}

// Contract: an image without any density is refused; so is a logarithm that is read as a density.
TEST(HighestDensityErrors, RefuseWhatIsNoDensity)
{
  ExpectText(ErrorOf([](const Eigen::Vector3d&) { return 0.0; }), "no positive density");
  ExpectText(ErrorOf([](const Eigen::Vector3d&) { return std::nan(""); }), "no positive density");
  ExpectText(ErrorOf(support::PlaneGaussian), "set Quantity to");
  support::Regions regions;
  regions.Run(DensityImage(support::Box(1, 1.0, 0), "Density", Gaussian));
  ExpectText(regions.Log->Errors, "Input has one node");
}

// Contract: negative values, holes and plateaus are told of, with numbers, and the rest has its
// regions.
TEST(HighestDensityErrors, WarnWithNumbers)
{
  support::Regions negative;
  negative.Run(DensityImage(support::Box(41, 5.0), "Density",
    [](const Eigen::Vector3d& x) { return x[0] > 4.6 ? -0.01 : Gaussian(x); }));
  EXPECT_TRUE(negative.Log->HasWarning("down to -0.01; they count as 0")) << negative.Log->Warnings;
  EXPECT_NEAR(negative.Value(1, "DensityLevel"), 0.5 / (2.0 * Pi), 1e-3);

  support::Regions holes;
  vtkImageData* image = holes.Run(DensityImage(support::Box(41, 5.0), "Density",
    [](const Eigen::Vector3d& x) { return x.norm() < 0.3 ? std::nan("") : Gaussian(x); }));
  EXPECT_TRUE(holes.Log->HasWarning("5 nodes have no value")) << holes.Log->Warnings;
  EXPECT_TRUE(std::isnan(image->GetPointData()->GetArray("EnclosedMass")->GetComponent(840, 0)));
  for (vtkIdType point = 0; point < holes.Contours()->GetNumberOfPoints(); ++point)
  {
    EXPECT_TRUE(std::isfinite(holes.Contours()->GetPoint(point)[0]));
  }

  support::Regions flat;
  flat.Run(
    DensityImage(support::Box(11, 1.0), "Density", [](const Eigen::Vector3d&) { return 0.25; }));
  EXPECT_TRUE(flat.Log->HasWarning("The region of 0.25 holds 1")) << flat.Log->Warnings;

  support::Regions large;
  large.Filter->SetTotalMass(1);
  large.Run(DensityImage(
    support::Box(41, 5.0), "Density", [](const Eigen::Vector3d& x) { return 3.0 * Gaussian(x); }));
  EXPECT_TRUE(large.Log->HasWarning("over the image is 3")) << large.Log->Warnings;
  EXPECT_NEAR(large.Value(1, "EnclosedMass"), 0.5, 1e-5);
}

// Contract: many more islands than half of the samples are told of, with both numbers.
TEST(HighestDensityErrors, WarnOfManyIslands)
{
  support::Regions regions;
  regions.SetMasses({ 0.5 });
  const auto image = DensityImage(support::Box(60, 1.0), "Density",
    [](const Eigen::Vector3d& x)
    { return std::pow(std::sin(9.0 * x[0]) * std::sin(9.0 * x[1]), 2.0); });
  regions.Filter->SetInputData(1, PolyDataPoints(RandomPoints(20, 3, 2)));
  regions.Run(image);
  EXPECT_TRUE(regions.Log->HasWarning("islands, and there are 20 samples"))
    << regions.Log->Warnings;
}

// Contract: a cloud that lies outside of the image counts as outside of all regions; with levels by
// samples that leaves no level, and all is told in one warning.
TEST(HighestDensityErrors, TakeACloudOutside)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Constant(3, 4, 100.0);
  for (const int levels : { 0, 1 })
  {
    support::Regions regions;
    regions.Filter->SetInputData(1, PolyDataPoints(points));
    regions.Filter->SetLevelsFrom(levels);
    regions.Run(DensityImage(support::Box(41, 5.0), "LogDensity", support::PlaneGaussian));
    EXPECT_EQ(regions.Log->Errors, "");
    EXPECT_EQ(regions.Log->WarningCount, 1);
    EXPECT_TRUE(regions.Log->HasWarning("4 of the 4 samples")) << regions.Log->Warnings;
    auto* cloud = vtkDataSet::SafeDownCast(regions.Samples());
    EXPECT_EQ(cloud->GetPointData()->GetArray("Region")->GetComponent(3, 0), -1.0);
  }
  support::Regions empty;
  empty.Filter->SetInputData(1, vtkSmartPointer<vtkPolyData>::New());
  empty.Run(DensityImage(support::Box(41, 5.0), "LogDensity", support::PlaneGaussian));
  EXPECT_TRUE(empty.Log->HasWarning("Samples has no points")) << empty.Log->Warnings;
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "support/Boxes.h"
#include "support/DensityImage.h"
#include "support/ModeFilter.h"
#include "support/RandomPoints.h"

#include <vtkMatrix3x3.h>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace scorefields
{
namespace
{
double RoundGaussian(const Eigen::Vector3d& x)
{
  return std::exp(-0.5 * x.squaredNorm()) / (2.0 * Pi);
}

vtkSmartPointer<vtkImageData> Image(
  const std::function<double(const Eigen::Vector3d&)>& density = RoundGaussian, Index nodes = 21)
{
  const auto image =
    DensityImage(support::GridInBox({ -5.0, -5.0, 0.0 }, { 5.0, 5.0, 0.0 }, { nodes, nodes, 1 }),
      "Density", density);
  SayKernel(image, 0.5, 50.0);
  return image;
}

void ExpectSaid(const std::string& text, const std::string& part)
{
  EXPECT_NE(text.find(part), std::string::npos) << text << "\nhas not: " << part;
}

/// What the filter says of an image with 50 samples.
std::string ErrorOf(vtkImageData* image, const std::function<void(vtkDensityModes*)>& change = {})
{
  support::Modes modes;
  modes.Filter->SetInputData(0, image);
  modes.Filter->SetInputData(1, PolyDataPoints(RandomPoints(50, 1, 2)));
  if (change)
  {
    change(modes.Filter);
  }
  modes.Run();
  EXPECT_EQ(modes.Log->ErrorCount, 1);
  EXPECT_EQ(modes.Points()->GetNumberOfPoints(), 0);
  EXPECT_EQ(modes.Ways()->GetNumberOfCells(), 0);
  return modes.Log->Errors;
}
}

// Contract: one error that names the property, its value and what would be right, and empty
// outputs.
TEST(DensityModesErrors, NameTheProperty)
{
  for (const double value : { -0.1, std::nan(""), std::numeric_limits<double>::infinity() })
  {
    const std::string error =
      ErrorOf(Image(), [value](vtkDensityModes* filter) { filter->SetMinimumPersistence(value); });
    ExpectSaid(error, "MinimumPersistence is ");
    ExpectSaid(error, "it must be 0 or above");
  }
  for (const double value : { 0.0, 1.0, -1.0, std::nan("") })
  {
    const std::string error =
      ErrorOf(Image(), [value](vtkDensityModes* filter) { filter->SetSignificanceLevel(value); });
    ExpectSaid(error, "SignificanceLevel is ");
    ExpectSaid(error, "above 0 and below 1");
  }
  ExpectSaid(ErrorOf(Image(), [](auto* filter) { filter->SetQuantity(5); }), "Quantity is 5");
  ExpectSaid(ErrorOf(Image(), [](auto* filter) { filter->SetDensityArray("Other"); }),
    "DensityArray is \"Other\"");
  ExpectSaid(ErrorOf(Image(), [](auto* filter) { filter->SetSampleWeightArray("Mass"); }), "Mass");
}

// Contract: an image that is no density, has no kernel, has turned axes or one node is refused.
TEST(DensityModesErrors, RefuseOtherImages)
{
  ExpectSaid(ErrorOf(Image([](const Eigen::Vector3d&) { return 0.0; })), "no positive density");
  ExpectSaid(
    ErrorOf(Image([](const Eigen::Vector3d&) { return std::nan(""); })), "no positive density");
  ExpectSaid(ErrorOf(Image([](const Eigen::Vector3d& x) { return std::log(RoundGaussian(x)); })),
    "set Quantity to");
  ExpectSaid(ErrorOf(Image(RoundGaussian, 1)), "Input has one node");
  const auto noKernel = Image();
  noKernel->GetFieldData()->RemoveArray("KernelCovariance");
  ExpectSaid(ErrorOf(noKernel), "Input has no KernelCovariance");
  const auto turned = Image();
  turned->GetDirectionMatrix()->SetElement(0, 0, 0.0);
  turned->GetDirectionMatrix()->SetElement(1, 1, 0.0);
  turned->GetDirectionMatrix()->SetElement(0, 1, 1.0);
  turned->GetDirectionMatrix()->SetElement(1, 0, 1.0);
  ExpectSaid(ErrorOf(turned), "turned or reversed axes");
  const std::string alone =
    ErrorOf(Image(), [](vtkDensityModes* filter) { filter->SetInputData(1, nullptr); });
  ExpectSaid(alone, "Samples is not connected");
}

// Contract: nodes without a value are no mode; the others are searched.
TEST(DensityModesErrors, LeaveHolesOut)
{
  support::Modes modes;
  modes.Connect(PolyDataPoints(RandomPoints(80, 3, 2)), 0.2);
  modes.Density->Update();
  vtkNew<vtkImageData> image;
  image->DeepCopy(modes.Density->GetImage());
  for (vtkIdType node = 0; node < 300; ++node)
  {
    image->GetPointData()->GetArray("LogDensity")->SetComponent(node, 0, std::nan(""));
  }
  const auto whole = modes.Run()->GetNumberOfPoints();
  modes.Filter->SetInputData(0, image);
  modes.Run();
  EXPECT_EQ(modes.Log->Errors, "");
  EXPECT_EQ(modes.Points()->GetNumberOfPoints(), whole);
}

// Contract: samples that are not those of the image are told of, and so are samples whose modes are
// not in it; no samples and no nodes give empty outputs and one warning.
TEST(DensityModesErrors, WarnWithNumbers)
{
  support::Modes others;
  others.Connect(PolyDataPoints(RandomPoints(80, 3, 2)), 0.2);
  others.Filter->SetInputData(1, PolyDataPoints(RandomPoints(80, 4, 2)));
  others.Run();
  EXPECT_TRUE(others.Log->HasWarning("they are not the points that Input was made of"))
    << others.Log->Warnings;

  support::Modes outside;
  outside.Density->SetUseInputBounds(false);
  outside.Density->SetSamplingBounds(-0.5, 0.0, -0.5, 0.0, 0.0, 0.0);
  outside.Connect(PolyDataPoints(RandomPoints(80, 3, 2)), 0.05);
  outside.Run();
  EXPECT_TRUE(outside.Log->HasWarning("samples lie in the basin of no mode in the image"))
    << outside.Log->Warnings;
  EXPECT_GT(outside.Fact("SamplesWithoutMode"), 20.0);

  support::Modes coarse;
  coarse.Connect(PolyDataPoints(RandomPoints(80, 3, 2)), 0.05, 16);
  coarse.Run();
  EXPECT_TRUE(coarse.Log->HasWarning("bandwidths apart, so that saddles and modes"))
    << coarse.Log->Warnings;
  EXPECT_LE(coarse.Fact("SamplesWithoutMode"), 4.0) << "samples know the modes";

  support::Modes empty;
  empty.Connect(PolyDataPoints(RandomPoints(80, 3, 2)), 0.2);
  empty.Filter->SetInputData(1, vtkSmartPointer<vtkPolyData>::New());
  empty.Run();
  EXPECT_EQ(empty.Log->Errors, "");
  EXPECT_TRUE(empty.Log->HasWarning("Samples has no points")) << empty.Log->Warnings;
  EXPECT_EQ(empty.Points()->GetNumberOfPoints(), 0);

  support::Modes none;
  none.Filter->SetInputData(0, vtkSmartPointer<vtkImageData>::New());
  none.Run();
  EXPECT_TRUE(none.Log->HasWarning("Input has no nodes")) << none.Log->Warnings;
}
}

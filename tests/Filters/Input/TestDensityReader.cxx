// SPDX-License-Identifier: BSD-3-Clause
#include "Input/DensityReader.h"

#include "support/DensityImage.h"

#include <vtkDataSetAttributes.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace vtkscorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();

/// Five nodes on a line with the values given.
vtkSmartPointer<vtkImageData> ImageOf(const std::string& name, const std::vector<double>& values)
{
  scorefields::Grid grid;
  grid.Dimensions = scorefields::Index3(static_cast<scorefields::Index>(values.size()), 1, 1);
  return DensityImage(grid, name,
    [&values](const Eigen::Vector3d& x) { return values[static_cast<std::size_t>(x[0])]; });
}

ImageDensity Read(vtkImageData* image, const std::string& name, Quantity quantity)
{
  return ReadDensity(image, FindDensity(image, name, quantity), quantity, scorefields::Execution());
}
}

// Oracle: definition. The logarithm of what is positive, -infinity where nothing is, none where
// there is no value; the least value is told.
TEST(DensityReader, TakesTheLogarithmOfADensity)
{
  const auto image = ImageOf("Density", { 2.0, 0.0, -0.5, std::nan(""), Infinity });
  const ImageDensity density = Read(image, "", Quantity::FromName);
  EXPECT_EQ(density.LogDensity[0], std::log(2.0));
  EXPECT_EQ(density.LogDensity[1], -Infinity);
  EXPECT_EQ(density.LogDensity[2], -Infinity);
  EXPECT_TRUE(std::isnan(density.LogDensity[3]) && std::isnan(density.LogDensity[4]));
  EXPECT_EQ(density.MostNegative, -0.5);
  EXPECT_FALSE(density.StoredLogarithm || density.LooksLikeLogarithm);
  const std::vector<double> back = DensityOf(density, image, scorefields::Execution());
  EXPECT_EQ(back[0], 2.0);
  EXPECT_EQ(back[1], 0.0);
  EXPECT_TRUE(std::isnan(back[3]));
}

// Oracle: definition. A logarithm is taken as it is, from its own memory if nothing stands for a
// density of 0, which the logarithm of the smallest normal number does.
TEST(DensityReader, ReadsALogarithm)
{
  const auto image = ImageOf("LogDensity", { -3.0, 1.0, -700.0 });
  const ImageDensity plain = Read(image, "", Quantity::FromName);
  EXPECT_TRUE(plain.StoredLogarithm);
  EXPECT_EQ(plain.LogDensity, image->GetPointData()->GetArray("LogDensity")->GetVoidPointer(0));
  const double lowest = std::log(std::numeric_limits<double>::min());
  const auto zero = ImageOf("LogDensity", { -3.0, lowest, 1.0 });
  EXPECT_EQ(Read(zero, "", Quantity::FromName).LogDensity[1], -Infinity);
  // By name or as told.
  const auto other = ImageOf("Values", { -3.0, -4.0 });
  EXPECT_EQ(Read(other, "Values", Quantity::LogDensity).LogDensity[1], -4.0);
  EXPECT_TRUE(Read(other, "Values", Quantity::FromName).LooksLikeLogarithm);
}

// Contract: the logarithm beside a density is preferred; what is missing is named with what there
// is; a hidden point has no value.
TEST(DensityReader, FindsTheArrayToRead)
{
  auto image = ImageOf("Density", { 1.0, 2.0 });
  EXPECT_EQ(ListOfArrays(image), "Density");
  EXPECT_STREQ(FindDensity(image, "", Quantity::FromName)->GetName(), "Density");
  image->GetPointData()->AddArray(
    ImageOf("LogDensity", { 0.0, 0.7 })->GetPointData()->GetArray("LogDensity"));
  EXPECT_STREQ(FindDensity(image, "", Quantity::FromName)->GetName(), "LogDensity");
  try
  {
    FindDensity(image, "Dens", Quantity::FromName);
    FAIL() << "found";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("Density, LogDensity"), std::string::npos)
      << error.what();
  }
  image->AllocatePointGhostArray();
  image->GetPointGhostArray()->SetValue(1, vtkDataSetAttributes::HIDDENPOINT);
  EXPECT_TRUE(std::isnan(Read(image, "Density", Quantity::Density).LogDensity[1]));
}
}

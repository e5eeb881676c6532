// SPDX-License-Identifier: BSD-3-Clause
#include "support/PolyDataPoints.h"
#include "support/RegionFilter.h"
#include "vtkKernelDensity.h"

#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
double ArrayValue(vtkDataObject* data, const char* name, vtkIdType point)
{
  return vtkDataSet::SafeDownCast(data)->GetPointData()->GetArray(name)->GetComponent(point, 0);
}

/// Two clusters of 400 points, from Kronecker's sequence, as in regions_ks.R.
Eigen::Matrix3Xd KroneckerCloud()
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 400);
  for (Index i = 1; i <= points.cols(); ++i)
  {
    const auto number = static_cast<double>(i);
    const double u = std::fmod(number * 0.7548776662466927, 1.0);
    const double v = std::fmod(number * 0.5698402909980532, 1.0);
    const double radius = std::sqrt(-2.0 * std::log(1.0 - u));
    points(0, i - 1) = radius * std::cos(2.0 * Pi * v) + (i % 3 == 0 ? 4.0 : 0.0);
    points(1, i - 1) = 0.5 * radius * std::sin(2.0 * Pi * v);
  }
  return points;
}
}

// Oracle: R's ks 1.14 (tests/support/reference/regions_ks.R): levels by the share of the samples to
// 1e-3 of their values, and areas by counting nodes, which ks rounds to its grid (2 %).
TEST(HighestDensitySamples, HaveTheLevelsOfKs)
{
  const double levels[4] = { 0.1109171754751, 0.0688125851847, 0.0427722406715, 0.0174833338102 };
  const double areas[4] = { 1.4475, 3.9825, 8.3500, 16.5200 };
  const auto cloud = PolyDataPoints(KroneckerCloud());
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(cloud);
  density->UseInputBoundsOff();
  density->SetSamplingBounds(-6.0, 12.0, -4.0, 8.0, 0.0, 0.0);
  density->SetSampleDimensions(361, 241, 1);
  density->SetBandwidthRule(0);
  density->SetBandwidth(0.4);
  density->Update();
  support::Regions regions;
  regions.Filter->SetInputConnection(0, density->GetOutputPort());
  regions.Filter->SetInputData(1, cloud);
  regions.Filter->SetLevelsFrom(1);
  regions.Filter->Update();
  EXPECT_EQ(regions.Log->Errors + regions.Log->Warnings, "");
  for (int row = 0; row < 4; ++row)
  {
    const double mass = regions.Value(row, "RegionMass");
    EXPECT_NEAR(regions.Value(row, "DensityLevel"), levels[row], 1e-3 * levels[row]);
    EXPECT_NEAR(regions.Value(row, "Measure"), areas[row], 0.02 * areas[row]);
    EXPECT_NEAR(regions.Value(row, "SampleShare"), mass, 1.0 / 400.0);
    EXPECT_LT(regions.Value(row, "EnclosedMass"), mass) << "a kernel is highest at its own sample";
  }
  for (vtkIdType i = 0; i < 400; ++i)
  {
    EXPECT_NEAR(ArrayValue(regions.Samples(), "EnclosedMass", i) +
        ArrayValue(regions.Samples(), "TailMass", i),
      1.0, 1e-15);
  }
}

// Oracle: closed form. Samples of a Gaussian image at the radius r have EnclosedMass 1 - exp(-r^2 /
// 2) and the rest as TailMass. Those outside of the image, and points that are not finite, are told
// apart.
TEST(HighestDensitySamples, LieInTheirRegions)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 7);
  const double radii[7] = { 0.0, 0.5, 1.0, 2.0, 4.0, 9.0, NAN };
  const int expected[7] = { 0, 0, 1, 3, -1, -1, -1 };
  for (Index i = 0; i < 7; ++i)
  {
    points(1, i) = radii[i];
  }
  support::Regions regions;
  regions.Filter->SetInputData(1, PolyDataPoints(points));
  regions.Run(DensityImage(support::Box(121, 6.0), "LogDensity", support::PlaneGaussian));
  EXPECT_TRUE(regions.Log->HasWarning("1 of the 6 samples")) << regions.Log->Warnings;
  for (vtkIdType i = 0; i < 5; ++i)
  {
    const double tail = std::exp(-0.5 * radii[i] * radii[i]);
    EXPECT_NEAR(ArrayValue(regions.Samples(), "EnclosedMass", i), 1.0 - tail, 5e-4);
    EXPECT_NEAR(ArrayValue(regions.Samples(), "TailMass", i), tail, 0.01 * tail) << radii[i];
    EXPECT_NEAR(ArrayValue(regions.Samples(), "OutlierScore", i), -std::log10(tail), 0.01);
  }
  EXPECT_EQ(ArrayValue(regions.Samples(), "EnclosedMass", 5), 1.0);
  EXPECT_EQ(ArrayValue(regions.Samples(), "OutlierScore", 5), 16.0);
  EXPECT_TRUE(std::isnan(ArrayValue(regions.Samples(), "EnclosedMass", 6)));
  for (vtkIdType i = 0; i < 7; ++i)
  {
    EXPECT_EQ(ArrayValue(regions.Samples(), "Region", i), expected[i]) << radii[i];
  }
}

// Oracle: definition. Weights count in levels by samples: with nearly all weight on the points
// within r = 1, half of the samples lie within it.
TEST(HighestDensitySamples, CountWeights)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 100);
  vtkNew<vtkDoubleArray> weights;
  weights->SetName("mass");
  for (Index i = 0; i < 100; ++i)
  {
    points(0, i) = 0.03 * static_cast<double>(i);
    weights->InsertNextValue(i < 34 ? 1.0 : 1e-9);
  }
  const auto cloud = PolyDataPoints(points);
  cloud->GetPointData()->AddArray(weights);
  for (const bool weighted : { false, true })
  {
    support::Regions regions;
    regions.SetMasses({ 0.5 });
    regions.Filter->SetInputData(1, cloud);
    regions.Filter->SetLevelsFrom(1);
    regions.Filter->SetSampleWeightArray(weighted ? "mass" : "None");
    regions.Run(DensityImage(support::Box(121, 6.0), "LogDensity", support::PlaneGaussian));
    const double radius = weighted ? 0.03 * 16.5 : 0.03 * 49.5;
    EXPECT_NEAR(
      regions.Value(0, "DensityLevel"), std::exp(-0.5 * radius * radius) / (2.0 * Pi), 1e-3);
  }
}

// Contract: a composite cloud comes back as one, with the arrays at the points of each block.
TEST(HighestDensitySamples, KeepTheirType)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(points));
  blocks->SetBlock(1, PolyDataPoints(points));
  support::Regions regions;
  regions.Filter->SetInputData(1, blocks);
  regions.Run(DensityImage(support::Box(41, 6.0), "LogDensity", support::PlaneGaussian));
  EXPECT_EQ(regions.Log->Errors + regions.Log->Warnings, "");
  auto* output = vtkMultiBlockDataSet::SafeDownCast(regions.Samples());
  ASSERT_TRUE(output);
  for (unsigned int block = 0; block < 2; ++block)
  {
    EXPECT_LT(ArrayValue(output->GetBlock(block), "EnclosedMass", 2), 0.02);
  }
  EXPECT_FALSE(
    vtkDataSet::SafeDownCast(blocks->GetBlock(0))->GetPointData()->HasArray("EnclosedMass"))
    << "the input has changed";
}
}

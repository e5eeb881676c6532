// SPDX-License-Identifier: BSD-3-Clause
#include "Input/FactsReader.h"

#include "support/DensityImage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace vtkscorefields
{
namespace
{
using scorefields::DensityFacts;
using scorefields::DensitySource;
using scorefields::LineEnds;

scorefields::Grid Plane()
{
  scorefields::Grid grid;
  grid.Dimensions = scorefields::Index3(11, 21, 1);
  grid.Spacing = Eigen::Vector3d(0.1, 0.2, 1.0);
  return grid;
}

vtkSmartPointer<vtkImageData> Image()
{
  return DensityImage(Plane(), "Density", [](const Eigen::Vector3d&) { return 1.0; });
}
}

// Contract: nothing is required. An image without facts is a density of unknown source.
TEST(FactsReader, NothingIsRequired)
{
  const DensityFacts facts = ReadFacts(Image(), ImageDensity());
  EXPECT_EQ(facts.Source, DensitySource::Unknown);
  EXPECT_FALSE(facts.Kernel.has_value());
  EXPECT_FALSE(facts.SampleBounds.has_value());
  EXPECT_EQ(facts.SampleCount, 0.0);
  EXPECT_EQ(facts.Claims.Density, 0.0);
  EXPECT_EQ(facts.StoredPrecision, 0.5 * std::numeric_limits<double>::epsilon());
}

// Oracle: definition, fact by fact.
TEST(FactsReader, ReadsWhatTheFieldDataSay)
{
  const auto image = Image();
  SayKernel(image, 0.3, 200.0, "FFT");
  vtkFieldData* field = image->GetFieldData();
  SetFieldValue(field, "EffectiveSampleCount", 150.0);
  SetFieldValue(field, "DensityFloor", 1e-9);
  const double bounds[6] = { -1.0, 1.0, -2.0, 2.0, 0.0, 0.0 };
  SetFieldValue(field, "SampleBounds", bounds, 6);
  SetFieldText(field, "Precision", "Single");
  SetFieldValue(field, "RelativeErrorBound", 1e-7);
  SetFieldValue(field, "ScoreErrorBound", 1e-4);
  SetFieldValue(field, "DensityErrorBound", 1e-8);
  ImageDensity density;
  density.StoredLogarithm = true;
  DensityFacts facts = ReadFacts(image, density);
  EXPECT_EQ(facts.Source, DensitySource::Transform);
  ASSERT_TRUE(facts.Kernel.has_value());
  EXPECT_EQ(facts.Kernel->AxisBandwidths()[1], 0.3);
  EXPECT_EQ(facts.SampleCount, 150.0);
  EXPECT_EQ(facts.DensityFloor, 1e-9);
  EXPECT_EQ(facts.Claims.Density, 1e-7);
  EXPECT_EQ(facts.Claims.LogDensity, 1e-7) << "not stated: that of the density";
  EXPECT_EQ(facts.Claims.Score, 1e-4);
  EXPECT_EQ(facts.Claims.AbsoluteDensity, 1e-8);
  EXPECT_EQ(facts.SampleBounds->second, Eigen::Vector3d(1.0, 2.0, 0.0));
  EXPECT_EQ(facts.StoredPrecision, std::ldexp(1.0, -24));
  EXPECT_TRUE(facts.StoredLogarithm);
  SetFieldText(field, "Spectrum", "Characteristic function");
  EXPECT_EQ(ReadFacts(image, density).Source, DensitySource::TruncatedTransform);
  SetFieldText(field, "Kernel", "Epanechnikov"); // not a Gaussian: its covariance tells nothing
  EXPECT_FALSE(ReadFacts(image, density).Kernel.has_value());
}

// Oracle: definition. The kernel's covariance is turned into the frame of the image's axes.
TEST(FactsReader, TurnsTheKernelIntoTheImagesFrame)
{
  const auto image = Image();
  const double covariance[6] = { 0.04, 0.09, 0.0, 0.0, 0.0, 0.0 };
  SetFieldValue(image->GetFieldData(), "KernelCovariance", covariance, 6);
  image->SetDirectionMatrix(0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0); // a quarter turn
  const DensityFacts facts = ReadFacts(image, ImageDensity());
  ASSERT_TRUE(facts.Kernel.has_value());
  EXPECT_EQ(facts.Kernel->Covariance()(0, 0), 0.09);
  EXPECT_EQ(facts.Kernel->Covariance()(1, 1), 0.04);
}

// Oracle: definition. Boundaries hold where the image is as long as the box they belong to; the
// period of a transform without padding is a spacing longer than the image.
TEST(FactsReader, EndsFollowTheBox)
{
  const auto image = Image();
  const double boundaries[3] = { 1.0, 2.0, 0.0 };
  const double lengths[3] = { 1.0, 4.0, 0.0 };
  SetFieldValue(image->GetFieldData(), "Boundaries", boundaries, 3);
  SetFieldValue(image->GetFieldData(), "BoxLengths", lengths, 3);
  DensityFacts facts;
  auto ends = ReadEnds(image, facts, Plane());
  EXPECT_EQ(ends[0], LineEnds::Periodic);
  EXPECT_EQ(ends[1], LineEnds::Mirrored);
  EXPECT_EQ(ends[2], LineEnds::Open);
  scorefields::Grid part = Plane();
  part.Dimensions[0] = 7; // cut out of the image
  EXPECT_EQ(ReadEnds(image, facts, part)[0], LineEnds::Open);
  facts.WrapPeriod = Eigen::Vector3d(0.7, 0.0, 0.0);
  EXPECT_EQ(ReadEnds(image, facts, part)[0], LineEnds::Wrapped);
}
}

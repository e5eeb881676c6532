// SPDX-License-Identifier: BSD-3-Clause
#include "vtkGaussianMixture.h"

#include "Pipeline/Choices.h"
#include "support/ErrorLog.h"

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace scorefields
{
namespace
{
constexpr int SamplesPort = 0;
constexpr int TruthPort = 1;

/// What the source says when a port is updated, in one message; both outputs must then be empty.
std::string ErrorOf(vtkGaussianMixture* source, int port)
{
  vtkNew<ErrorLog> log;
  log->Watch(source);
  source->Update(port);
  if (!log->Errors.empty())
  {
    EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
    EXPECT_EQ(source->GetOutput()->GetNumberOfPoints(), 0);
    EXPECT_EQ(
      vtkImageData::SafeDownCast(source->GetOutputDataObject(TruthPort))->GetNumberOfPoints(), 0);
  }
  source->RemoveAllObservers();
  return log->Errors;
}

void ExpectContains(const std::string& message, const std::string& part)
{
  EXPECT_NE(message.find(part), std::string::npos) << message << "\n  lacks: " << part;
}
}

// Contract for all: the message names the property, the value and what would be right.

// Contract: the message names the row and what is wrong with it.
TEST(GaussianMixtureErrors, ComponentsAreRefusedByRow)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetMixture(9);
  source->ClearComponents();
  ExpectContains(ErrorOf(source, SamplesPort), "Components is empty");
  source->AddComponent(1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0);
  EXPECT_EQ(ErrorOf(source, SamplesPort), "");
  source->AddComponent(1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.5, 0.0, 0.0);
  ExpectContains(ErrorOf(source, SamplesPort), "Components row 2: the covariance is XX 1, XY 1.5");
  EXPECT_EQ(ErrorOf(source, TruthPort), "") << "that it said already";
  source->Modified();
  ExpectContains(ErrorOf(source, TruthPort), "Components row 2");
  source->ClearComponents();
  source->AddComponent(-2.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0);
  ExpectContains(ErrorOf(source, SamplesPort), "Components row 1: the weight is -2");
}

// Contract: the image names the property and the value; the points need none.
TEST(GaussianMixtureErrors, SampleDimensionsAreChecked)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetSampleDimensions(10, 0, 1);
  ExpectContains(ErrorOf(source, TruthPort), "SampleDimensions is 10  0  1");
  EXPECT_EQ(ErrorOf(source, SamplesPort), "") << "the points need no image";
  source->SetMixture(8);
  source->SetSampleDimensions(2000000, 2000000, 2000000);
  const std::string message = ErrorOf(source, TruthPort);
  ExpectContains(message, "SampleDimensions is 2000000 2000000 2000000");
  ExpectContains(message, "GiB of memory");
}

// Contract: who needs a box names what is wrong with it; who needs none does not ask.
TEST(GaussianMixtureErrors, SamplingBoundsAreChecked)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetSamplingBounds(-3.0, 3.0, 3.0, -3.0, 0.0, 0.0);
  ExpectContains(ErrorOf(source, TruthPort), "SamplingBounds is ");
  EXPECT_EQ(ErrorOf(source, SamplesPort), "") << "exact sampling needs no box";
  source->SetSampling(static_cast<int>(vtkscorefields::Sampling::Rejection));
  ExpectContains(ErrorOf(source, SamplesPort), "SamplingBounds along Y are 3 to -3");
  source->SetSamplingBounds(50.0, 51.0, 50.0, 51.0, 0.0, 0.0);
  ExpectContains(ErrorOf(source, SamplesPort), "SamplingBounds hold about 0 % of the mixture");
  source->SetSamplingBounds(-3.0, std::numeric_limits<double>::infinity(), -3.0, 3.0, 0.0, 0.0);
  ExpectContains(ErrorOf(source, TruthPort), "must be finite");
}

// Contract: the message names the number, and the memory that it would take.
TEST(GaussianMixtureErrors, NumberOfPointsIsChecked)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetNumberOfPoints(-5);
  ExpectContains(ErrorOf(source, SamplesPort), "NumberOfPoints is -5");
  source->SetNumberOfPoints(vtkIdType(1) << 50);
  const std::string message = ErrorOf(source, SamplesPort);
  ExpectContains(message, "NumberOfPoints is 1125899906842624");
  ExpectContains(message, "GiB of memory");
}

// Contract: the message names the property and the number.
TEST(GaussianMixtureErrors, EnumerationsAreChecked)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetMixture(10);
  ExpectContains(ErrorOf(source, SamplesPort), "Mixture is 10");
  source->SetMixture(0);
  source->SetDimension(4);
  ExpectContains(ErrorOf(source, SamplesPort), "Dimension is 4");
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "vtkGaussianMixture.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "Numerics/Mixture/MixtureTable.h"
#include "Pipeline/Choices.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/ReferenceValues.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkStringArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>

namespace scorefields
{
namespace
{
vtkPolyData* SamplesOf(vtkGaussianMixture* source)
{
  source->Update(0);
  return vtkPolyData::SafeDownCast(source->GetOutputDataObject(0));
}

vtkImageData* TruthOf(vtkGaussianMixture* source)
{
  source->Update(1);
  return vtkImageData::SafeDownCast(source->GetOutputDataObject(1));
}

Eigen::Map<const Eigen::Matrix3Xd> Coordinates(vtkPolyData* data)
{
  auto* array = vtkDoubleArray::SafeDownCast(data->GetPoints()->GetData());
  return { array->GetPointer(0), 3, array->GetNumberOfTuples() };
}

double Value(vtkDataSet* data, const char* name, vtkIdType point, int component = 0)
{
  return data->GetPointData()->GetArray(name)->GetComponent(point, component);
}

std::string TextOf(vtkDataObject* data, const char* name)
{
  auto* array = vtkStringArray::SafeDownCast(data->GetFieldData()->GetAbstractArray(name));
  return array ? array->GetValue(0) : std::string("(none)");
}
}

// Oracle: the numerics, tested on their own; the form is what docs/filters says.
TEST(GaussianMixture, SamplesAreThoseOfTheNumerics)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetSeed(7);
  vtkPolyData* samples = SamplesOf(source);
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const MixtureCloud expected = SampleMixture(mixture, 7, 0, 200);
  ASSERT_EQ(samples->GetNumberOfPoints(), 200);
  EXPECT_EQ(samples->GetNumberOfVerts(), 200);
  EXPECT_EQ(Coordinates(samples), expected.Points);
  EXPECT_STREQ(samples->GetPointData()->GetArray("Component")->GetDataTypeAsString(), "int");
  for (const vtkIdType i : { 0, 99, 199 })
  {
    EXPECT_EQ(Value(samples, "Component", i), expected.Component[i]);
    EXPECT_NEAR(
      std::log(Value(samples, "TrueDensity", i)), Value(samples, "TrueLogDensity", i), 16.0 * Eps);
    EXPECT_EQ(Value(samples, "TrueScore", i, 2), 0.0);
  }
  EXPECT_EQ(TextOf(samples, "Mixture"), "Study");
  EXPECT_EQ(TextOf(samples, "Sampling"), "Exact");
  EXPECT_EQ(samples->GetFieldData()->GetArray("Seed")->GetComponent(0, 0), 7.0);
}

// Oracle: the study. Its envelope 1 on [-3, 3]^2 accepts q = 0.995439 / 36 of the tries, whose
// number has the deviation sqrt(n (1 - q)) / q. A piece of a cloud does not speak for the whole.
TEST(GaussianMixture, SaysHowManyTriesRejectionAccepts)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetNumberOfPoints(5000);
  EXPECT_FALSE(SamplesOf(source)->GetFieldData()->HasArray("AcceptanceRate"));
  source->SetSampling(static_cast<int>(vtkscorefields::Sampling::Rejection));
  vtkFieldData* fieldData = SamplesOf(source)->GetFieldData();
  const double expected = 0.995439 / 36.0;
  ASSERT_TRUE(fieldData->HasArray("AcceptanceRate"));
  EXPECT_NEAR(fieldData->GetArray("AcceptanceRate")->GetComponent(0, 0) / expected, 1.0,
    5.0 / std::sqrt(5000.0));
  source->UpdatePiece(0, 2, 0);
  EXPECT_FALSE(source->GetOutput()->GetFieldData()->HasArray("AcceptanceRate"));
}

// Oracle: the mixture's table; any filter must be able to rebuild the mixture from either output.
TEST(GaussianMixture, BothOutputsCarryTheMixture)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetMixture(static_cast<int>(MixturePreset::TwoMoons));
  const MixtureTable table = ToTable(MakeMixture(MixturePreset::TwoMoons));
  for (vtkDataObject* data : { static_cast<vtkDataObject*>(SamplesOf(source)),
         static_cast<vtkDataObject*>(TruthOf(source)) })
  {
    vtkDataArray* array = data->GetFieldData()->GetArray("MixtureComponents");
    ASSERT_EQ(array->GetNumberOfComponents(), 10);
    ASSERT_EQ(array->GetNumberOfTuples(), table.cols());
    EXPECT_STREQ(array->GetComponentName(4), "XX");
    EXPECT_EQ(array->GetComponent(5, 1), table(1, 5));
    EXPECT_EQ(TextOf(data, "Mixture"), "Two Moons");
  }
}

// Oracle: contract. One, two or three pieces give the same cloud, for both ways of sampling.
TEST(GaussianMixture, PiecesMakeUpTheSameCloud)
{
  for (const auto sampling : scorefields::ValuesOf<vtkscorefields::Sampling>())
  {
    vtkNew<vtkGaussianMixture> source;
    source->SetSampling(static_cast<int>(sampling));
    source->SetNumberOfPoints(50);
    const Eigen::Matrix3Xd whole = Coordinates(SamplesOf(source));
    for (const int pieces : { 2, 3, 60 })
    {
      Eigen::Index found = 0;
      for (int piece = 0; piece < pieces; ++piece)
      {
        source->UpdatePiece(piece, pieces, 0);
        vtkPolyData* part = source->GetOutput();
        EXPECT_TRUE(part->GetFieldData()->HasArray("MixtureComponents"));
        const auto points = Coordinates(part);
        EXPECT_EQ(points, whole.middleCols(found, points.cols()));
        found += points.cols();
      }
      EXPECT_EQ(found, whole.cols());
    }
  }
}

// Oracle: definition and 50-digit values. The image has the box's ends as its first and last node;
// at the origin it has the study's density there, tolerances as in TestMixtureField.cxx.
TEST(GaussianMixture, TruthIsAnImageOfTheBox)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetSamplingBounds(-2.0, 4.0, -1.0, 2.0, 9.0, -9.0);
  source->SetSampleDimensions(13, 10, 77);
  vtkImageData* image = TruthOf(source);
  int* dimensions = image->GetDimensions();
  EXPECT_TRUE(dimensions[0] == 13 && dimensions[1] == 10 && dimensions[2] == 1);
  double bounds[6];
  image->GetBounds(bounds);
  EXPECT_TRUE(bounds[0] == -2.0 && bounds[1] == 4.0 && bounds[2] == -1.0 && bounds[4] == 0.0);
  EXPECT_NEAR(bounds[3], 2.0, 4.0 * Eps);
  const vtkIdType origin = 4 + 13 * 3;
  const std::string row = "/seed_mixture/points/0";
  const double density = reference::NumberAt(row + "/p");
  const double logDensity = reference::NumberAt(row + "/log_p");
  const double share = 4.0 * Eps * (std::abs(logDensity) + 1.0);
  EXPECT_NEAR(Value(image, "TrueDensity", origin), density, share * density);
  EXPECT_NEAR(Value(image, "TrueLogDensity", origin), logDensity, share);
  EXPECT_NEAR(Value(image, "TrueScore", origin, 0), reference::NumberAt(row + "/score/0"),
    4.0 * Eps * 5.0 * 1.5);
  EXPECT_STREQ(image->GetPointData()->GetScalars()->GetName(), "TrueDensity");
}

// Oracle: invariant. A sub-extent is a crop of the whole. Loops over other blocks of nodes differ
// by rounding.
TEST(GaussianMixture, SubExtentIsACropOfTheWhole)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetMixture(static_cast<int>(MixturePreset::Clusters3D));
  source->SetSampleDimensions(12, 11, 10);
  vtkNew<vtkImageData> whole;
  whole->DeepCopy(TruthOf(source));
  double largest[2];
  whole->GetPointData()->GetArray("TrueScore")->GetRange(largest, -1);
  int extent[6] = { 2, 7, 0, 4, 5, 9 };
  source->UpdateInformation();
  vtkNew<vtkGaussianMixture> other;
  other->SetMixture(static_cast<int>(MixturePreset::Clusters3D));
  other->SetSampleDimensions(12, 11, 10);
  other->UpdateInformation();
  other->GetOutputInformation(1)->Set(vtkStreamingDemandDrivenPipeline::UPDATE_EXTENT(), extent, 6);
  vtkImageData* part = TruthOf(other);
  int found[6];
  part->GetExtent(found);
  EXPECT_EQ(std::memcmp(found, extent, sizeof(extent)), 0);
  for (vtkIdType i = 0; i < part->GetNumberOfPoints(); ++i)
  {
    double x[3];
    double y[3];
    part->GetPoint(i, x);
    const vtkIdType j = whole->FindPoint(x);
    whole->GetPoint(j, y);
    ASSERT_EQ(std::memcmp(x, y, sizeof(x)), 0);
    const double logDensity = Value(whole, "TrueLogDensity", j);
    EXPECT_NEAR(
      Value(part, "TrueLogDensity", i), logDensity, 4.0 * Eps * (std::abs(logDensity) + 1.0));
    EXPECT_NEAR(
      Value(part, "TrueScore", i, 1), Value(whole, "TrueScore", j, 1), 16.0 * Eps * largest[1]);
  }
}

// Oracle: invariant. Only the port asked for is made, and none is ever stale.
TEST(GaussianMixture, PortsAreMadeOnDemandAndNeverStale)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetSampleDimensions(5, 5, 1);
  SamplesOf(source);
  auto* image = vtkImageData::SafeDownCast(source->GetOutputDataObject(1));
  EXPECT_EQ(image->GetNumberOfPoints(), 0);
  EXPECT_EQ(TruthOf(source)->GetNumberOfPoints(), 25);
  EXPECT_EQ(source->GetOutput()->GetNumberOfPoints(), 200) << "the other port was thrown away";
  const vtkMTimeType made = source->GetOutput()->GetUpdateTime();
  SamplesOf(source);
  EXPECT_EQ(source->GetOutput()->GetUpdateTime(), made) << "made again without need";

  const double before = Value(TruthOf(source), "TrueDensity", 12);
  source->SetMixture(static_cast<int>(MixturePreset::RingOfEight));
  SamplesOf(source);
  EXPECT_NE(Value(TruthOf(source), "TrueDensity", 12), before) << "stale";
  source->SetNumberOfPoints(10);
  TruthOf(source);
  EXPECT_EQ(SamplesOf(source)->GetNumberOfPoints(), 10) << "stale";
}

// Oracle: definition. A custom table; its marginal; the box four deviations around it.
TEST(GaussianMixture, CustomComponentsDimensionAndBounds)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetMixture(9);
  source->SetSampleDimensions(5, 5, 5);
  EXPECT_EQ(TruthOf(source)->GetNumberOfPoints(), 125); // the default components are 3-D
  source->ClearComponents();
  source->AddComponent(2.0, 10.0, 20.0, 30.0, 1.0, 4.0, 9.0, 0.0, 0.0, 0.0);
  source->UseMixtureBoundsOn();
  double bounds[6];
  TruthOf(source)->GetBounds(bounds);
  EXPECT_TRUE(bounds[0] == 6.0 && bounds[3] == 28.0 && bounds[5] == 42.0);
  EXPECT_NEAR(Value(TruthOf(source), "TrueDensity", 62), std::pow(2.0 * Pi, -1.5) / 6.0, Eps);
  source->SetDimension(2);
  vtkImageData* image = TruthOf(source);
  EXPECT_EQ(image->GetNumberOfPoints(), 25);
  EXPECT_NEAR(Value(image, "TrueDensity", 12), 1.0 / (2.0 * Pi * 2.0), Eps);
  EXPECT_EQ(SamplesOf(source)->GetBounds()[4], 0.0);
}

// Oracle: invariant. A mixture in another plane than z = 0 has its image and points there.
TEST(GaussianMixture, FlatMixturesKeepTheirPlane)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetMixture(9);
  source->ClearComponents();
  source->AddComponent(1.0, 0.0, 2.5, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.2);
  source->SetSampleDimensions(4, 5, 6);
  vtkImageData* image = TruthOf(source);
  int* dimensions = image->GetDimensions();
  EXPECT_TRUE(dimensions[0] == 4 && dimensions[1] == 1 && dimensions[2] == 6);
  EXPECT_EQ(image->GetBounds()[2], 2.5);
  EXPECT_EQ(SamplesOf(source)->GetBounds()[3], 2.5);
}

// Contract: no points are no error; their arrays are there.
TEST(GaussianMixture, NoPointsAreNoError)
{
  vtkNew<vtkGaussianMixture> source;
  vtkNew<ErrorLog> log;
  log->Watch(source);
  source->SetNumberOfPoints(0);
  EXPECT_EQ(SamplesOf(source)->GetNumberOfPoints(), 0);
  EXPECT_TRUE(SamplesOf(source)->GetPointData()->HasArray("TrueScore"));
  EXPECT_EQ(log->Errors, "");
}
}

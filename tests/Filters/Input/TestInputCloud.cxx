// SPDX-License-Identifier: BSD-3-Clause
#include "Input/InputCloud.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkIntArray.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkSOADataArrayTemplate.h>
#include <vtkUnsignedCharArray.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace scorefields
{
namespace
{
using vtkscorefields::InputCloud;

vtkSmartPointer<vtkPolyData> PolyData(vtkDataArray* coordinates)
{
  vtkNew<vtkPoints> points;
  points->SetData(coordinates);
  auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(points);
  return data;
}

template <class Array>
vtkSmartPointer<vtkPolyData> Stored(const Eigen::Matrix3Xd& points)
{
  vtkNew<Array> array;
  array->SetNumberOfComponents(3);
  array->SetNumberOfTuples(points.cols());
  for (Index i = 0; i < points.cols(); ++i)
  {
    array->SetTuple(i, points.col(i).data());
  }
  return PolyData(array);
}

Eigen::Matrix3Xd InSinglePrecision(const Eigen::Matrix3Xd& points)
{
  const Eigen::Matrix3Xf rounded = points.cast<float>();
  return rounded.cast<double>();
}

/// Numbers that single precision holds exactly; several runs of them.
Eigen::Matrix3Xd ManyPoints()
{
  return InSinglePrecision(RandomPoints(3 * SampleSource::BatchLength + 17, 5));
}

Samples All(vtkDataObject* data, const std::string& weightArray = "")
{
  const InputCloud cloud(data, weightArray);
  Samples samples;
  InMemory(cloud, samples);
  return samples;
}
}

// Oracle: identity, for every way of storing points.
TEST(InputCloud, ReadsAnyLayoutAndPrecision)
{
  const Eigen::Matrix3Xd points = ManyPoints();
  EXPECT_EQ(All(Stored<vtkDoubleArray>(points)).Points, points);
  EXPECT_EQ(All(Stored<vtkFloatArray>(points)).Points, points);
  EXPECT_EQ(All(Stored<vtkSOADataArrayTemplate<double>>(points)).Points, points);
  EXPECT_EQ(All(Stored<vtkSOADataArrayTemplate<float>>(points)).Points, points);
  const Eigen::Matrix3Xd whole = (100.0 * points).array().round();
  EXPECT_EQ(All(Stored<vtkIntArray>(whole)).Points, whole);
}

// Oracle: definition. Points in double precision, all counted, are read where they lie.
TEST(InputCloud, DoesNotCopyWhatNeedsNoConversion)
{
  const auto data = Stored<vtkDoubleArray>(ManyPoints());
  const InputCloud cloud(data, "");
  InputCloud::Storage storage;
  const SampleBatch run = cloud.Read(5, 4000, storage);
  EXPECT_EQ(run.Points, static_cast<const double*>(data->GetPoints()->GetVoidPointer(0)) + 15);
  EXPECT_TRUE(storage.Points.empty());
}

// Oracle: definition. A run across blocks of different kinds, hidden, repeated and broken points.
TEST(InputCloud, LeavesOutWhatDoesNotCount)
{
  Eigen::Matrix3Xd points = InSinglePrecision(RandomPoints(6, 3));
  points(1, 2) = NaN;
  points(0, 4) = std::numeric_limits<double>::infinity();
  const auto first = Stored<vtkFloatArray>(points);
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  for (const int flag : { 0, int(vtkDataSetAttributes::DUPLICATEPOINT), 0, 0,
         int(vtkDataSetAttributes::HIDDENPOINT), 0 })
  {
    ghosts->InsertNextValue(static_cast<unsigned char>(flag));
  }
  first->GetPointData()->AddArray(ghosts);
  vtkNew<vtkImageData> image;
  image->SetDimensions(3, 2, 1);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, first);
  blocks->SetBlock(2, image);
  const InputCloud cloud(blocks, "None");
  EXPECT_EQ(cloud.EntryCount(), 12);
  InputCloud::Storage storage;
  const SampleBatch run = cloud.Read(0, 12, storage);
  ASSERT_EQ(run.Count, 9);
  EXPECT_EQ(run.NotFinite, 1); // the infinite one is hidden
  const Eigen::Map<const Eigen::Matrix3Xd> read(run.Points, 3, run.Count);
  EXPECT_EQ(read.col(0), points.col(0));
  EXPECT_EQ(read.col(1), points.col(3));
  EXPECT_EQ(read.col(2), points.col(5));
  EXPECT_EQ(read.col(8), Eigen::Vector3d(2.0, 1.0, 0.0));
}

// Oracle: definition. Weights follow their points; a broken one takes its point with it.
TEST(InputCloud, ReadsWeights)
{
  const Eigen::Matrix3Xd points = ManyPoints();
  const auto data = Stored<vtkDoubleArray>(points);
  vtkNew<vtkFloatArray> weights;
  weights->SetName("mass");
  for (Index i = 0; i < points.cols(); ++i)
  {
    weights->InsertNextValue(i == 7 ? static_cast<float>(NaN) : static_cast<float>(i % 64));
  }
  data->GetPointData()->AddArray(weights);
  const Samples samples = All(data, "mass");
  ASSERT_EQ(samples.Count(), points.cols() - 1);
  EXPECT_EQ(samples.Points.col(7), points.col(8));
  EXPECT_EQ(samples.Weights[7], 8.0);
  EXPECT_EQ(samples.TotalWeight, samples.Weights.sum());
  const CloudSurvey survey = Survey(InputCloud(data, "mass"), OnThreads(3));
  EXPECT_EQ(survey.NotFinite, 1.0);
  EXPECT_EQ(survey.LeastWeight, 0.0);
  // Points of weight 0 do not count.
  EXPECT_EQ(survey.Moments.Count, static_cast<double>((samples.Weights.array() > 0.0).count()));
  EXPECT_LT(survey.Moments.Count, static_cast<double>(points.cols() - 1));
  EXPECT_THROW(InputCloud(data, "charge"), std::invalid_argument);
}

// Oracle: the moments of the samples in one piece, by the textbook formulas; sums of n terms.
TEST(InputCloud, IsSurveyedInRunsAsInOnePiece)
{
  const Eigen::Matrix3Xd points = ManyPoints();
  const auto data = Stored<vtkFloatArray>(points);
  const CloudMoments moments = Survey(InputCloud(data, ""), OnThreads(2)).Moments;
  const double tolerance = 1e-16 * static_cast<double>(points.cols());
  const Eigen::Vector3d mean = points.rowwise().mean();
  EXPECT_LT((moments.Mean - mean).norm(), tolerance);
  const Eigen::Matrix3Xd centred = points.colwise() - mean;
  const Eigen::Matrix3d scatter = centred * centred.transpose();
  EXPECT_LT((moments.Scatter - scatter).norm(), tolerance * scatter.norm());
  EXPECT_EQ(moments.Lower, points.rowwise().minCoeff());
  EXPECT_EQ(moments.Upper, points.rowwise().maxCoeff());
}
}

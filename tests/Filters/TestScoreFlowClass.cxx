// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/FlowFilter.h"
#include "support/RandomPoints.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkIntArray.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <vector>

namespace scorefields
{
namespace flow
{
namespace
{
constexpr double ClassBandwidth = 0.3;
constexpr vtkIdType Labels = 60;
constexpr int Classes[] = { 2, 5, 7 };
/// Sums leave out 1e-13, and 11 stable steps do not magnify what that does to one of them, the
/// distance of a particle from the samples, 10, over the smallest bandwidth squared.
constexpr double ClassRounding = 11.0 * 1e-13 * 10.0 / (ClassBandwidth * ClassBandwidth);

/// Samples with the classes 2, 5, 7 in turn, weights and an array of three components.
vtkSmartPointer<vtkPolyData> Labelled()
{
  auto cloud = PolyDataPoints(StudySamples(Labels)->Points);
  vtkNew<vtkIntArray> labels;
  labels->SetName("Label");
  vtkNew<vtkDoubleArray> weights;
  weights->SetName("Weight");
  vtkNew<vtkDoubleArray> vectors;
  vectors->SetName("Vectors");
  vectors->SetNumberOfComponents(3);
  for (vtkIdType i = 0; i < Labels; ++i)
  {
    labels->InsertNextValue(Classes[i % 3]);
    weights->InsertNextValue(i % 3 == 2 ? 0.0 : 1.0 + static_cast<double>(i % 4));
    vectors->InsertNextTuple3(0.0, 0.0, 0.0);
  }
  cloud->GetPointData()->AddArray(labels);
  cloud->GetPointData()->AddArray(weights);
  cloud->GetPointData()->AddArray(vectors);
  return cloud;
}

/// The samples of a class alone, with their weights.
vtkSmartPointer<vtkPolyData> OfClass(vtkPolyData* cloud, int label)
{
  vtkDataArray* labels = cloud->GetPointData()->GetArray("Label");
  vtkDataArray* all = cloud->GetPointData()->GetArray("Weight");
  const Eigen::Matrix3Xd points = vtkscorefields::PointsOf(cloud);
  std::vector<Index> entries;
  vtkNew<vtkDoubleArray> weights;
  weights->SetName("Weight");
  for (vtkIdType i = 0; i < labels->GetNumberOfTuples(); ++i)
  {
    if (static_cast<int>(labels->GetTuple1(i)) == label)
    {
      entries.push_back(i);
      weights->InsertNextValue(all->GetTuple1(i));
    }
  }
  Eigen::Matrix3Xd picked(3, static_cast<Index>(entries.size()));
  for (std::size_t k = 0; k < entries.size(); ++k)
  {
    picked.col(static_cast<Index>(k)) = points.col(entries[k]);
  }
  auto part = PolyDataPoints(picked);
  part->GetPointData()->AddArray(weights);
  return part;
}

void UseClass(vtkScoreFlow* filter, int mode, const char* weights = "None")
{
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(ClassBandwidth);
  filter->SetMode(mode);
  filter->SetNumberOfSteps(11);
  filter->SetFirstBandwidth(1.5);
  filter->SetLastBandwidth(ClassBandwidth);
  filter->SetInputData(1, PolyDataPoints(RandomPoints(20, 3, 2) * 4.0));
  filter->SetInputArrayToProcess(0, 0, 0, 0, weights);
}

void Guide(vtkScoreFlow* filter, int label, double weight, const char* array = "Label")
{
  filter->SetInputArrayToProcess(1, 0, 0, 0, array);
  filter->SetClass(label);
  filter->SetGuidanceWeight(weight);
}

std::string ClassErrorOf(const std::function<void(vtkScoreFlow*)>& change)
{
  return ErrorOf(Labelled(),
    [&](vtkScoreFlow* filter)
    {
      UseClass(filter, ProbabilityFlow);
      change(filter);
    });
}

std::string WarningOf(const std::function<void(vtkScoreFlow*)>& change)
{
  vtkNew<vtkScoreFlow> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, Labelled());
  UseClass(filter, Langevin);
  change(filter);
  filter->Update();
  EXPECT_EQ(log->ErrorCount, 0) << log->Errors;
  return log->Warnings;
}
}

// Oracle: the flow on the samples of the class alone, with and without weights. With guidance
// weight 1 particles move as there, to rounding.
TEST(ScoreFlowClass, IsTheFlowOfItsOwnSamples)
{
  const auto cloud = Labelled();
  for (const int mode : { Ascent, Annealed, ProbabilityFlow, Denoise })
  {
    for (const char* weights : { "None", "Weight" })
    {
      vtkNew<vtkScoreFlow> guided;
      guided->SetInputData(0, cloud);
      UseClass(guided, mode, weights);
      Guide(guided, 5, 1.0);
      vtkNew<vtkScoreFlow> alone;
      alone->SetInputData(0, OfClass(cloud, 5));
      UseClass(alone, mode, weights);
      const Eigen::Matrix3Xd actual = PositionsAt(guided, 11.0);
      const Eigen::Matrix3Xd expected = PositionsAt(alone, 11.0);
      EXPECT_LT((actual - expected).cwiseAbs().maxCoeff(), ClassRounding) << mode << " " << weights;
    }
  }
}

// Oracle: the flow without labels, to the bit, for guidance weight 0; and another place for 3, so
// that the weight counts.
TEST(ScoreFlowClass, IsTheFlowOfAllSamplesAtWeight0)
{
  const auto cloud = Labelled();
  Eigen::Matrix3Xd found[3];
  for (const int k : { 0, 1, 2 })
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    UseClass(filter, ProbabilityFlow);
    if (k > 0)
    {
      Guide(filter, 5, k == 1 ? 0.0 : 3.0);
    }
    found[k] = PositionsAt(filter, 11.0);
  }
  EXPECT_TRUE((found[0].array() == found[1].array()).all());
  EXPECT_GT((found[0] - found[2]).norm(), 0.1);
}

// Oracle: invariant. Samples in two blocks of a composite, of which one also has a point that is
// not finite, keep their labels. They are the same samples in another order.
TEST(ScoreFlowClass, ReadsLabelsOfBlocks)
{
  const auto cloud = Labelled();
  const Eigen::Matrix3Xd points = vtkscorefields::PointsOf(cloud);
  vtkNew<vtkMultiBlockDataSet> blocks;
  for (const int half : { 0, 1 })
  {
    Eigen::Matrix3Xd part = points.middleCols(half * 30, 30);
    vtkNew<vtkIntArray> labels;
    labels->SetName("Label");
    for (int i = 0; i < 30; ++i)
    {
      labels->InsertNextValue(Classes[(half * 30 + i) % 3]);
    }
    if (half == 0)
    {
      part.conservativeResize(3, 31);
      part.rightCols(1) = part.leftCols(1);
      part.col(0).setConstant(std::numeric_limits<double>::quiet_NaN());
      labels->InsertNextValue(labels->GetValue(0));
    }
    auto block = PolyDataPoints(part);
    block->GetPointData()->AddArray(labels);
    blocks->SetBlock(static_cast<unsigned int>(half), block);
  }
  vtkNew<vtkScoreFlow> whole;
  whole->SetInputData(0, cloud);
  vtkNew<vtkScoreFlow> parts;
  vtkNew<ErrorLog> log;
  log->Watch(parts);
  parts->SetInputData(0, blocks);
  for (vtkScoreFlow* filter : { whole.Get(), parts.Get() })
  {
    UseClass(filter, ProbabilityFlow);
    Guide(filter, 2, 1.0);
  }
  EXPECT_LT(
    (PositionsAt(whole, 11.0) - PositionsAt(parts, 11.0)).cwiseAbs().maxCoeff(), ClassRounding);
  EXPECT_EQ(log->ErrorCount, 0) << log->Errors;
}

// Oracle: invariant. Labels that change move the particles anew, though the points stay.
TEST(ScoreFlowClass, FollowsChangedLabels)
{
  const auto cloud = Labelled();
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, cloud);
  UseClass(filter, ProbabilityFlow);
  Guide(filter, 2, 1.0);
  const Eigen::Matrix3Xd before = PositionsAt(filter, 11.0);
  auto* labels = vtkIntArray::SafeDownCast(cloud->GetPointData()->GetArray("Label"));
  for (vtkIdType i = 0; i < Labels; ++i)
  {
    labels->SetValue(i, Classes[(i + 1) % 3]);
  }
  labels->Modified();
  cloud->Modified();
  EXPECT_GT((before - PositionsAt(filter, 11.0)).norm(), 0.1);
  EXPECT_EQ(vtkscorefields::FieldValue(Output(filter)->GetFieldData(), "GuidedClass", -1.0), 2.0);
}

// Contract: the message names property and value, and the classes there are.
TEST(ScoreFlowClass, NamesWhatIsWrong)
{
  const auto contains = [](const std::string& text, const std::string& part)
  { EXPECT_NE(text.find(part), std::string::npos) << "'" << text << "' lacks '" << part << "'"; };
  contains(ClassErrorOf([](vtkScoreFlow* f) { Guide(f, 4, 1.0); }),
    "Class is 4, but no sample has this label; LabelArray \"Label\" has 2, 5, 7");
  contains(ClassErrorOf([](vtkScoreFlow* f) { Guide(f, 2, 1.0, "Missing"); }),
    "LabelArray is \"Missing\", which is no numeric point array of the input (it has: Label");
  contains(ClassErrorOf([](vtkScoreFlow* f) { Guide(f, 2, 1.0, "Vectors"); }),
    "LabelArray is \"Vectors\", which has 3 components");
  contains(ClassErrorOf([](vtkScoreFlow* f) { Guide(f, 2, -1.0); }), "GuidanceWeight is -1");
  contains(ClassErrorOf(
             [](vtkScoreFlow* f)
             {
               Guide(f, 2, 2.0);
               f->SetMode(Ascent);
             }),
    "GuidanceWeight is 2, but Mode is Ascent");
  contains(ClassErrorOf(
             [](vtkScoreFlow* f)
             {
               Guide(f, 2, 1.0);
               f->SetMode(Diffusion);
             }),
    "but Mode is Diffusion");
  contains(ClassErrorOf(
             [](vtkScoreFlow* f)
             {
               Guide(f, 2, 1.0);
               f->SetTarget(1);
             }),
    "but Target is Mixture");
  contains(ClassErrorOf(
             [](vtkScoreFlow* f)
             {
               Guide(f, 7, 1.0);
               f->SetInputArrayToProcess(0, 0, 0, 0, "Weight");
             }),
    "every sample of Class 7 the weight 0");
}

// Contract: a warning says where a class changes nothing, or the step limit does not hold; not
// where Metropolis makes every step size right.
TEST(ScoreFlowClass, WarnsWhereGuidanceDoesNotDoWhatOneThinks)
{
  EXPECT_NE(WarningOf(
              [](vtkScoreFlow* f)
              {
                f->SetInputData(0, OfClass(Labelled(), 5));
                Guide(f, 1, 1.0, "Weight");
                auto* cloud = vtkPolyData::SafeDownCast(f->GetInputDataObject(0, 0));
                cloud->GetPointData()->GetArray("Weight")->Fill(1.0);
              })
              .find("has Class 1 alone"),
    std::string::npos);
  EXPECT_NE(
    WarningOf([](vtkScoreFlow* f) { Guide(f, 2, 3.0); }).find("GuidanceWeight is 3: above 1"),
    std::string::npos);
  EXPECT_EQ(WarningOf(
              [](vtkScoreFlow* f)
              {
                Guide(f, 2, 3.0);
                f->SetMetropolisAdjusted(true);
              }),
    "");
}
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "support/DensityImage.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"

#include <vtkCompositeDataPipeline.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkPolyData.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace scorefields
{
namespace
{
Grid NarrowPlane()
{
  return Grid{ Eigen::Vector3d(-2.0, -1.5, 0.0), Eigen::Vector3d(0.1, 0.125, 1.0),
    Index3(41, 25, 1) };
}

double NarrowGaussian(const Eigen::Vector3d& x)
{
  return std::exp(-x.squaredNorm());
}

struct RefusalOutcome
{
  vtkNew<vtkScoreField> Filter;
  vtkNew<ErrorLog> Log;

  void Run(vtkImageData* image)
  {
    this->Log->Watch(this->Filter);
    this->Filter->SetInputData(image);
    this->Filter->Update();
  }
  vtkImageData* Image() { return this->Filter->GetOutput(); }
  int ClassAt(vtkIdType node)
  {
    return static_cast<int>(
      this->Image()->GetPointData()->GetArray("Reliability")->GetComponent(node, 0));
  }
};

void ExpectRefused(const std::function<void(vtkScoreField*)>& change, const std::string& message)
{
  RefusalOutcome outcome;
  change(outcome.Filter);
  outcome.Run(DensityImage(NarrowPlane(), "Density", NarrowGaussian));
  EXPECT_TRUE(outcome.Log->HasError(message)) << outcome.Log->Errors;
  EXPECT_EQ(outcome.Log->ErrorCount, 1) << outcome.Log->Errors;
  EXPECT_EQ(outcome.Image()->GetNumberOfPoints(), 0);
}
}

// Contract: a composite may hold anything, whatever the input promises.
TEST(ScoreFieldErrors, BlocksMustBeImages)
{
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, vtkNew<vtkPolyData>());
  vtkNew<vtkScoreField> filter;
  filter->SetExecutive(vtkNew<vtkCompositeDataPipeline>());
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputDataObject(blocks);
  filter->Update();
  EXPECT_TRUE(log->HasError("Input has a block of type vtkPolyData")) << log->Errors;
}

// Contract: nodes in one place have no differences; along a flat axis the spacing does not matter.
TEST(ScoreFieldErrors, NodesMustDiffer)
{
  for (const double spacing : { 0.0, std::nan("") })
  {
    RefusalOutcome outcome;
    auto image = DensityImage(NarrowPlane(), "Density", NarrowGaussian);
    image->SetSpacing(0.1, spacing, 1.0);
    outcome.Run(image);
    EXPECT_TRUE(outcome.Log->HasError("Input has the spacing ")) << outcome.Log->Errors;
    EXPECT_TRUE(outcome.Log->HasError(" along y; a score needs nodes that differ"));
    EXPECT_EQ(outcome.Log->ErrorCount, 1) << outcome.Log->Errors;
    EXPECT_EQ(outcome.Image()->GetNumberOfPoints(), 0);
  }
  RefusalOutcome flat;
  auto image = DensityImage(NarrowPlane(), "Density", NarrowGaussian);
  image->SetSpacing(0.1, 0.125, 0.0);
  flat.Run(image);
  EXPECT_EQ(flat.Log->ErrorCount, 0) << flat.Log->Errors;
}

// Contract: the message names property, value and what would be right.
TEST(ScoreFieldErrors, PropertiesOutOfRangeAreNamed)
{
  const double nan = std::nan("");
  ExpectRefused([](auto* f) { f->SetTolerance(0.0); }, "Tolerance is 0; it must be positive");
  ExpectRefused([&](auto* f) { f->SetTolerance(nan); }, "Tolerance is nan");
  ExpectRefused([](auto* f) { f->SetMinimumSampleSize(-1.0); }, "MinimumSampleSize is -1");
  ExpectRefused([](auto* f) { f->SetSignificanceLevel(1.0); },
    "SignificanceLevel is 1; it must be between 0 and 1");
  ExpectRefused([](auto* f) { f->SetRegularizationFloor(-2.0); }, "RegularizationFloor is -2");
  ExpectRefused([](auto* f) { f->SetComputeCurvature(true); }, "switch ComputeHessian on");
}

// Contract: the message names the array, and those that there are.
TEST(ScoreFieldErrors, MissingArrayIsNamedWithThoseThereAre)
{
  ExpectRefused([](auto* f)
    { f->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "Dens"); },
    "DensityArray is \"Dens\"; the image has no such point array (it has: Density)");
  RefusalOutcome outcome;
  auto image = DensityImage(NarrowPlane(), "Density", NarrowGaussian);
  image->GetPointData()->Initialize();
  outcome.Run(image);
  EXPECT_TRUE(outcome.Log->HasError("it has: none")) << outcome.Log->Errors;
}

// Contract: the message names the array and its components.
TEST(ScoreFieldErrors, VectorsAreNoDensity)
{
  auto image = DensityImage(NarrowPlane(), "Density", NarrowGaussian);
  vtkNew<vtkDoubleArray> vectors;
  vectors->SetName("V");
  vectors->SetNumberOfComponents(3);
  vectors->SetNumberOfTuples(image->GetNumberOfPoints());
  vectors->Fill(1.0);
  image->GetPointData()->AddArray(vectors);
  RefusalOutcome outcome;
  outcome.Filter->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "V");
  outcome.Run(image);
  EXPECT_TRUE(outcome.Log->HasError("with 3 components; a density has one"));
}

// Contract: values below 0 that look like a logarithm are told of; told what they are, nothing
// is.
TEST(ScoreFieldErrors, LogarithmReadAsDensityIsNoticed)
{
  const auto logarithm = [](const Eigen::Vector3d& x) { return -x.squaredNorm() - 3.0; };
  auto image = DensityImage(NarrowPlane(), "Values", logarithm);
  image->GetPointData()->SetActiveScalars("Values");
  RefusalOutcome density;
  density.Run(image);
  EXPECT_TRUE(density.Log->HasWarning("looks like a log density")) << density.Log->Warnings;
  RefusalOutcome told;
  told.Filter->SetQuantity(2);
  told.Run(image);
  EXPECT_TRUE(told.Log->Warnings.empty()) << told.Log->Warnings;
  EXPECT_EQ(told.ClassAt(500), 0);
}

// Oracle: definition. Where there is no positive finite value there is no data, the score is 0 and
// finite, and the neighbours use what is left to them.
TEST(ScoreFieldErrors, ValuesThatAreNoDensityAreNoData)
{
  const double values[] = { 0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity(),
    -std::numeric_limits<double>::infinity() };
  for (const double value : values)
  {
    auto image = DensityImage(NarrowPlane(), "Density", NarrowGaussian);
    const vtkIdType bad = 12 * 41 + 20;
    image->GetPointData()->GetArray("Density")->SetComponent(bad, 0, value);
    RefusalOutcome outcome;
    outcome.Filter->SetMethod(1);
    outcome.Filter->SetTolerance(0.05);
    outcome.Run(image);
    EXPECT_TRUE(outcome.Log->Errors.empty()) << outcome.Log->Errors;
    EXPECT_EQ(outcome.Image()->GetPointData()->GetArray("StabilityMask")->GetComponent(bad, 0), 0);
    if (!(value < 0.0 && std::isfinite(value))) // below 0: noise of a transform, which has a floor
    {
      EXPECT_EQ(outcome.ClassAt(bad), 6) << value;
    }
    vtkDataArray* score = outcome.Image()->GetPointData()->GetArray("Score");
    double finite[3];
    for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
    {
      score->GetTuple(node, finite);
      ASSERT_TRUE(std::isfinite(finite[0]) && std::isfinite(finite[1])) << value;
    }
    const Eigen::Vector3d x = NarrowPlane().Node(bad + 1);
    EXPECT_NEAR(score->GetComponent(bad + 1, 0), -2.0 * x[0], 8.0 * Eps * 6.25 / 0.1) << value;
  }
}

// Oracle: definition. A hidden node has no data; its class is 6.
TEST(ScoreFieldErrors, BlankedPointsAreNoData)
{
  auto image = DensityImage(NarrowPlane(), "Density", NarrowGaussian);
  image->AllocatePointGhostArray();
  image->GetPointGhostArray()->SetValue(500, vtkDataSetAttributes::HIDDENPOINT);
  RefusalOutcome outcome;
  outcome.Run(image);
  EXPECT_EQ(outcome.ClassAt(500), 6);
  EXPECT_NE(outcome.ClassAt(700), 6);
}

// Oracle: closed form. Along a flat axis the score is 0; along the others that of a NarrowGaussian,
// whose central difference is exact, up to the rounding of log f >= -3 over the spacing.
TEST(ScoreFieldErrors, FlatAxesHaveNoSlope)
{
  for (int flat = 0; flat < 3; ++flat)
  {
    Grid grid{ Eigen::Vector3d(-1.0, -1.0, -1.0), Eigen::Vector3d(0.1, 0.1, 0.1),
      Index3(21, 21, 21) };
    grid.Dimensions[flat] = 1;
    RefusalOutcome outcome;
    outcome.Run(DensityImage(grid, "Density", NarrowGaussian));
    vtkDataArray* score = outcome.Image()->GetPointData()->GetArray("Score");
    for (vtkIdType node = 0; node < 441; ++node)
    {
      EXPECT_EQ(score->GetComponent(node, flat), 0.0);
      const Eigen::Vector3d x = grid.Node(node);
      const int other = (flat + 1) % 3;
      EXPECT_NEAR(score->GetComponent(node, other), -2.0 * x[other], 8.0 * Eps * 3.0 / 0.1);
    }
  }
  RefusalOutcome point; // one node has no slope at all, and no data for one
  point.Run(DensityImage(Grid(), "Density", [](const Eigen::Vector3d&) { return 1.0; }));
  EXPECT_TRUE(point.Log->Errors.empty()) << point.Log->Errors;
  EXPECT_EQ(point.Image()->GetPointData()->GetArray("Score")->GetComponent(0, 0), 0.0);
}

// Oracle: closed form. A constant has the score 0 and is reliable; a density of 0 has none.
TEST(ScoreFieldErrors, ConstantAndZeroDensities)
{
  for (const double value : { 0.0, 2.5 })
  {
    RefusalOutcome outcome;
    outcome.Run(
      DensityImage(NarrowPlane(), "Density", [value](const Eigen::Vector3d&) { return value; }));
    EXPECT_TRUE(outcome.Log->Errors.empty()) << outcome.Log->Errors;
    EXPECT_EQ(outcome.ClassAt(500), value > 0.0 ? 0 : 6);
    EXPECT_EQ(outcome.Image()->GetPointData()->GetArray("Score")->GetComponent(500, 0), 0.0);
  }
}

// Contract: a mask that leaves nothing is told of.
TEST(ScoreFieldErrors, MaskThatLeavesNothingIsSaid)
{
  RefusalOutcome outcome;
  outcome.Filter->SetHideUnstable(true);
  outcome.Filter->SetTolerance(1e-300);
  outcome.Run(DensityImage(NarrowPlane(), "Density", NarrowGaussian));
  EXPECT_TRUE(outcome.Log->HasWarning("HideUnstable hides every node")) << outcome.Log->Warnings;
  EXPECT_EQ(vtkscorefields::FieldValue(outcome.Image()->GetFieldData(), "StableShare", 1.0), 0.0);
}

// Contract: an empty image is no error.
TEST(ScoreFieldErrors, EmptyImageGivesAnEmptyImage)
{
  vtkNew<vtkImageData> image;
  RefusalOutcome outcome;
  outcome.Run(image);
  EXPECT_TRUE(outcome.Log->Errors.empty()) << outcome.Log->Errors;
  EXPECT_EQ(outcome.Image()->GetNumberOfPoints(), 0);
}
}

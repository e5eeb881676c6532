// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "Numerics/Score/Reliability.h"
#include "support/DensityImage.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/ReferenceValues.h"
#include "support/ScoreNodes.h"
#include "vtkKernelDensity.h"

#include <vtkDataArray.h>
#include <vtkDummyController.h>
#include <vtkMatrix3x3.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>
#include <vtkUnsignedCharArray.h>

#include <Eigen/LU>
#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
using Vector = Eigen::Vector3d;
constexpr double Bandwidth = 0.5;

/// A grid of unequal spacings in the xy plane.
Grid Plane(Index x = 41, Index y = 31)
{
  return Grid{ Vector(-2.0, -1.5, 0.3), Vector(0.1, 0.125, 1.0), Index3(x, y, 1) };
}

double LogKernel(const Vector& x)
{
  const double h2 = Bandwidth * Bandwidth;
  return -0.5 * (x[0] * x[0] + x[1] * x[1]) / h2 - std::log(2.0 * Pi * h2);
}

vtkSmartPointer<vtkImageData> GaussianImage(const Grid& grid = Plane())
{
  auto image = DensityImage(grid, "LogDensity", LogKernel);
  SayKernel(image, Bandwidth, 200.0);
  return image;
}
}

// Contract: the processes are those of the controller, the global one unless another is set.
TEST(ScoreField, HasTheControllerOfTheKernelFilters)
{
  vtkNew<vtkScoreField> filter;
  EXPECT_EQ(filter->GetController(), vtkMultiProcessController::GetGlobalController());
  vtkNew<vtkDummyController> other;
  filter->SetController(other);
  EXPECT_EQ(filter->GetController(), other.Get());
  filter->SetController(nullptr);
  filter->SetInputData(GaussianImage());
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetNumberOfPoints(), 41 * 31);
}

// Oracle: closed form. The log density of one Gaussian is a quadratic, for which both differences
// are exact; what is left is rounding, 8 eps max|log f| / spacing < 1e-12.
TEST(ScoreField, IsExactForOneGaussian)
{
  auto image = GaussianImage();
  for (int method = 1; method <= 2; ++method)
  {
    vtkNew<vtkScoreField> filter;
    filter->SetInputData(image);
    filter->SetMethod(method);
    filter->Update();
    vtkImageData* output = filter->GetOutput();
    const Grid grid = Plane();
    for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
    {
      const Vector x = grid.Node(node);
      const Vector exact = Vector(-x[0], -x[1], 0.0) / (Bandwidth * Bandwidth);
      EXPECT_LE((ScoreAt(output, node) - exact).norm(), 1e-12) << x.transpose();
      EXPECT_EQ(output->GetPointData()->GetArray("StabilityMask")->GetComponent(node, 0), 1.0);
    }
    EXPECT_NE(output->GetPointData()->GetArray("LogDensity"), nullptr);
    EXPECT_EQ(vtkscorefields::FieldText(output->GetFieldData(), "ScoreMethod"),
      method == 1 ? "Central difference" : "Fourth order");
    EXPECT_EQ(vtkscorefields::FieldValue(output->GetFieldData(), "SampleCount", 0.0), 200.0);
    EXPECT_EQ(vtkscorefields::FieldValue(output->GetFieldData(), "StableShare", 0.0), 1.0);
  }
}

// Oracle: definition. ESS = n exp(-|x|^2 / 2h^2) and W = 4 ESS h^2 |s|^2 in two dimensions.
TEST(ScoreField, TellsSparseAndFlatNodesApart)
{
  auto image = GaussianImage();
  vtkNew<vtkScoreField> filter;
  filter->SetInputData(image);
  filter->Update();
  vtkImageData* output = filter->GetOutput();
  const Grid grid = Plane();
  int seen[8] = {};
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const Vector x = grid.Node(node) / Bandwidth;
    const double square = x[0] * x[0] + x[1] * x[1];
    const double size = 200.0 * std::exp(-0.5 * square);
    const double pValue = std::exp(-2.0 * size * square);
    const int expected = size < 5.0 ? 4 : pValue > 0.05 ? 5 : 0;
    EXPECT_EQ(ClassAt(output, node), expected) << x.transpose();
    EXPECT_NEAR(output->GetPointData()->GetArray("PValue")->GetComponent(node, 0), pValue,
      1e-10 * pValue + 1e-290);
    ++seen[expected];
  }
  EXPECT_GT(seen[0], 0);
  EXPECT_GT(seen[4], 0);
  EXPECT_GT(seen[5], 0);
  auto* table = vtkTable::SafeDownCast(filter->GetOutputDataObject(1));
  ASSERT_EQ(table->GetNumberOfRows(), 8);
  for (int row = 0; row < 8; ++row)
  {
    EXPECT_EQ(table->GetValueByName(row, "Nodes").ToInt(), seen[row]);
  }
}

// Oracle: definition. The three rules of the mask, on classes that were checked above.
TEST(ScoreField, MaskFollowsTheCriterion)
{
  auto image = GaussianImage();
  for (int criterion = 0; criterion < 3; ++criterion)
  {
    vtkNew<vtkScoreField> filter;
    filter->SetInputData(image);
    filter->SetStabilityCriterion(criterion);
    filter->Update();
    vtkDataArray* mask = filter->GetOutput()->GetPointData()->GetArray("StabilityMask");
    for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
    {
      const int reliability = ClassAt(filter->GetOutput(), node);
      const bool kept = reliability == 0 || (reliability == 4 && criterion == 0) ||
        (reliability == 5 && criterion < 2);
      EXPECT_EQ(mask->GetComponent(node, 0), kept ? 1.0 : 0.0);
    }
  }
}

// Oracle: definition. Automatic is the first rule, and the second where nodes are hidden.
TEST(ScoreField, AutomaticCriterionAsksForSamplesWhereNodesAreHidden)
{
  auto image = GaussianImage();
  for (const bool hide : { false, true })
  {
    vtkNew<vtkScoreField> filter;
    filter->SetInputData(image);
    filter->SetHideUnstable(hide);
    filter->Update();
    vtkDataArray* mask = filter->GetOutput()->GetPointData()->GetArray("StabilityMask");
    int sparse = 0;
    for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
    {
      const int reliability = ClassAt(filter->GetOutput(), node);
      const bool kept = reliability == 0 || reliability == 5 || (reliability == 4 && !hide);
      EXPECT_EQ(mask->GetComponent(node, 0), kept ? 1.0 : 0.0);
      sparse += reliability == 4 ? 1 : 0;
    }
    EXPECT_GT(sparse, 0);
  }
}

// Oracle: closed form. Turning the image turns the scores with it; products with 0 and 1 are exact.
TEST(ScoreField, TurnsWithAnOrientedImage)
{
  auto image = GaussianImage();
  vtkNew<vtkMatrix3x3> direction; // a quarter turn about z, then x to z
  const double elements[9] = { 0.0, -1.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0 };
  direction->DeepCopy(elements);
  Eigen::Matrix3d turn;
  turn << 0.0, -1.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0;
  ASSERT_EQ(turn.determinant(), 1.0);
  vtkNew<vtkScoreField> straight;
  straight->SetInputData(image);
  straight->Update();
  auto turned = vtkSmartPointer<vtkImageData>::New();
  turned->DeepCopy(image);
  turned->SetDirectionMatrix(direction);
  const SymmetricTensor covariance = ToTensor(turn *
    Vector(Bandwidth * Bandwidth, Bandwidth * Bandwidth, 0.0).asDiagonal() * turn.transpose());
  vtkscorefields::SetFieldValue(turned->GetFieldData(), "KernelCovariance", covariance.data(), 6);
  vtkNew<vtkScoreField> filter;
  filter->SetInputData(turned);
  filter->Update();
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const Vector expected = turn * ScoreAt(straight->GetOutput(), node);
    EXPECT_EQ((ScoreAt(filter->GetOutput(), node) - expected).norm(), 0.0);
    EXPECT_EQ(ClassAt(filter->GetOutput(), node), ClassAt(straight->GetOutput(), node));
  }
}

// Oracle: invariant. However the image is cut, a node has the same score and class. Blocks of the
// density differ by rounding: 16 eps |log f| / spacing < 1e-11.
TEST(ScoreField, PartsEqualTheWhole)
{
  auto cloud = PolyDataPoints(reference::PointsAt("/sample200/points"));
  const auto setUp = [&](vtkKernelDensity* density, vtkScoreField* filter)
  {
    density->SetInputData(cloud);
    density->SetBandwidthRule(0);
    density->SetBandwidth(0.3);
    density->SetSampleDimensions(33, 29, 1);
    density->SetComputeScore(false);
    filter->SetInputConnection(density->GetOutputPort());
    filter->SetMethod(2);
  };
  vtkNew<vtkKernelDensity> density;
  vtkNew<vtkScoreField> whole;
  setUp(density, whole);
  whole->Update();
  for (int piece = 0; piece < 3; ++piece)
  {
    vtkNew<vtkKernelDensity> partDensity;
    vtkNew<vtkScoreField> part;
    setUp(partDensity, part);
    part->UpdatePiece(piece, 3, 0);
    vtkImageData* output = part->GetOutput();
    ASSERT_LT(output->GetNumberOfPoints(), 33 * 29);
    ASSERT_GT(output->GetNumberOfPoints(), 0);
    for (vtkIdType node = 0; node < output->GetNumberOfPoints(); ++node)
    {
      double x[3];
      output->GetPoint(node, x);
      const vtkIdType same = whole->GetOutput()->FindPoint(x);
      EXPECT_LE((ScoreAt(output, node) - ScoreAt(whole->GetOutput(), same)).norm(), 1e-11);
      EXPECT_EQ(ClassAt(output, node), ClassAt(whole->GetOutput(), same));
    }
  }
}

// Oracle: the array itself. The analytic score is passed on; a score made by differences is not
// taken for one.
TEST(ScoreField, BestAvailableIsTheAnalyticScore)
{
  auto image = GaussianImage();
  vtkNew<vtkDoubleArray> score;
  score->SetName("Score");
  score->SetNumberOfComponents(3);
  score->SetNumberOfTuples(image->GetNumberOfPoints());
  score->Fill(7.0);
  image->GetPointData()->AddArray(score);
  vtkNew<vtkScoreField> best;
  best->SetInputData(image);
  best->Update();
  EXPECT_EQ(ScoreAt(best->GetOutput(), 5), Vector(7.0, 7.0, 7.0));
  vtkNew<vtkScoreField> central;
  central->SetInputData(image);
  central->SetMethod(1);
  central->Update();
  EXPECT_NEAR(ScoreAt(central->GetOutput(), 5)[2], 0.0, 0.0);
  vtkNew<vtkScoreField> again;
  again->SetInputConnection(central->GetOutputPort());
  again->Update();
  EXPECT_EQ(
    vtkscorefields::FieldText(again->GetOutput()->GetFieldData(), "ScoreMethod"), "Fourth order");
  EXPECT_EQ(ScoreAt(image, 5), Vector(7.0, 7.0, 7.0)) << "the input was changed";
}

// Oracle: definition. The study's transform clamps at 0; there the score is 0, finite and marked.
TEST(ScoreField, StudyModeIsFiniteAndClassified)
{
  auto cloud = PolyDataPoints(reference::PointsAt("/sample200/points"));
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(cloud);
  density->SetBandwidthRule(0);
  density->SetBandwidth(0.51);
  density->SetEngine(2);
  density->SetSpectrum(2);
  density->SetZeroPadding(false);
  density->SetUseInputBounds(false);
  density->SetSamplingBounds(-10.0, 10.0, -10.0, 10.0, 0.0, 0.0);
  density->SetSampleDimensions(256, 256, 1);
  vtkNew<vtkScoreField> filter;
  filter->SetInputConnection(density->GetOutputPort());
  filter->SetMethod(1);
  filter->SetCountDifferenceError(false);
  filter->Update();
  vtkImageData* output = filter->GetOutput();
  vtkDataArray* values = output->GetPointData()->GetArray("Density");
  int zeros = 0;
  for (vtkIdType node = 0; node < output->GetNumberOfPoints(); ++node)
  {
    ASSERT_TRUE(ScoreAt(output, node).allFinite());
    if (values->GetComponent(node, 0) == 0.0)
    {
      ++zeros;
      EXPECT_EQ(ScoreAt(output, node), Vector(0.0, 0.0, 0.0));
      const int reliability = ClassAt(output, node);
      EXPECT_TRUE(reliability == 1 || reliability == 3) << reliability;
    }
  }
  EXPECT_GT(zeros, 10000);
  const double stable = vtkscorefields::FieldValue(output->GetFieldData(), "StableShare", -1.0);
  EXPECT_GT(stable, 0.2);
  EXPECT_LT(stable, 0.5);
}
}

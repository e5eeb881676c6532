// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/DirectSum.h"
#include "support/Numbers.h"
#include "support/PointValues.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataArray.h>
#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
void UseManual(vtkKernelDensity* filter, double bandwidth, int nx, int ny, int nz)
{
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(bandwidth);
  filter->SetSampleDimensions(nx, ny, nz);
}

/// Sum of the density times the cell size along axes with more than one node.
double MassOf(vtkImageData* image)
{
  double cell = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    cell *= image->GetDimensions()[axis] > 1 ? image->GetSpacing()[axis] : 1.0;
  }
  return cell * ValuesOf(image, "Density").sum();
}
}

// Oracle: slow definition, on a box that is not square, with weights, some points outside.
TEST(KernelDensity, EqualsTheDirectSumOnABoxThatIsNotSquare)
{
  const Eigen::Matrix3Xd points = RandomPoints(40, 1, 2);
  const Eigen::VectorXd weights = RandomPoints(40, 2).row(0).transpose().array() + 0.5;
  auto input = PolyDataPoints(points);
  AddPointArray(input, "mass", weights);
  vtkNew<vtkKernelDensity> filter;
  filter->SetInputData(input);
  filter->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "mass");
  UseManual(filter, 0.1, 31, 17, 5);
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(-0.4, 0.6, -0.3, 0.2, -1.0, 1.0);
  filter->ComputeHessianOn();
  filter->Update();
  vtkImageData* output = filter->GetImage();
  ASSERT_EQ(output->GetNumberOfPoints(), 31 * 17);

  const Index n = 31 * 17;
  Eigen::VectorXd logDensity(n);
  Eigen::VectorXd score(3 * n);
  Eigen::VectorXd hessian(6 * n);
  FieldView fields;
  fields.LogDensity = logDensity.data();
  fields.Score = score.data();
  fields.Hessian = hessian.data();
  direct::EvaluateOnGrid(Samples::Weighted(points, weights),
    GaussianKernel::Isotropic(Axes::First(2), 0.1), vtkscorefields::GridOf(output), fields);
  // The engine leaves 1e-13 of a sum out, and exponents up to (1.5 / h)^2 / 2 are rounded. The
  // score has offsets up to 1.5 over h^2, and two such sums; the Hessian has their squares.
  const double reach = 1.5 / (0.1 * 0.1);
  const double error = 1e-13 + 4.0 * Eps * 113.0;
  EXPECT_LT((ValuesOf(output, "LogDensity") - logDensity).cwiseAbs().maxCoeff(), error);
  EXPECT_LT((ValuesOf(output, "Score") - score).cwiseAbs().maxCoeff(), 2.0 * error * reach);
  EXPECT_LT(
    (ValuesOf(output, "Hessian") - hessian).cwiseAbs().maxCoeff(), 4.0 * error * reach * reach);
  EXPECT_TRUE(ValuesOf(output, "Density").isApprox(logDensity.array().exp().matrix(), error));
  const double lost = vtkscorefields::FieldValue(output->GetFieldData(), "LostWeight", -1.0);
  double expected = 0.0;
  for (Index i = 0; i < 40; ++i)
  {
    const bool inside = points(0, i) >= -0.4 && points(1, i) >= -0.3 && points(1, i) <= 0.2;
    expected += inside ? 0.0 : weights[i];
  }
  EXPECT_NEAR(lost, expected, 40.0 * Eps);
  EXPECT_GT(lost, 0.0);
}

// Oracle: invariant. A flat cloud gives a 2-D density in any plane, and on a line a 1-D one.
TEST(KernelDensity, FlatCloudsGiveFlatImagesOfUnitMass)
{
  for (int flat = 0; flat < 3; ++flat)
  {
    Eigen::Matrix3Xd points = RandomPoints(30, 3);
    points.row(flat).setConstant(2.5);
    vtkNew<vtkKernelDensity> filter;
    filter->SetInputData(PolyDataPoints(points));
    UseManual(filter, 0.2, 61, 62, 63);
    filter->SetBoundsMargin(9.0);
    filter->Update();
    vtkImageData* output = filter->GetImage();
    EXPECT_EQ(output->GetDimensions()[flat], 1);
    EXPECT_EQ(output->GetOrigin()[flat], 2.5);
    // The trapezoid sum of a Gaussian is exact to exp(-2 (pi h / delta)^2), the box holds 9 h, and
    // the engine leaves 1e-13 of a sum out; rounding is as small.
    EXPECT_NEAR(MassOf(output), 1.0, 2e-13);
    EXPECT_EQ(output->GetPointData()->GetArray("Score")->GetComponent(7, flat), 0.0);
  }
  Eigen::Matrix3Xd line = RandomPoints(30, 4, 1);
  vtkNew<vtkKernelDensity> filter;
  filter->SetInputData(PolyDataPoints(line, VTK_FLOAT));
  UseManual(filter, 0.2, 99, 62, 63);
  filter->SetBoundsMargin(9.0);
  filter->Update();
  EXPECT_EQ(filter->GetImage()->GetNumberOfPoints(), 99);
  EXPECT_NEAR(MassOf(filter->GetImage()), 1.0, 2e-13);
}

// Oracle: invariant. The mass of a 3-D estimate is 1, with every rule and shape; tolerance as
// above.
TEST(KernelDensity, RulesAndShapesKeepTheMass)
{
  Eigen::Matrix3Xd points = RandomPoints(50, 5);
  points.row(1) *= 3.0;
  vtkNew<vtkKernelDensity> filter;
  filter->SetInputData(PolyDataPoints(points));
  filter->SetSampleDimensions(40, 50, 40);
  filter->SetBoundsMargin(9.0);
  for (int rule = 1; rule <= 3; ++rule)
  {
    for (int shape = 0; shape <= 2; ++shape)
    {
      filter->SetBandwidthRule(rule);
      filter->SetBandwidthShape(shape);
      filter->Update();
      EXPECT_NEAR(MassOf(filter->GetImage()), 1.0, 2e-13) << rule << " " << shape;
    }
  }
}

// Oracle: dimension analysis. Lengths times s: bandwidth times s, density over s^d, score over s.
TEST(KernelDensity, ScalesWithTheUnitOfLength)
{
  const Eigen::Matrix3Xd points = RandomPoints(50, 6, 2);
  vtkNew<vtkKernelDensity> filter;
  filter->SetSampleDimensions(32, 32, 1);
  filter->SetInputData(PolyDataPoints(points));
  filter->Update();
  const Eigen::VectorXd density = ValuesOf(filter->GetImage(), "Density");
  const Eigen::VectorXd score = ValuesOf(filter->GetImage(), "Score");
  for (const double s : { 1e-9, 1e9 })
  {
    filter->SetInputData(PolyDataPoints(points * s));
    filter->Update();
    // Coordinates are rounded anew: eps |x| / h in units of h, times the score in those units.
    EXPECT_TRUE((ValuesOf(filter->GetImage(), "Density") * s * s).isApprox(density, 1e-12));
    EXPECT_TRUE((ValuesOf(filter->GetImage(), "Score") * s).isApprox(score, 1e-12));
  }
}

// Oracle: invariant. Blocks, ghosts and hidden points: every point counts once or, blanked, never.
// The order of 20 terms differs by rounding.
TEST(KernelDensity, PoolsBlocksAndSkipsGhosts)
{
  const Eigen::Matrix3Xd points = RandomPoints(20, 7, 2);
  vtkNew<vtkKernelDensity> filter;
  UseManual(filter, 0.2, 16, 16, 1);
  filter->SetInputData(PolyDataPoints(points));
  filter->Update();
  const Eigen::VectorXd whole = ValuesOf(filter->GetImage(), "Density");

  auto second = PolyDataPoints(points.rightCols(15)); // repeats the last three of the first block
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  ghosts->SetNumberOfTuples(15);
  ghosts->Fill(0);
  for (int i = 0; i < 3; ++i)
  {
    ghosts->SetValue(i, vtkDataSetAttributes::DUPLICATEPOINT);
  }
  second->GetPointData()->AddArray(ghosts);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(points.leftCols(8)));
  blocks->SetBlock(1, nullptr);
  blocks->SetBlock(2, second);
  filter->SetInputData(blocks);
  filter->Update();
  EXPECT_TRUE(ValuesOf(filter->GetImage(), "Density").isApprox(whole, 20.0 * Eps));
  EXPECT_EQ(
    vtkscorefields::FieldValue(filter->GetImage()->GetFieldData(), "SampleCount", 0.0), 20.0);
}

// Oracle: definition. A piece of the image is the crop of the whole. Both leave up to 1e-13 of a
// sum out and round exponents up to (2.8 / 0.2)^2 / 2 = 98.
TEST(KernelDensity, PiecesAreCropsOfTheWhole)
{
  vtkNew<vtkKernelDensity> filter;
  filter->SetInputData(PolyDataPoints(RandomPoints(30, 8)));
  UseManual(filter, 0.2, 12, 13, 14);
  filter->Update();
  vtkNew<vtkImageData> whole;
  whole->DeepCopy(filter->GetImage());
  vtkIdType nodes = 0;
  for (int piece = 0; piece < 3; ++piece)
  {
    filter->UpdatePiece(piece, 3, 0);
    vtkImageData* part = filter->GetImage();
    nodes += part->GetNumberOfPoints();
    vtkDataArray* values = part->GetPointData()->GetArray("LogDensity");
    for (vtkIdType i = 0; i < part->GetNumberOfPoints(); ++i)
    {
      const vtkIdType same = whole->FindPoint(part->GetPoint(i));
      EXPECT_NEAR(values->GetComponent(i, 0),
        whole->GetPointData()->GetArray("LogDensity")->GetComponent(same, 0),
        2.0 * (1e-13 + 4.0 * Eps * 98.0));
    }
  }
  EXPECT_GE(nodes, whole->GetNumberOfPoints());
}

// Oracle: invariant. The filter changes neither its input nor, run again, its result, and the box
// follows the points. Coordinates of about 10 are rounded to 10 eps, times a score of up to 50 in
// the density.
TEST(KernelDensity, RunsAgainAndFollowsItsInput)
{
  auto input = PolyDataPoints(RandomPoints(30, 9, 2));
  const vtkMTimeType before = input->GetMTime();
  vtkNew<vtkKernelDensity> filter;
  filter->SetInputData(input);
  filter->SetSampleDimensions(20, 20, 20);
  filter->Update();
  const Eigen::VectorXd first = ValuesOf(filter->GetImage(), "Density");
  const double origin = filter->GetImage()->GetOrigin()[0];
  filter->Modified();
  filter->Update();
  EXPECT_EQ(ValuesOf(filter->GetImage(), "Density"), first);
  EXPECT_EQ(input->GetMTime(), before);

  Eigen::Matrix3Xd moved = RandomPoints(30, 9, 2);
  moved.row(0).array() += 10.0;
  filter->SetInputData(PolyDataPoints(moved));
  filter->Update();
  EXPECT_NEAR(filter->GetImage()->GetOrigin()[0], origin + 10.0, 40.0 * Eps);
  EXPECT_TRUE(ValuesOf(filter->GetImage(), "Density").isApprox(first, 500.0 * Eps));

  filter->SetInputData(PolyDataPoints(RandomPoints(30, 9, 3))); // flat before, solid now
  filter->Update();
  EXPECT_EQ(filter->GetImage()->GetNumberOfPoints(), 8000);
}
}

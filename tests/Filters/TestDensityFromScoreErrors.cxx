// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityFromScore.h"

#include "support/PolyDataPoints.h"
#include "support/ScoreImage.h"

#include <vtkCellData.h>
#include <vtkCompositeDataPipeline.h>
#include <vtkMultiBlockDataSet.h>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace scorefields
{
namespace
{
using support::Recovery;
using Vector = Eigen::Vector3d;

Grid SmallPlane()
{
  return Grid{ Vector(-2.0, -1.5, 0.0), Vector(0.5, 0.25, 1.0), Index3(9, 13, 1) };
}

void ExpectRefused(
  const std::function<void(Recovery&, vtkImageData*)>& change, const std::string& message)
{
  Recovery recovery;
  auto image = support::ScoreImage(SmallPlane(), [](const Vector& x) { return Vector(-x); });
  change(recovery, image);
  vtkImageData* output = recovery.Run(image);
  EXPECT_TRUE(recovery.Log->HasError(message)) << recovery.Log->Errors;
  EXPECT_EQ(recovery.Log->ErrorCount, 1) << recovery.Log->Errors;
  EXPECT_EQ(output->GetNumberOfPoints(), 0);
}
}

// Contract: the message names the property, the array and those that there are.
TEST(DensityFromScoreErrors, ArraysThatDoNotFitAreNamed)
{
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Choose(0, "Flow"); },
    "ScoreArray is \"Flow\"; the image has no such point array (it has: Score)");
  ExpectRefused([](Recovery&, vtkImageData* image) { image->GetPointData()->Initialize(); },
    "ScoreArray is \"Score\"; the image has no such point array (it has: none)");
  ExpectRefused(
    [](Recovery& r, vtkImageData* image)
    {
      image->GetCellData()->AddArray(
        vtkscorefields::NewArray("Flow", 3, image->GetNumberOfCells()));
      r.Choose(0, "Flow");
    },
    "which is an array of the cells; take Cell Data to Point Data first");
  ExpectRefused(
    [](Recovery& r, vtkImageData* image)
    {
      support::AddScalars(image, SmallPlane(), "Flat", [](const Vector& x) { return x[0]; });
      r.Choose(0, "Flat");
    },
    "ScoreArray is \"Flat\" with 1 components; it must have 3");
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Choose(1, "Score"); },
    "MaskArray is \"Score\" with 3 components; it must have 1");
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Choose(2, "Weights"); },
    "WeightArray is \"Weights\"; the image has no such point array");
}

// Contract: the message names array, count and first node; NaN under the mask is fine.
TEST(DensityFromScoreErrors, NotFiniteVectorsAreCounted)
{
  const auto spoil = [](vtkImageData* image)
  {
    image->GetPointData()->GetArray("Score")->SetComponent(11, 1, std::nan(""));
    image->GetPointData()->GetArray("Score")->SetComponent(30, 0, INFINITY);
  };
  ExpectRefused([&](Recovery&, vtkImageData* image) { spoil(image); },
    "ScoreArray \"Score\" is not finite at 2 of the nodes in use, first at node 11 (2, 1, 0)");
  Recovery recovery;
  auto image = support::ScoreImage(SmallPlane(), [](const Vector& x) { return Vector(-x); });
  spoil(image);
  support::AddScalars(
    image, SmallPlane(), "StabilityMask", [](const Vector& x) { return x[1] > -0.6 ? 1.0 : NAN; });
  recovery.Run(image);
  EXPECT_EQ(recovery.Log->Errors, "");
  EXPECT_EQ(support::ValueAt(recovery.Filter->GetOutput(), "Island", 11), 0.0);
}

// Contract: masks and weights that leave nothing are refused by name; isolated nodes are not.
TEST(DensityFromScoreErrors, MasksAndWeights)
{
  const auto with = [](const char* name, int index, const support::ScalarField& values)
  {
    return [=](Recovery& r, vtkImageData* image)
    {
      support::AddScalars(image, SmallPlane(), name, values);
      r.Choose(index, name);
    };
  };
  ExpectRefused(with("Use", 1, [](const Vector&) { return 0.0; }), "MaskArray leaves none of the");
  ExpectRefused(with("W", 2, [](const Vector&) { return 0.0; }), "WeightArray \"W\" is 0 at all");
  ExpectRefused(
    with("W", 2, [](const Vector& x) { return x[0]; }), "WeightArray \"W\" is -2 at node 0");
  Recovery recovery;
  auto image = support::ScoreImage(SmallPlane(), [](const Vector& x) { return Vector(-x); });
  with("Use", 1,
    [](const Vector& x)
    { return std::lround(2.0 * x[0] + 4.0 * x[1]) % 2 == 0 ? 1.0 : 0.0; })(recovery, image);
  recovery.Run(image);
  EXPECT_EQ(recovery.Log->Errors, "");
  EXPECT_TRUE(recovery.Log->HasWarning("islands. The score does not tell"));
  EXPECT_EQ(vtkscorefields::FieldValue(
              recovery.Filter->GetOutput()->GetFieldData(), "NumberOfIslands", 0.0),
    59.0);
}

// Contract: the message names property, value and what would be right.
TEST(DensityFromScoreErrors, PropertiesOutOfRangeAreNamed)
{
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Filter->SetSolverTolerance(0.0); },
    "SolverTolerance is 0; it must be between 0 and 1");
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Filter->SetSolverTolerance(std::nan("")); },
    "SolverTolerance is nan");
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Filter->SetMaximumIterations(0); },
    "MaximumIterations is 0; it must be 1 or more");
  ExpectRefused([](Recovery& r, vtkImageData*) { r.Filter->SetBoundary(7); }, "Boundary is 7");
  ExpectRefused(
    [](Recovery& r, vtkImageData*)
    {
      r.Filter->SetBoundary(4);
      r.Filter->SetBoundaryY(-1);
    },
    "BoundaryY is -1");
  ExpectRefused(
    [](Recovery& r, vtkImageData* image)
    {
      support::AddScalars(image, SmallPlane(), "W", [](const Vector& x) { return 3.0 + x[0]; });
      r.Choose(2, "W");
      r.Filter->SetMaximumIterations(1);
    },
    "MaximumIterations is 1, after which the residual of the solver is");
}

// Contract: samples that lie in no island cannot set its mass; a composite may hold anything; an
// empty image is no error.
TEST(DensityFromScoreErrors, OtherInputs)
{
  ExpectRefused([](Recovery& r, vtkImageData*)
    { r.Filter->SetInputData(1, PolyDataPoints(Eigen::Matrix3Xd::Constant(3, 5, 50.0))); },
    "Samples has 5 points, of which none lies in an island of valid nodes");
  ExpectRefused([](Recovery& r, vtkImageData*)
    { r.Filter->SetInputData(1, PolyDataPoints(Eigen::Matrix3Xd(3, 0))); },
    "Samples has 0 points");
  ExpectRefused(
    [](Recovery& r, vtkImageData*)
    {
      r.Filter->SetInputData(1, PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 5)));
      r.Filter->SetSampleWeightArray("W");
    },
    "WeightArray");
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1)));
  vtkNew<vtkDensityFromScore> filter;
  filter->SetExecutive(vtkNew<vtkCompositeDataPipeline>());
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputDataObject(blocks);
  filter->Update();
  EXPECT_TRUE(log->HasError("Input has a block of type vtkPolyData")) << log->Errors;
  Recovery empty;
  EXPECT_EQ(empty.Run(vtkNew<vtkImageData>())->GetNumberOfPoints(), 0);
  EXPECT_EQ(empty.Log->Errors, "");
  Recovery single;
  vtkImageData* one = single.Run(support::ScoreImage(
    Grid{ Vector(0, 0, 0), Vector(1, 1, 1), Index3(1, 1, 1) }, [](const Vector& x) { return x; }));
  EXPECT_EQ(support::ValueAt(one, "LogDensity", 0), 0.0);
}
}

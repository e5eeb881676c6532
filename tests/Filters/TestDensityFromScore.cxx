// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityFromScore.h"

#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"
#include "support/ScoreImage.h"
#include "vtkGaussianMixture.h"
#include "vtkKernelDensity.h"
#include "vtkScoreField.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "support/Numbers.h"

#include <vtkExtractVOI.h>
#include <vtkFloatArray.h>
#include <vtkMatrix3x3.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
using support::Recovery;
using support::ValueAt;
using Vector = Eigen::Vector3d;
const double LogOfNone = std::log(std::numeric_limits<double>::min());

Grid RecoveryPlane()
{
  return Grid{ Vector(-3.0, -2.0, 0.0), Vector(0.125, 0.1, 1.0), Index3(49, 41, 1) };
}

Vector GaussianScore(const Vector& x)
{
  return Vector(-4.0 * x[0], -9.0 * x[1], 0.0);
}

double LogGaussian(const Vector& x)
{
  return -2.0 * x[0] * x[0] - 4.5 * x[1] * x[1] + std::log(6.0 / (2.0 * Pi));
}

/// The largest error of the log density where the truth is above 1/1000 of its maximum, constants
/// aside.
double BulkError(vtkImageData* image, const char* truth)
{
  vtkDataArray* expected = image->GetPointData()->GetArray(truth);
  const double bulk = expected->GetRange()[1] - std::log(1000.0);
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    if (expected->GetComponent(node, 0) > bulk)
    {
      const double error = ValueAt(image, "LogDensity", node) - expected->GetComponent(node, 0);
      least = std::min(least, error);
      most = std::max(most, error);
    }
  }
  return 0.5 * (most - least);
}
}

// Oracle: closed form. Linear scores are integrated exactly, so that the log density is right to
// rounding of values up to 40; the box holds all but 1e-8 of the mass. LogDensity is what the view
// colours by.
TEST(DensityFromScore, GaussianComesBack)
{
  Recovery recovery;
  vtkImageData* image = recovery.Run(support::ScoreImage(RecoveryPlane(), GaussianScore));
  EXPECT_EQ(recovery.Log->Errors + recovery.Log->Warnings, "");
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const double expected = LogGaussian(RecoveryPlane().Node(node));
    ASSERT_NEAR(ValueAt(image, "LogDensity", node), expected, 2e-8);
    ASSERT_NEAR(ValueAt(image, "Density", node), std::exp(expected), 3e-8 * std::exp(expected));
    ASSERT_EQ(ValueAt(image, "Island", node), 1.0);
    ASSERT_NEAR(ValueAt(image, "CurlResidual", node, 2), 0.0, 1e-10);
  }
  EXPECT_STREQ(image->GetPointData()->GetScalars()->GetName(), "LogDensity");
  vtkFieldData* field = image->GetFieldData();
  EXPECT_EQ(vtkscorefields::FieldValue(field, "NumberOfIslands", 0.0), 1.0);
  EXPECT_EQ(vtkscorefields::FieldValue(field, "NodesRecovered", 0.0), 49.0 * 41.0);
  EXPECT_EQ(vtkscorefields::FieldValue(field, "SolverIterations", -1.0), 0.0);
  EXPECT_NEAR(vtkscorefields::FieldValue(field, "IslandMasses", 0.0), 1.0, 4.0 * Eps);
  EXPECT_LE(vtkscorefields::FieldValue(field, "SolverResidual", 1.0), 1e-11);
  EXPECT_LE(vtkscorefields::FieldValue(field, "MisfitShare", 1.0), 1e-12);
}

// Oracle: the truth of each mixture there is, and the order. Halving the spacing divides the error
// by the 16 of fourth order, by less where the coarse grid does not resolve the ridges between
// components; errors below 1e-9 are the rounding of sums over the grid.
TEST(DensityFromScore, EveryPresetComesBack)
{
  for (const MixturePreset preset : ValuesOf<MixturePreset>())
  {
    if (preset == MixturePreset::Custom)
    {
      continue;
    }
    vtkNew<vtkGaussianMixture> mixture;
    mixture->SetMixture(static_cast<int>(preset));
    mixture->SetNumberOfPoints(1);
    const bool volume = preset == MixturePreset::Clusters3D || preset == MixturePreset::SwissRoll;
    if (preset == MixturePreset::SwissRoll)
    {
      // A part, so that the thickness of 0.09 is resolved.
      mixture->SetUseMixtureBounds(false);
      mixture->SetSamplingBounds(0.5, 2.5, -0.5, 0.5, -1.0, 1.0);
    }
    double errors[2];
    for (const int refined : { 0, 1 })
    {
      const int nodes = (volume ? 48 : 128) << refined;
      mixture->SetSampleDimensions(nodes + 1, nodes + 1, volume ? nodes + 1 : 1);
      Recovery recovery;
      recovery.Filter->SetInputConnection(mixture->GetOutputPort(1));
      recovery.Filter->SetComputeResiduals(false);
      recovery.Choose(0, "TrueScore");
      recovery.Filter->Update();
      ASSERT_EQ(recovery.Log->Errors, "");
      errors[refined] = BulkError(recovery.Filter->GetOutput(), "TrueLogDensity");
    }
    EXPECT_LE(errors[1], std::max(errors[0] / 8.0, 1e-9))
      << NameOf(preset) << " " << errors[0] << " " << errors[1];
    EXPECT_LE(errors[1], 0.01) << NameOf(preset);
  }
}

// Oracle: the input's own log density. Scores of a kernel density, masked by Score Field; the mask
// is taken without being asked for, and not if it is switched off. Masked nodes are told by a
// finite logarithm and density 0.
TEST(DensityFromScore, StabilityMaskIsTaken)
{
  const Eigen::Matrix3Xd points = RandomPoints(5, 60, 2);
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(PolyDataPoints(points));
  density->SetBandwidthRule(0);
  density->SetBandwidth(0.35);
  density->SetSampleDimensions(80, 70, 1);
  vtkNew<vtkScoreField> score;
  score->SetInputConnection(density->GetOutputPort());
  score->SetMinimumSampleSize(3.0);
  score->SetStabilityCriterion(1);
  Recovery recovery;
  recovery.Filter->SetInputConnection(score->GetOutputPort());
  recovery.Filter->Update();
  ASSERT_EQ(recovery.Log->Errors, "");
  vtkImageData* image = recovery.Filter->GetOutput();
  vtkDataArray* truth = score->GetOutput()->GetPointData()->GetArray("LogDensity");
  Index masked = 0;
  double worst = 0.0;
  double constant = std::numeric_limits<double>::quiet_NaN();
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    if (ValueAt(image, "StabilityMask", node) == 0.0)
    {
      ++masked;
      EXPECT_EQ(ValueAt(image, "LogDensity", node), LogOfNone);
      EXPECT_EQ(ValueAt(image, "Density", node), 0.0);
      EXPECT_EQ(ValueAt(image, "Island", node), 0.0);
    }
    else if (ValueAt(image, "Island", node) == 1.0)
    {
      const double difference = ValueAt(image, "LogDensity", node) - truth->GetComponent(node, 0);
      constant = std::isnan(constant) ? difference : constant;
      worst = std::max(worst, std::abs(difference - constant));
    }
  }
  EXPECT_GT(masked, 100);
  EXPECT_LE(worst, 1e-3); // the edge rule, with spacings of a fifth of the bandwidth
  EXPECT_GT(vtkscorefields::FieldValue(image->GetFieldData(), "SolverIterations", 0.0), 0.0);
  recovery.Filter->SetUseStabilityMask(false);
  recovery.Filter->Update();
  EXPECT_EQ(vtkscorefields::FieldValue(image->GetFieldData(), "NodesRecovered", 0.0), 5600.0);
}

// Contract: what is said of the estimate passes; what an engine stated of the density that came in
// does not, since LogDensity is another one. The input keeps what it has.
TEST(DensityFromScore, ClaimsOfTheInputDoNotPass)
{
  auto image = support::ScoreImage(RecoveryPlane(), GaussianScore);
  SayKernel(image, 0.3, 200.0, "FFT");
  vtkscorefields::SetFieldValue(image->GetFieldData(), "Bandwidth", 0.3);
  vtkscorefields::SetFieldValue(image->GetFieldData(), "DensityFloor", 1e-3);
  Recovery recovery;
  vtkFieldData* field = recovery.Run(image)->GetFieldData();
  EXPECT_EQ(vtkscorefields::FieldValue(field, "Bandwidth", 0.0), 0.3);
  EXPECT_EQ(vtkscorefields::FieldValue(field, "SampleCount", 0.0), 200.0);
  EXPECT_EQ(vtkscorefields::FieldText(field, "Engine"), "");
  EXPECT_FALSE(field->HasArray("DensityFloor"));
  EXPECT_TRUE(image->GetFieldData()->HasArray("DensityFloor"));
  EXPECT_FALSE(image->GetPointData()->HasArray("LogDensity"));
}

// Oracle: closed form. log f = cos(2 pi x / L) has a period of 6, and its score says so through the
// field data of Kernel Density; the same choice by hand gives the same bits, and an open box does
// not know that the first layer is the last one.
TEST(DensityFromScore, BordersComeFromTheInput)
{
  const Grid grid = RecoveryPlane();
  const double k = 2.0 * Pi / 6.0;
  const auto score = [k](const Vector& x)
  { return Vector(-k * std::sin(k * x[0]) + 0.3, 0.0, 0.0); };
  auto image = support::ScoreImage(grid, score);
  const double boundaries[3] = { 1.0, 2.0, 0.0 };
  const double lengths[3] = { 6.0, 4.0, 0.0 };
  vtkscorefields::SetFieldValue(image->GetFieldData(), "Boundaries", boundaries, 3);
  vtkscorefields::SetFieldValue(image->GetFieldData(), "BoxLengths", lengths, 3);
  Recovery stated;
  stated.Run(image);
  Recovery chosen;
  chosen.Filter->SetBoundary(4);
  chosen.Filter->SetBoundaryX(1);
  chosen.Filter->SetBoundaryY(2);
  chosen.Run(image);
  Recovery open;
  open.Filter->SetBoundary(1);
  open.Run(image);
  for (vtkIdType node = 0; node < grid.Size(); ++node)
  {
    ASSERT_EQ(ValueAt(stated.Filter->GetOutput(), "LogDensity", node),
      ValueAt(chosen.Filter->GetOutput(), "LogDensity", node));
  }
  const auto rise = [](Recovery& recovery)
  {
    return ValueAt(recovery.Filter->GetOutput(), "LogDensity", 48) -
      ValueAt(recovery.Filter->GetOutput(), "LogDensity", 0);
  };
  // The constant 0.3 has no potential on a circle, and rises by 6 * 0.3 in an open box.
  EXPECT_EQ(rise(stated), 0.0);
  EXPECT_NEAR(rise(open), 1.8, 1e-6);
  EXPECT_GT(
    vtkscorefields::FieldValue(stated.Filter->GetOutput()->GetFieldData(), "MisfitShare", 0.0),
    0.1);
}

// Oracle: definition. Two islands of 100 and 300 samples have 1/4 and 3/4 of the mass, with weights
// other shares; samples elsewhere are counted. Without samples a warning says that masses are
// unknown.
TEST(DensityFromScore, SamplesSetTheMassesOfIslands)
{
  const Grid grid = RecoveryPlane();
  auto image =
    support::ScoreImage(grid, [](const Vector& x) { return Vector(x[0] < 0 ? 1.0 : -1.0, 0, 0); });
  support::AddScalars(
    image, grid, "Use", [](const Vector& x) { return std::abs(x[0]) > 1.0 ? 1.0 : 0.0; });
  Eigen::Matrix3Xd points(3, 404);
  Eigen::VectorXd weights(404);
  for (Index i = 0; i < 404; ++i)
  {
    points.col(i) = i < 100 ? Vector(-2, 0.1, 0) : i < 400 ? Vector(2.4, -1, 0) : Vector(0, 0, 0);
    weights[i] = i < 100 ? 6.0 : i < 400 ? 1.0 : 2.0;
  }
  const auto samples = PolyDataPoints(points);
  AddPointArray(samples, "W", weights);
  for (const int kind : { 0, 1, 2 })
  {
    Recovery recovery;
    recovery.Choose(1, "Use");
    if (kind > 0)
    {
      recovery.Filter->SetInputData(1, samples);
      recovery.Filter->SetSampleWeightArray(kind == 2 ? "W" : "None");
    }
    vtkImageData* result = recovery.Run(image);
    ASSERT_EQ(recovery.Log->Errors, "");
    EXPECT_EQ(recovery.Log->HasWarning("2 islands. The score does not tell their relative masses"),
      kind == 0);
    double masses[2] = {};
    for (vtkIdType node = 0; node < grid.Size(); ++node)
    {
      const double y = grid.Node(node)[1];
      const double x = grid.Node(node)[0];
      const double share = (std::abs(y) > 1.99 ? 0.5 : 1.0) * (std::abs(x) > 2.99 ? 0.5 : 1.0);
      masses[x > 0.0] +=
        share * ValueAt(result, "Density", node) * grid.Spacing[0] * grid.Spacing[1];
    }
    const double expected = kind == 0 ? 0.5 : kind == 1 ? 0.25 : 600.0 / 900.0;
    EXPECT_NEAR(masses[0], expected, 1e-9) << kind;
    EXPECT_NEAR(masses[0] + masses[1], 1.0, 1e-12);
    EXPECT_EQ(vtkscorefields::FieldValue(result->GetFieldData(), "SamplesOutsideIslands", -1.0),
      kind == 0     ? -1.0
        : kind == 1 ? 4.0
                    : 8.0);
  }
}

// Oracle: a rotated image has the same density, and residuals that are rotated. The rotation beside
// the Gaussian has the curl 2 about the image's own third axis. Float arrays are as good as floats.
TEST(DensityFromScore, TurnedImagesHaveTurnedResiduals)
{
  const Grid grid = RecoveryPlane();
  const auto field = [](const Vector& x)
  { return Vector(GaussianScore(x) + Vector(-x[1], x[0], 0)); };
  Eigen::Matrix3d turn;
  turn << 0, 0, 1, 1, 0, 0, 0, 1, 0;
  auto image = support::ScoreImage(grid, [&](const Vector& x) { return Vector(turn * field(x)); });
  image->SetDirectionMatrix(0, 0, 1, 1, 0, 0, 0, 1, 0);
  Recovery plain;
  Recovery turned;
  vtkImageData* expected = plain.Run(support::ScoreImage(grid, field));
  vtkImageData* result = turned.Run(image);
  for (vtkIdType node = 0; node < grid.Size(); ++node)
  {
    ASSERT_EQ(ValueAt(result, "LogDensity", node), ValueAt(expected, "LogDensity", node));
    ASSERT_NEAR(ValueAt(result, "CurlResidual", node, 0), 2.0, 1e-10); // turn * z = x
    Vector one;
    Vector other;
    result->GetPointData()->GetArray("ScoreResidual")->GetTuple(node, one.data());
    expected->GetPointData()->GetArray("ScoreResidual")->GetTuple(node, other.data());
    ASSERT_EQ(one, turn * other);
  }
}

// Oracle: invariance. Whatever part of the image is asked for, the density is that of the whole.
TEST(DensityFromScore, PartsAreThoseOfTheWhole)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->SetSampleDimensions(40, 30, 1);
  Recovery whole;
  whole.Filter->SetInputConnection(mixture->GetOutputPort(1));
  whole.Choose(0, "TrueScore");
  whole.Filter->Update();
  Recovery part;
  part.Filter->SetInputConnection(mixture->GetOutputPort(1));
  part.Choose(0, "TrueScore");
  int extent[6] = { 5, 12, 3, 29, 0, 0 };
  part.Filter->UpdateExtent(extent);
  vtkImageData* image = part.Filter->GetOutput();
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const vtkIdType i = extent[0] + node % 8;
    const vtkIdType j = extent[2] + node / 8;
    ASSERT_EQ(ValueAt(image, "LogDensity", node),
      ValueAt(whole.Filter->GetOutput(), "LogDensity", i + 40 * j));
  }
  EXPECT_EQ(image->GetNumberOfPoints(), 8 * 27);
}

// Contract: floats and the active vectors are taken where there is no array Score; hidden nodes are
// left out.
TEST(DensityFromScore, ActiveVectorsAndHiddenNodes)
{
  const Grid grid = RecoveryPlane();
  auto image = support::ScoreImage(grid, [](const Vector&) { return Vector(1, 1, 0); });
  image->GetPointData()->RemoveArray("Score");
  vtkNew<vtkFloatArray> flow;
  flow->SetName("Flow");
  flow->SetNumberOfComponents(3);
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  for (vtkIdType node = 0; node < grid.Size(); ++node)
  {
    const bool hidden = node == 7;
    flow->InsertNextTuple3(hidden ? std::nan("") : 1.0, 0.0, 0.0);
    ghosts->InsertNextValue(hidden ? vtkDataSetAttributes::HIDDENPOINT : 0);
  }
  image->GetPointData()->SetVectors(flow);
  image->GetPointData()->AddArray(ghosts);
  Recovery recovery;
  vtkImageData* result = recovery.Run(image);
  EXPECT_EQ(recovery.Log->Errors, "");
  EXPECT_EQ(ValueAt(result, "Island", 7), 0.0);
  EXPECT_NEAR(ValueAt(result, "LogDensity", 100) - ValueAt(result, "LogDensity", 99), 0.125, 1e-8);
}
}

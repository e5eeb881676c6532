// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "Numerics/Score/Reliability.h"
#include "support/DensityImage.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"
#include "support/ScoreNodes.h"
#include "vtkKernelDensity.h"

#include <vtkDataSetAttributes.h>
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
using Vector = Eigen::Vector3d;
constexpr int Spectral = 4;

/// Two Gaussians of covariances diag(1, 0.25, 0.64) at (+-1, 0, 0), not normalised.
double LogTwo(const Vector& x)
{
  const Vector scales(1.0, 2.0, 1.25);
  const double left = (x + Vector::UnitX()).cwiseProduct(scales).squaredNorm();
  const double right = (x - Vector::UnitX()).cwiseProduct(scales).squaredNorm();
  const double least = std::min(left, right);
  return -0.5 * least + std::log(std::exp(0.5 * (least - left)) + std::exp(0.5 * (least - right)));
}

Vector ScoreOfTwo(const Vector& x)
{
  const Vector precisions(1.0, 4.0, 1.5625);
  const double side = std::tanh(x[0]); // of the two responsibilities
  return (Vector(side, 0.0, 0.0) - x).cwiseProduct(precisions);
}

Grid WideBox()
{
  return { Vector(-4.5, -2.8, -4.0), Vector(0.25, 0.14, 0.2), Index3(37, 41, 41) };
}

struct SpectralOutcome
{
  vtkNew<vtkScoreField> Filter;
  vtkNew<ErrorLog> Log;

  explicit SpectralOutcome(vtkImageData* image)
  {
    this->Log->Watch(this->Filter);
    this->Filter->SetInputData(image);
    this->Filter->SetMethod(Spectral);
    this->Filter->Update();
  }
  vtkImageData* Image() { return this->Filter->GetOutput(); }
};
}

// Oracle: closed form, on unequal spacings in three dimensions. Without a word on the density the
// unit of errors is the length over which it curves, at most 1 here, so that reliable scores are
// within 1e-3 over 0.5 along y, the shortest. The box ends at 3.5 to 5.6 standard deviations, so
// that the middle alone is reliable, an eighth of the nodes.
TEST(ScoreFieldSpectral, IsRightWhereItSaysSo)
{
  auto logarithm = DensityImage(WideBox(), "LogDensity", LogTwo);
  SpectralOutcome outcome(logarithm);
  EXPECT_TRUE(outcome.Log->Errors.empty()) << outcome.Log->Errors;
  double reliable = 0.0;
  for (vtkIdType node = 0; node < logarithm->GetNumberOfPoints(); ++node)
  {
    const double error = (ScoreAt(outcome.Image(), node) - ScoreOfTwo(WideBox().Node(node))).norm();
    if (ClassAt(outcome.Image(), node) == 0)
    {
      reliable += 1.0;
      ASSERT_LE(error, 2e-3) << WideBox().Node(node).transpose();
    }
  }
  EXPECT_GT(reliable / static_cast<double>(logarithm->GetNumberOfPoints()), 0.12);
  EXPECT_EQ(vtkscorefields::FieldText(outcome.Image()->GetFieldData(), "ScoreMethod"), "Spectral");
}

// Oracle: the same density in other clothes: as density instead of logarithm, times a constant that
// is close to the smallest number, in floats. The nodes have at least a fifth of the maximum:
// rounding by u of it is 5 u of the density, the score the difference of that over the spacing, 5 u
// / 0.14, and the window adds some; u is 1e-13 for the exponential of exponents up to 645, and 6e-8
// in floats. A class may differ on the few nodes where the estimate of the error is at its bound.
TEST(ScoreFieldSpectral, TakesDensitiesAndLogarithms)
{
  auto logarithm = DensityImage(WideBox(), "LogDensity", LogTwo);
  auto density = DensityImage(
    WideBox(), "Density", [](const Vector& x) { return 1e-280 * std::exp(LogTwo(x)); });
  auto single = DensityImage(WideBox(), "unused", [](const Vector&) { return 0.0; });
  vtkNew<vtkFloatArray> floats;
  floats->SetName("Density");
  floats->SetNumberOfTuples(single->GetNumberOfPoints());
  for (vtkIdType node = 0; node < single->GetNumberOfPoints(); ++node)
  {
    floats->SetValue(node, static_cast<float>(std::exp(LogTwo(WideBox().Node(node)))));
  }
  single->GetPointData()->AddArray(floats);
  SpectralOutcome first(logarithm);
  SpectralOutcome second(density);
  SpectralOutcome third(single);
  const vtkIdType centre = 18 + 37 * (20 + 41 * 20);
  for (const vtkIdType node : { centre, centre + 5, centre + 37 * 4, centre - 37 * 41 * 6 })
  {
    const Vector expected = ScoreAt(first.Image(), node);
    EXPECT_LE((ScoreAt(second.Image(), node) - expected).norm(), 1e-11);
    EXPECT_LE((ScoreAt(third.Image(), node) - expected).norm(), 1e-5);
  }
  // The classes know what floats are worth.
  const auto stable = [](SpectralOutcome& outcome)
  { return vtkscorefields::FieldValue(outcome.Image()->GetFieldData(), "StableShare", 0.0); };
  EXPECT_NEAR(stable(second), stable(first), 0.01);
  EXPECT_LT(stable(third), stable(first));
  EXPECT_GT(stable(third), 0.1);
}

// Oracle: closed form. Turning the image turns the scores with it; products with 0 and 1 are exact.
TEST(ScoreFieldSpectral, TurnsWithAnOrientedImage)
{
  auto image = DensityImage(WideBox(), "LogDensity", LogTwo);
  SpectralOutcome straight(image);
  vtkNew<vtkMatrix3x3> direction; // a quarter turn about z, then x to z
  const double elements[9] = { 0.0, -1.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0 };
  direction->DeepCopy(elements);
  auto turned = vtkSmartPointer<vtkImageData>::New();
  turned->DeepCopy(image);
  turned->SetDirectionMatrix(direction);
  SpectralOutcome outcome(turned);
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); node += 7)
  {
    const Vector score = ScoreAt(straight.Image(), node);
    const Vector expected(-score[1], score[2], -score[0]);
    ASSERT_LE((ScoreAt(outcome.Image(), node) - expected).norm(), 0.0);
    ASSERT_EQ(ClassAt(outcome.Image(), node), ClassAt(straight.Image(), node));
  }
}

// Oracle: invariant. A piece of the image has the numbers of the whole to the bit, since the whole
// lines are asked for.
TEST(ScoreFieldSpectral, PartsEqualTheWhole)
{
  auto cloud = PolyDataPoints(RandomPoints(60, 3, 2));
  const auto setUp = [&](vtkKernelDensity* density, vtkScoreField* filter)
  {
    density->SetInputData(cloud);
    density->SetBandwidthRule(0);
    density->SetBandwidth(0.2);
    density->SetSampleDimensions(43, 39, 1);
    filter->SetInputConnection(density->GetOutputPort());
    filter->SetMethod(Spectral);
  };
  vtkNew<vtkKernelDensity> density;
  vtkNew<vtkScoreField> whole;
  setUp(density, whole);
  whole->Update();
  vtkIdType nodes = 0;
  for (int piece = 0; piece < 3; ++piece)
  {
    vtkNew<vtkKernelDensity> partDensity;
    vtkNew<vtkScoreField> part;
    setUp(partDensity, part);
    part->UpdatePiece(piece, 3, 0);
    vtkImageData* output = part->GetOutput();
    ASSERT_LT(output->GetNumberOfPoints(), 43 * 39);
    nodes += output->GetNumberOfPoints();
    for (vtkIdType node = 0; node < output->GetNumberOfPoints(); ++node)
    {
      double x[3];
      output->GetPoint(node, x);
      const vtkIdType same = whole->GetOutput()->FindPoint(x);
      ASSERT_EQ(ScoreAt(output, node), ScoreAt(whole->GetOutput(), same));
      ASSERT_EQ(ClassAt(output, node), ClassAt(whole->GetOutput(), same));
    }
  }
  EXPECT_GE(nodes, 43 * 39);
}

// Oracle: the analytic score of the same density. A periodic or reflecting axis has no error at its
// ends, because the field data say how it goes on; a part cut out of the image does not go on so.
TEST(ScoreFieldSpectral, KnowsBoundaries)
{
  for (const int boundary : { 1, 2 })
  {
    vtkNew<vtkKernelDensity> density;
    density->SetInputData(PolyDataPoints(RandomPoints(40, 6, 2)));
    density->SetBandwidthRule(0);
    density->SetBandwidth(0.1);
    density->SetEngine(1);
    density->SetBoundary(boundary);
    density->UseInputBoundsOff();
    density->SetSamplingBounds(-0.5, 0.5, -0.5, 0.5, 0.0, 0.0);
    density->SetSampleDimensions(41, 41, 1);
    density->Update();
    vtkImageData* image = density->GetImage();
    SpectralOutcome outcome(image);
    double most = 0.0;
    for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
    {
      most = std::max(most, (ScoreAt(outcome.Image(), node) - ScoreAt(image, node)).norm());
    }
    EXPECT_LE(most, 1e-7) << boundary; // 4 nodes per bandwidth, f above 1e-5 of its maximum
    vtkNew<vtkExtractVOI> cut;
    cut->SetInputData(image);
    cut->SetVOI(5, 33, 2, 38, 0, 0);
    cut->Update();
    SpectralOutcome part(cut->GetOutput());
    for (vtkIdType node = 0; node < cut->GetOutput()->GetNumberOfPoints(); ++node)
    {
      const double error = (ScoreAt(part.Image(), node) - ScoreAt(cut->GetOutput(), node)).norm();
      ASSERT_TRUE(ClassAt(part.Image(), node) != 0 || 0.1 * error <= 1e-3) << boundary;
      ASSERT_LE(0.1 * error, 1.0) << boundary; // a wrong period would be off by tens
    }
  }
}

// Oracle: definition. Hidden, missing and infinite values are no data and cut their lines; zeros
// are densities, without a score of their own. All scores are finite.
TEST(ScoreFieldSpectral, OddValuesAreNoData)
{
  const Grid plane{ Vector(-2.0, -1.5, 0.0), Vector(0.1, 0.125, 1.0), Index3(41, 25, 1) };
  const auto gaussian = [](const Vector& x) { return std::exp(-x.squaredNorm()); };
  const vtkIdType bad = 12 * 41 + 20;
  const double values[] = { 0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity() };
  for (const double value : values)
  {
    auto image = DensityImage(plane, "Density", gaussian);
    image->GetPointData()->GetArray("Density")->SetComponent(bad, 0, value);
    SpectralOutcome outcome(image);
    EXPECT_TRUE(outcome.Log->Errors.empty()) << outcome.Log->Errors;
    EXPECT_NE(ClassAt(outcome.Image(), bad), 0) << value;
    for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
    {
      const Vector error = ScoreAt(outcome.Image(), node) + 2.0 * plane.Node(node);
      ASSERT_TRUE(error.allFinite()) << value;
      // A hole in the middle is not resolved: its lines are not reliable, or right all the same.
      ASSERT_TRUE(ClassAt(outcome.Image(), node) != 0 || error.norm() < 2e-3) << value;
    }
  }
  auto image = DensityImage(plane, "Density", gaussian);
  image->AllocatePointGhostArray();
  image->GetPointGhostArray()->SetValue(bad, vtkDataSetAttributes::HIDDENPOINT);
  SpectralOutcome outcome(image);
  EXPECT_EQ(ClassAt(outcome.Image(), bad), static_cast<int>(Reliability::NoData));
  EXPECT_LE((ScoreAt(outcome.Image(), bad + 1) + 2.0 * plane.Node(bad + 1)).norm(), 1e-4);
}

// Oracle: definition. One node along an axis: no component; a few: the difference of the logarithm,
// exact for a Gaussian up to the rounding of log f >= -3 over the spacing; nothing at all: an empty
// image.
TEST(ScoreFieldSpectral, ThinImages)
{
  for (int flat = 0; flat < 3; ++flat)
  {
    Grid grid{ Vector(-1.0, -1.0, -1.0), Vector(0.1, 0.1, 0.1), Index3(21, 21, 21) };
    grid.Dimensions[flat] = 1;
    const int thin = (flat + 1) % 3;
    grid.Dimensions[thin] = 9;
    SpectralOutcome outcome(
      DensityImage(grid, "Density", [](const Vector& x) { return std::exp(-x.squaredNorm()); }));
    for (vtkIdType node = 0; node < outcome.Image()->GetNumberOfPoints(); ++node)
    {
      EXPECT_EQ(ScoreAt(outcome.Image(), node)[flat], 0.0);
      EXPECT_NEAR(
        ScoreAt(outcome.Image(), node)[thin], -2.0 * grid.Node(node)[thin], 8.0 * Eps * 3.0 / 0.1);
    }
  }
  vtkNew<vtkImageData> nothing;
  SpectralOutcome outcome(nothing);
  EXPECT_TRUE(outcome.Log->Errors.empty()) << outcome.Log->Errors;
}
}

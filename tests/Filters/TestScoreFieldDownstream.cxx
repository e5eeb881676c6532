// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "support/DensityImage.h"

#include <vtkCell.h>
#include <vtkGlyph3D.h>
#include <vtkIdList.h>
#include <vtkLineSource.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkStreamTracer.h>
#include <vtkThreshold.h>
#include <vtkUnsignedCharArray.h>
#include <vtkUnstructuredGrid.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
constexpr double Radius = 1.0;

/// A density of which the part beyond Radius lies below its floor, so that it is hidden.
vtkSmartPointer<vtkImageData> Hidden(vtkScoreField* filter)
{
  const Grid grid{ Eigen::Vector3d(-2.0, -2.0, 0.0), Eigen::Vector3d(0.1, 0.1, 1.0),
    Index3(41, 41, 1) };
  const double h = 0.2;
  auto image = DensityImage(
    grid, "LogDensity", [&](const Eigen::Vector3d& x) { return -0.5 * x.squaredNorm() / (h * h); });
  SayKernel(image, h, 50.0, "FFT");
  // f >= floor h / (tau delta) for |x| <= Radius.
  const double floor = std::exp(-0.5 * Radius * Radius / (h * h)) * 1e-3 * 0.1 / h;
  vtkscorefields::SetFieldValue(image->GetFieldData(), "DensityFloor", floor);
  filter->SetInputData(image);
  filter->SetMethod(1);
  filter->SetStabilityCriterion(0);
  filter->SetHideUnstable(true);
  filter->Update();
  return filter->GetOutput();
}

/// Of a data set or of points.
template <typename Data>
double FarthestPoint(Data* data)
{
  double farthest = 0.0;
  for (vtkIdType i = 0; i < data->GetNumberOfPoints(); ++i)
  {
    double x[3];
    data->GetPoint(i, x);
    farthest = std::max(farthest, std::hypot(x[0], x[1]));
  }
  return farthest;
}
}

// Oracle: definition. Hidden are exactly the nodes whose mask is 0, and the cells that touch them.
TEST(ScoreFieldDownstream, HidesWhatTheMaskLeavesOut)
{
  vtkNew<vtkScoreField> filter;
  auto image = Hidden(filter);
  vtkDataArray* mask = image->GetPointData()->GetArray("StabilityMask");
  int hidden = 0;
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    EXPECT_EQ(image->IsPointVisible(node) != 0, mask->GetComponent(node, 0) == 1.0);
    hidden += image->IsPointVisible(node) ? 0 : 1;
  }
  EXPECT_GT(hidden, 1000);
  EXPECT_LT(hidden, 1681 - 200);
  for (vtkIdType cell = 0; cell < image->GetNumberOfCells(); ++cell)
  {
    vtkNew<vtkIdList> corners;
    image->GetCellPoints(cell, corners);
    bool whole = true;
    for (vtkIdType c = 0; c < corners->GetNumberOfIds(); ++c)
    {
      whole = whole && mask->GetComponent(corners->GetId(c), 0) == 1.0;
    }
    EXPECT_EQ(image->IsCellVisible(cell) != 0, whole);
  }
  auto* input = vtkImageData::SafeDownCast(filter->GetInput());
  EXPECT_EQ(input->GetPointGhostArray(), nullptr) << "the input was changed";
}

// Oracle: definition. Nothing that comes out of a downstream filter lies beyond the mask (and half
// a cell's diagonal for what is drawn between nodes).
TEST(ScoreFieldDownstream, StreamTracerStaysInside)
{
  vtkNew<vtkScoreField> filter;
  auto image = Hidden(filter);
  vtkNew<vtkLineSource> seeds;
  seeds->SetPoint1(-1.9, 0.33, 0.0);
  seeds->SetPoint2(1.9, 0.33, 0.0);
  seeds->SetResolution(60);
  vtkNew<vtkStreamTracer> tracer;
  tracer->SetInputData(image);
  tracer->SetSourceConnection(seeds->GetOutputPort());
  tracer->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "Score");
  tracer->SetIntegrationDirectionToBoth();
  tracer->SetMaximumPropagation(10.0);
  tracer->Update();
  // In a cell between visible and hidden nodes the score fades to 0, where the line ends. A seed in
  // the hidden part gives a line without length.
  int lines = 0;
  vtkPolyData* output = tracer->GetOutput();
  for (vtkIdType cell = 0; cell < output->GetNumberOfCells(); ++cell)
  {
    if (output->GetCell(cell)->GetLength2() > 0.0)
    {
      ++lines;
      EXPECT_LE(FarthestPoint(output->GetCell(cell)->GetPoints()), Radius + 0.1 * std::sqrt(2.0));
    }
  }
  EXPECT_GT(lines, 5);
}

// Contract: what Hide Unstable hides is not in what a threshold keeps.
TEST(ScoreFieldDownstream, ThresholdKeepsNoHiddenCell)
{
  vtkNew<vtkScoreField> filter;
  auto image = Hidden(filter);
  vtkNew<vtkThreshold> threshold;
  threshold->SetInputData(image);
  threshold->SetInputArrayToProcess(
    0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "ScoreMagnitude");
  threshold->SetUpperThreshold(0.0); // from here on
  threshold->SetThresholdFunction(vtkThreshold::THRESHOLD_UPPER);
  threshold->Update();
  EXPECT_GT(threshold->GetOutput()->GetNumberOfCells(), 100);
  EXPECT_LE(FarthestPoint(threshold->GetOutput()), Radius + 1e-9);
}

// Contract: no glyph stands on a hidden point.
TEST(ScoreFieldDownstream, GlyphsStandOnVisiblePoints)
{
  vtkNew<vtkScoreField> filter;
  auto image = Hidden(filter);
  vtkNew<vtkPolyData> mark;
  vtkNew<vtkPoints> points;
  points->InsertNextPoint(0.0, 0.0, 0.0);
  mark->SetPoints(points);
  vtkNew<vtkGlyph3D> glyphs;
  glyphs->SetInputData(image);
  glyphs->SetSourceData(mark);
  glyphs->SetScaleModeToDataScalingOff();
  glyphs->Update();
  EXPECT_GT(glyphs->GetOutput()->GetNumberOfPoints(), 200);
  EXPECT_LE(FarthestPoint(glyphs->GetOutput()), Radius + 1e-9);
}
}

// SPDX-License-Identifier: BSD-3-Clause
// What turns the score of Score Flow, in a box with closed axes.
#include "vtkScoreFlow.h"

#include "support/FlowFilter.h"
#include "support/RandomPoints.h"

#include <vtkIntArray.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace flow
{
namespace
{
constexpr double BoxBandwidth = 0.2;

/// Points of [-1, 1]^2 moved along x, and brought back into the box.
Eigen::Matrix3Xd Turned(const Eigen::Matrix3Xd& points, double along)
{
  Eigen::Matrix3Xd turned = points;
  turned.row(0) =
    (points.row(0).array() + along).unaryExpr([](double x) { return std::remainder(x, 2.0); });
  return turned;
}

void UseInBox(vtkScoreFlow* filter, int boundary)
{
  filter->SetMode(ProbabilityFlow);
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(BoxBandwidth);
  filter->SetFirstBandwidth(0.6);
  filter->SetLastBandwidth(BoxBandwidth);
  filter->SetNumberOfSteps(8);
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(-1.0, 1.0, -1.0, 1.0, 0.0, 0.0);
  filter->SetBoundary(boundary);
}

vtkSmartPointer<vtkPolyData> Labelled(const Eigen::Matrix3Xd& points)
{
  auto cloud = PolyDataPoints(points);
  vtkNew<vtkIntArray> labels;
  labels->SetName("Label");
  for (Index i = 0; i < points.cols(); ++i)
  {
    labels->InsertNextValue(i < points.cols() / 2 ? 3 : 4);
  }
  cloud->GetPointData()->AddArray(labels);
  return cloud;
}

/// Sums leave out 1e-13, and turning rounds by 1e-16; 8 steps with scores of length 2 /
/// BoxBandwidth at most do not magnify that beyond this.
constexpr double BoxRounding = 1e-9;
}

// Oracle: the flow on the samples of the class alone, in the same box. With guidance weight 1
// particles move as there.
TEST(ScoreFlowBoxes, AClassSeesItsImages)
{
  const Eigen::Matrix3Xd points = RandomPoints(40, 2, 2);
  const Eigen::Matrix3Xd start = RandomPoints(15, 5, 2);
  for (const int boundary : { Periodic, Reflecting })
  {
    vtkNew<vtkScoreFlow> guided;
    guided->SetInputData(0, Labelled(points));
    guided->SetInputArrayToProcess(1, 0, 0, 0, "Label");
    guided->SetClass(3);
    vtkNew<vtkScoreFlow> alone;
    alone->SetInputData(0, PolyDataPoints(points.leftCols(20)));
    vtkNew<vtkScoreFlow> open;
    open->SetInputData(0, PolyDataPoints(points.leftCols(20)));
    for (vtkScoreFlow* filter : { guided.Get(), alone.Get(), open.Get() })
    {
      filter->SetInputData(1, PolyDataPoints(start));
      UseInBox(filter, filter == open ? 0 : boundary);
    }
    const Eigen::Matrix3Xd expected = PositionsAt(alone, 8.0);
    EXPECT_LT((PositionsAt(guided, 8.0) - expected).cwiseAbs().maxCoeff(), BoxRounding) << boundary;
    EXPECT_GT((PositionsAt(open, 8.0) - expected).cwiseAbs().maxCoeff(), 0.01) << boundary;
  }
}

// Oracle: invariant. A periodic box that is turned, with samples and particles, turns where they
// go: smoothed, at a temperature, and towards a class as well.
TEST(ScoreFlowBoxes, TheDialTurnsWithTheBox)
{
  const Eigen::Matrix3Xd points = RandomPoints(40, 2, 2);
  const Eigen::Matrix3Xd start = RandomPoints(15, 5, 2);
  Eigen::Matrix3Xd found[2];
  for (const int k : { 0, 1 })
  {
    const double along = k == 0 ? 0.0 : 1.0;
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, Labelled(Turned(points, along)));
    filter->SetInputData(1, PolyDataPoints(Turned(start, along)));
    UseInBox(filter, Periodic);
    filter->SetScoreSmoothing(0.15);
    filter->SetTemperature(1.5);
    filter->SetInputArrayToProcess(1, 0, 0, 0, "Label");
    filter->SetClass(4);
    filter->SetGuidanceWeight(0.7);
    found[k] = PositionsAt(filter, 8.0);
  }
  const Eigen::Matrix3Xd difference = Turned(found[1] - found[0], -1.0);
  EXPECT_LT(difference.cwiseAbs().maxCoeff(), BoxRounding);
}
}
}

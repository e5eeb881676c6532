// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensityAtPoints.h"
#include "vtkScoreFlow.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/FlowFilter.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkFieldData.h>
#include <vtkIdList.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

namespace scorefields
{
namespace flow
{
namespace
{
/// 1000 angles, normal around a place with deviation 10, wrapped to [-180, 180].
Eigen::Matrix3Xd Angles(double around)
{
  MixtureComponent component{ 1.0, Eigen::Vector3d::Zero(), Eigen::Matrix3d::Zero() };
  component.Covariance(0, 0) = 100.0;
  Eigen::Matrix3Xd points =
    SampleMixture(Mixture(Axes::First(1), { component }), 3, 0, 1000).Points;
  points.row(0) =
    (points.row(0).array() + around).unaryExpr([](double x) { return std::remainder(x, 360.0); });
  return points;
}

/// [-180, 180] periodic along x.
void CloseAngles(vtkBoxAlgorithm* filter)
{
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(-180.0, 180.0, 0.0, 0.0, 0.0, 0.0);
  filter->SetBoundary(Periodic);
}

vtkDataArray* ArrayOf(vtkPolyData* data, const char* name)
{
  return data->GetPointData()->GetArray(name);
}

/// How far the angle 360 degrees away counts as none.
double AngleBetween(double one, double other)
{
  return std::abs(std::remainder(one - other, 360.0));
}

/// The longest line between two points of all trajectories, along x.
double LongestLine(vtkPolyData* trails)
{
  double longest = 0.0;
  vtkNew<vtkIdList> points;
  for (vtkIdType cell = 0; cell < trails->GetNumberOfCells(); ++cell)
  {
    trails->GetCellPoints(cell, points);
    for (vtkIdType i = 1; i < points->GetNumberOfIds(); ++i)
    {
      longest = std::max(longest,
        std::abs(
          trails->GetPoint(points->GetId(i))[0] - trails->GetPoint(points->GetId(i - 1))[0]));
    }
  }
  return longest;
}
}

// Oracle: invariant. Angles around 180 degrees have one mode, as the same cloud turned to 0 has,
// and the same bandwidth by the rule, log density at the mode and basins. Turning rounds an angle
// by 180 eps = 4e-14, which the rule and the ascent pass on; an ascent settles within 1e-7
// bandwidths.
TEST(ScoreFlowBoundaries, AnglesAcrossTheSeamHaveOneMode)
{
  double bandwidth[2];
  double mode[2];
  double logDensity[2];
  for (int k = 0; k < 2; ++k)
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, PolyDataPoints(Angles(k == 0 ? 180.0 : 0.0)));
    CloseAngles(filter);
    filter->UpdateTimeStep(30.0);
    ASSERT_EQ(Fact(filter, "NumberOfModes"), 1.0) << k;
    bandwidth[k] = Fact(filter, "Bandwidth");
    mode[k] = Fact(filter, "Modes");
    logDensity[k] = Fact(filter, "ModeLogDensity");
    EXPECT_EQ(ArrayOf(Output(filter), "Basin")->GetRange()[0], 0.0);
    EXPECT_EQ(ArrayOf(Output(filter), "Basin")->GetRange()[1], 0.0);
    EXPECT_EQ(Fact(filter, "Boundaries"), 1.0);
    EXPECT_EQ(Fact(filter, "BoxLengths"), 360.0);
  }
  EXPECT_LT(bandwidth[0], 10.0);
  EXPECT_NEAR(bandwidth[0], bandwidth[1], 1e-9);
  EXPECT_LT(AngleBetween(mode[0], mode[1] + 180.0), 1e-6);
  EXPECT_LT(AngleBetween(mode[1], 0.0), 3.0);
  EXPECT_NEAR(logDensity[0], logDensity[1], 1e-9);
}

// Oracle: Kernel Density At Points, another way of summing the images, at the particles; Auto is
// right to 1e-4, exact sums to 1e-13. Positions lie in the box. A step is below 8 deviations of
// the noise, h, and a displacement is the way since the start: for some more than half the box,
// which no difference of places in the box is.
TEST(ScoreFlowBoundaries, ParticlesKnowTheDensityOfTheBox)
{
  const auto cloud = PolyDataPoints(Angles(180.0));
  for (const int evaluation : { 0, 1 })
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    CloseAngles(filter);
    filter->SetBandwidthRule(0);
    filter->SetBandwidth(60.0);
    filter->SetEvaluation(evaluation);
    filter->SetMode(Langevin);
    filter->SetNumberOfSteps(50);
    const Eigen::Matrix3Xd start = PositionsAt(filter, 0.0);
    const Eigen::Matrix3Xd positions = PositionsAt(filter, 50.0);
    EXPECT_GE(positions.row(0).minCoeff(), -180.0);
    EXPECT_LE(positions.row(0).maxCoeff(), 180.0);
    vtkNew<vtkKernelDensityAtPoints> expected;
    expected->SetInputData(0, PolyDataPoints(positions));
    expected->SetInputData(1, cloud);
    expected->SetDimension(1);
    CloseAngles(expected);
    expected->SetBandwidthRule(0);
    expected->SetBandwidth(60.0);
    expected->SetEngine(1);
    expected->Update();
    auto* truth = vtkPolyData::SafeDownCast(expected->GetOutputDataObject(0));
    const double allowed = evaluation == 0 ? 1e-3 : 1e-11;
    double farthest = 0.0;
    for (vtkIdType i = 0; i < positions.cols(); ++i)
    {
      EXPECT_NEAR(ArrayOf(Output(filter), "LogDensity")->GetTuple1(i),
        ArrayOf(truth, "LogDensity")->GetTuple1(i), allowed);
      EXPECT_NEAR(60.0 * ArrayOf(Output(filter), "Score")->GetComponent(i, 0),
        60.0 * ArrayOf(truth, "Score")->GetComponent(i, 0), allowed);
      EXPECT_LT(ArrayOf(Output(filter), "Speed")->GetTuple1(i), 8.0 * 60.0);
      const double way = ArrayOf(Output(filter), "Displacement")->GetComponent(i, 0);
      EXPECT_LT(AngleBetween(start(0, i) + way, positions(0, i)), 1e-9);
      farthest = std::max(farthest, std::abs(way));
    }
    EXPECT_GT(farthest, 360.0);
    EXPECT_LT(LongestLine(Output(filter, 1)), 360.0 + 1e-9);
  }
}

// Oracle: the definition. A trajectory ends at a seam, at -180 or 180, and another line goes on
// across. Small steps make lines below 40, five of sqrt(e) h = 6.3 and the climb, where one across
// the box had 320 or more; each line keeps the number of its particle.
TEST(ScoreFlowBoundaries, TrajectoriesAreSplitAtTheSeam)
{
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, PolyDataPoints(Angles(180.0)));
  CloseAngles(filter);
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(20.0);
  filter->SetMode(Langevin);
  filter->SetStepSize(0.1);
  filter->SetNumberOfSteps(20);
  filter->UpdateTimeStep(20.0);
  vtkPolyData* trails = Output(filter, 1);
  EXPECT_GT(trails->GetNumberOfLines(), 1100);
  EXPECT_LT(LongestLine(trails), 40.0);
  vtkDataArray* numbers = trails->GetCellData()->GetArray("ParticleNumber");
  ASSERT_EQ(numbers->GetNumberOfTuples(), trails->GetNumberOfCells());
  vtkNew<vtkIdList> points;
  Index split = 0;
  for (vtkIdType cell = 1; cell < trails->GetNumberOfCells(); ++cell)
  {
    if (numbers->GetTuple1(cell) == numbers->GetTuple1(cell - 1))
    {
      trails->GetCellPoints(cell, points);
      const double begin = trails->GetPoint(points->GetId(0))[0];
      trails->GetCellPoints(cell - 1, points);
      const double end = trails->GetPoint(points->GetId(points->GetNumberOfIds() - 1))[0];
      EXPECT_EQ(std::abs(begin), 180.0);
      EXPECT_EQ(begin, -end);
      ++split;
    }
  }
  EXPECT_EQ(trails->GetNumberOfLines(), 1000 + split);
}

// Oracle: invariant. Between walls all particles stay, in every mode and from every start, and
// their log density is that of the mirrored estimate: finite.
TEST(ScoreFlowBoundaries, EveryModeStaysInTheBox)
{
  const Eigen::Matrix3Xd points = flow::StudySamples(200)->Points;
  for (const int mode : { Ascent, Langevin, Annealed, ProbabilityFlow, Denoise, Diffusion })
  {
    for (const int from : { Automatic, SampleStart, RandomSamples, Density, Noise, Box })
    {
      vtkNew<vtkScoreFlow> filter;
      filter->SetInputData(0, PolyDataPoints(points));
      filter->UseInputBoundsOff();
      filter->SetSamplingBounds(-1.0, 2.0, -1.5, 1.5, 0.0, 0.0);
      filter->SetBoundary(PerAxis);
      filter->SetBoundaryX(Reflecting);
      filter->SetBoundaryY(Periodic);
      filter->SetMode(mode);
      filter->SetStartFrom(from);
      filter->SetNumberOfSteps(12);
      filter->SetNumberOfParticles(50);
      for (const double time : { 0.0, 12.0 })
      {
        const Eigen::Matrix3Xd positions = PositionsAt(filter, time);
        ASSERT_GT(positions.cols(), 0) << mode << " " << from;
        EXPECT_GE(positions.row(0).minCoeff(), -1.0) << mode << " " << from;
        EXPECT_LE(positions.row(0).maxCoeff(), 2.0) << mode << " " << from;
        EXPECT_GE(positions.row(1).minCoeff(), -1.5) << mode << " " << from;
        EXPECT_LE(positions.row(1).maxCoeff(), 1.5) << mode << " " << from;
        EXPECT_TRUE(std::isfinite(ArrayOf(Output(filter), "LogDensity")->GetRange()[0]));
      }
    }
  }
}

// Contract: the message names property and value; the box must be the user's, and other targets
// know no boundaries.
TEST(ScoreFlowBoundaries, AreRefusedByName)
{
  const auto errorOf = [](const std::function<void(vtkScoreFlow*)>& change)
  {
    vtkNew<vtkScoreFlow> filter;
    vtkNew<ErrorLog> log;
    log->Watch(filter);
    filter->SetInputData(0, StudyCloud(20));
    filter->SetBoundary(Periodic);
    change(filter);
    filter->Update();
    EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 0);
    EXPECT_EQ(Output(filter, 1)->GetNumberOfPoints(), 0);
    EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
    return log->Errors;
  };
  const auto says = [&](const char* text, const std::function<void(vtkScoreFlow*)>& change)
  {
    const std::string error = errorOf(change);
    EXPECT_NE(error.find(text), std::string::npos) << "'" << error << "' lacks '" << text << "'";
  };
  says("Boundary is Periodic along x, but UseInputBounds is on", [](vtkScoreFlow*) {});
  says("Boundary is 9", [](vtkScoreFlow* f) { f->SetBoundary(9); });
  says("BoundaryZ is -1",
    [](vtkScoreFlow* f)
    {
      f->SetBoundary(PerAxis);
      f->SetBoundaryZ(-1);
    });
  says("Boundary is Periodic, but Target is Mixture", [](vtkScoreFlow* f) { f->SetTarget(1); });
  says("Boundary is Periodic, but Target is Image", [](vtkScoreFlow* f) { f->SetTarget(2); });
  const auto box = [](vtkScoreFlow* f)
  {
    f->UseInputBoundsOff();
    f->SetSamplingBounds(-3.0, 3.0, -3.0, 3.0, 0.0, 0.0);
  };
  says("SamplingBounds is",
    [](vtkScoreFlow* f)
    {
      f->UseInputBoundsOff();
      f->SetSamplingBounds(1.0, -1.0, -1.0, 1.0, 0.0, 0.0);
    });
  says("Boundary is Reflecting along x, but the kernel correlates x and y",
    [&](vtkScoreFlow* f)
    {
      box(f);
      f->SetBoundary(Reflecting);
      f->SetBandwidthRule(0);
      f->SetBandwidthShape(2);
      f->SetBandwidthMatrix(1.0, 1.0, 1.0, 0.5, 0.0, 0.0);
    });
  says("Boundary asks",
    [&](vtkScoreFlow* f)
    {
      box(f);
      f->SetBandwidthRule(0);
      f->SetBandwidth(1e5);
    });
}
}
}

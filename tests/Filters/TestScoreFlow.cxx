// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/MixtureAdaptor.h"
#include "support/FlowFilter.h"
#include "support/RandomPoints.h"

#include <vtkCellData.h>
#include <vtkFieldData.h>
#include <vtkInformation.h>
#include <vtkPolyData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace flow
{
namespace
{
constexpr double H = 0.3;

void Use(vtkScoreFlow* filter, int mode, int steps = 10)
{
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(H);
  filter->SetMode(mode);
  filter->SetNumberOfSteps(steps);
  filter->SetNumberOfParticles(40);
}

Eigen::MatrixXd Values(vtkPolyData* data, const char* name)
{
  vtkDataArray* array = data->GetPointData()->GetArray(name);
  Eigen::MatrixXd values(array->GetNumberOfComponents(), array->GetNumberOfTuples());
  for (vtkIdType i = 0; i < array->GetNumberOfTuples(); ++i)
  {
    array->GetTuple(i, values.col(i).data());
  }
  return values;
}
}

// Oracle: the numerics. The filter translates, to the bit, in every mode, with the particles given.
TEST(ScoreFlow, MovesParticlesAsTheNumericsDo)
{
  const auto samples = flow::StudySamples(60);
  const Eigen::Matrix3Xd start = RandomPoints(25, 3, 2) * 4.0;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), H);
  const auto cloud = PolyDataPoints(samples->Points);
  for (const int mode : { Ascent, Langevin, Annealed, ProbabilityFlow, Denoise, Diffusion })
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    filter->SetInputData(1, PolyDataPoints(start));
    Use(filter, mode, 11);
    FlowRequest request;
    request.Mode = static_cast<FlowMode>(mode);
    request.Steps = 11;
    CloudMoments moments = MomentsOf(*samples);
    const Flow expected(
      flow::ExactScores(samples, H), FlowSchedule(request, kernel, moments), flow::Numbers(25));
    FlowState state = expected.Start(start, Execution());
    while (state.Step < 11)
    {
      expected.Advance(state, Execution());
    }
    const Eigen::Matrix3Xd positions = PositionsAt(filter, 11.0);
    EXPECT_TRUE((positions.array() == state.Positions.array()).all()) << mode;
    vtkPolyData* output = Output(filter);
    EXPECT_TRUE(
      (Values(output, "LogDensity").row(0).array() == state.LogDensity.transpose().array()).all());
    EXPECT_TRUE((Values(output, "Score").array() == state.Score.array()).all());
    EXPECT_TRUE(
      (Values(output, "Displacement").array() == (state.Positions - start).array()).all());
    EXPECT_EQ(Fact(filter, "Bandwidth"), state.Bandwidth);
    EXPECT_EQ(output->GetNumberOfVerts(), 25);
    EXPECT_EQ(output->GetPointData()->HasArray("Basin"), mode == Ascent ? 1 : 0);
    EXPECT_EQ(output->GetPointData()->HasArray("PathLogDensity"), mode == ProbabilityFlow ? 1 : 0);
    EXPECT_EQ(output->GetPointData()->HasArray("PosteriorCovariance"), mode == Denoise ? 1 : 0);
  }
}

// Oracle: invariant. Steps asked for in any order, with all states kept or none, are the same to
// the bit; so is the filter run again.
TEST(ScoreFlow, AnyOrderOfTimeGivesTheSameParticles)
{
  const auto cloud = StudyCloud(50);
  vtkNew<vtkScoreFlow> forward;
  forward->SetInputData(0, cloud);
  Use(forward, Langevin, 20);
  std::vector<Eigen::Matrix3Xd> expected;
  for (int step = 0; step <= 20; ++step)
  {
    expected.push_back(PositionsAt(forward, step));
  }
  for (const double memory : { 500.0, 0.01, 0.0 })
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    Use(filter, Langevin, 20);
    filter->SetStateMemory(memory);
    for (const int step : { 20, 0, 13, 12, 13, 19, 1, 20, 7 })
    {
      const Eigen::Matrix3Xd positions = PositionsAt(filter, step);
      EXPECT_TRUE((positions.array() == expected[static_cast<std::size_t>(step)].array()).all())
        << step << " " << memory;
      EXPECT_EQ(Output(filter)->GetInformation()->Get(vtkDataObject::DATA_TIME_STEP()), step);
    }
    EXPECT_LE(filter->GetStateMemoryUsed(), memory + 0.02); // the start and the last one beside
  }
}

// Oracle: the keys of the pipeline; a request between steps takes the nearest, beyond them the
// ends.
TEST(ScoreFlow, PublishesItsStepsAsTime)
{
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, StudyCloud(20));
  Use(filter, Langevin, 4);
  filter->UpdateInformation();
  for (int port = 0; port < 2; ++port)
  {
    vtkInformation* info = filter->GetOutputInformation(port);
    ASSERT_EQ(info->Length(vtkStreamingDemandDrivenPipeline::TIME_STEPS()), 5);
    EXPECT_EQ(info->Get(vtkStreamingDemandDrivenPipeline::TIME_STEPS())[4], 4.0);
    EXPECT_EQ(info->Get(vtkStreamingDemandDrivenPipeline::TIME_RANGE())[1], 4.0);
  }
  const Eigen::Matrix3Xd last = PositionsAt(filter, 4.0);
  EXPECT_TRUE((PositionsAt(filter, 100.0).array() == last.array()).all());
  const Eigen::Matrix3Xd second = PositionsAt(filter, 2.0);
  EXPECT_TRUE((PositionsAt(filter, 1.6).array() == second.array()).all());
}

// Oracle: definition. Trajectories have the particles' positions at each step, in polylines.
TEST(ScoreFlow, TrajectoriesHaveThePositionsOfEachStep)
{
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, StudyCloud(40));
  Use(filter, Ascent, 6);
  filter->SetNumberOfTrajectories(10);
  std::vector<Eigen::Matrix3Xd> positions;
  for (int step = 0; step <= 6; ++step)
  {
    positions.push_back(PositionsAt(filter, step));
    EXPECT_EQ(Output(filter, 1)->GetNumberOfCells(), 10);
    EXPECT_EQ(Output(filter, 1)->GetNumberOfPoints(), 10 * (step + 1));
  }
  vtkPolyData* lines = Output(filter, 1);
  vtkDataArray* numbers = lines->GetCellData()->GetArray("ParticleNumber");
  ASSERT_EQ(lines->GetNumberOfLines(), 10);
  for (vtkIdType line = 0; line < 10; ++line)
  {
    const auto particle = static_cast<Index>(numbers->GetTuple1(line));
    EXPECT_EQ(particle, 4 * line); // every fourth of forty
    vtkNew<vtkIdList> ids;
    lines->GetCellPoints(line, ids);
    for (vtkIdType step = 0; step <= 6; ++step)
    {
      Eigen::Vector3d point;
      lines->GetPoint(ids->GetId(step), point.data());
      EXPECT_TRUE(
        (point.array() == positions[static_cast<std::size_t>(step)].col(particle).array()).all());
      EXPECT_EQ(lines->GetPointData()->GetArray("Step")->GetTuple1(ids->GetId(step)), step);
    }
  }
  EXPECT_TRUE(lines->GetCellData()->HasArray("Basin"));
}

// Oracle: two clusters far apart have two modes, near their means; basins label the clusters at
// every step, also before anything has moved. The higher mode comes first. A mode is off the mean
// of its ten points, all within 0.1, by their third moment over 2 h^2: less than 0.001 / 0.18.
TEST(ScoreFlow, BasinsLabelClusters)
{
  Eigen::Matrix3Xd points = 0.2 * RandomPoints(30, 5, 2);
  points.leftCols(10).colwise() += Eigen::Vector3d(5.0, 0.0, 0.0);
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, PolyDataPoints(points));
  Use(filter, Ascent);
  filter->UpdateTimeStep(0.0);
  EXPECT_EQ(Fact(filter, "NumberOfModes"), 2.0);
  const Eigen::MatrixXd basins = Values(Output(filter), "Basin");
  EXPECT_TRUE((basins.leftCols(10).array() == 1.0).all());
  EXPECT_TRUE((basins.rightCols(20).array() == 0.0).all());
  filter->UpdateTimeStep(10.0);
  EXPECT_TRUE((Values(Output(filter), "ParticleState").array() == 1.0).all());
  vtkDataArray* modes = Output(filter)->GetFieldData()->GetArray("Modes");
  EXPECT_NEAR(modes->GetComponent(1, 0), points.leftCols(10).row(0).mean(), 0.0056);
}

// Oracle: moments of the truth that the samples carry, though they are few: mean (0.6, -0.6),
// variance 1.14 + h^2 along x. 4000 particles have four standard errors of sqrt(1.23 / n) along two
// axes and of 1.23 sqrt(2 / n), and the step of 0.5 times the unit 0.2 + h^2 adds a quarter of
// itself to a variance (TestAnnealing.cxx).
TEST(ScoreFlow, FollowsTheMixtureThatTheSamplesCarry)
{
  const auto cloud = StudyCloud(10);
  vtkscorefields::SetMixture(cloud->GetFieldData(), flow::Study());
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, cloud);
  Use(filter, Langevin, 100);
  filter->SetTarget(1);
  filter->SetStartFrom(Noise);
  filter->SetNumberOfParticles(4000);
  filter->SetStepSize(0.5);
  const Eigen::Matrix3Xd end = PositionsAt(filter, 100.0);
  const Eigen::Vector3d mean = flow::Study().Mean();
  const double variance = 1.14 + H * H;
  EXPECT_LT((end.rowwise().mean() - mean).norm(), 4.0 * std::sqrt(2.0 * variance / 4000.0));
  const double found = (end.row(0).array() - end.row(0).mean()).square().mean();
  EXPECT_NEAR(
    found, variance, 4.0 * variance * std::sqrt(2.0 / 4000.0) + 0.25 * 0.5 * (0.2 + H * H));
}

// Contract: the filter follows its input and its properties, and leaves the input alone.
TEST(ScoreFlow, FollowsItsInput)
{
  const auto cloud = StudyCloud(30);
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, cloud);
  Use(filter, Ascent);
  const Eigen::Matrix3Xd before = PositionsAt(filter, 10.0);
  const vtkMTimeType untouched = cloud->GetMTime();
  EXPECT_EQ(cloud->GetPointData()->GetNumberOfArrays(), 0);
  filter->SetBandwidth(1.0);
  EXPECT_FALSE((PositionsAt(filter, 10.0).array() == before.array()).all());
  filter->SetBandwidth(H);
  EXPECT_TRUE((PositionsAt(filter, 10.0).array() == before.array()).all());
  EXPECT_EQ(cloud->GetMTime(), untouched);
  cloud->GetPoints()->SetPoint(0, 9.0, 9.0, 0.0);
  cloud->GetPoints()->Modified();
  EXPECT_GT(PositionsAt(filter, 10.0)(0, 0), 8.0);
}
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Pipeline/Adaptor.h"
#include "support/FlowFilter.h"

#include <vtkMultiBlockDataSet.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace flow
{
namespace
{
void UseStart(vtkScoreFlow* filter, int mode)
{
  filter->SetMode(mode);
  filter->SetNumberOfSteps(20);
  filter->SetNumberOfParticles(40);
}
}

// Oracle: definition of each start. Points of all blocks are one set, with the arrays they share.
TEST(ScoreFlow, ParticlesBeginWhereTheyAreAskedTo)
{
  const auto cloud = StudyCloud(30);
  const Eigen::Matrix3Xd samples = vtkscorefields::PointsOf(cloud);
  const auto start = [&cloud](int origin)
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    UseStart(filter, Langevin);
    filter->SetStartFrom(origin);
    filter->SetUseSampleBounds(false);
    filter->SetStartBounds(7.0, 8.0, -1.0, -0.5, -1.0, 1.0);
    return PositionsAt(filter, 0.0);
  };
  EXPECT_TRUE((start(SampleStart).array() == samples.array()).all());
  const auto nearest = [&samples](const Eigen::Vector3d& x)
  { return (samples.colwise() - x).colwise().norm().minCoeff(); };
  for (const int origin : { RandomSamples, Density, Noise, Box })
  {
    const Eigen::Matrix3Xd drawn = start(origin);
    ASSERT_EQ(drawn.cols(), 40);
    EXPECT_TRUE((drawn.row(2).array() == 0.0).all());
    EXPECT_EQ(nearest(drawn.col(0)) == 0.0, origin == RandomSamples);
    EXPECT_EQ(drawn.row(0).minCoeff() >= 7.0, origin == Box);
  }

  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, StudyCloud(4));
  blocks->SetBlock(2, StudyCloud(3));
  for (const unsigned int block : { 0U, 2U })
  {
    auto* data = vtkPolyData::SafeDownCast(blocks->GetBlock(block));
    AddPointArray(data, "Both", Eigen::VectorXd::Constant(data->GetNumberOfPoints(), block));
  }
  AddPointArray(vtkPolyData::SafeDownCast(blocks->GetBlock(0)), "One", Eigen::VectorXd::Zero(4));
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, blocks);
  UseStart(filter, Ascent);
  filter->Update();
  EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 7);
  EXPECT_EQ(Output(filter)->GetPointData()->GetArray("Both")->GetTuple1(6), 2.0);
  EXPECT_FALSE(Output(filter)->GetPointData()->HasArray("One"));
}

// Oracle: closed forms. PathLogDensity begins with the density that the particles were drawn from.
// The flow of one sample is a change of scale: it makes of a box one that is 4 x 4 times as small,
// to the error of steps of 0.05 in log h (1e-8 for a linear equation).
TEST(ScoreFlow, PathLogDensityIsThatOfTheParticles)
{
  const auto path = [](vtkPolyData* cloud, int origin, double time, Eigen::Vector3d& position)
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    UseStart(filter, ProbabilityFlow);
    filter->SetDimension(2);
    filter->SetStartFrom(origin);
    filter->SetUseSampleBounds(false);
    filter->SetStartBounds(-2.0, 2.0, -1.0, 1.5, 0.0, 0.0);
    filter->SetBandwidthRule(0);
    filter->SetFirstBandwidth(2.0);
    filter->SetLastBandwidth(0.5);
    position = PositionsAt(filter, time).col(7);
    return Output(filter)->GetPointData()->GetArray("PathLogDensity")->GetTuple1(7);
  };
  Eigen::Vector3d x;
  const auto one = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1));
  EXPECT_NEAR(path(one, Box, 0.0, x), -std::log(10.0), 1e-14);
  EXPECT_NEAR(path(one, Box, 20.0, x), -std::log(10.0 / 16.0), 1e-7);

  // Two samples at (+-3, 0): mean 0, covariance diag(18, 0) + 4 I.
  Eigen::Matrix3Xd pair = Eigen::Matrix3Xd::Zero(3, 2);
  pair.row(0) << -3.0, 3.0;
  const auto normalAt = [](double place, double variance)
  { return -0.5 * place * place / variance - 0.5 * std::log(2.0 * Pi * variance); };
  const auto cloud = PolyDataPoints(pair);
  const double noise = path(cloud, Noise, 0.0, x);
  EXPECT_NEAR(noise, normalAt(x[0], 22.0) + normalAt(x[1], 4.0), 1e-13);
}

// Oracle: definition. Without a word on it, samplers begin with noise, what goes down in bandwidth
// with draws from the density, the rest at the samples; a particle input always counts.
TEST(ScoreFlow, BeginsAsSuitsTheMode)
{
  const auto cloud = StudyCloud(30);
  const auto begin = [&cloud](int mode, int origin)
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, cloud);
    UseStart(filter, mode);
    filter->SetStartFrom(origin);
    return PositionsAt(filter, 0.0);
  };
  const auto same = [](const Eigen::Matrix3Xd& one, const Eigen::Matrix3Xd& two)
  { return one.cols() == two.cols() && (one.array() == two.array()).all(); };
  EXPECT_TRUE(same(begin(Ascent, Automatic), begin(Ascent, SampleStart)));
  EXPECT_TRUE(same(begin(Langevin, Automatic), begin(Langevin, SampleStart)));
  EXPECT_TRUE(same(begin(Diffusion, Automatic), begin(Diffusion, SampleStart)));
  EXPECT_TRUE(same(begin(Annealed, Automatic), begin(Annealed, Noise)));
  EXPECT_TRUE(same(begin(ProbabilityFlow, Automatic), begin(ProbabilityFlow, Density)));
  EXPECT_TRUE(same(begin(Denoise, Automatic), begin(Denoise, Density)));
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, cloud);
  filter->SetInputData(1, StudyCloud(3));
  UseStart(filter, Annealed);
  EXPECT_EQ(PositionsAt(filter, 0.0).cols(), 3);
}
}
}

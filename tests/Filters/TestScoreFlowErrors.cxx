// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Pipeline/Adaptor.h"
#include "support/DataFile.h"
#include "support/ErrorLog.h"
#include "support/FlowFilter.h"

#include <vtkCallbackCommand.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace scorefields
{
namespace
{
using flow::Output;
using flow::StudyCloud;

/// The error of a filter on a small cloud, changed; its outputs must be empty.
}

// Contract: the message names property and value.
TEST(ScoreFlowErrors, NameThePropertyAndTheValue)
{
  const auto contains = [](const std::string& text, const std::string& part)
  { EXPECT_NE(text.find(part), std::string::npos) << "'" << text << "' lacks '" << part << "'"; };
  contains(flow::ErrorOf([](vtkScoreFlow* f) { f->SetNumberOfSteps(0); }), "NumberOfSteps is 0");
  contains(
    flow::ErrorOf([](vtkScoreFlow* f) { f->SetNumberOfSteps(std::numeric_limits<int>::max()); }),
    "NumberOfSteps is 2147483647");
  contains(flow::ErrorOf([](vtkScoreFlow* f) { f->SetStepSize(-2.0); }), "StepSize is -2");
  contains(flow::ErrorOf([](vtkScoreFlow* f) { f->SetStartFrom(1); }), "StartFrom is Particles");
  contains(flow::ErrorOf([](vtkScoreFlow* f) { f->SetTarget(1); }), "Target is Mixture");
  contains(flow::ErrorOf([](vtkScoreFlow* f) { f->SetTolerance(2.0); }), "Tolerance is 2");
  contains(
    flow::ErrorOf([](vtkScoreFlow* f) { f->SetTailTolerance(1e-9); }), "TailTolerance is 1e-09");
  contains(flow::ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetMode(2);
               f->SetFirstBandwidth(0.1);
               f->SetLastBandwidth(0.5);
             }),
    "FirstBandwidth is 0.1; annealing needs noise that falls");
  contains(flow::ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetStartFrom(6);
               f->SetNumberOfParticles(0);
             }),
    "NumberOfParticles is 0");
  contains(flow::ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetStartFrom(6);
               f->SetUseSampleBounds(false);
               f->SetStartBounds(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
             }),
    "StartBounds go from 1 to 0");
  contains(flow::ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetBandwidthRule(0);
               f->SetBandwidth(-1.0);
             }),
    "Bandwidth is -1");
  contains(flow::ErrorOf(
             [](vtkScoreFlow* f) { f->SetInputData(0, PolyDataPoints(Eigen::Matrix3Xd(3, 0))); }),
    "no samples");
}

// Oracle: closed form, 4 h^2. The flow runs, with one warning for a new flow, not one for each
// step.
TEST(ScoreFlowErrors, WarnsOfStepsBeyondTheLimit)
{
  vtkNew<vtkScoreFlow> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, StudyCloud(20));
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(0.5);
  filter->SetMode(1);
  filter->SetStepSize(5.0);
  filter->SetNumberOfSteps(3);
  filter->UpdateTimeStep(1.0);
  EXPECT_TRUE(log->HasWarning("StepSize is 5")) << log->Warnings;
  EXPECT_TRUE(log->HasWarning("stable below 4, here 1 length^2")) << log->Warnings;
  EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 20);
  EXPECT_DOUBLE_EQ(
    vtkscorefields::FieldValue(Output(filter)->GetFieldData(), "StepSizeLimit", 0.0), 1.0);
  log->Clear();
  filter->UpdateTimeStep(2.0);
  EXPECT_EQ(log->Warnings, "");
}

// Contract: particles that are not finite stay where they are and are flagged; the others move
// as without them.
TEST(ScoreFlowErrors, ParticlesThatAreNotFiniteAreLeftInPlace)
{
  Eigen::Matrix3Xd start = flow::StudySamples(4, 9)->Points;
  start(1, 1) = std::nan("");
  start(0, 2) = std::numeric_limits<double>::infinity();
  const auto run = [](const Eigen::Matrix3Xd& particles, ErrorLog* log)
  {
    auto filter = vtkSmartPointer<vtkScoreFlow>::New();
    log->Watch(filter);
    filter->SetInputData(0, StudyCloud(20));
    filter->SetInputData(1, PolyDataPoints(particles));
    filter->SetMode(1);
    filter->UpdateTimeStep(5.0);
    return filter;
  };
  vtkNew<ErrorLog> log;
  const auto filter = run(start, log);
  EXPECT_EQ(log->Errors, "");
  EXPECT_TRUE(log->HasWarning("2 particles stay where they are")) << log->Warnings;
  const Eigen::Matrix3Xd end = vtkscorefields::PointsOf(Output(filter));
  ASSERT_EQ(end.cols(), 4);
  EXPECT_TRUE(std::isnan(end(1, 1)));
  EXPECT_EQ(end(0, 1), start(0, 1));
  EXPECT_TRUE(std::isinf(end(0, 2)));
  vtkDataArray* state = Output(filter)->GetPointData()->GetArray("ParticleState");
  EXPECT_EQ(state->GetTuple1(0), 0.0);
  EXPECT_EQ(state->GetTuple1(1), 2.0);
  EXPECT_EQ(state->GetTuple1(2), 2.0);
  Eigen::Matrix3Xd whole = start;
  whole(1, 1) = whole(0, 2) = 0.0;
  vtkNew<ErrorLog> quiet;
  const Eigen::Matrix3Xd expected = vtkscorefields::PointsOf(Output(run(whole, quiet)));
  EXPECT_TRUE((end.col(0).array() == expected.col(0).array()).all());
  EXPECT_TRUE((end.col(3).array() == expected.col(3).array()).all());
}

// Oracle: far field. A particle far outside has the score of the nearest sample and climbs home.
TEST(ScoreFlowErrors, ParticlesFarOutsideComeHome)
{
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, StudyCloud(20));
  filter->SetInputData(1, PolyDataPoints(Eigen::Vector3d(1e6, -1e6, 0.0)));
  filter->SetNumberOfSteps(50);
  filter->UpdateTimeStep(0.0);
  EXPECT_TRUE(std::isfinite(Output(filter)->GetPointData()->GetArray("LogDensity")->GetTuple1(0)));
  filter->UpdateTimeStep(1.0);
  Eigen::Vector3d place;
  Output(filter)->GetPoint(0, place.data());
  EXPECT_LT(place.norm(), 5.0); // mean shift goes to a mean of samples at once
}

// Contract: the kernel's own rule is no less rough here than in Kernel Density.
TEST(ScoreFlowErrors, WarnsOfABandwidthFoundRoughly)
{
  vtkNew<vtkScoreFlow> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, PolyDataPoints(PointsOfDataFile("cytometry_hsct.csv", 2)));
  filter->SetBandwidthRule(5);
  filter->SetStartFrom(6);
  filter->SetNumberOfParticles(1);
  filter->SetNumberOfSteps(1);
  filter->Update();
  EXPECT_TRUE(log->HasWarning("\"Likelihood cross-validation\" found the bandwidth"))
    << log->Warnings;
}

// Contract: an abort leaves nothing, without an error, and the next run is whole.
TEST(ScoreFlowErrors, AnAbortLeavesNothing)
{
  vtkNew<vtkScoreFlow> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, StudyCloud(200));
  filter->SetMode(1);
  vtkNew<vtkCallbackCommand> abort;
  abort->SetCallback(
    [](vtkObject* caller, unsigned long, void*, void*)
    {
      auto* algorithm = static_cast<vtkAlgorithm*>(caller);
      if (algorithm->GetProgress() > 0.3)
      {
        algorithm->SetAbortExecute(1);
      }
    });
  const unsigned long tag = filter->AddObserver(vtkCommand::ProgressEvent, abort);
  filter->UpdateTimeStep(50.0);
  EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 0);
  EXPECT_EQ(log->Errors, "");
  filter->RemoveObserver(tag);
  filter->SetAbortExecute(0);
  filter->UpdateTimeStep(60.0);
  EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 200);
}
}

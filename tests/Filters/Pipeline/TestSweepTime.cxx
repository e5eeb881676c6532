// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/SweepTime.h"

#include <vtkInformation.h>
#include <vtkNew.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <gtest/gtest.h>

namespace vtkscorefields
{
namespace
{
using Pipeline = vtkStreamingDemandDrivenPipeline;

scorefields::SweepSchedule ThreeSteps()
{
  scorefields::SweepRequest request;
  request.Minimum = 0.1;
  request.Maximum = 0.4;
  request.Steps = 3;
  return scorefields::SweepSchedule::Of(request);
}

/// An input with the time steps 10 and 20.
void MakeTemporal(vtkInformation* input)
{
  const double times[2] = { 10.0, 20.0 };
  input->Set(Pipeline::TIME_STEPS(), times, 2);
  input->Set(Pipeline::TIME_RANGE(), times, 2);
}
}

// Oracle: the keys of the pipeline. A sweep announces its own times; without one the input's pass,
// or none.
TEST(SweepTime, AnnouncesTheSweepOrTheInput)
{
  vtkNew<vtkInformation> input, output;
  AnnounceTime(ThreeSteps(), input, output);
  ASSERT_EQ(output->Length(Pipeline::TIME_STEPS()), 3);
  EXPECT_EQ(output->Get(Pipeline::TIME_RANGE())[1], 2.0);
  AnnounceTime(std::nullopt, input, output);
  EXPECT_FALSE(output->Has(Pipeline::TIME_STEPS()));
  MakeTemporal(input);
  AnnounceTime(std::nullopt, input, output);
  ASSERT_EQ(output->Length(Pipeline::TIME_STEPS()), 2);
  EXPECT_EQ(output->Get(Pipeline::TIME_STEPS())[1], 20.0);
}

// Oracle: definition, case by case.
TEST(SweepTime, LooksAtTheInputAtTheRightTime)
{
  vtkNew<vtkInformation> input, output;
  EXPECT_FALSE(TimeToPeek(std::nullopt, input, output).has_value()); // no times
  EXPECT_FALSE(TimeToPeek(15.0, input, output).has_value());
  MakeTemporal(input);
  EXPECT_EQ(TimeToPeek(15.0, input, output), 15.0);         // during a sweep
  EXPECT_EQ(TimeToPeek(std::nullopt, input, output), 10.0); // the first one
  output->Set(Pipeline::UPDATE_TIME_STEP(), 20.0);
  EXPECT_EQ(TimeToPeek(std::nullopt, input, output), 20.0); // what was asked for
  output->Set(Pipeline::UPDATE_TIME_STEP(), 12.0);
  EXPECT_EQ(TimeToPeek(std::nullopt, input, output), 12.0);
  // In situ the input has gone on, and the time asked for last is no more.
  const double now = 30.0;
  input->Set(Pipeline::TIME_STEPS(), &now, 1);
  EXPECT_EQ(TimeToPeek(std::nullopt, input, output), 30.0);
  input->Remove(Pipeline::TIME_STEPS());
  EXPECT_EQ(TimeToPeek(std::nullopt, input, output), 12.0); // within the range
  output->Set(Pipeline::UPDATE_TIME_STEP(), 3.0);
  EXPECT_EQ(TimeToPeek(std::nullopt, input, output), 10.0);
}

// Contract: during a sweep the input stays at one time, which an input without times is not asked
// for; otherwise the request is left as it is.
TEST(SweepTime, AsksTheInputForItsTime)
{
  vtkNew<vtkInformation> input;
  input->Set(Pipeline::UPDATE_TIME_STEP(), 3.0);
  AskForInputTime(false, 15.0, input);
  EXPECT_EQ(input->Get(Pipeline::UPDATE_TIME_STEP()), 3.0);
  AskForInputTime(true, 15.0, input);
  EXPECT_FALSE(input->Has(Pipeline::UPDATE_TIME_STEP()));
  MakeTemporal(input);
  AskForInputTime(true, 15.0, input);
  EXPECT_EQ(input->Get(Pipeline::UPDATE_TIME_STEP()), 15.0);
}

// Oracle: definition. The step of the time asked for, the first one without a request.
TEST(SweepTime, FindsTheStep)
{
  vtkNew<vtkInformation> output;
  EXPECT_EQ(RequestedStep(ThreeSteps().Times, output), 0u);
  output->Set(Pipeline::UPDATE_TIME_STEP(), 2.0);
  EXPECT_EQ(RequestedStep(ThreeSteps().Times, output), 2u);
}
}

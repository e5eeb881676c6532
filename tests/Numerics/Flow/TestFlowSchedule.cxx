// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/FlowSchedule.h"
#include "support/FlowCases.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
std::string RefusalOf(const FlowRequest& request)
{
  try
  {
    FlowSchedule(request, GaussianKernel::Isotropic(Axes::First(2), 0.5), flow::MomentsOfStudy());
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: the definition. Along a closed axis the box counts, of 8 here, along others the samples,
// of 6: half the diagonal is 5.
TEST(FlowSchedule, TakesTheBoxOfClosedAxes)
{
  Domain box;
  box.Boundaries[0] = Boundary::Periodic;
  box.Length[0] = 8.0;
  FlowRequest request;
  request.Mode = FlowMode::ProbabilityFlow;
  const FlowSchedule flow(
    request, GaussianKernel::Isotropic(Axes::First(2), 0.5), flow::MomentsOfStudy(), box);
  EXPECT_DOUBLE_EQ(flow.First(), 5.0);
}

// Oracle: the definition of the schedule.
TEST(FlowSchedule, GoesFromTheFirstToTheLastBandwidth)
{
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.5);
  FlowRequest request;
  request.Mode = FlowMode::AnnealedLangevin;
  request.Steps = 31;
  request.Levels = 3;
  const FlowSchedule annealing(request, kernel, flow::MomentsOfStudy());
  EXPECT_DOUBLE_EQ(annealing.First(), 3.0 * std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(annealing.Last(), 0.5);
  EXPECT_DOUBLE_EQ(annealing.AtStep(9), annealing.First());
  EXPECT_DOUBLE_EQ(annealing.AtStep(10), std::sqrt(annealing.First() * 0.5));
  EXPECT_DOUBLE_EQ(annealing.AtStep(29), 0.5);
  EXPECT_TRUE(annealing.IsFinalDenoise(30));
  request.Mode = FlowMode::ProbabilityFlow;
  request.FirstBandwidth = 0.1;
  request.LastBandwidth = 1.6;
  request.Steps = 4;
  const FlowSchedule flow(request, kernel, flow::MomentsOfStudy());
  EXPECT_DOUBLE_EQ(flow.After(0), 0.1);
  EXPECT_DOUBLE_EQ(flow.After(2), 0.4);
  EXPECT_DOUBLE_EQ(flow.After(4), 1.6);
}

// Contract: the messages name property, value and what would be right.
TEST(FlowSchedule, RefusesWhatCannotWork)
{
  const auto refused = [](FlowMode mode, const auto& change)
  {
    FlowRequest request;
    request.Mode = mode;
    change(request);
    return RefusalOf(request);
  };
  const auto contains = [](const std::string& text, const char* part)
  { return text.find(part) != std::string::npos; };
  EXPECT_TRUE(
    contains(refused(FlowMode::Ascent, [](FlowRequest& r) { r.Steps = 0; }), "NumberOfSteps is 0"));
  EXPECT_TRUE(contains(
    refused(FlowMode::Langevin, [](FlowRequest& r) { r.StepSize = -1.0; }), "StepSize is -1"));
  EXPECT_TRUE(
    contains(refused(FlowMode::AnnealedLangevin, [](FlowRequest& r) { r.FirstBandwidth = 0.1; }),
      "annealing needs noise that falls"));
  EXPECT_TRUE(contains(
    refused(FlowMode::AnnealedLangevin, [](FlowRequest& r) { r.Steps = 5; }), "NumberOfLevels"));
  EXPECT_TRUE(contains(refused(FlowMode::Diffusion, [](FlowRequest& r) { r.LastBandwidth = 0.1; }),
    "noise can only be added"));
  EXPECT_TRUE(contains(
    refused(FlowMode::ProbabilityFlow, [](FlowRequest& r) { r.LastBandwidth = std::nan(""); }),
    "LastBandwidth is nan"));
}

// Oracle: the limit of the theory, e < 4 v (TestLangevin.cxx), without Metropolis; 2 for the
// ascent.
TEST(FlowSchedule, WarnsOfStepsBeyondTheLimit)
{
  FlowRequest request;
  request.Mode = FlowMode::Langevin;
  request.StepSize = 3.9;
  EXPECT_EQ(StabilityWarning(request, 0.25), "");
  request.StepSize = 4.0;
  const std::string warning = StabilityWarning(request, 0.25);
  EXPECT_NE(warning.find("stable below 4"), std::string::npos);
  EXPECT_NE(warning.find("here 1 length^2"), std::string::npos);
  request.Metropolis = true;
  EXPECT_EQ(StabilityWarning(request, 0.25), "");
  request.Mode = FlowMode::Ascent;
  EXPECT_NE(StabilityWarning(request, 0.25), "");
}
}

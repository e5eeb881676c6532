// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/BandwidthSweep.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
std::string MessageOf(const SweepRequest& request)
{
  try
  {
    SweepSchedule::Of(request);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: definition; the study's first animation, 0.01 + 0.05 i. Two roundings of at most 2: 2
// eps.
TEST(BandwidthSweep, LinearStepsAreTheStudysBandwidths)
{
  SweepRequest request;
  request.Minimum = 0.01;
  request.Maximum = 2.01;
  request.Steps = 41;
  request.Spacing = SweepSpacing::Linear;
  const SweepSchedule schedule = SweepSchedule::Of(request);
  ASSERT_EQ(schedule.Bandwidths.size(), 41U);
  for (std::size_t i = 0; i < 41; ++i)
  {
    EXPECT_NEAR(schedule.Bandwidths[i], 0.01 + 0.05 * static_cast<double>(i), 2.0 * Eps);
    EXPECT_EQ(schedule.Times[i], static_cast<double>(i));
    EXPECT_EQ(schedule.StepAt(static_cast<double>(i) + 0.4), i);
  }
  EXPECT_EQ(schedule.Least(), 0.01);
  EXPECT_NEAR(schedule.Largest(), 2.01, 2.0 * Eps);
}

// Oracle: definition. Powers of 2; an exponential of a logarithm rounds by 4 eps of it.
TEST(BandwidthSweep, GeometricStepsHaveEqualRatiosAndRunDownToo)
{
  SweepRequest request;
  request.Minimum = 0.125;
  request.Maximum = 2.0;
  request.Steps = 5;
  request.Direction = SweepDirection::Down;
  request.Time = SweepTime::Normalised;
  const SweepSchedule schedule = SweepSchedule::Of(request);
  const std::vector<double> bandwidths{ 2.0, 1.0, 0.5, 0.25, 0.125 };
  const std::vector<double> times{ 0.0, 0.25, 0.5, 0.75, 1.0 };
  for (std::size_t i = 0; i < 5; ++i)
  {
    EXPECT_NEAR(schedule.Bandwidths[i], bandwidths[i], 4.0 * Eps * bandwidths[i]);
    EXPECT_EQ(schedule.Times[i], times[i]);
  }
}

// Contract: times ascend, since ParaView's player knows no other, and each comes once.
TEST(BandwidthSweep, TimeThatIsTheBandwidthAscends)
{
  SweepRequest request;
  request.Spacing = SweepSpacing::List;
  request.List = { 0.5, 0.1, 0.5, 0.2 };
  request.Direction = SweepDirection::Down;
  request.Time = SweepTime::Bandwidth;
  const SweepSchedule schedule = SweepSchedule::Of(request);
  EXPECT_EQ(schedule.Times, (std::vector<double>{ 0.1, 0.2, 0.5 }));
  EXPECT_EQ(schedule.Bandwidths, schedule.Times);
}

// Contract: the messages name property, value and what would be right.
TEST(BandwidthSweep, RefusesWhatIsNoSweep)
{
  SweepRequest request;
  request.Maximum = 0.05;
  EXPECT_EQ(MessageOf(request), "SweepMaximum is 0.05; it must be at least SweepMinimum, 0.1");
  request.Minimum = 0.0;
  EXPECT_EQ(MessageOf(request), "SweepMinimum is 0; it must be positive and finite");
  request.Minimum = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(MessageOf(request).find("SweepMinimum is nan"), std::string::npos);
  request = SweepRequest();
  request.Steps = 0;
  EXPECT_EQ(MessageOf(request), "SweepSteps is 0; it must be 1 or more, and at most 100000");
  request.Spacing = SweepSpacing::List;
  EXPECT_NE(MessageOf(request).find("SweepBandwidths is empty"), std::string::npos);
  request.List = { 0.1, -2.0 };
  EXPECT_EQ(
    MessageOf(request), "An entry of SweepBandwidths is -2; it must be positive and finite");
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/SweepTime.h"

#include <vtkInformation.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <utility>

namespace vtkscorefields
{
using Pipeline = vtkStreamingDemandDrivenPipeline;

namespace
{
bool IsTemporal(vtkInformation* input)
{
  return input->Has(Pipeline::TIME_STEPS()) || input->Has(Pipeline::TIME_RANGE());
}

/// The first and the last time that a temporal input has.
std::pair<double, double> RangeOf(vtkInformation* input)
{
  const int steps = input->Length(Pipeline::TIME_STEPS());
  const double* times =
    steps > 0 ? input->Get(Pipeline::TIME_STEPS()) : input->Get(Pipeline::TIME_RANGE());
  return { times[0], times[steps > 0 ? steps - 1 : 1] };
}
}

void AnnounceTime(const std::optional<scorefields::SweepSchedule>& schedule, vtkInformation* input,
  vtkInformation* output)
{
  if (schedule)
  {
    AnnounceTimes(schedule->Times, output);
    return;
  }
  // Copying an entry that the input does not have removes it.
  output->CopyEntry(input, Pipeline::TIME_STEPS());
  output->CopyEntry(input, Pipeline::TIME_RANGE());
}

void AnnounceTimes(const std::vector<double>& times, vtkInformation* output)
{
  const double range[2] = { times.front(), times.back() };
  output->Set(Pipeline::TIME_STEPS(), times.data(), static_cast<int>(times.size()));
  output->Set(Pipeline::TIME_RANGE(), range, 2);
}

std::optional<double> TimeToPeek(
  const std::optional<double>& sweep, vtkInformation* input, vtkInformation* output)
{
  if (!IsTemporal(input))
  {
    return std::nullopt;
  }
  if (sweep)
  {
    return sweep;
  }
  const auto [first, last] = RangeOf(input);
  return output->Has(Pipeline::UPDATE_TIME_STEP())
    ? std::clamp(output->Get(Pipeline::UPDATE_TIME_STEP()), first, last)
    : first;
}

void AskForInputTime(bool sweep, double time, vtkInformation* input)
{
  if (!sweep)
  {
    return;
  }
  if (IsTemporal(input))
  {
    input->Set(Pipeline::UPDATE_TIME_STEP(), time);
  }
  else
  {
    input->Remove(Pipeline::UPDATE_TIME_STEP());
  }
}

std::size_t RequestedStep(const std::vector<double>& times, vtkInformation* output)
{
  return output->Has(Pipeline::UPDATE_TIME_STEP())
    ? scorefields::NearestTime(times, output->Get(Pipeline::UPDATE_TIME_STEP()))
    : 0;
}
}

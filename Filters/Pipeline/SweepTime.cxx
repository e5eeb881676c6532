// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/SweepTime.h"

#include <vtkInformation.h>
#include <vtkStreamingDemandDrivenPipeline.h>

namespace vtkscorefields
{
using Pipeline = vtkStreamingDemandDrivenPipeline;

namespace
{
bool IsTemporal(vtkInformation* input)
{
  return input->Has(Pipeline::TIME_STEPS()) || input->Has(Pipeline::TIME_RANGE());
}
}

void AnnounceTime(const std::optional<scorefields::SweepSchedule>& schedule, vtkInformation* input,
  vtkInformation* output)
{
  if (schedule)
  {
    const std::vector<double>& times = schedule->Times;
    const double range[2] = { times.front(), times.back() };
    output->Set(Pipeline::TIME_STEPS(), times.data(), static_cast<int>(times.size()));
    output->Set(Pipeline::TIME_RANGE(), range, 2);
    return;
  }
  // Copying an entry that the input does not have removes it.
  output->CopyEntry(input, Pipeline::TIME_STEPS());
  output->CopyEntry(input, Pipeline::TIME_RANGE());
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
  if (output->Has(Pipeline::UPDATE_TIME_STEP()))
  {
    return output->Get(Pipeline::UPDATE_TIME_STEP());
  }
  return input->Length(Pipeline::TIME_STEPS()) > 0 ? input->Get(Pipeline::TIME_STEPS())[0]
                                                   : input->Get(Pipeline::TIME_RANGE())[0];
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

std::size_t RequestedStep(const scorefields::SweepSchedule& schedule, vtkInformation* output)
{
  return output->Has(Pipeline::UPDATE_TIME_STEP())
    ? schedule.StepAt(output->Get(Pipeline::UPDATE_TIME_STEP()))
    : 0;
}
}

// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_SweepTime_h
#define Pipeline_SweepTime_h

#include "Numerics/Bandwidth/BandwidthSweep.h"

#include <cstddef>
#include <optional>
#include <vector>

class vtkImageData;
class vtkInformation;

/// Time steps that a filter makes itself, of a sweep or of steps, in the pipeline's keys of time.
namespace vtkscorefields
{
/// With a schedule: its time steps instead of those of the input. Without: the input's, or none.
void AnnounceTime(const std::optional<scorefields::SweepSchedule>& schedule, vtkInformation* input,
  vtkInformation* output);

/// Instead of the time steps of the input.
/// @param times  ascending, at least one.
void AnnounceTimes(const std::vector<double>& times, vtkInformation* output);

/// The time at which RequestInformation looks at a temporal input: `sweep` during a sweep; else
/// what the output was last asked for, if the input still has that time, or the next one that it
/// has; at first its first one. None without a temporal input.
std::optional<double> TimeToPeek(
  const std::optional<double>& sweep, vtkInformation* input, vtkInformation* output);

/// During a sweep the input stays at one time, if it has any; else what was asked for passes on.
void AskForInputTime(bool sweep, double time, vtkInformation* input);

/// The step of the time asked for, the first one if none is.
std::size_t RequestedStep(const std::vector<double>& times, vtkInformation* output);
}

#endif

// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_BandwidthSweep_h
#define Bandwidth_BandwidthSweep_h

#include "Numerics/Base/Enumerations.h"

#include <cstddef>
#include <string>
#include <vector>

namespace scorefields
{
enum class SweepSpacing
{
  Linear,    ///< equal differences
  Geometric, ///< equal ratios
  List,      ///< as listed
};

constexpr const char* NameOf(SweepSpacing value)
{
  switch (value)
  {
    case SweepSpacing::Linear:
      return "Linear";
    case SweepSpacing::Geometric:
      return "Geometric";
    case SweepSpacing::List:
      return "List";
  }
  return nullptr;
}

enum class SweepDirection
{
  Up,   ///< from the minimum to the maximum; a list in its order
  Down, ///< the other way round
};

constexpr const char* NameOf(SweepDirection value)
{
  switch (value)
  {
    case SweepDirection::Up:
      return "Up";
    case SweepDirection::Down:
      return "Down";
  }
  return nullptr;
}

enum class SweepTime
{
  StepIndex,  ///< 0, 1, 2, ...
  Normalised, ///< 0 to 1, evenly spaced
  Bandwidth,  ///< the bandwidth itself; time then runs upwards, whatever the direction
};

constexpr const char* NameOf(SweepTime value)
{
  switch (value)
  {
    case SweepTime::StepIndex:
      return "Step index";
    case SweepTime::Normalised:
      return "Normalised";
    case SweepTime::Bandwidth:
      return "Bandwidth";
  }
  return nullptr;
}

/// How a user asks for a sweep.
struct SweepRequest
{
  static constexpr int MostSteps = 100000;

  double Minimum = 0.1;
  double Maximum = 1.0;
  int Steps = 20;
  SweepSpacing Spacing = SweepSpacing::Geometric;
  SweepDirection Direction = SweepDirection::Up;
  SweepTime Time = SweepTime::StepIndex;
  std::vector<double> List;     ///< for SweepSpacing::List
  std::string Prefix = "Sweep"; ///< of the properties' names in messages
};

/// The number of the time that is nearest; the earlier one of two.
std::size_t NearestTime(const std::vector<double>& times, double time);

/// The bandwidths of a sweep as functions of time.
struct SweepSchedule
{
  std::vector<double> Bandwidths;
  std::vector<double> Times; ///< ascending, one for each bandwidth

  /// @throws std::invalid_argument naming SweepMinimum, SweepMaximum, SweepSteps or SweepBandwidths
  ///         and the value if a bandwidth is not positive and finite, the maximum is below the
  ///         minimum, there is no step, or the list is empty.
  static SweepSchedule Of(const SweepRequest& request);

  /// The step whose time is nearest; the earlier one of two.
  std::size_t StepAt(double time) const;
  double Least() const;
  double Largest() const;
};
}

#endif

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/BandwidthSweep.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
void Require(bool condition, const std::string& property, double value, const char* right)
{
  if (!condition)
  {
    std::ostringstream message;
    message << property << " is " << value << "; it must be " << right;
    throw std::invalid_argument(message.str());
  }
}

bool IsBandwidth(double value)
{
  return std::isfinite(value) && value > 0.0;
}

void RequireRange(const SweepRequest& request)
{
  const std::string minimum = request.Prefix + "Minimum";
  const std::string maximum = request.Prefix + "Maximum";
  Require(IsBandwidth(request.Minimum), minimum, request.Minimum, "positive and finite");
  Require(IsBandwidth(request.Maximum), maximum, request.Maximum, "positive and finite");
  std::ostringstream right;
  right << "at least " << minimum << ", " << request.Minimum;
  Require(request.Maximum >= request.Minimum, maximum, request.Maximum, right.str().c_str());
  Require(request.Steps >= 1 && request.Steps <= SweepRequest::MostSteps, request.Prefix + "Steps",
    request.Steps, "1 or more, and at most 100000");
}

std::vector<double> Range(const SweepRequest& request)
{
  RequireRange(request);
  std::vector<double> bandwidths;
  const double ratio = request.Maximum / request.Minimum;
  for (int i = 0; i < request.Steps; ++i)
  {
    const double share = request.Steps > 1 ? static_cast<double>(i) / (request.Steps - 1) : 0.0;
    bandwidths.push_back(request.Spacing == SweepSpacing::Geometric
        ? request.Minimum * std::pow(ratio, share)
        : request.Minimum + share * (request.Maximum - request.Minimum));
  }
  return bandwidths;
}

std::vector<double> Listed(const SweepRequest& request)
{
  if (request.List.empty())
  {
    throw std::invalid_argument("SweepBandwidths is empty; list at least one bandwidth, or set"
                                " SweepSpacing to Linear or Geometric");
  }
  for (const double bandwidth : request.List)
  {
    Require(
      IsBandwidth(bandwidth), "An entry of SweepBandwidths", bandwidth, "positive and finite");
  }
  return request.List;
}
}

SweepSchedule SweepSchedule::Of(const SweepRequest& request)
{
  SweepSchedule schedule;
  schedule.Bandwidths = request.Spacing == SweepSpacing::List ? Listed(request) : Range(request);
  if (request.Time == SweepTime::Bandwidth)
  {
    std::vector<double>& values = schedule.Bandwidths;
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    schedule.Times = values;
    return schedule;
  }
  if (request.Direction == SweepDirection::Down)
  {
    std::reverse(schedule.Bandwidths.begin(), schedule.Bandwidths.end());
  }
  const std::size_t steps = schedule.Bandwidths.size();
  for (std::size_t i = 0; i < steps; ++i)
  {
    const auto index = static_cast<double>(i);
    const bool normalised = request.Time == SweepTime::Normalised && steps > 1;
    schedule.Times.push_back(normalised ? index / static_cast<double>(steps - 1) : index);
  }
  return schedule;
}

std::size_t NearestTime(const std::vector<double>& times, double time)
{
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < times.size(); ++i)
  {
    if (std::abs(times[i] - time) < std::abs(times[nearest] - time))
    {
      nearest = i;
    }
  }
  return nearest;
}

std::size_t SweepSchedule::StepAt(double time) const
{
  return NearestTime(this->Times, time);
}

double SweepSchedule::Least() const
{
  return *std::min_element(this->Bandwidths.begin(), this->Bandwidths.end());
}

double SweepSchedule::Largest() const
{
  return *std::max_element(this->Bandwidths.begin(), this->Bandwidths.end());
}
}

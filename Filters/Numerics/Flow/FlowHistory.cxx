// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/FlowHistory.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace scorefields
{
namespace
{
/// The execution of one of several equal parts of the work.
Execution PartOf(const Execution& execution, Index part, Index parts)
{
  const auto share = [parts](Index of)
  { return static_cast<double>(of) / static_cast<double>(parts); };
  return execution.Part(share(part), share(part + 1));
}
}

FlowHistory::FlowHistory(Flow flow, Eigen::Matrix3Xd start, std::vector<Index> tracked,
  double budget, const Execution& execution, const Eigen::VectorXd& logDensity)
  : Mover(std::move(flow))
  , Chosen(std::move(tracked))
{
  FlowState first = this->Mover.Start(std::move(start), execution, logDensity);
  this->Record(first);
  const auto steps = static_cast<double>(this->Mover.Schedule().Request().Steps);
  const double most = std::max(1.0, std::floor(budget / std::max(1.0, first.Size())));
  this->KeepEvery = static_cast<Index>(std::ceil(steps / std::min(most, steps)));
  this->Kept.emplace(0, std::move(first));
}

const FlowState& FlowHistory::At(Index step, const Execution& execution)
{
  const auto kept = std::prev(this->Kept.upper_bound(step));
  const bool fromLast = this->Last && this->Last->Step <= step && this->Last->Step > kept->first;
  const Index begin = fromLast ? this->Last->Step : kept->first;
  if (begin == step)
  {
    return fromLast ? *this->Last : kept->second;
  }
  FlowState state = fromLast ? *this->Last : kept->second;
  while (state.Step < step)
  {
    this->Mover.Advance(state, PartOf(execution, state.Step - begin, step - begin));
    this->Record(state);
    if (state.Step % this->KeepEvery == 0)
    {
      this->Kept.insert_or_assign(state.Step, state);
    }
    execution.Checkpoint(
      static_cast<double>(state.Step - begin) / static_cast<double>(step - begin));
  }
  if (step % this->KeepEvery == 0)
  {
    return this->Kept.at(step);
  }
  this->Last = std::move(state);
  return *this->Last;
}

const FlowState& FlowHistory::End(const Execution& execution)
{
  if (!this->Final)
  {
    this->Final = this->Mover.ToTheEnd(this->Start(), execution);
  }
  return *this->Final;
}

void FlowHistory::Record(const FlowState& state)
{
  if (state.Step != this->Paths.Steps() + 1)
  {
    return; // known already
  }
  const auto count = static_cast<Index>(this->Chosen.size());
  Eigen::Matrix3Xd positions(3, count);
  Eigen::VectorXd logDensity(count);
  Eigen::VectorXd speed(count);
  for (Index k = 0; k < count; ++k)
  {
    const Index particle = this->Chosen[static_cast<std::size_t>(k)];
    positions.col(k) = state.Positions.col(particle);
    logDensity[k] = state.LogDensity[particle];
    speed[k] = state.Speed[particle];
  }
  this->Paths.Positions.push_back(std::move(positions));
  this->Paths.LogDensity.push_back(std::move(logDensity));
  this->Paths.Speed.push_back(std::move(speed));
  this->Paths.Bandwidth.push_back(state.Bandwidth);
}

double FlowHistory::Bytes() const
{
  double bytes =
    (this->Last ? this->Last->Size() : 0.0) + (this->Final ? this->Final->Size() : 0.0);
  for (const auto& entry : this->Kept)
  {
    bytes += entry.second.Size();
  }
  return bytes;
}
}

// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_FlowHistory_h
#define Flow_FlowHistory_h

#include "Numerics/Flow/Flow.h"

#include <map>
#include <optional>
#include <vector>

namespace scorefields
{
/// The paths of some particles, one entry per step since the start.
struct FlowTrail
{
  std::vector<Eigen::Matrix3Xd> Positions;
  std::vector<Eigen::VectorXd> LogDensity;
  std::vector<Eigen::VectorXd> Speed;
  std::vector<double> Bandwidth;

  Index Steps() const { return static_cast<Index>(this->Positions.size()) - 1; }
};

/// The states of a flow in any order of asking.
///
/// Every state that fits into a budget of memory is kept, or every second, third, ... if not all
/// fit; a state that is not kept is computed again from the last kept one before it. So going back
/// and forth costs at most that many steps. The paths of chosen particles are always kept.
class FlowHistory
{
public:
  /// @param tracked  which particles leave a trail, ascending indices into start's columns.
  /// @param budget   bytes for states, beside the start and the last one asked for.
  /// @param logDensity  of the particles at the start, see Flow::Start.
  FlowHistory(Flow flow, Eigen::Matrix3Xd start, std::vector<Index> tracked, double budget,
    const Execution& execution, const Eigen::VectorXd& logDensity = {});

  /// The state after k steps, 0 <= k <= Steps; valid until the next call. @throws Aborted: nothing
  /// is lost.
  const FlowState& At(Index step, const Execution& execution);
  const FlowState& Start() const { return this->Kept.begin()->second; }
  /// Of an ascent: where it ends.
  const FlowState& End(const Execution& execution);
  /// Paths as far as states were asked for, at least.
  const FlowTrail& Trail() const { return this->Paths; }
  const std::vector<Index>& Tracked() const { return this->Chosen; }
  const Flow& Motion() const { return this->Mover; }
  /// Steps from one kept state to the next.
  Index Interval() const { return this->KeepEvery; }
  /// Bytes that states take.
  double Bytes() const;

private:
  void Record(const FlowState& state);

  Flow Mover;
  std::vector<Index> Chosen;
  std::map<Index, FlowState> Kept;
  std::optional<FlowState> Last; ///< the one asked for last, if not kept
  std::optional<FlowState> Final;
  FlowTrail Paths;
  Index KeepEvery = 1;
};
}

#endif

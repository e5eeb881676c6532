// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Execution_h
#define Base_Execution_h

#include "Numerics/Base/Types.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace scorefields
{
/// Work on the indices [begin, end). Must not throw: it may run on another thread.
using RangeBody = std::function<void(Index begin, Index end)>;

/// Thrown by a routine whose Execution asked it to stop.
struct Aborted : std::runtime_error
{
  Aborted()
    : std::runtime_error("aborted")
  {
  }
};

/// How the numerics use the machine; the default is the calling thread alone.
///
/// Results do not depend on how For divides a range beyond what a routine states: work is split
/// into pieces whose number depends on the data alone, and sums over pieces run in a fixed order.
struct Execution
{
  /// Runs body over sub-ranges that cover [0, n) exactly once, in any order, possibly at once.
  std::function<void(Index n, const RangeBody& body)> For = [](Index n, const RangeBody& body)
  { body(0, n); };

  /// Told the share of the work done, in [0, 1], by the thread that called the routine or by a
  /// worker, never by two at once. Returns false if the work should stop.
  std::function<bool(double share)> Continue = [](double) { return true; };

  /// Tells the share done. @throws Aborted if the work should stop. Not inside a RangeBody.
  void Checkpoint(double share) const
  {
    if (!this->Continue(share))
    {
      throw Aborted();
    }
  }
  /// For(n, body) in batches of indices, with a checkpoint before each. @throws Aborted.
  void ForInBatches(Index n, Index batch, const RangeBody& body) const
  {
    for (Index first = 0; first < n; first += batch)
    {
      this->Checkpoint(static_cast<double>(first) / static_cast<double>(n));
      this->For(std::min(batch, n - first),
        [&body, first](Index begin, Index end) { body(first + begin, first + end); });
    }
  }
  /// The execution of a part of the work, from one share of it to another. It must not outlive this
  /// one.
  Execution Part(double from, double to) const
  {
    Execution part = *this;
    part.Continue = [this, from, to](double share)
    { return this->Continue(from + (to - from) * std::clamp(share, 0.0, 1.0)); };
    return part;
  }
};

/// How the parts of a distributed cloud come together; by default there is one part.
struct Exchange
{
  bool Distributed = false; ///< whether there are other parts
  /// Replaces each of n values by its sum over the parts.
  std::function<void(double* values, Index n)> Sum = [](double*, Index) {};
  /// The samples of all parts.
  std::function<Samples(const Samples&)> Gather = [](const Samples& local) { return local; };
};
}

#endif

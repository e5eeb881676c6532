// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_SpreadBuckets_h
#define Transform_SpreadBuckets_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Cloud/SampleSource.h"
#include "Numerics/Transform/MeshPlan.h"
#include "Numerics/Transform/SampleLocator.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace scorefields
{
/// A sample on its way to the mesh: the mesh coordinate of its spline's first node, in [0, size)
/// per axis, and its weight.
struct MeshSample
{
  std::array<double, 3> Position;
  double Weight;
};

/// The partition of a periodic mesh into blocks that are at least as long as a spline, so that a
/// spline reaches no farther than into the next block along each axis.
class MeshBuckets
{
public:
  explicit MeshBuckets(const MeshPlan& plan);

  Index Count() const { return this->Numbers.prod(); }
  /// The block of each sample.
  void Find(const LocatedSamples& samples, std::uint32_t* blocks) const;
  /// The grid's axis of each mesh axis; the axes that the mesh does not have come last.
  const std::array<int, 3>& Axes() const { return this->GridAxis; }
  /// The first node of a block and the number of its nodes, per axis.
  Index3 First(Index block) const;
  Index3 Length(Index block) const;
  /// Blocks of one colour do not touch, not even around the period.
  static constexpr int Colours = 27;
  int Colour(Index block) const;

private:
  Index3 Place(Index block) const;

  int Shift;
  std::array<int, 3> GridAxis{ { 0, 1, 2 } }; ///< of each mesh axis
  Index3 Sizes = Index3::Ones();
  Index3 Numbers = Index3::Ones();
};

/// Samples in the order of their blocks; within a block in the order in which they came.
class SortedSamples
{
public:
  /// @param capacity  the most entries that Sort is given at once.
  SortedSamples(const MeshBuckets& blocks, const SampleLocator& locator, const SampleSource& source,
    Index capacity);

  /// Sorts the samples among the entries [begin, end), in place of those before, and adds the
  /// weights outside of the box and dropped to `totals`. Cost: O(n + blocks * n / 2^15).
  void Sort(Index begin, Index end, std::array<double, 2>& totals, const Execution& execution);

  const MeshSample* Located() const { return this->Memory.get(); }
  /// Where the samples of a block begin; of the number of blocks: where the last ends.
  Index Begin(Index block) const { return this->Begins[static_cast<std::size_t>(block)]; }

private:
  void Count(Index begin, Index end, const Execution& execution);
  std::array<double, 2> CountRun(
    const SampleBatch& run, LocatedSamples& located, Index* counts, std::uint32_t* blockOf) const;
  void ScatterBatch(const SampleBatch& run, LocatedSamples& located, Index* places,
    const std::uint32_t* blockOf) const;
  void Accumulate();
  void Scatter(Index begin, Index end, const Execution& execution);

  const MeshBuckets& Blocks;
  const SampleLocator& Locator;
  const SampleSource& Source;
  std::unique_ptr<MeshSample[]> Memory; // uninitialised
  std::unique_ptr<std::uint32_t[]> BlockOf;
  std::vector<Index> Begins;
  std::vector<Index> Places; ///< [piece][block]: how many samples, then where they go
  std::vector<std::array<double, 2>> Totals; ///< of each piece
};
}

#endif

// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_NearbySamples_h
#define Exact_NearbySamples_h

#include "Numerics/Exact/LocalFrame.h"

#include <vector>

namespace scorefields
{
namespace exact
{
constexpr Index LeafSize = 32;
constexpr Index ChunkSize = 128; ///< a multiple of LaneCount, above LeafSize

/// Exponents delta' u_i of kept samples stay below this, so that their rounding (u times this) and
/// the products of powers formed from them stay small.
constexpr double LargestExponent = 100.0;

/// Samples that count in a box of evaluation points, as LocalFrame.h describes them.
struct Chunk
{
  alignas(64) double Term[ChunkSize];     ///< g_i
  alignas(64) double Slope[3][ChunkSize]; ///< u_i
  Index Position[ChunkSize];              ///< in tree order, ascending
  Index Count = 0;
  double Exponent = 0.0; ///< the largest of |delta' u_i| over the box and all samples so far

  /// Silences samples while it lives: their terms become e^-600.
  class Mask
  {
  public:
    /// @param excluded  those of them that are not in the chunk do not matter.
    Mask(Chunk& chunk, const Excluded& excluded);
    Mask(const Mask&) = delete;
    Mask& operator=(const Mask&) = delete;
    ~Mask();

  private:
    Index Count = 0;
    double* Silenced[ChunkSize]; ///< the first Count
    double Former[ChunkSize];
  };

  /// Fills the rest up to a multiple of LaneCount with samples that add nothing (e^-600).
  void Pad();
};

/// Appends the samples of a leaf that reach `cutoff` somewhere in the frame's box:
/// g_i + max delta' u_i >= cutoff. The chunk has room for LeafSize more.
void AppendLeaf(const SampleTree& index, const SampleTree::Box& leaf, const LocalFrame& frame,
  const ActiveKernel& kernel, double cutoff, Chunk& chunk);

/// What one search for samples works with; one per thread.
struct NearbySearch
{
  /// A leaf that some sample of may count, with the bound of their logarithms.
  struct Leaf
  {
    Index Box;
    double Bound;
  };

  Chunk Near;
  std::vector<Leaf> Leaves; ///< in tree order
};

/// Collects the leaves with samples that may count in the frame's box.
///
/// Samples whose logarithms g_i + delta' u_i stay below the returned cutoff everywhere in the box
/// hold, all together, at most exp(logTolerance) of the sum, which is at least 1: half of that is
/// shared out evenly over all samples and bounds the leaves left out; the other half over those of
/// the leaves collected, so that the cutoff rises with the number of samples that are far away.
double CollectLeaves(const SampleTree& index, const LocalFrame& frame, const ActiveKernel& kernel,
  double logTolerance, NearbySearch& search);

/// Calls consume(chunk), in tree order, with samples of the frame's box; those left out hold at
/// most exp(logTolerance) of the sum.
/// @return false, early, if an exponent exceeds LargestExponent: the box is too wide for them.
template <class Consumer>
bool VisitNearby(const SampleTree& index, const LocalFrame& frame, const ActiveKernel& kernel,
  double logTolerance, NearbySearch& search, const Consumer& consume)
{
  const double cutoff = CollectLeaves(index, frame, kernel, logTolerance, search);
  Chunk& chunk = search.Near;
  chunk.Count = 0;
  chunk.Exponent = 0.0;
  for (const NearbySearch::Leaf& leaf : search.Leaves)
  {
    if (leaf.Bound < cutoff)
    {
      continue;
    }
    const SampleTree::Box& box = index.Boxes()[static_cast<std::size_t>(leaf.Box)];
    AppendLeaf(index, box, frame, kernel, cutoff, chunk);
    if (chunk.Exponent > LargestExponent)
    {
      return false;
    }
    if (chunk.Count > ChunkSize - LeafSize)
    {
      chunk.Pad();
      consume(chunk);
      chunk.Count = 0;
    }
  }
  if (chunk.Count > 0)
  {
    chunk.Pad();
    consume(chunk);
  }
  return true;
}
}
}

#endif

// SPDX-License-Identifier: BSD-3-Clause
#ifndef Numerics_NearbySamples_h
#define Numerics_NearbySamples_h

#include "Numerics/LocalFrame.h"

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

  /// Silences one sample while it lives: its term becomes e^-600.
  class Mask
  {
  public:
    /// @param position  in tree order; one that is not in the chunk is no sample of it.
    Mask(Chunk& chunk, Index position);
    Mask(const Mask&) = delete;
    Mask& operator=(const Mask&) = delete;
    ~Mask();

  private:
    double* Silenced = nullptr;
    double Former = 0.0;
  };

  /// Fills the rest up to a multiple of LaneCount with samples that add nothing (e^-600).
  void Pad();
};

/// Appends the samples of a leaf that reach `cutoff` somewhere in the frame's box:
/// g_i + max delta' u_i >= cutoff. The chunk has room for LeafSize more.
void AppendLeaf(const SampleIndex& index, const SampleIndex::Box& leaf, const LocalFrame& frame,
  const CompactKernel& kernel, double cutoff, Chunk& chunk);

/// Calls consume(chunk), in tree order, with all samples that reach `cutoff` in the frame's box.
/// @return false, early, if an exponent exceeds LargestExponent: the box is too wide for them.
template <class Consumer>
bool VisitNearby(const SampleIndex& index, const LocalFrame& frame, const CompactKernel& kernel,
  double cutoff, Chunk& chunk, const Consumer& consume)
{
  const std::vector<SampleIndex::Box>& boxes = index.Boxes();
  std::array<Index, 128> pending; // the tree is balanced: at most two boxes per level
  std::size_t count = 0;
  pending[count++] = 0;
  chunk.Count = 0;
  chunk.Exponent = 0.0;
  while (count > 0)
  {
    const SampleIndex::Box& box = boxes[static_cast<std::size_t>(pending[--count])];
    if (BoundOf(box, frame, kernel) < cutoff)
    {
      continue;
    }
    if (box.Child != 0)
    {
      pending[count++] = box.Child + 1;
      pending[count++] = box.Child;
      continue;
    }
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

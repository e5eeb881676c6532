// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/NearbySamples.h"

#include "Numerics/Lanes.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace exact
{
namespace
{
constexpr double Negligible = -600.0; ///< a term; e^(-600 + LargestExponent) is still a number

/// What AppendLeaf computes for each sample of a leaf before it chooses.
struct Candidates
{
  double Term[LeafSize];
  double Slope[3][LeafSize];
  double Exponent[LeafSize];
};

template <int D>
[[gnu::always_inline]] inline void Evaluate(const SampleIndex& index, const SampleIndex::Box& leaf,
  const LocalFrame& frame, const CompactKernel& kernel, Candidates& candidates)
{
  const Index count = leaf.Count();
  const double* logWeights = index.LogWeights() + leaf.Begin;
  const double* coordinates[D];
  for (int a = 0; a < D; ++a)
  {
    coordinates[a] = index.Coordinates(a) + leaf.Begin;
  }
  for (Index i = 0; i < count; ++i)
  {
    double difference[D];
    double t[D];
    double term = logWeights[i] - frame.LogWeight;
    for (std::size_t a = 0; a < D; ++a)
    {
      difference[a] = coordinates[a][i] - frame.Reference[a];
    }
    for (std::size_t a = 0; a < D; ++a)
    {
      t[a] = 0.0;
      for (std::size_t b = a; b < D; ++b)
      {
        t[a] += kernel.Root[a][b] * difference[b];
      }
      term -= 0.5 * t[a] * (t[a] + 2.0 * frame.Distance[a]);
    }
    double exponent = 0.0;
    for (std::size_t a = 0; a < D; ++a)
    {
      double slope = 0.0;
      for (std::size_t b = 0; b <= a; ++b)
      {
        slope += kernel.Root[b][a] * t[b];
      }
      candidates.Slope[a][i] = slope;
      exponent += frame.Half[a] * std::abs(slope);
    }
    candidates.Term[i] = term;
    candidates.Exponent[i] = exponent;
  }
}

template <int D>
[[gnu::always_inline]] inline void Append(const SampleIndex& index, const SampleIndex::Box& leaf,
  const LocalFrame& frame, const CompactKernel& kernel, double cutoff, Chunk& chunk)
{
  Candidates candidates;
  Evaluate<D>(index, leaf, frame, kernel, candidates);
  Index kept = chunk.Count;
  for (Index i = 0; i < leaf.Count(); ++i)
  {
    chunk.Term[kept] = candidates.Term[i];
    for (int a = 0; a < D; ++a)
    {
      chunk.Slope[a][kept] = candidates.Slope[a][i];
    }
    chunk.Position[kept] = leaf.Begin + i;
    const bool keep = candidates.Term[i] + candidates.Exponent[i] >= cutoff;
    chunk.Exponent = keep ? std::max(chunk.Exponent, candidates.Exponent[i]) : chunk.Exponent;
    kept += keep ? 1 : 0;
  }
  chunk.Count = kept;
}
}

Chunk::Mask::Mask(Chunk& chunk, Index position)
{
  if (chunk.Count == 0 || position < chunk.Position[0] ||
    position > chunk.Position[chunk.Count - 1])
  {
    return; // the usual case
  }
  const Index* first = chunk.Position;
  const Index* end = first + chunk.Count;
  const Index* found = std::lower_bound(first, end, position);
  if (found != end && *found == position)
  {
    this->Silenced = chunk.Term + (found - first);
    this->Former = *this->Silenced;
    *this->Silenced = Negligible;
  }
}

Chunk::Mask::~Mask()
{
  if (this->Silenced != nullptr)
  {
    *this->Silenced = this->Former;
  }
}

void Chunk::Pad()
{
  for (Index k = this->Count; k % LaneCount != 0; ++k)
  {
    this->Term[k] = Negligible;
    this->Slope[0][k] = this->Slope[1][k] = this->Slope[2][k] = 0.0;
  }
}

SCOREFIELDS_CLONES
void AppendLeaf(const SampleIndex& index, const SampleIndex::Box& leaf, const LocalFrame& frame,
  const CompactKernel& kernel, double cutoff, Chunk& chunk)
{
  switch (kernel.Dimension)
  {
    case 1:
      Append<1>(index, leaf, frame, kernel, cutoff, chunk);
      break;
    case 2:
      Append<2>(index, leaf, frame, kernel, cutoff, chunk);
      break;
    default:
      Append<3>(index, leaf, frame, kernel, cutoff, chunk);
      break;
  }
}
}
}

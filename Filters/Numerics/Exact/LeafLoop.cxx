// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Exact/LeafLoop.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Exact/NearbySamples.h"

#include <hwy/highway.h>

#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
using exact::ActiveKernel;
using exact::Chunk;
using exact::LeafSize;
using exact::LocalFrame;

/// What AppendLeaf computes for each sample of a leaf before it chooses.
struct Candidates
{
  double Term[LeafSize];
  double Slope[3][LeafSize];
  double Exponent[LeafSize];
};

template <int D>
HWY_INLINE void Evaluate(const SampleTree& index, const SampleTree::Box& leaf,
  const LocalFrame& frame, const ActiveKernel& kernel, Candidates& candidates)
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
HWY_INLINE void Append(const SampleTree& index, const SampleTree::Box& leaf,
  const LocalFrame& frame, const ActiveKernel& kernel, double cutoff, Chunk& chunk)
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

void AppendSamples(const SampleTree& index, const SampleTree::Box& leaf, const LocalFrame& frame,
  const ActiveKernel& kernel, double cutoff, Chunk& chunk)
{
  switch (kernel.Dimension)
  {
    case 1:
      return Append<1>(index, leaf, frame, kernel, cutoff, chunk);
    case 2:
      return Append<2>(index, leaf, frame, kernel, cutoff, chunk);
    default:
      return Append<3>(index, leaf, frame, kernel, cutoff, chunk);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(AppendSamples);

namespace exact
{
void AppendLeaf(const SampleTree& index, const SampleTree::Box& leaf, const LocalFrame& frame,
  const ActiveKernel& kernel, double cutoff, Chunk& chunk)
{
  HWY_DYNAMIC_DISPATCH(AppendSamples)(index, leaf, frame, kernel, cutoff, chunk);
}
}
}
#endif

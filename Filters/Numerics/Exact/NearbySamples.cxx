// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/NearbySamples.h"

#include "Numerics/Base/Simd.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace scorefields
{
namespace exact
{
namespace
{
constexpr double Negligible = -600.0; ///< a term; e^(-600 + LargestExponent) is still a number
}

Chunk::Mask::Mask(Chunk& chunk, const Excluded& excluded)
{
  if (chunk.Count == 0 || excluded.Count == 0)
  {
    return; // the usual case
  }
  const Index* first = chunk.Position;
  const Index* const end = first + chunk.Count;
  const Index* const last = excluded.Positions + excluded.Count;
  for (const Index* position = std::lower_bound(excluded.Positions, last, *first);
       position != last && *position <= end[-1]; ++position)
  {
    first = std::lower_bound(first, end, *position);
    if (*first == *position)
    {
      double* const term = chunk.Term + (first - chunk.Position);
      this->Silenced[this->Count] = term;
      this->Former[this->Count] = *term;
      ++this->Count;
      *term = Negligible;
    }
  }
}

Chunk::Mask::~Mask()
{
  for (Index k = 0; k < this->Count; ++k)
  {
    *this->Silenced[k] = this->Former[k];
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

namespace
{
/// The largest whole number c <= 0 for which samples below it hold at most `allowed` of the sum.
double CutoffFor(const std::vector<NearbySearch::Leaf>& leaves, const SampleTree& index,
  double least, double allowed)
{
  constexpr std::size_t most = 128;
  std::array<double, most> counts{}; // of leaves whose bound is in (-k - 1, -k]
  for (const NearbySearch::Leaf& leaf : leaves)
  {
    const double below = std::min(std::max(-leaf.Bound, 0.0), most - 1.0);
    counts[static_cast<std::size_t>(below)] +=
      static_cast<double>(index.Boxes()[static_cast<std::size_t>(leaf.Box)].Count());
  }
  std::array<double, most + 1> held{}; // by leaves from k on, each sample at its leaf's bound
  for (std::size_t k = most; k-- > 0;)
  {
    held[k] = held[k + 1] + counts[k] * std::exp(-static_cast<double>(k));
  }
  double above = 0.0; // samples of the leaves before, each cut at exp(-k)
  for (std::size_t k = 0; k < most; ++k)
  {
    if (above * std::exp(-static_cast<double>(k)) + held[k] <= allowed)
    {
      return std::max(least, -static_cast<double>(k));
    }
    above += counts[k];
  }
  return least;
}
}

double CollectLeaves(const SampleTree& index, const LocalFrame& frame, const ActiveKernel& kernel,
  double logTolerance, NearbySearch& search)
{
  const double half = logTolerance - std::log(2.0);
  const double least = half - std::log(static_cast<double>(index.Count()));
  const std::vector<SampleTree::Box>& boxes = index.Boxes();
  search.Leaves.clear();
  std::array<Index, 128> pending; // the tree is balanced: at most two boxes per level
  std::size_t count = 0;
  pending[count++] = 0;
  while (count > 0)
  {
    const Index number = pending[--count];
    const SampleTree::Box& box = boxes[static_cast<std::size_t>(number)];
    const double bound = BoundOf(box, frame, kernel);
    if (bound < least)
    {
      continue;
    }
    if (box.Child != 0)
    {
      pending[count++] = box.Child + 1;
      pending[count++] = box.Child;
      continue;
    }
    search.Leaves.push_back({ number, bound });
  }
  return CutoffFor(search.Leaves, index, least, std::exp(half));
}
}
}

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/PointSum.h"

#include "Numerics/Base/Lanes.h"

namespace scorefields
{
namespace exact
{
namespace
{
[[gnu::always_inline]] inline const Lanes& LanesAt(const double* values, Index first)
{
  return *reinterpret_cast<const Lanes*>(values + first);
}

/// Sums of eight samples side by side.
template <int D>
struct LaneSums
{
  Lanes Zeroth = {};
  Lanes First[D] = {};
  Lanes Second[D * (D + 1) / 2] = {};
  Lanes Squares = {};
};

template <int D, bool First, bool Second, bool Squares>
[[gnu::always_inline]] inline void AddTo(
  double* moments, const MomentSet& set, const LaneSums<D>& sums)
{
  moments[0] += Sum(sums.Zeroth);
  for (int a = 0; a < D && First; ++a)
  {
    moments[set.FirstOffset() + a] += Sum(sums.First[a]);
  }
  for (int k = 0; k < D * (D + 1) / 2 && Second; ++k)
  {
    moments[set.SecondOffset() + k] += Sum(sums.Second[k]);
  }
  if (Squares)
  {
    moments[set.SquaresOffset()] += Sum(sums.Squares);
  }
}

template <int D, bool First, bool Second, bool Squares>
[[gnu::always_inline]] inline void Add(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
{
  LaneSums<D> sums;
  for (Index i = 0; i < chunk.Count; i += LaneCount)
  {
    Lanes e = LanesAt(chunk.Term, i);
    for (std::size_t a = 0; a < D; ++a)
    {
      e += delta[a] * LanesAt(chunk.Slope[a], i);
    }
    Exponential(e);
    sums.Zeroth += e;
    if (Squares)
    {
      sums.Squares += e * e;
    }
    int entry = 0;
    for (int a = 0; a < D && First; ++a)
    {
      const Lanes product = e * LanesAt(chunk.Slope[a], i);
      sums.First[a] += product;
      for (int b = a; b < D && Second; ++b)
      {
        sums.Second[entry++] += product * LanesAt(chunk.Slope[b], i);
      }
    }
  }
  AddTo<D, First, Second, Squares>(moments, set, sums);
}

/// The combinations worth their own loop; what is computed beyond the wish is not written.
template <int D>
[[gnu::always_inline]] inline void Choose(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
{
  if (set.Second && set.Squares)
  {
    Add<D, true, true, true>(chunk, set, delta, moments);
  }
  else if (set.Second)
  {
    Add<D, true, true, false>(chunk, set, delta, moments);
  }
  else if (set.First && set.Squares)
  {
    Add<D, true, false, true>(chunk, set, delta, moments);
  }
  else if (set.First)
  {
    Add<D, true, false, false>(chunk, set, delta, moments);
  }
  else if (set.Squares)
  {
    Add<D, false, false, true>(chunk, set, delta, moments);
  }
  else
  {
    Add<D, false, false, false>(chunk, set, delta, moments);
  }
}
}

SCOREFIELDS_CLONES
void AddAtPoint(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
{
  switch (set.Dimension)
  {
    case 1:
      Choose<1>(chunk, set, delta, moments);
      break;
    case 2:
      Choose<2>(chunk, set, delta, moments);
      break;
    default:
      Choose<3>(chunk, set, delta, moments);
      break;
  }
}
}
}

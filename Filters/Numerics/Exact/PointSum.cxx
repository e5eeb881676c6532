// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Exact/PointSum.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Elementary.h"
#include "Numerics/Exact/PointSum.h"

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
using exact::ActiveVector;
using exact::Chunk;
using exact::MomentSet;

/// The lanes of all moments, in the order of MomentSet, and of one more that is not wanted.
struct MomentLanes
{
  alignas(64) double Of[exact::MaximumMoments + 1][LaneCount];
};

/// e_i of the chunk.
template <int D>
HWY_NOINLINE void Exponentials(const Chunk& chunk, const ActiveVector& delta, double* terms)
{
  Lanes deltas[D];
  for (int a = 0; a < D; ++a)
  {
    deltas[a] = Lanes::All(delta[static_cast<std::size_t>(a)]);
  }
  for (Index i = 0; i < chunk.Count; i += LaneCount)
  {
    Lanes exponent = Lanes::LoadAligned(chunk.Term + i);
    for (int a = 0; a < D; ++a)
    {
      exponent = MulAdd(deltas[a], Lanes::LoadAligned(chunk.Slope[a] + i), exponent);
    }
    Exponential(exponent).StoreAligned(terms + i);
  }
}

/// One register of the lanes of all sums, from lane `first` on: of so many sums no more fit.
template <int D, bool First, bool Second, bool Squares>
HWY_INLINE void AddLanes(const Chunk& chunk, const double* terms, int first, MomentLanes& lanes)
{
  constexpr int secondCount = D * (D + 1) / 2;
  Register sum = Register::Zero();
  Register squares = Register::Zero();
  Register firsts[D];
  Register seconds[secondCount];
  for (int a = 0; a < D; ++a)
  {
    firsts[a] = Register::Zero();
  }
  for (int k = 0; k < secondCount; ++k)
  {
    seconds[k] = Register::Zero();
  }
  for (Index i = first; i < chunk.Count; i += LaneCount)
  {
    const Register e = Register::LoadAligned(terms + i);
    sum = sum + e;
    squares = Squares ? MulAdd(e, e, squares) : squares;
    int entry = 0;
    for (int a = 0; a < D && First; ++a)
    {
      const Register product = e * Register::LoadAligned(chunk.Slope[a] + i);
      firsts[a] = firsts[a] + product;
      for (int b = a; b < D && Second; ++b, ++entry)
      {
        seconds[entry] = MulAdd(product, Register::LoadAligned(chunk.Slope[b] + i), seconds[entry]);
      }
    }
  }
  double* at = lanes.Of[0] + first;
  sum.StoreAligned(at);
  for (int a = 0; a < D && First; ++a)
  {
    firsts[a].StoreAligned(at += LaneCount);
  }
  for (int k = 0; k < secondCount && Second; ++k)
  {
    seconds[k].StoreAligned(at += LaneCount);
  }
  squares.StoreAligned(at + LaneCount);
}

template <int D, bool First, bool Second, bool Squares>
HWY_INLINE void Add(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
{
  alignas(64) double terms[exact::ChunkSize];
  Exponentials<D>(chunk, delta, terms);
  MomentLanes lanes;
  for (int first = 0; first < LaneCount; first += RegisterSize)
  {
    AddLanes<D, First, Second, Squares>(chunk, terms, first, lanes);
  }
  constexpr int derivatives = (First ? D : 0) + (Second ? D * (D + 1) / 2 : 0);
  for (int m = 0; m < 1 + derivatives; ++m)
  {
    moments[m] += Sum(Lanes::LoadAligned(lanes.Of[m]));
  }
  if (Squares)
  {
    moments[set.SquaresOffset()] += Sum(Lanes::LoadAligned(lanes.Of[1 + derivatives]));
  }
}

/// The combinations worth their own loop, which are all.
template <int D>
void Choose(const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
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

void AddMoments(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
{
  switch (set.Dimension)
  {
    case 1:
      return Choose<1>(chunk, set, delta, moments);
    case 2:
      return Choose<2>(chunk, set, delta, moments);
    default:
      return Choose<3>(chunk, set, delta, moments);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(AddMoments);

namespace exact
{
void AddAtPoint(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments)
{
  HWY_DYNAMIC_DISPATCH(AddMoments)(chunk, set, delta, moments);
}
}
}
#endif

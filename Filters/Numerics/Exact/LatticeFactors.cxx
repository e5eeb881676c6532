// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Exact/LatticeFactors.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Elementary.h"
#include "Numerics/Exact/LatticeFactors.h"

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
using exact::Chunk;
using exact::ChunkSize;
using exact::Lattice;
using exact::MomentSet;
using Quad = Pack<4>;

/// Powers of exp(Step u) for eight samples.
struct Powers
{
  alignas(64) double LowFour[4 * LaneCount]; ///< [sample][power 0 .. 3]
  alignas(64) double Four[LaneCount];
  alignas(64) double MinusFour[LaneCount];
};

/// rows[power][sample] as pairs[sample][power].
HWY_INLINE void Transpose(const double (&rows)[4][LaneCount], double* quads)
{
  const Register::Tag tag;
  for (int i = 0; i < LaneCount; i += RegisterSize)
  {
    hn::StoreInterleaved4(hn::Load(tag, rows[0] + i), hn::Load(tag, rows[1] + i),
      hn::Load(tag, rows[2] + i), hn::Load(tag, rows[3] + i), tag, quads + 4 * i);
  }
}

/// @return exp(Step u), @param inverse  its inverse.
HWY_INLINE Lanes Raise(const double* slopes, double step, Powers& powers, Lanes& inverse)
{
  alignas(64) double rows[4][LaneCount];
  const Lanes unit = Lanes::All(1.0);
  const Lanes one = Exponential(Lanes::LoadAligned(slopes) * Lanes::All(step));
  inverse = unit / one;
  const Lanes two = one * one;
  const Lanes minusTwo = inverse * inverse;
  unit.StoreAligned(rows[0]);
  one.StoreAligned(rows[1]);
  two.StoreAligned(rows[2]);
  (one * two).StoreAligned(rows[3]);
  (two * two).StoreAligned(powers.Four);
  (minusTwo * minusTwo).StoreAligned(powers.MinusFour);
  Transpose(rows, powers.LowFour);
  return one;
}

/// Powers -4 .. 3 of one sample (count = 8), or -8 .. 7 (count = 16), times scale.
HWY_INLINE void Spread(const Powers& powers, int sample, int count, double scale, double* out)
{
  const Quad low = Quad::LoadAligned(powers.LowFour + 4 * sample);
  const Quad minusFour = Quad::All(powers.MinusFour[sample]);
  const Quad first = low * (minusFour * Quad::All(scale));
  const Quad second = low * Quad::All(scale);
  if (count == LaneCount)
  {
    first.StoreAligned(out);
    second.StoreAligned(out + 4);
    return;
  }
  const Quad four = Quad::All(powers.Four[sample]);
  (first * minusFour).StoreAligned(out);
  first.StoreAligned(out + 4);
  second.StoreAligned(out + 8);
  (second * four).StoreAligned(out + 12);
}

/// to[i] = from[i] factor.
HWY_INLINE void Multiply(const double* from, double factor, Index count, double* to)
{
  for (Index i = 0; i < count; i += LaneCount)
  {
    (Lanes::LoadAligned(from + i) * Lanes::All(factor)).StoreAligned(to + i);
  }
}

/// to[i] = from[i]^2.
HWY_INLINE void Square(const double* from, Index count, double* to)
{
  for (Index i = 0; i < count; i += LaneCount)
  {
    const Lanes x = Lanes::LoadAligned(from + i);
    (x * x).StoreAligned(to + i);
  }
}

void SetLeft(
  const Chunk& chunk, const MomentSet& set, const Lattice::Direction& columns, double* left)
{
  const Index count = columns.Count;
  const Index variant = ChunkSize * count;
  const double* slopes = chunk.Slope[columns.Axis];
  for (Index i = 0; i < chunk.Count; i += LaneCount)
  {
    Powers powers;
    Lanes inverse;
    Raise(slopes + i, columns.Step, powers, inverse);
    for (int k = 0; k < LaneCount; ++k)
    {
      double* out = left + (i + k) * count;
      Spread(powers, k, columns.Count, 1.0, out);
      const double u = slopes[i + k];
      if (set.First)
      {
        Multiply(out, u, count, out + exact::LeftU * variant);
      }
      if (set.Second)
      {
        Multiply(out, u * u, count, out + exact::LeftUU * variant);
      }
      if (set.Squares)
      {
        Square(out, count, out + exact::LeftSquared * variant);
      }
    }
  }
}

/// The variants of one sample's right factors.
HWY_INLINE void SetVariants(
  const MomentSet& set, Index variant, Index count, double v, double w, double* out)
{
  if (set.First && set.Dimension > 1)
  {
    Multiply(out, v, count, out + exact::RightV * variant);
  }
  if (set.First && set.Dimension > 2)
  {
    Multiply(out, w, count, out + exact::RightW * variant);
  }
  if (set.Second && set.Dimension > 1)
  {
    Multiply(out, v * v, count, out + exact::RightVV * variant);
  }
  if (set.Second && set.Dimension > 2)
  {
    Multiply(out, v * w, count, out + exact::RightVW * variant);
    Multiply(out, w * w, count, out + exact::RightWW * variant);
  }
  if (set.Squares)
  {
    Square(out, count, out + exact::RightSquared * variant);
  }
}

void SetRight(const Chunk& chunk, const MomentSet& set, const Lattice& lattice, double* right)
{
  const Index count = lattice.Rows.Count * lattice.Layers.Count;
  const double* v = chunk.Slope[lattice.Rows.Axis];
  const double* w = chunk.Slope[lattice.Layers.Axis];
  for (Index i = 0; i < chunk.Count; i += LaneCount)
  {
    Powers rows;
    Powers layers;
    Lanes inverse;
    Raise(v + i, lattice.Rows.Step, rows, inverse);
    const Lanes one = Raise(w + i, lattice.Layers.Step, layers, inverse); // Step 0: all ones
    Lanes scale = Exponential(Lanes::LoadAligned(chunk.Term + i));
    for (int layer = 0; layer < lattice.Layers.Count / 2; ++layer)
    {
      scale = scale * inverse;
    }
    for (int layer = 0; layer < lattice.Layers.Count; ++layer)
    {
      alignas(64) double scales[LaneCount];
      scale.StoreAligned(scales);
      for (int k = 0; k < LaneCount; ++k)
      {
        Spread(rows, k, lattice.Rows.Count, scales[k],
          right + (i + k) * count + layer * lattice.Rows.Count);
      }
      scale = scale * one;
    }
    for (int k = 0; k < LaneCount; ++k)
    {
      SetVariants(set, ChunkSize * count, count, v[i + k], w[i + k], right + (i + k) * count);
    }
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(SetLeft);
HWY_EXPORT(SetRight);

namespace exact
{
void SetLeftFactors(
  const Chunk& chunk, const MomentSet& set, const Lattice::Direction& columns, double* left)
{
  HWY_DYNAMIC_DISPATCH(SetLeft)(chunk, set, columns, left);
}

void SetRightFactors(
  const Chunk& chunk, const MomentSet& set, const Lattice& lattice, double* right)
{
  HWY_DYNAMIC_DISPATCH(SetRight)(chunk, set, lattice, right);
}
}
}
#endif

// SPDX-License-Identifier: BSD-3-Clause
//
// Once per target; see EachTarget.h.
#if defined(Base_Lanes_h) == defined(HWY_TARGET_TOGGLE)
#ifdef Base_Lanes_h
#undef Base_Lanes_h
#else
#define Base_Lanes_h
#endif

#include "Numerics/Base/Simd.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace hn = hwy::HWY_NAMESPACE;

/// Doubles in a register of the target, at most LaneCount.
constexpr int RegisterSize = HWY_LANES(double) < LaneCount ? HWY_LANES(double) : LaneCount;

/// N doubles that are worked on together: in one register where they fit, else in as many as they
/// take, as a tree of halves, which compilers keep in registers. N is a power of 2 or a multiple of
/// RegisterSize. All arithmetic is lane by lane and rounds alike on every target, but for MulAdd.
template <int N, bool OneRegister = (N <= RegisterSize)>
struct Pack;

template <int N>
struct Pack<N, true>
{
  using Tag = hn::FixedTag<double, N>;
  hn::Vec<Tag> Value;

  // Written out: GCC compiles implicit constructors without the target's instructions.
  HWY_INLINE Pack() {}
  HWY_INLINE Pack(hn::Vec<Tag> value)
    : Value(value)
  {
  }
  HWY_INLINE static Pack All(double x) { return { hn::Set(Tag(), x) }; }
  HWY_INLINE static Pack Zero() { return { hn::Zero(Tag()) }; }
  /// From anywhere in memory.
  HWY_INLINE static Pack Load(const double* p) { return { hn::LoadU(Tag(), p) }; }
  /// From a multiple of 64 bytes, or of as many as the pack has.
  HWY_INLINE static Pack LoadAligned(const double* p) { return { hn::Load(Tag(), p) }; }
  HWY_INLINE void Store(double* p) const { hn::StoreU(this->Value, Tag(), p); }
  HWY_INLINE void StoreAligned(double* p) const { hn::Store(this->Value, Tag(), p); }
};

template <int N>
struct Pack<N, false>
{
  static constexpr int LowSize = N / RegisterSize / 2 * RegisterSize;
  using LowPack = Pack<LowSize>;
  using HighPack = Pack<N - LowSize>;
  LowPack Low;
  HighPack High;

  HWY_INLINE Pack() {}
  HWY_INLINE Pack(LowPack low, HighPack high)
    : Low(low)
    , High(high)
  {
  }
  HWY_INLINE static Pack All(double x) { return { LowPack::All(x), HighPack::All(x) }; }
  HWY_INLINE static Pack Zero() { return { LowPack::Zero(), HighPack::Zero() }; }
  HWY_INLINE static Pack Load(const double* p)
  {
    return { LowPack::Load(p), HighPack::Load(p + LowSize) };
  }
  HWY_INLINE static Pack LoadAligned(const double* p)
  {
    return { LowPack::LoadAligned(p), HighPack::LoadAligned(p + LowSize) };
  }
  HWY_INLINE void Store(double* p) const
  {
    this->Low.Store(p);
    this->High.Store(p + LowSize);
  }
  HWY_INLINE void StoreAligned(double* p) const
  {
    this->Low.StoreAligned(p);
    this->High.StoreAligned(p + LowSize);
  }
};

/// The lanes of a sum.
using Lanes = Pack<LaneCount>;
/// One register of them.
using Register = Pack<RegisterSize>;

template <int N>
HWY_INLINE Pack<N, true> operator+(Pack<N, true> a, Pack<N, true> b)
{
  return { hn::Add(a.Value, b.Value) };
}
template <int N>
HWY_INLINE Pack<N, false> operator+(Pack<N, false> a, Pack<N, false> b)
{
  return { a.Low + b.Low, a.High + b.High };
}

template <int N>
HWY_INLINE Pack<N, true> operator-(Pack<N, true> a, Pack<N, true> b)
{
  return { hn::Sub(a.Value, b.Value) };
}
template <int N>
HWY_INLINE Pack<N, false> operator-(Pack<N, false> a, Pack<N, false> b)
{
  return { a.Low - b.Low, a.High - b.High };
}

template <int N>
HWY_INLINE Pack<N, true> operator*(Pack<N, true> a, Pack<N, true> b)
{
  return { hn::Mul(a.Value, b.Value) };
}
template <int N>
HWY_INLINE Pack<N, false> operator*(Pack<N, false> a, Pack<N, false> b)
{
  return { a.Low * b.Low, a.High * b.High };
}

template <int N>
HWY_INLINE Pack<N, true> operator/(Pack<N, true> a, Pack<N, true> b)
{
  return { hn::Div(a.Value, b.Value) };
}
template <int N>
HWY_INLINE Pack<N, false> operator/(Pack<N, false> a, Pack<N, false> b)
{
  return { a.Low / b.Low, a.High / b.High };
}

/// a b + c, rounded once where the target can do that, else twice.
template <int N>
HWY_INLINE Pack<N, true> MulAdd(Pack<N, true> a, Pack<N, true> b, Pack<N, true> c)
{
  return { hn::MulAdd(a.Value, b.Value, c.Value) };
}
template <int N>
HWY_INLINE Pack<N, false> MulAdd(Pack<N, false> a, Pack<N, false> b, Pack<N, false> c)
{
  return { MulAdd(a.Low, b.Low, c.Low), MulAdd(a.High, b.High, c.High) };
}

/// a > b ? x : y; y where a or b is not a number.
template <int N>
HWY_INLINE Pack<N, true> IfGreater(
  Pack<N, true> a, Pack<N, true> b, Pack<N, true> x, Pack<N, true> y)
{
  return { hn::IfThenElse(hn::Gt(a.Value, b.Value), x.Value, y.Value) };
}
template <int N>
HWY_INLINE Pack<N, false> IfGreater(
  Pack<N, false> a, Pack<N, false> b, Pack<N, false> x, Pack<N, false> y)
{
  return { IfGreater(a.Low, b.Low, x.Low, y.Low), IfGreater(a.High, b.High, x.High, y.High) };
}

/// a > b ? a : b; b where either is not a number.
template <int N, bool One>
HWY_INLINE Pack<N, One> Larger(Pack<N, One> a, Pack<N, One> b)
{
  return IfGreater(a, b, a, b);
}
/// a < b ? a : b; b where either is not a number.
template <int N, bool One>
HWY_INLINE Pack<N, One> Smaller(Pack<N, One> a, Pack<N, One> b)
{
  return IfGreater(b, a, a, b);
}

/// The sum of a power of 2 of lanes, in one order on every target: the upper half is added to the
/// lower one until a single number is left.
HWY_INLINE double Sum(Pack<1> x)
{
  return hn::GetLane(x.Value);
}
#if HWY_TARGET != HWY_SCALAR // which has registers of one lane
template <int N>
HWY_INLINE double Sum(Pack<N, true> x)
{
  const hn::FixedTag<double, N / 2> half;
  return Sum(
    Pack<N / 2, true>{ hn::Add(hn::LowerHalf(half, x.Value), hn::UpperHalf(half, x.Value)) });
}
#endif
template <int N>
HWY_INLINE double Sum(Pack<N, false> x)
{
  return Sum(x.Low + x.High);
}
}
}
HWY_AFTER_NAMESPACE();

#endif

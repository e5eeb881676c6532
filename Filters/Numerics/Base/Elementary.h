// SPDX-License-Identifier: BSD-3-Clause
//
// Once per target; see EachTarget.h.
#if defined(Base_Elementary_h) == defined(HWY_TARGET_TOGGLE)
#ifdef Base_Elementary_h
#undef Base_Elementary_h
#else
#define Base_Elementary_h
#endif

#include "Numerics/Base/Lanes.h"

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
/// exp(x), for |x| <= 708; relative error below 1.2 units in the last place (2.6e-16).
///
/// x = k log 2 + r with |r| <= log(2) / 2; exp(r) by the polynomial of degree 11 that interpolates
/// (exp(r) - 1 - r) / r^2 at Chebyshev points (own relative error 1.6e-17); 2^k enters the exponent
/// bits. Adding Shift rounds x / log 2 to the integer k and leaves it in the low bits.
template <int N>
HWY_INLINE Pack<N, true> Exponential(Pack<N, true> x)
{
  using P = Pack<N>;
  const typename P::Tag number;
  const hn::RebindToUnsigned<typename P::Tag> bits;
  const P shift = P::All(6755399441055744.0); // 1.5 * 2^52
  const P shifted = MulAdd(x, P::All(1.4426950408889634), shift);
  const P k = shifted - shift;
  const P r =
    MulAdd(k, P::All(-0x1.a39ef35793c76p-33), MulAdd(k, P::All(-0x1.62e42fee00000p-1), x));
  P p = MulAdd(P::All(0x1.af38a9b0ec855p-26), r, P::All(0x1.289185613a3d6p-22));
  p = MulAdd(p, r, P::All(0x1.71de0dae63bb3p-19));
  p = MulAdd(p, r, P::All(0x1.a019b90d2ae7ap-16));
  p = MulAdd(p, r, P::All(0x1.a01a01a7c41d5p-13));
  p = MulAdd(p, r, P::All(0x1.6c16c1788bd90p-10));
  p = MulAdd(p, r, P::All(0x1.11111111109b3p-7));
  p = MulAdd(p, r, P::All(0x1.5555555553d63p-5));
  p = MulAdd(p, r, P::All(0x1.5555555555556p-3));
  p = MulAdd(p, r, P::All(0x1.0000000000001p-1));
  p = MulAdd(p, r * r, r) + P::All(1.0);
  const auto exponent = hn::ShiftLeft<52>(hn::BitCast(bits, shifted.Value));
  return { hn::BitCast(number, hn::Add(hn::BitCast(bits, p.Value), exponent)) };
}
template <int N>
HWY_INLINE Pack<N, false> Exponential(Pack<N, false> x)
{
  return { Exponential(x.Low), Exponential(x.High) };
}

/// log(x) for normal positive x; relative error below 2 units in the last place.
///
/// With x = 2^k m, m in [sqrt(1/2), sqrt(2)), and s = (m - 1) / (m + 1):
/// log m = 2 atanh(s) = 2 s + s z Q(z), z = s^2, where Q interpolates at Chebyshev points (error
/// 5e-18 of the result).
template <int N>
HWY_INLINE Pack<N, true> Logarithm(Pack<N, true> x)
{
  using P = Pack<N>;
  const typename P::Tag number;
  const hn::RebindToUnsigned<typename P::Tag> bits;
  const auto rootHalf = hn::Set(bits, std::uint64_t(0x3fe6a09e667f3bcd));
  const auto offset = hn::Sub(hn::BitCast(bits, x.Value), rootHalf);
  // k, offset so that it is positive, as the low bits of a double between 2^52 and 2^53.
  const auto exponent =
    hn::Xor(hn::ShiftRight<52>(offset), hn::Set(bits, std::uint64_t(0x4330000000000800)));
  const P k = P{ hn::BitCast(number, exponent) } - P::All(4503599627370496.0 + 2048.0);
  const auto mantissa = hn::And(offset, hn::Set(bits, std::uint64_t(0x000fffffffffffff)));
  const P m = { hn::BitCast(number, hn::Add(mantissa, rootHalf)) };
  const P one = P::All(1.0);
  const P s = (m - one) / (m + one);
  const P z = s * s;
  P q = MulAdd(z, P::All(0x1.2b5900de53b32p-3), P::All(0x1.39fe51a7c18f9p-3));
  q = MulAdd(q, z, P::All(0x1.7462b51cb66b1p-3));
  q = MulAdd(q, z, P::All(0x1.c71c62e3f11e6p-3));
  q = MulAdd(q, z, P::All(0x1.2492492df281ap-2));
  q = MulAdd(q, z, P::All(0x1.99999999952d7p-2));
  q = MulAdd(q, z, P::All(0x1.5555555555558p-1));
  // log 2 in two parts, the first with few enough bits that its product with k is exact.
  const P small = MulAdd(k, P::All(0x1.473de6af278edp-34), s * (z * q));
  return MulAdd(k, P::All(0x1.62e42fef00000p-1), MulAdd(P::All(2.0), s, small));
}
template <int N>
HWY_INLINE Pack<N, false> Logarithm(Pack<N, false> x)
{
  return { Logarithm(x.Low), Logarithm(x.High) };
}
}
}
HWY_AFTER_NAMESPACE();

#endif

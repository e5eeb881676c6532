// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Lanes_h
#define Base_Lanes_h

/// Eight doubles at a time. The compiler maps Lanes to whatever registers the function's target
/// has; units that use it mark their hot functions SCOREFIELDS_CLONES (set by CMakeLists.txt),
/// which compiles them for several processors and picks one at load time. Everything here is
/// inlined into them, and nothing passes Lanes by value, which would depend on the target.
namespace scorefields
{
constexpr int LaneCount = 8;

using Lanes [[gnu::vector_size(64), gnu::may_alias]] = double;
using LaneBits [[gnu::vector_size(64), gnu::may_alias]] = long long;

/// x := exp(x), for |x| <= 708; relative error below 1.2 units in the last place (2.6e-16).
///
/// x = k log 2 + r with |r| <= log(2) / 2; exp(r) by the polynomial of degree 11 that interpolates
/// (exp(r) - 1 - r) / r^2 at Chebyshev points (own relative error 1.6e-17); 2^k enters the exponent
/// bits. Adding Shift rounds x / log 2 to the integer k and leaves it in the low bits.
[[gnu::always_inline]] inline void Exponential(Lanes& x)
{
  constexpr double Shift = 6755399441055744.0; // 1.5 * 2^52
  const Lanes shifted = x * 1.4426950408889634 + Shift;
  const Lanes k = shifted - Shift;
  const Lanes r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
  Lanes p = 0x1.af38a9b0ec855p-26 * r + 0x1.289185613a3d6p-22;
  p = p * r + 0x1.71de0dae63bb3p-19;
  p = p * r + 0x1.a019b90d2ae7ap-16;
  p = p * r + 0x1.a01a01a7c41d5p-13;
  p = p * r + 0x1.6c16c1788bd90p-10;
  p = p * r + 0x1.11111111109b3p-7;
  p = p * r + 0x1.5555555553d63p-5;
  p = p * r + 0x1.5555555555556p-3;
  p = p * r + 0x1.0000000000001p-1;
  p = p * (r * r) + r + 1.0;
  x = (Lanes)((LaneBits)p + ((LaneBits)shifted << 52));
}

/// The sum of the eight, in a fixed order.
[[gnu::always_inline]] inline double Sum(const Lanes& x)
{
  return ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
}
}

#endif

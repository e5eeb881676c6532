// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Random_h
#define Base_Random_h

#include <array>
#include <cstdint>

namespace scorefields
{
/// The counter-based generator Philox4x32 with 10 rounds: a bijection of 128-bit counters, one per
/// 64-bit key, whose values pass as independent random words.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
std::array<std::uint32_t, 4> Philox(
  const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key);

/// The quantile of the standard normal distribution at a probability in (0, 1).
///
/// Rational approximations of relative error about 1e-16. Only the tails (below 0.075 and above
/// 0.925) use library functions, so the values hardly depend on the platform.
/// Source: Wichura, "Algorithm AS 241", Applied Statistics 37 (1988), PPND16.
double NormalQuantile(double probability);

/// The random numbers of one particle at one step: draw 0, 1, 2, ... of (seed, particle, step).
///
/// Draws are a pure function of these four numbers. What one particle gets depends neither on the
/// other particles, nor on threads or ranks, nor on the order in which steps are asked for.
/// At most 2^32 draws. Cost: one Philox call per two draws.
class RandomStream
{
public:
  /// Steps that time stepping never reaches, so that a cloud and the noise added to it later differ
  /// even if both use the same seed.
  static constexpr std::uint32_t ExactSamplingStep = 0xffffffffU;
  static constexpr std::uint32_t RejectionSamplingStep = 0xfffffffeU;

  RandomStream(std::uint64_t seed, std::uint64_t particle, std::uint32_t step);

  /// The next draw, uniform in (0, 1): an odd multiple of 2^-53, never 0 or 1.
  double Uniform();
  /// The next draw, standard normal; within 8.21 of 0.
  double Normal();

private:
  std::array<std::uint32_t, 2> Key;
  std::array<std::uint32_t, 4> Counter;
  std::array<std::uint32_t, 4> Words;
  bool SecondHalfIsLeft = false;
};
}

#endif

// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Random.h"

#include <cmath>
#include <cstddef>

namespace scorefields
{
namespace
{
constexpr int Rounds = 10;
constexpr std::uint32_t Multiplier0 = 0xD2511F53U;
constexpr std::uint32_t Multiplier1 = 0xCD9E8D57U;
constexpr std::uint32_t KeyStep0 = 0x9E3779B9U; // golden ratio
constexpr std::uint32_t KeyStep1 = 0xBB67AE85U; // sqrt(3) - 1

std::uint32_t LowWord(std::uint64_t value)
{
  return static_cast<std::uint32_t>(value);
}

std::uint32_t HighWord(std::uint64_t value)
{
  return static_cast<std::uint32_t>(value >> 32);
}

/// Coefficients of a polynomial, constant first.
using Octic = std::array<double, 8>;

constexpr Octic CentreNumerator{ 3.3871328727963666080e0, 1.3314166789178437745e+2,
  1.9715909503065514427e+3, 1.3731693765509461125e+4, 4.5921953931549871457e+4,
  6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3 };
constexpr Octic CentreDenominator{ 1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2,
  5.3941960214247511077e+3, 2.1213794301586595867e+4, 3.9307895800092710610e+4,
  2.8729085735721942674e+4, 5.2264952788528545610e+3 };
constexpr Octic NearTailNumerator{ 1.42343711074968357734e0, 4.63033784615654529590e0,
  5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
  2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4 };
constexpr Octic NearTailDenominator{ 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
  6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
  5.47593808499534494600e-4, 1.05075007164441684324e-9 };
constexpr Octic FarTailNumerator{ 6.65790464350110377720e0, 5.46378491116411436990e0,
  1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
  1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7 };
constexpr Octic FarTailDenominator{ 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
  1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
  1.42151175831644588870e-7, 2.04426310338993978564e-15 };

double Ratio(const Octic& numerator, const Octic& denominator, double x)
{
  double above = 0.0;
  double below = 0.0;
  for (std::size_t i = numerator.size(); i-- > 0;)
  {
    above = above * x + numerator[i];
    below = below * x + denominator[i];
  }
  return above / below;
}
}

std::array<std::uint32_t, 4> Philox(
  const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key)
{
  std::array<std::uint32_t, 4> word = counter;
  std::uint32_t key0 = key[0];
  std::uint32_t key1 = key[1];
  for (int round = 0; round < Rounds; ++round)
  {
    const std::uint64_t product0 = static_cast<std::uint64_t>(Multiplier0) * word[0];
    const std::uint64_t product1 = static_cast<std::uint64_t>(Multiplier1) * word[2];
    word = { HighWord(product1) ^ word[1] ^ key0, LowWord(product1),
      HighWord(product0) ^ word[3] ^ key1, LowWord(product0) };
    key0 += KeyStep0;
    key1 += KeyStep1;
  }
  return word;
}

double NormalQuantile(double probability)
{
  const double offset = probability - 0.5;
  if (std::abs(offset) <= 0.425)
  {
    return offset * Ratio(CentreNumerator, CentreDenominator, 0.180625 - offset * offset);
  }
  const double tail = offset < 0.0 ? probability : 1.0 - probability;
  const double depth = std::sqrt(-std::log(tail));
  const double magnitude = depth <= 5.0 ? Ratio(NearTailNumerator, NearTailDenominator, depth - 1.6)
                                        : Ratio(FarTailNumerator, FarTailDenominator, depth - 5.0);
  return offset < 0.0 ? -magnitude : magnitude;
}

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t particle, std::uint32_t step)
  : Key{ LowWord(seed), HighWord(seed) }
  , Counter{ 0U, step, LowWord(particle), HighWord(particle) }
  , Words{}
{
}

double RandomStream::Uniform()
{
  std::size_t half = 2;
  if (!this->SecondHalfIsLeft)
  {
    this->Words = Philox(this->Counter, this->Key);
    ++this->Counter[0];
    half = 0;
  }
  this->SecondHalfIsLeft = !this->SecondHalfIsLeft;
  const std::uint64_t bits =
    (static_cast<std::uint64_t>(this->Words[half + 1]) << 32) | this->Words[half];
  // 52 bits and a half: the largest, 1 - 2^-53, is still a double below 1.
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

double RandomStream::Normal()
{
  return NormalQuantile(this->Uniform());
}
}

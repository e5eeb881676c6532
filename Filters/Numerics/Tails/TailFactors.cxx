// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailFactors.h"

#include "Numerics/Base/Lanes.h"

namespace scorefields
{
namespace
{
/// Factors below this are left out: against exp(-MostLog) they count for nothing.
constexpr double Negligible = -690.0;

template <bool Derivatives>
[[gnu::always_inline]] inline void SetAll(
  const TailKernel& kernel, double z, const FactorLine& line, double* factors, double* derivatives)
{
  const auto coefficients = kernel.Coefficients();
  for (Index i = 0; i < line.Count; i += LaneCount)
  {
    const Lanes x = *reinterpret_cast<const Lanes*>(line.Places + i);
    const Lanes y = x - z;
    const Lanes v = y * y * kernel.Scale() - 1.0;
    Lanes ratio = Lanes{} + coefficients[TailKernel::Degree];
    Lanes slope{};
    for (std::size_t k = TailKernel::Degree; k-- > 0;)
    {
      slope = Derivatives ? slope * v + ratio : slope;
      ratio = ratio * v + coefficients[k];
    }
    // -(x - z)^2 / 2 + x^2 / 2 without their cancellation.
    const Lanes exponent =
      z * (x - 0.5 * z) + ratio - *reinterpret_cast<const Lanes*>(line.LogRatios + i);
    Lanes value = exponent > Negligible ? exponent : Lanes{} + Negligible;
    Exponential(value);
    value = exponent > Negligible ? value : Lanes{};
    *reinterpret_cast<Lanes*>(factors + i) = value;
    if (Derivatives)
    {
      *reinterpret_cast<Lanes*>(derivatives + i) = value * y * (2.0 * kernel.Scale() * slope - 1.0);
    }
  }
}
}

SCOREFIELDS_CLONES
void SetFactors(
  const TailKernel& kernel, double z, const FactorLine& line, double* factors, double* derivatives)
{
  if (derivatives)
  {
    SetAll<true>(kernel, z, line, factors, derivatives);
  }
  else
  {
    SetAll<false>(kernel, z, line, factors, derivatives);
  }
}
}
